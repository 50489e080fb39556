"""The periods that offices report on: a month, a quarter (*triwulan*), a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.errors import UsageFault
from pipeline.office.wording import MONTHS

_ROMAN = ("I", "II", "III", "IV")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class Period:
    """A year, or its month or quarter of that number; ``months`` is how many months it has (1, 3 or 12)."""

    year: int
    months: int = 12
    number: int = 1

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * self.months + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Period:
        """The one of the same kind after it."""
        return _of_month(self.year, self.number * self.months, self.months)

    @property
    def before(self) -> Period:
        """The one of the same kind before it."""
        return _of_month(self.year, (self.number - 1) * self.months - 1, self.months)

    @property
    def key(self) -> str:
        """``2026``, ``2026-T4`` or ``2026-11``: for addresses and the names of files."""
        ending = {1: f"-{self.number:02d}", 3: f"-T{self.number}", 12: ""}[self.months]
        return f"{self.year}{ending}"

    @property
    def label(self) -> str:
        """``Tahun 2026``, ``Triwulan IV 2026`` or ``November 2026``."""
        if self.months == 1:
            return f"{MONTHS[self.number - 1]} {self.year}"
        return f"Triwulan {_ROMAN[self.number - 1]} {self.year}" if self.months == 3 else f"Tahun {self.year}"

    @property
    def within(self) -> str:
        """The same within a sentence: ``tahun 2026``, ``triwulan IV 2026``; a month's name keeps its capital."""
        return self.label if self.months == 1 else self.label[0].lower() + self.label[1:]


def period_of(year: int | None, quarter: int | None, month: int | None, today: date) -> Period:
    """Return the period that was asked for: without anything today's quarter, a part without a year this year's.

    Raises:
        UsageFault: a quarter and a month, or numbers that there are none of.
    """
    if quarter is not None and month is not None:
        raise UsageFault("Triwulan dan bulan tidak dapat diminta bersama.", "Sebut salah satu.")
    asked = year if year is not None else today.year
    if not _FIRST_YEAR <= asked <= _LAST_YEAR:
        raise UsageFault(f"Tahun {asked} tidak masuk akal.", "Tulis tahun dengan empat angka, misalnya 2026.")
    if month is not None:
        return Period(asked, 1, _within(month, 12, "Bulan"))
    if quarter is not None:
        return Period(asked, 3, _within(quarter, 4, "Triwulan"))
    return Period(asked) if year is not None else _of_month(today.year, today.month - 1, 3)


def _of_month(year: int, month: int, months: int) -> Period:
    """Return the period of so many months in which that month lies, counted from 0 and beyond the year's ends."""
    year, month = year + month // 12, month % 12
    return Period(year, months, month // months + 1)


def _within(number: int, most: int, what: str) -> int:
    if not 1 <= number <= most:
        raise UsageFault(f"{what} {number} tidak ada.", f"Tulis angka 1 sampai {most}.")
    return number
