"""Days as old registers write them: as days of the spreadsheet, or as text in the manner of whoever kept the book."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pipeline.moving_in.columns import vocabulary
from pipeline.moving_in.old_book import Cell, Kind

_FIGURES = re.compile(r"(\d{1,4})\s*[-/.,\s]\s*(\d{1,2})\s*[-/.,\s]\s*(\d{2,4})")
_WORDED = re.compile(r"(\d{1,2})\s*[-/.,\s]*\s*([a-z]{3,10})\.?\s*[-/.,\s']*\s*(\d{4}|\d{2})", re.IGNORECASE)
#: What may stand around a day: its weekday before, the time of day behind.
_AROUND = re.compile(
    r"^(?:[a-z']+\s*,\s*)|(?:[T\s]+(?:pukul\s*)?\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s*wi[bt]a?)?)$", re.IGNORECASE
)
#: Days since 1900 as a spreadsheet counts them: 1990 to 2040. A number outside it is no day.
_COUNTED = range(32_874, 51_502)
#: No register of an office is older; a day of an earlier year is a slip of the pen, or a number shown as a day.
_FIRST_YEAR = 1970


@dataclass(frozen=True, slots=True)
class OldDay:
    """A day as it was understood. ``doubt`` says what is unsure about it.

    ``month_first``: it can only be read with the month first; ``either``: it can be read in both ways.
    """

    day: date | None
    doubt: str = ""
    month_first: bool = False
    either: bool = False


def old_day(cell: Cell) -> OldDay:
    """Return the day that a cell shows; of figures that can be read in two ways, the day stands first."""
    text = " ".join(cell.text.split())
    if cell.kind is Kind.DAY:
        return OldDay(_iso(text), "" if _iso(text) else "bukan tanggal")
    if cell.kind is Kind.NUMBER:
        return _counted(text)
    if cell.kind in (Kind.UNCOUNTED, Kind.ERROR):
        return OldDay(None, "rumus tanpa hasil")
    plain = _AROUND.sub("", _AROUND.sub("", text)).strip()
    if found := _FIGURES.fullmatch(plain):
        return _of_figures(*found.groups())
    if found := _WORDED.fullmatch(plain):
        month = _months().get(found[2].casefold())
        day = _made(int(found[3]), month, int(found[1])) if month else None
        return OldDay(day, "" if day else "tanggal itu tidak ada")
    return OldDay(None, "tidak terbaca sebagai tanggal")


def _of_figures(first: str, second: str, last: str) -> OldDay:
    if len(first) == 4:
        day = _made(int(first), int(second), int(last)) if len(last) <= 2 else None
        return OldDay(day, "" if day else "tanggal itu tidak ada")
    if len(last) == 3 or len(first) > 2:
        return OldDay(None, "tidak terbaca sebagai tanggal")
    a, b, year = int(first), int(second), int(last)
    usual, other = _made(year, b, a), _made(year, a, b)
    if usual:
        return OldDay(usual, either=other is not None and other != usual)
    if other:
        return OldDay(other, "bulannya ditulis di depan (bulan/hari/tahun)", month_first=True)
    return OldDay(None, "tanggal itu tidak ada")


def _counted(text: str) -> OldDay:
    try:
        number = int(float(text))
    except ValueError:
        number = 0
    if number not in _COUNTED:
        return OldDay(None, "berupa bilangan, bukan tanggal")
    return OldDay(date(1899, 12, 30) + timedelta(days=number), "berupa bilangan; dibaca sebagai hari menurut Excel")


def _made(year: int, month: int, day: int) -> date | None:
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        return _likely(date(year, month, day))
    except ValueError:
        return None


def _iso(text: str) -> date | None:
    try:
        return _likely(date.fromisoformat(text))
    except ValueError:
        return None


def _likely(day: date) -> date | None:
    return day if day.year >= _FIRST_YEAR else None


@cache
def _months() -> dict[str, int]:
    return {name: int(month) for month, names in vocabulary()["months"].items() for name in names}
