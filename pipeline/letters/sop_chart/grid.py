"""Where things stand: the columns of the table, its rows, the middle of each cell, the way an arrow takes.

Arrows run in the free space: level with the boxes where no box is between, else along a track under the boxes; down to
the next row along a track over its boxes; past a row along the edge of a lane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.cases.sop import Sop
from pipeline.drawing.picture import Point
from pipeline.letters.sop_chart.flow import Arrow, Cell, Flow, Shape

HEAD = 32.0
LEAST_ROW, MOST_ROW = 46.0, 68.0
LEAST_LANE = 46.0
_TRACK, _GUTTER, _APART = 4.6, 5.0, 3.8
_HALF_BOX, _HALF_DECISION = (17.0, 10.0), (19.0, 13.0)
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
