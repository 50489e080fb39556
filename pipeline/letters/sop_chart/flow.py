"""The SOP as a flow: which box stands in which row and lane, and which arrow leads from which box to which.

Everything is read off the table. The first box of the first step is where the service begins, and it ends in that
lane, as the printed SOP has it. A step ends in a decision if one of its moves leads to other steps by the answer given.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from pipeline.cases.sop import Move, Sop


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
    arrows = [*_within(rows), *_from_row_to_row(rows, decisions)]
    if not shapes:
        return Flow({}, ())
    first, last = next(iter(shapes)), [row for row in rows if row][-1][-1]
    goal = Cell(last.row, first.role)
    if goal not in shapes:
        arrows.append(Arrow(last, goal))
    shapes |= {goal if goal not in shapes else last: Shape.END}
    return Flow(shapes | {first: Shape.START}, tuple(arrows))


def _within(rows: list[list[Cell]]) -> Iterator[Arrow]:
    for row in rows:
        yield from (Arrow(a, b) for a, b in pairwise(row) if a != b)


def _from_row_to_row(rows: list[list[Cell]], decisions: dict[int, dict[int, str]]) -> Iterator[Arrow]:
    filled = [n for n, row in enumerate(rows) if row]
    following = dict(pairwise(filled))
    for n in filled:
        targets = decisions.get(n) or ({following[n]: ""} if n in following else {})
        for target, label in targets.items():
            yield Arrow(rows[n][-1], rows[target][0], label)


def _decided(sop: Sop, n: int, rows: list[list[Cell]]) -> dict[int, str]:
    """Return to which later rows the moves of a step lead, with the answer; nothing if there is no choice."""
    targets: dict[int, str] = {}
    for move in sop.moves:
        for answer, row in _answers(sop, n, move):
            if row > n and rows[row]:
                targets.setdefault(row, answer)
    return dict(sorted(targets.items())) if len(targets) > 1 else {}


def _answers(sop: Sop, n: int, move: Move) -> Iterator[tuple[str, int]]:
    row_of = {step.key: row for row, step in enumerate(sop.steps)}
    place = {state.key: row_of[state.step] for state in sop.states}
    if any(place.get(start) == n for start in move.start):
        yield from ((answer, place[state]) for answer, state in move.branches.items() if state in place)
