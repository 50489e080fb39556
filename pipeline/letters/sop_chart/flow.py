"""The SOP as a flow of boxes and arrows, and a case's trail through it.

The flow is read off the table. The first box of the first step is where the service begins, and it ends in that lane,
as the printed SOP has it. A step ends in a decision if one of its moves leads to other steps by the answer given.
The trail names roles and dates, and nobody: a chart may hang on a wall.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import Enum
from itertools import pairwise

from pipeline.cases.case import Case, Made
from pipeline.cases.deadlines import current_state, deadlines, step_times
from pipeline.cases.sop import Sop
from pipeline.cases.standing import standing_state
from pipeline.office.worktime import Calendar
from pipeline.register.due import remaining

_RECEIVED = "Surat diterima dan terdaftar"


class Shape(Enum):
    """The symbols of a flow chart: where it begins, what is done, what is decided, where it ends."""

    START = "Mulai"
    PROCESS = ""
    DECISION = "putusan"
    END = "Selesai"


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the table: a row (from 0) and a lane's role."""

    row: int
    role: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from one box to another; ``label`` is the answer that leads along it."""

    start: Cell
    end: Cell
    label: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """The boxes of a flow chart by their place, and the arrows between them."""

    shapes: dict[Cell, Shape]
    arrows: tuple[Arrow, ...]

    @property
    def end(self) -> Cell:
        """Where the service ends."""
        return next((cell for cell, shape in self.shapes.items() if shape is Shape.END), list(self.shapes)[-1])

    def between(self, start: Cell, end: Cell) -> tuple[Arrow, ...]:
        """Return the arrows that lead from one box to another, the fewest there are; none if no arrows do."""
        ways: dict[Cell, tuple[Arrow, ...]] = {start: ()}
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            for arrow in self.arrows:
                if arrow.start == here and arrow.end not in ways:
                    ways[arrow.end] = (*ways[here], arrow)
                    waiting.append(arrow.end)
        return ways.get(end, ())


def flow_of(sop: Sop) -> Flow:
    """Return the flow of an edition of the SOP."""
    known = [lane.role for lane in sop.lanes]
    rows = [[Cell(n, role) for role in step.lanes if role in known] for n, step in enumerate(sop.steps)]
    decisions = {n: targets for n in range(len(rows)) if rows[n] and (targets := _decided(sop, n, rows))}
    shapes = {cell: Shape.PROCESS for row in rows for cell in row}
    shapes |= {rows[n][-1]: Shape.DECISION for n in decisions}
    arrows = [Arrow(a, b) for row in rows for a, b in pairwise(row) if a != b]
    filled = [n for n, row in enumerate(rows) if row]
    following = dict(pairwise(filled))
    for n in filled:
        targets = decisions.get(n) or ({following[n]: ""} if n in following else {})
        arrows += [Arrow(rows[n][-1], rows[target][0], label) for target, label in targets.items()]
    if not shapes:
        return Flow({}, ())
    first, last = next(iter(shapes)), [row for row in rows if row][-1][-1]
    goal = Cell(last.row, first.role)
    if goal not in shapes:
        arrows.append(Arrow(last, goal))
    shapes |= {goal if goal not in shapes else last: Shape.END}
    return Flow(shapes | {first: Shape.START}, tuple(arrows))


def _decided(sop: Sop, n: int, rows: list[list[Cell]]) -> dict[int, str]:
    """Return to which later rows the moves of a step lead, with the answer; nothing if there is no choice."""
    row_of = {step.key: row for row, step in enumerate(sop.steps)}
    place = {state.key: row_of[state.step] for state in sop.states}
    targets: dict[int, str] = {}
    for move in sop.moves:
        if any(place.get(start) == n for start in move.start):
            for answer, state in move.branches.items():
                row = place.get(state, -1)
                if row > n and rows[row]:
                    targets.setdefault(row, answer)
    return dict(sorted(targets.items())) if len(targets) > 1 else {}


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
    state = standing_state(case, sop)
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
