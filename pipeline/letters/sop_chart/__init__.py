"""The SOP as the office knows it: the flow chart with its lanes, on one sheet; with a case's way through it, if asked.

Pure layout: a table of steps becomes areas, lines and words in points. The room ``drawing`` draws it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.cases.sop import Sop
from pipeline.drawing.picture import Item, Picture
from pipeline.errors import SettingsFault
from pipeline.letters.sop_chart import marks, page, table
from pipeline.letters.sop_chart.flow import Flow, flow_of
from pipeline.letters.sop_chart.grid import HEAD, LEAST_LANE, columns_of, grid_of
from pipeline.letters.sop_chart.plain import told
from pipeline.letters.sop_chart.trail import Trail, trail_of

__all__ = ["Flow", "Picture", "Trail", "draw", "flow_of", "told", "trail_of"]

#: A4 lying down, in points, and what a printer cannot print on all around.
PAPER = (841.89, 595.28)
_MARGIN = 26.0
_GROWTH, _MOST = 1.03, 60


def draw(sop: Sop, flow: Flow, trail: Trail | None = None) -> Picture:
    """Return the chart on one sheet: where there is too much for it, everything is drawn a little smaller.

    Raises:
        SettingsFault: the edition has so much to say that nobody could read it on one sheet.
    """
    for scale in (_GROWTH**n for n in range(_MOST)):
        items = _drawn(sop, flow, trail, scale)
        if items is not None:
            break
    else:
        raise SettingsFault(
            f"Bagan SOP {sop.number} tidak muat di satu lembar.", "Ringkaskan teks pada berkas SOP itu."
        )
    title = f"SOP {sop.number} {sop.title}" + (f", perkara {trail.number}" if trail else "")
    width, height = PAPER[0] * scale, PAPER[1] * scale
    return Picture(width, height, PAPER, title, "\n".join(told(sop, flow, trail)), tuple(items))


def _drawn(sop: Sop, flow: Flow, trail: Trail | None, scale: float) -> list[Item] | None:
    """Return what is drawn on a sheet of paper so much larger, or None: it does not fit."""
    left, right, bottom = _MARGIN, PAPER[0] * scale - _MARGIN, PAPER[1] * scale - _MARGIN
    columns = columns_of(sop, left, right)
    if min(column.right - column.left for column in columns if column.role) < LEAST_LANE:
        return None
    items, top = page.head(sop, left, right, _MARGIN)
    top += 6
    if trail:
        items += page.case_line(trail, left, right, top)
        top += page.CASE_LINE
    listed = page.moves_of(trail, right - left) if trail else []
    room = bottom - page.FOOT - (page.moves_height(listed) if listed else 0) - top
    notes = table.remarks(sop, trail)
    heights = table.heights(sop, columns, notes)
    if HEAD + sum(heights) > room:
        return None
    grid = grid_of(columns, top, heights, room)
    items += [*table.drawn(sop, grid, notes, trail), *marks.drawn(flow, grid, trail)]
    items += _below(listed, trail, left, right, grid.edges[-1], bottom)
    return items


def _below(
    listed: list[list[tuple[str, str]]], trail: Trail | None, left: float, right: float, top: float, bottom: float
) -> Iterator[Item]:
    if listed:
        yield from page.moves(listed, left, right, top + 2)
    yield from page.foot(trail, left, right, bottom)
