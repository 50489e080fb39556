"""The table of the flow chart: heads, one row for a step, what the SOP says of it and what became of it in a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import Step
from pipeline.drawing import ink
from pipeline.drawing.ink import wrapped
from pipeline.drawing.picture import Area, Item, rectangle
from pipeline.letters.sop_chart.flow import Passage, Trail
from pipeline.letters.sop_chart.lanes import BEFORE, HEAD, LEAST_ROW, Column, Grid

_PAD, _INDENT = 3.0, 8.5


class Sign(Enum):
    """What stands before a remark on a case."""

    NONE, DONE, HERE, LATE, SKIPPED, MORE = range(6)


@dataclass(frozen=True, slots=True)
class Remark:
    """A line of the last column: what the SOP notes, or what became of the step in a case."""

    text: str
    sign: Sign = Sign.NONE

    @property
    def bold(self) -> bool:
        """Whether it is to be seen first."""
        return self.sign in (Sign.HERE, Sign.LATE)


def remarks(sop: Sop, trail: Trail | None) -> tuple[tuple[Remark, ...], ...]:
    """Return what the last column says of each step."""
    return tuple(tuple(_remarks(step, trail)) for step in sop.steps)


def _remarks(step: Step, trail: Trail | None) -> Iterator[Remark]:
    if step.note:
        yield Remark(step.note)
    if trail is None:
        return
    row = step.number - 1
    if row in trail.skipped:
        yield Remark("tidak ditempuh", Sign.SKIPPED)
    if passage := trail.passages.get(row):
        yield from _passed(passage, here=not trail.ended and row in {cell.row for cell in trail.here})


def _passed(passage: Passage, *, here: bool) -> Iterator[Remark]:
    if here:
        yield Remark(f"di sini sejak {_day(passage.since)}", Sign.HERE)
        due = f"tenggat {_day(passage.due)} {passage.due:%H.%M}" if passage.due else "waktu SOP berhenti dulu"
        yield Remark(due, Sign.MORE)
    else:
        days = dict.fromkeys((_day(passage.since), _day(passage.until or passage.since)))
        yield Remark(" s.d. ".join(days), Sign.DONE)
    if passage.late:
        yield Remark(passage.late, Sign.LATE)


def _day(moment: datetime) -> str:
    return f"{moment:%d-%m-%Y}"


def heights(sop: Sop, columns: tuple[Column, ...], notes: tuple[tuple[Remark, ...], ...]) -> list[float]:
    """Return how high each row must be for its texts."""
    by_title = {column.title: column for column in columns if not column.role}
    return [
        max(
            LEAST_ROW,
            2 * _PAD + ink.BODY * ink.LEADING * max(len(_lines(text, by_title[title])) for title, text in _texts(step)),
            2 * _PAD + ink.SMALL * ink.LEADING * len(_noted(said, columns[-1])),
        )
        for step, said in zip(sop.steps, notes, strict=True)
    ]


def _texts(step: Step) -> Iterator[tuple[str, str]]:
    yield "Kegiatan", step.activity
    yield "Perlengkapan", step.equipment
    yield "Waktu", step.time
    yield "Output", step.output


def _lines(text: str, column: Column) -> tuple[str, ...]:
    return wrapped(text, column.right - column.left - 2 * _PAD, ink.BODY)


def _noted(said: tuple[Remark, ...], column: Column) -> list[tuple[str, Remark, bool]]:
    """Return the lines of a row's remarks, each with its remark and whether it is the first of it."""
    lines = []
    for remark in said:
        indent = _INDENT if remark.sign is not Sign.NONE else 0
        room = column.right - column.left - 2 * _PAD - indent
        parts = wrapped(remark.text, room, ink.SMALL, bold=remark.bold)
        lines += [(part, remark, n == 0) for n, part in enumerate(parts)]
    return lines


def drawn(sop: Sop, grid: Grid, notes: tuple[tuple[Remark, ...], ...], trail: Trail | None) -> Iterator[Item]:
    """Yield the table: ruled, headed, filled in; a step that a case stands in is framed."""
    yield from _head(grid)
    left, right = grid.columns[0].left, grid.columns[-1].right
    here = {cell.row for cell in trail.here} if trail and not trail.ended else set()
    for n, step in enumerate(sop.steps):
        top, bottom = grid.edges[n], grid.edges[n + 1]
        if n in here:
            yield Area(rectangle(left, top, right, bottom), fill="#eaf1f9")
        for column in grid.columns:
            yield ink.frame(column.left, top, column.right, bottom)
        yield from _row(step, grid, (top + bottom) / 2, notes[n])


def _row(step: Step, grid: Grid, middle: float, said: tuple[Remark, ...]) -> Iterator[Item]:
    by_title: Mapping[str, Column] = {column.title: column for column in grid.columns if not column.role}
    number = by_title[BEFORE[0][0]]
    yield from ink.block([str(step.number)], number.middle, middle, ink.BODY, bold=True, middle=True)
    for title, text in _texts(step):
        column = by_title[title]
        yield from ink.block(_lines(text, column), column.left + _PAD, middle, ink.BODY)
    yield from _noted_items(_noted(said, grid.columns[-1]), grid.columns[-1].left + _PAD, middle)


def _noted_items(lines: list[tuple[str, Remark, bool]], left: float, middle: float) -> Iterator[Item]:
    top = middle - len(lines) * ink.SMALL * ink.LEADING / 2
    for n, (text, remark, first) in enumerate(lines):
        y = top + (n + 0.78) * ink.SMALL * ink.LEADING
        if first:
            yield from _sign(remark.sign, left, y)
        colour = ink.LATE if remark.sign is Sign.LATE else ink.HERE if remark.sign is Sign.HERE else ink.BLACK
        x = left + (_INDENT if remark.sign is not Sign.NONE else 0)
        yield ink.words(x, y, text, ink.SMALL, bold=remark.bold, colour=colour)


def _sign(sign: Sign, x: float, y: float) -> tuple[Item, ...]:
    if sign is Sign.LATE:
        return ink.warning(x, y)
    if sign is Sign.SKIPPED:
        return (ink.words(x + 1, y, "–", ink.SMALL, bold=True),)
    if sign is Sign.HERE:
        return (ink.pointer(x, y),)
    return (ink.tick(x, y),) if sign is Sign.DONE else ()


def _head(grid: Grid) -> Iterator[Item]:
    top, bottom = grid.top, grid.top + HEAD
    middle = top + 11
    lanes = grid.lanes
    after = [column for column in grid.columns if column.left >= lanes[-1].right - 0.01]
    groups = [("Pelaksana", lanes[0].left, lanes[-1].right), ("Mutu Baku", after[0].left, after[-2].right)]
    for column in grid.columns:
        grouped = any(left <= column.left < right - 0.01 for _, left, right in groups)
        yield ink.frame(column.left, middle if grouped else top, column.right, bottom, fill=ink.PALE)
        yield from _title(column, ((middle if grouped else top) + bottom) / 2)
    for text, left, right in groups:
        yield ink.frame(left, top, right, middle, fill=ink.PALE)
        yield from ink.block([text], (left + right) / 2, (top + middle) / 2, ink.BODY, bold=True, middle=True)


def _title(column: Column, height: float) -> Iterator[Item]:
    size = ink.SMALL
    room = column.right - column.left - 3
    while size > 3 and len(wrapped(column.title, room, size, bold=True)) * size * ink.LEADING > HEAD - 11:
        size -= 0.2
    yield from ink.block(
        wrapped(column.title, room, size, bold=True), column.middle, height, size, bold=True, middle=True
    )
