"""The lanes: where their boxes stand, which way an arrow takes, how both are drawn; and a case's way through them.

Arrows run in the free space: level with the boxes where no box is between, else along a track under the boxes; down to
the next row along a track over its boxes; past a row along the edge of a lane.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.cases.sop import Sop
from pipeline.drawing import ink
from pipeline.drawing.ink import fitted, text_width
from pipeline.drawing.picture import Area, Item, Line, Point, arrowhead, rectangle
from pipeline.letters.sop_chart.flow import Arrow, Cell, Flow, Shape, Trail, Visit

HEAD = 32.0
LEAST_ROW, MOST_ROW = 46.0, 68.0
LEAST_LANE = 46.0
_TRACK, _GUTTER, _APART = 4.6, 5.0, 3.8
_HALF_BOX, _HALF_DECISION = (17.0, 10.0), (19.0, 13.0)
#: How broad the marker's stroke is, and how far from a box's edges its text ends.
_STROKE, _INSIDE = 6.0, 3.0
#: The columns before and after the lanes: title and width.
BEFORE = (("No", 20.0), ("Kegiatan", 130.0))
AFTER = (("Perlengkapan", 62.0), ("Waktu", 40.0), ("Output", 72.0), ("Ket", 100.0))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title and where it runs; ``role`` if it is a lane."""

    title: str
    left: float
    right: float
    role: str = ""

    @property
    def middle(self) -> float:
        """Half-way between its edges."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Grid:
    """The table's geometry: columns from left to right, top edges of the rows and the bottom edge of the last."""

    columns: tuple[Column, ...]
    top: float
    edges: tuple[float, ...]

    @property
    def lanes(self) -> tuple[Column, ...]:
        """The columns that are lanes."""
        return tuple(column for column in self.columns if column.role)

    def lane(self, role: str) -> Column:
        """Return a lane; of a role that is none (the machine, the archive), the first: it acts for the office."""
        return next((column for column in self.lanes if column.role == role), self.lanes[0])

    def centre(self, cell: Cell) -> Point:
        """Return the middle of a cell."""
        return self.lane(cell.role).middle, (self.edges[cell.row] + self.edges[cell.row + 1]) / 2

    def over(self, row: int) -> float:
        """Return the height of the track over the boxes of a row."""
        return self.edges[row] + _TRACK

    def under(self, row: int, track: int = 0) -> float:
        """Return the height of a track under the boxes of a row; there are two, the lower is 0."""
        return self.edges[row + 1] - _TRACK - track % 2 * _APART

    def beside(self, cell: Cell, side: int) -> float:
        """Return where the free edge of a cell's lane is, to the right (1) or the left (-1) of its box."""
        return self.centre(cell)[0] + side * (_HALF_DECISION[0] + _GUTTER)


def half(shape: Shape | None) -> Point:
    """Return half the width and half the height of a box."""
    return _HALF_DECISION if shape is Shape.DECISION else _HALF_BOX


def columns_of(sop: Sop, left: float, right: float) -> tuple[Column, ...]:
    """Return the columns between two edges; the lanes share what the others leave."""
    fixed = sum(width for _, width in (*BEFORE, *AFTER))
    lane = (right - left - fixed) / max(len(sop.lanes), 1)
    widths = [
        *((title, width, "") for title, width in BEFORE),
        *((lane_.name, lane, lane_.role) for lane_ in sop.lanes),
        *((title, width, "") for title, width in AFTER),
    ]
    columns, at = [], left
    for title, width, role in widths:
        columns.append(Column(title, at, at + width, role))
        at += width
    return tuple(columns)


def grid_of(columns: tuple[Column, ...], top: float, heights: Sequence[float], room: float) -> Grid:
    """Return the grid of rows that are at least so high; what room is left is shared among them."""
    spare = max(0.0, room - HEAD - sum(heights)) / max(len(heights), 1)
    edges = [top + HEAD]
    for height in heights:
        edges.append(edges[-1] + max(height, min(height + spare, MOST_ROW)))
    return Grid(columns, top, tuple(edges))


def route(arrow: Arrow, flow: Flow, grid: Grid) -> tuple[Point, ...]:
    """Return the points of an arrow, from the edge of its first box to the edge of its second."""
    start, end = arrow.start, arrow.end
    if start.row == end.row:
        return _level(arrow, flow, grid)
    if any(start.row < cell.row < end.row for cell in flow.shapes):
        return _past(start, end, flow, grid)
    (x, y), (x1, y1) = grid.centre(start), grid.centre(end)
    begin, goal = (x, y + half(flow.shapes[start])[1]), (x1, y1 - half(flow.shapes[end])[1])
    track = grid.over(end.row)
    return (begin, goal) if start.role == end.role else (begin, (x, track), (x1, track), goal)


def _level(arrow: Arrow, flow: Flow, grid: Grid) -> tuple[Point, ...]:
    start, end = arrow.start, arrow.end
    (x, y), (x1, _) = grid.centre(start), grid.centre(end)
    side = 1 if x1 > x else -1
    goal = x1 - side * half(flow.shapes[end])[0]
    if not _blocked(arrow, flow, grid):
        return ((x + side * half(flow.shapes[start])[0], y), (goal, y))
    around = [a for a in flow.arrows if a.start.row == a.end.row == start.row and _blocked(a, flow, grid)]
    track, edge = grid.under(start.row, around.index(arrow)), grid.beside(end, -side)
    return ((x, y + half(flow.shapes[start])[1]), (x, track), (edge, track), (edge, y), (goal, y))


def _blocked(arrow: Arrow, flow: Flow, grid: Grid) -> bool:
    """Say whether a box stands between the two of an arrow in one row."""
    low, high = sorted((grid.centre(arrow.start)[0], grid.centre(arrow.end)[0]))
    return any(low < grid.centre(cell)[0] < high for cell in flow.shapes if cell.row == arrow.start.row)


def _past(start: Cell, end: Cell, flow: Flow, grid: Grid) -> tuple[Point, ...]:
    (x, y), (x1, y1) = grid.centre(start), grid.centre(end)
    came = next((a.start for a in flow.arrows if a.end == start and a.start.row == start.row), None)
    side = 1 if came and grid.centre(came)[0] < x else -1
    edge, track = grid.beside(start, side), grid.over(end.row)
    goal = (x1, y1 - half(flow.shapes[end])[1])
    return ((x + side * half(flow.shapes[start])[0], y), (edge, y), (edge, track), (x1, track), goal)


def direct(start: Cell, end: Cell, grid: Grid) -> tuple[Point, ...]:
    """Return a way from the middle of one cell to that of another where no arrow leads."""
    (x, y), (x1, y1) = grid.centre(start), grid.centre(end)
    if start.row == end.row:
        return ((x, y), (x1, y1))
    track = grid.over(end.row) if end.row > start.row else grid.under(end.row)
    if end.row == start.row + 1:
        return ((x, y), (x, track), (x1, track), (x1, y1))
    edge = grid.beside(start, 1)
    return ((x, y), (edge, y), (edge, track), (x1, track), (x1, y1))


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
