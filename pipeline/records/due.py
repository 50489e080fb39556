"""What falls due by the retention schedule: which records, on which day, and what is then to become of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.record_standing import GONE, HELD, INACTIVE, is_over
from pipeline.records.ports import Line
from pipeline.records.retention import TRANSFER, RetentionRow, Schedule, in_force, schedules
from pipeline.register.row import Row


@dataclass(frozen=True, slots=True)
class DueRecord:
    """A record that is due: its row, what is to become of it (``pindah``, or a fate), by which rule."""

    row: Row
    what: str
    rule: RetentionRow

    @property
    def number(self) -> CaseNumber:
        """The case."""
        return self.row.case_number

    @property
    def on(self) -> date:
        """The day on which it fell due, or will."""
        ended = date.fromisoformat(str(self.row.closed_at)[:10])
        until = self.rule.active_until(ended) if self.what == TRANSFER else self.rule.kept_until(ended)
        assert until is not None
        return until


@dataclass(frozen=True, slots=True)
class DueList:
    """What is due by the end of a year; how many ended cases have no years set for them, and how many are held."""

    year: int
    records: tuple[DueRecord, ...]
    unset: int
    held: int

    def of(self, what: str) -> list[DueRecord]:
        """Return those with which this is to be done."""
        return [record for record in self.records if record.what == what]


def due_in(year: int, rows: Iterable[Row], schedule: Schedule, today: date) -> DueList:
    """Return what is due by the end of a year, by number: records that are held, or gone, are not.

    A record whose years are all over is due for its fate; one whose active years are over, and that was not
    transferred yet, to be transferred.
    """
    rules: dict[str, RetentionRow] = {}
    records: list[DueRecord] = []
    unset = held = 0
    for row in rows:
        if not row.final or row.closed_at is None or row.archived in GONE:
            continue
        code = row.klasifikasi or ""
        if (rule := rules.get(code)) is None:
            rule = rules[code] = schedule.row_of(code)
        if row.marks and is_held(row, today):
            held += 1
        elif rule.active is None or rule.inactive is None:
            unset += 1
        # By its last day a year's end is passed by whatever falls into that year, so days need not be reckoned here.
        elif (ended := int(row.closed_at[:4])) + rule.active + rule.inactive <= year:
            records.append(DueRecord(row, rule.fate, rule))
        elif row.archived == INACTIVE and ended + rule.active <= year:
            records.append(DueRecord(row, TRANSFER, rule))
    return DueList(year, tuple(sorted(records, key=_number)), unset, held)


def due_by(year: int, rows: Iterable[Row], lines: Iterable[Line], today: date) -> DueList:
    """Return what is due by the end of a year, by the version of the schedule that holds then."""
    return due_in(year, rows, in_force(schedules(lines), date(year, 12, 31)), today)


def _number(due: DueRecord) -> tuple[int, int]:
    return due.row.year, due.row.serial


def is_held(row: Row, today: date) -> bool:
    """Say whether a record is held today."""
    return any(not is_over(until, today) for until in _until(row, HELD))


def _until(row: Row, mark: str) -> Iterator[str]:
    for told in row.marks:
        name, _, until = told.partition(" ")
        if name == mark:
            yield until


def unfit_by(rule: RetentionRow, ended: date, fates: tuple[str, ...], today: date) -> str:
    """Return why the schedule does not let a record that ended on a day onto a list for these fates; empty: it does."""
    if rule.fate not in fates:
        return f"menurut JRA {rule.fate} ({rule.code})"
    if (kept := rule.kept_until(ended)) is None:
        return f"JRA belum menetapkan jangkanya ({rule.code})"
    return f"menurut JRA disimpan sampai {kept:%d-%m-%Y}" if kept > today else ""


def used_codes(rows: Iterable[Row], schedule: Schedule) -> dict[str, list[Row]]:
    """Return by code of the schedule's rows the records that are kept by it."""
    rules: dict[str, str] = {}
    used: dict[str, list[Row]] = {}
    for row in rows:
        if row.archived in GONE:
            continue
        code = row.klasifikasi or ""
        if code not in rules:
            rules[code] = schedule.row_of(code).code
        used.setdefault(rules[code], []).append(row)
    return used
