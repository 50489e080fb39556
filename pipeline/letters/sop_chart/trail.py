"""How a case went through the SOP: the moves made and where, the time of each step, where it stands, how late it is.

It names roles and dates, and nobody: a chart may hang on a wall.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from pipeline.cases.case import Case, Made
from pipeline.cases.deadlines import current_state, deadlines, step_times
from pipeline.cases.sop import Sop
from pipeline.letters.sop_chart.flow import Cell, Flow
from pipeline.office.worktime import Calendar
from pipeline.register.due import remaining

_RECEIVED = "Surat diterima dan terdaftar"


@dataclass(frozen=True, slots=True)
class Visit:
    """A move that was made: its number in the chart, when, by which lane, what, and in which place of the table."""

    number: int
    at: datetime
    role: str
    lane: str
    label: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Passage:
    """A case's passage through a step: from when to when (None: still there), until when it should, how late it is.

    ``due`` is None for a step that is over with the registration, and while the SOP's clock stands; ``late`` is empty
    or says by how much (``terlambat 2 hari kerja``).
    """

    since: datetime
    until: datetime | None
    due: datetime | None
    late: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """A case's way: ``here`` are the places that it waits in (or ended in); ``skipped`` the rows it went past."""

    number: str
    state: str
    visits: tuple[Visit, ...]
    passages: Mapping[int, Passage]
    here: tuple[Cell, ...]
    awaits: tuple[str, ...]
    skipped: frozenset[int]
    ended: bool
    due: datetime | None
    late: str
    at: datetime


def trail_of(case: Case, sop: Sop, flow: Flow, calendar: Calendar, now: datetime) -> Trail:
    """Return the way of a case through the edition that it follows."""
    state = current_state(case, sop)
    row = _row(sop, state.step)
    passages = _passages(case, sop, calendar, now)
    due = deadlines(case, sop, calendar).step
    visits = tuple(_visits(case, sop, calendar.zone))
    reached = max(passages, default=0)
    return Trail(
        number=case.received.register_number,
        state=state.label,
        visits=visits,
        passages=passages,
        here=(_ended_in(case, sop, flow),) if state.final else tuple(Cell(row, role) for role in state.awaits),
        awaits=tuple(_lane(sop, role) for role in state.awaits),
        skipped=frozenset(n for n in range(reached) if n not in passages),
        ended=state.final,
        due=due,
        late=_late(calendar, due, now),
        at=now,
    )


def _late(calendar: Calendar, due: datetime | None, at: datetime) -> str:
    return remaining(at, due, calendar) if due and due < at else ""


def _passages(case: Case, sop: Sop, calendar: Calendar, now: datetime) -> dict[int, Passage]:
    times = {time.step.number - 1: time for time in step_times(case, sop, calendar)}
    first = min(times, default=0)
    received = case.received_at.astimezone(calendar.zone)
    early = {n: Passage(received, received, None) for n in range(first)}
    known = {
        n: Passage(time.since, time.until, time.due, _late(calendar, time.due, time.until or now))
        for n, time in times.items()
    }
    here = _row(sop, current_state(case, sop).step)
    if here in known and current_state(case, sop).paused:
        known[here] = Passage(known[here].since, None, None)
    return early | known


def _visits(case: Case, sop: Sop, zone: tzinfo) -> Iterator[Visit]:
    labels = {move.key: move.label for move in reversed(sop.moves)}
    opening = sop.opening(case.received.channel)
    by = case.entries[0].by
    role = by if by in {lane.role for lane in sop.lanes} else next(iter(sop.steps[0].lanes), "")
    said = opening.label if opening else _RECEIVED
    yield Visit(1, case.received_at.astimezone(zone), role, _lane(sop, role), said, Cell(0, role))
    for number, made in enumerate(case.made, start=2):
        key = made.decision.move
        at, lane = made.at.astimezone(zone), _lane(sop, made.role)
        yield Visit(number, at, made.role, lane, labels.get(key, key), _cell(sop, made))


def _ended_in(case: Case, sop: Sop, flow: Flow) -> Cell:
    """Return where a case ended: at the end of the way, or where the move was made that led it off."""
    if _row(sop, current_state(case, sop).step) == len(sop.steps) - 1:
        return flow.end
    return next(_cell(sop, made) for made in reversed(case.made) if not sop.state(made.decision.start).final)


def _cell(sop: Sop, made: Made) -> Cell:
    return Cell(_row(sop, sop.state(made.decision.start).step), made.role)


def _row(sop: Sop, key: str) -> int:
    return sop.step(key).number - 1


def _lane(sop: Sop, role: str) -> str:
    return next((lane.name for lane in sop.lanes if lane.role == role), role)
