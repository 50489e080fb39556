"""The retention schedule (*jadwal retensi arsip*, JRA): how long records of a class are kept, and what becomes of them.

A row is for a code of classification and all codes below it (``HA.01`` is for ``HA.01.07`` too); the longest that fits
counts, and ``*`` fits all. Years count from the day on which the case ended, or from the end of that year. A row
without years says that nobody has set any: then nothing falls due.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.records.ports import Line
from pipeline.records.record_list import not_told

#: What a line of the book is about that holds a version of the schedule.
SCHEDULE = "jra"
#: The code of the row that fits all.
ANY = "*"
#: From which day years count: that on which the case ended, or the last of that year.
ENDED, YEAR_ENDED = "selesai", "akhir tahun selesai"
TRIGGERS = (ENDED, YEAR_ENDED)
#: What becomes of records whose years are over.
DESTROY, KEEP, REASSESS = "musnah", "permanen", "dinilai kembali"
FATES = (DESTROY, KEEP, REASSESS)
#: What falls due when the active years are over.
TRANSFER = "pindah"
_MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class RetentionRow:
    """A row: its code, what it is for, from when years count, how many (None: not set), what becomes of it, by what."""

    code: str
    about: str
    trigger: str
    active: int | None
    inactive: int | None
    fate: str
    basis: str = ""

    def fits(self, code: str) -> bool:
        """Say whether it is for records of that code."""
        return self.code == ANY or code == self.code or code.startswith(f"{self.code}.")

    def begins(self, ended: date) -> date:
        """Return from when years count for what ended on a day."""
        return date(ended.year, 12, 31) if self.trigger == YEAR_ENDED else ended

    def active_until(self, ended: date) -> date | None:
        """Return until when a record is active; None: nobody has said."""
        return None if self.active is None else years_after(self.begins(ended), self.active)

    def kept_until(self, ended: date) -> date | None:
        """Return until when a record is kept before its fate; None: nobody has said."""
        if self.active is None or self.inactive is None:
            return None
        return years_after(self.begins(ended), self.active + self.inactive)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A version of the schedule: in force from a day on (None: the shipped one), by whom, its rows."""

    rows: tuple[RetentionRow, ...]
    since: date | None = None
    by: str = ""

    def row_of(self, code: str) -> RetentionRow:
        """Return the row for records of that code: the one with the longest that fits."""
        fitting = [row for row in self.rows if row.fits(code)]
        return max(fitting, key=lambda row: -1 if row.code == ANY else len(row.code))


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; of 29 February in a common year, the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@cache
def shipped_schedule() -> Schedule:
    """Return the schedule that comes with the program: what has a source, and nothing else."""
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return Schedule(tuple(map(row_from, told["baris"])))


def row_from(told: Mapping[str, Any]) -> RetentionRow:
    """Return a row as a file or a line of the book has it."""
    years = [told.get(key) for key in ("aktif", "inaktif")]
    active, inactive = (None if year is None else int(year) for year in years)
    code, about, trigger, fate = (str(told[key]) for key in ("kode", "uraian", "pemicu", "nasib"))
    return RetentionRow(code, about, trigger, active, inactive, fate, str(told.get("dasar", "")))


def row_told(row: RetentionRow) -> dict[str, Any]:
    """Return a row as a line of the book has it."""
    told = {"kode": row.code, "uraian": row.about, "pemicu": row.trigger, "nasib": row.fate, "dasar": row.basis}
    years = {"aktif": row.active, "inaktif": row.inactive}
    return {**told, **{key: value for key, value in years.items() if value is not None}}


def schedules(lines: Iterable[Line]) -> list[Schedule]:
    """Return every version of the schedule, the shipped one first, in the order in which they were made.

    Raises:
        ArchiveFault: a line does not say what it must.
    """
    found = [shipped_schedule()]
    for line in lines:
        if line["apa"] != SCHEDULE:
            continue
        try:
            rows = tuple(map(row_from, line["baris"]))
            found.append(Schedule(rows, date.fromisoformat(line["berlaku"]), str(line["login"])))
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise not_told(line) from fault
    return found


def in_force(versions: Sequence[Schedule], day: date) -> Schedule:
    """Return the version that holds on a day: of those that began by then the one that was made last."""
    return next(one for one in reversed(versions) if one.since is None or one.since <= day)


def version_line(rows: Iterable[RetentionRow], since: date, login: str, at: datetime) -> dict[str, Any]:
    """Return the line of a new version."""
    told = {"apa": SCHEDULE, "saat": at.isoformat(), "login": login, "berlaku": since.isoformat()}
    return {**told, "baris": [row_told(row) for row in rows]}


def read_row(text: str) -> RetentionRow:
    """Return a row as people type it: ``kode | uraian | pemicu | aktif | inaktif | nasib | dasar``.

    Raises:
        ValueError: it is none; says why.
    """
    cells = [cell.strip() for cell in text.split("|")]
    code, about, trigger, active, inactive, fate, basis, *more = [*cells, *[""] * (7 - len(cells))]
    if more or not code or not about:
        raise ValueError(f"{text!r}: tulis kode | uraian | pemicu | aktif | inaktif | nasib | dasar")
    if (trigger or ENDED) not in TRIGGERS:
        raise ValueError(f"{code}: pemicu {trigger!r} tidak dikenal ({', '.join(TRIGGERS)})")
    if fate not in FATES:
        raise ValueError(f"{code}: nasib {fate!r} tidak dikenal ({', '.join(FATES)})")
    return RetentionRow(code, about, trigger or ENDED, _years(code, active), _years(code, inactive), fate, basis)


def _years(code: str, text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or int(text) > _MOST_YEARS:
        known = f"0 sampai {_MOST_YEARS}, kosong bila belum ditetapkan"
        raise ValueError(f"{code}: {text!r} bukan banyaknya tahun ({known})")
    return int(text)


def typed_row(row: RetentionRow) -> str:
    """Return a row as people type it."""
    years = ("" if year is None else str(year) for year in (row.active, row.inactive))
    return " | ".join((row.code, row.about, row.trigger, *years, row.fate, row.basis)).rstrip(" |")
