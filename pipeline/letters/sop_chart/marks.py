"""What is drawn into the lanes: boxes and arrows; for a case the marker's stroke along its way, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.drawing import ink
from pipeline.drawing.measure import fitted, text_width
from pipeline.drawing.picture import Area, Item, Line, Point, arrowhead, rectangle
from pipeline.letters.sop_chart.flow import Arrow, Cell, Flow, Shape, Trail, Visit
from pipeline.letters.sop_chart.grid import Grid, direct, half, route

_STROKE = 6.0
_INSIDE = 3.0


@dataclass(slots=True)
class _Way:
    """The way of a case over the grid: strokes, the cells that it came through, the moves made in each."""

    strokes: list[tuple[Point, ...]] = field(default_factory=list)
    passed: set[Cell] = field(default_factory=set)
    visits: dict[Cell, list[Visit]] = field(default_factory=dict)


def drawn(flow: Flow, grid: Grid, trail: Trail | None) -> Iterator[Item]:
    """Yield what stands in the lanes, the marker's stroke undermost."""
    way = _way(trail, flow, grid) if trail else _Way()
    here = set(trail.here) if trail else set()
    yield from (Line(stroke, ink.MARKER, _STROKE) for stroke in way.strokes)
    for arrow in flow.arrows:
        yield from _arrow(arrow, flow, grid)
    for cell in sorted({*flow.shapes, *way.visits, *here}, key=lambda c: (c.row, c.role)):
        yield from _box(cell, flow, grid, way, here=cell in here, ended=bool(trail and trail.ended))


def _way(trail: Trail, flow: Flow, grid: Grid) -> _Way:
    way = _Way()
    for visit in trail.visits:
        way.visits.setdefault(visit.cell, []).append(visit)
    cells = [visit.cell for visit in trail.visits]
    for start, end in (*pairwise(cells), *((cells[-1], here) for here in trail.here)):
        if start == end:
            continue
        arrows = flow.between(start, end) if start in flow.shapes and end in flow.shapes else ()
        way.passed |= {start, end, *(arrow.end for arrow in arrows)}
        if arrows:
            way.strokes += [
                (grid.centre(arrow.start), *route(arrow, flow, grid), grid.centre(arrow.end)) for arrow in arrows
            ]
        else:
            way.strokes.append(direct(start, end, grid))
    return way


def _arrow(arrow: Arrow, flow: Flow, grid: Grid) -> Iterator[Item]:
    points = route(arrow, flow, grid)
    yield Line(points, ink.BLACK, 0.9)
    yield arrowhead(points, ink.BLACK)
    if arrow.label:
        yield from _label(arrow.label, points)


def _label(text: str, points: tuple[Point, ...]) -> Iterator[Item]:
    """Yield the answer that leads along an arrow, under the start of its last level stretch, or beside it."""
    wide = text_width(text, ink.TINY)
    level = [(a, b) for a, b in pairwise(points) if a[1] == b[1] and abs(a[0] - b[0]) > 2 * half(None)[0]]
    if level:
        (x, y), (x1, _) = level[-1]
        left, base = (x + 3 if x1 > x else x - 3 - wide), y + ink.TINY - 0.2
    else:
        left, base = points[0][0] + 3, points[0][1] + ink.TINY + 1
    yield Area(rectangle(left - 0.8, base - ink.TINY + 1, left + wide + 0.8, base + 1.4), fill=ink.WHITE)
    yield ink.words(left, base, text, ink.TINY)


def _box(cell: Cell, flow: Flow, grid: Grid, way: _Way, *, here: bool, ended: bool) -> Iterator[Item]:
    shape = flow.shapes.get(cell)
    (x, y), (wide, high) = grid.centre(cell), half(shape)
    fill = ink.HERE if here else ink.MARKED if cell in way.passed or cell in way.visits else ink.WHITE
    edge = 1.8 if here else 0.9
    if shape is Shape.DECISION:
        yield Area(((x, y - high), (x + wide, y), (x, y + high), (x - wide, y)), fill, ink.BLACK, edge)
    else:
        round_ = high if shape in (Shape.START, Shape.END) else 0 if shape else 3
        corners = rectangle(x - wide, y - high, x + wide, y + high)
        yield Area(corners, fill, ink.BLACK, edge, round_, dashed=shape is None)
    yield from _written(_inside(shape, way.visits.get(cell, []), here=here, ended=ended), x, y, shape, here=here)


def _inside(shape: Shape | None, visits: list[Visit], *, here: bool, ended: bool) -> list[str]:
    """Return the lines of text in a box, at most two, the first to be seen first."""
    name = [shape.value] if shape in (Shape.START, Shape.END) else []
    numbers = [_ranges(visit.number for visit in visits)] if visits else []
    if here:
        stands = [*name, "di sini"] if name or not ended else ["berakhir", "di sini"]
        return [*stands, *numbers][:2]
    if shape is Shape.DECISION:
        return numbers
    return [*name, *numbers, *(f"{visit.at:%d-%m}" for visit in visits[-1:])][:2]


def _written(lines: list[str], x: float, y: float, shape: Shape | None, *, here: bool) -> Iterator[Item]:
    room = 2 * half(shape)[0] - _INSIDE
    if shape is Shape.DECISION:
        room *= 0.6 if len(lines) < 2 else 0.5
    for n, line in enumerate(lines):
        size = ink.SMALL if n == 0 or here else ink.TINY
        while size > 4 and text_width(line, size, bold=n == 0 or here) > room:
            size -= 0.2
        text = fitted(line, room, size, bold=n == 0 or here)
        base = y + size * 0.36 + (n - (len(lines) - 1) / 2) * 7.4
        colour = ink.WHITE if here else ink.BLACK
        yield ink.words(x, base, text, size, bold=n == 0 or here, colour=colour, middle=True)


def _ranges(numbers: Iterable[int]) -> str:
    """Return ``2, 5-7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
