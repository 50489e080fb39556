"""Which cases a figure of the summary counts (``counting.py``): what a bar opens. Pure.

Only for those to whom every count is shown: a list tells more than a small count would.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.access.secrecy import exact_counts, open_to
from pipeline.cases.key_labels import role_name
from pipeline.cases.public_service import PublicService
from pipeline.cases.sop import Sop
from pipeline.errors import NotAllowed, UsageFault
from pipeline.office.office import Region
from pipeline.office.worktime import Calendar
from pipeline.register.row import Row
from pipeline.register.summary.counting import courses, ends, is_past, with_whom
from pipeline.register.summary.period import Period
from pipeline.register.summary.traits import traits

#: What of the running cases is counted: with whom, in which step, past a limit, waiting for the complainant.
WITH, STEP, RUNNING = "pada", "posisi", "berjalan"
#: What of a period is counted, beside the traits: what came, what ended, and how.
CAME, ENDED, LATE, END = "masuk", "selesai", "terlambat", "hasil"
PAST, WHOLE, PAUSED = "melewati waktu langkah", "melewati waktu seluruh SOP", "waktu SOP berhenti"


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted: the rows of a service's register as of a moment, and by what they are told apart."""

    rows: Sequence[Row]
    at: datetime
    sop: Sop
    regions: tuple[Region, ...]
    calendar: Calendar
    service: PublicService | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """What waits for a role now: cases, of them those past the step's limit, letters; since when the oldest does."""

    role: str
    label: str
    cases: int
    late: int
    letters: int
    since: str


def counted(of: Counting, period: Period, by: str, line: str, roles: Collection[str]) -> list[Row]:
    """Return the cases behind a figure, the oldest first, of those that are open to these roles.

    Raises:
        NotAllowed: small counts are not shown to them.
        UsageFault: nothing is counted by that.
    """
    if not exact_counts(roles, of.service):
        raise NotAllowed("Daftar di balik angka hanya bagi yang menangani perkara.", "Lihat angkanya di Ringkasan.")
    theirs = [row for row in of.rows if open_to(roles, row)]
    found = _running(of, theirs, by, line) if by in (WITH, STEP, RUNNING) else _of_period(of, theirs, period, by, line)
    return sorted(found, key=lambda row: row.received_at)


def _running(of: Counting, rows: Iterable[Row], by: str, line: str) -> Iterator[Row]:
    step = next((s.number for s in of.sop.steps if s.activity == line), None)
    rows = [row for row in rows if not row.final]
    role = next((role for role, name in with_whom(of.sop, rows).items() if name == line), None)
    kinds: dict[str, Callable[[Row], bool]] = {
        "": lambda row: True,
        PAST: lambda row: not row.paused and is_past(row.due_at, of.at),
        WHOLE: lambda row: not row.paused and is_past(row.case_due_at, of.at),
        PAUSED: lambda row: row.paused,
    }
    tests = {WITH: lambda row: role in row.awaits, STEP: lambda row: row.step == step, RUNNING: kinds.get(line)}
    test = tests[by]
    if test is None:
        raise _unknown()
    return (row for row in rows if test(row))


def _of_period(of: Counting, rows: Iterable[Row], period: Period, by: str, line: str) -> Iterator[Row]:
    there = courses(rows, of.calendar)
    if by in (ENDED, LATE, END):
        ended = (e.row for e in there if e.closed and period.first <= e.closed <= period.last)
        how = ends(of.sop)
        return (row for row in ended if by == ENDED or (row.closed_late if by == LATE else line in how.of(row)))
    came = (e.row for e in there if period.first <= e.received <= period.last)
    if by == CAME:
        return came
    trait = next((trait for trait in traits(of.sop, of.regions) if trait.key == by), None)
    if trait is None:
        raise _unknown()
    return (row for row in came if line in trait.of(row))


def _unknown() -> UsageFault:
    return UsageFault("Angka itu tidak ada.", "Buka daftarnya dari Ringkasan.")


def workload(of: Counting, roles: Collection[str] | None) -> tuple[Load, ...]:
    """Return what waits for each role of the office, of the cases that are open to these (None: all)."""
    running = [row for row in of.rows if not row.final and (roles is None or open_to(roles, row))]
    lanes = {lane.role: lane.name for lane in of.sop.lanes if not lane.outside}
    outside = {lane.role for lane in of.sop.lanes if lane.outside}
    others = sorted({role for row in running for role in row.awaited} - lanes.keys() - outside)
    names = lanes | {role: role_name(role) for role in others}  # of earlier editions, for which cases still wait
    return tuple(load for one in names.items() if (load := _load(of, running, *one)).cases or load.letters)


def _load(of: Counting, running: Iterable[Row], role: str, name: str) -> Load:
    rows = [row for row in running if role in row.awaited]
    letters = [letter for row in rows for letter in row.surat if role in letter.roles]
    own = [row for row in rows if role in row.awaits]
    since = [*(row.since for row in own), *(letter.since for letter in letters)]
    late = sum(not row.paused and is_past(row.due_at, of.at) for row in own)
    return Load(role, name, len(own), late, len(letters), min(since, default=""))
