"""The SOP as the office knows it: the flow chart with its lanes, on one sheet; with a case's way through it, if asked.

Pure layout: a table of steps becomes areas, lines and words in points. The room ``drawing`` draws it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import Step
from pipeline.drawing.picture import Item, Picture
from pipeline.errors import SettingsFault
from pipeline.letters.sop_chart import lanes, page, table
from pipeline.letters.sop_chart.flow import Flow, Shape, Trail
from pipeline.letters.sop_chart.lanes import HEAD, LEAST_LANE, columns_of, grid_of
from pipeline.letters.sop_chart.table import Sign
from pipeline.office.wording import date_and_hour, long_date

#: A4 lying down, in points, and what a printer cannot print on all around.
PAPER = (841.89, 595.28)
_MARGIN = 26.0
#: How much larger the paper is drawn at each try, and how often it is tried.
_GROWTH, _MOST = 1.03, 60
#: What stands before a remark in a terminal.
_SAID = {
    Sign.NONE: "",
    Sign.DONE: "[v] ",
    Sign.HERE: "[>] ",
    Sign.LATE: "[!] ",
    Sign.SKIPPED: "[-] ",
    Sign.MORE: "",
}
_INDENT = 4


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
    items += [*table.drawn(sop, grid, notes, trail), *lanes.drawn(flow, grid, trail)]
    if listed:
        items += page.moves(listed, left, right, grid.edges[-1] + 2)
    return [*items, *page.foot(trail, left, bottom)]


def told(sop: Sop, flow: Flow, trail: Trail | None = None, width: int = 100) -> list[str]:
    """Return the SOP, and a case's way through it, in lines of text: for a terminal, and for whoever hears them read.

    No line is wider than ``width`` but for single words.
    """
    lines = []
    for text, indent in _told(sop, flow, trail):
        blank = " " * indent
        lines += textwrap.wrap(text, max(width, 40), initial_indent=blank, subsequent_indent=f"{blank}  ") or [""]
    return lines


def _told(sop: Sop, flow: Flow, trail: Trail | None) -> Iterator[tuple[str, int]]:
    """Yield each line before it is wrapped, with its indent."""
    yield f"SOP {sop.number}: {sop.title}", 0
    yield sop.office, 0
    yield f"Ditetapkan {long_date(sop.established)}, berlaku sejak {long_date(sop.effective)}", 0
    yield from ((f"Dasar hukum: {basis}", 0) for basis in sop.basis)
    if trail:
        yield "", 0
        yield f"Perkara {trail.number}: {trail.state}", 0
        if trail.awaits:
            yield f"Ditunggu: {', '.join(trail.awaits)}", 0
        if trail.due:
            late = f", {trail.late.upper()}" if trail.late else ""
            yield f"Tenggat: {date_and_hour(trail.due)}{late}", 0
    for step, said in zip(sop.steps, table.remarks(sop, trail), strict=True):
        yield "", 0
        yield f"{step.number:>2}  {step.activity}", 0
        yield from ((text, _INDENT) for text in _step(sop, flow, step))
        yield from ((f"{_SAID[remark.sign]}{remark.text}", _INDENT) for remark in said)
    if trail:
        yield "", 0
        yield "Jalan perkara", 0
        for visit in trail.visits:
            place = f"langkah {visit.cell.row + 1}, {visit.lane}"
            yield f"{visit.number:>3}  {visit.at:%d-%m-%Y %H.%M}  {place}: {visit.label}", 0


def _step(sop: Sop, flow: Flow, step: Step) -> Iterator[str]:
    names = {lane.role: lane.name for lane in sop.lanes}
    yield f"Pelaksana: {' -> '.join(names.get(role, role) for role in step.lanes) or '-'}"
    sentences = (("Waktu", step.time), ("Perlengkapan", step.equipment), ("Output", step.output))
    yield "; ".join(f"{label}: {text}" for label, text in sentences if text)
    for arrow in flow.arrows:
        if arrow.start.row == step.number - 1 and flow.shapes[arrow.start] is Shape.DECISION and arrow.label:
            yield f"Putusan: {arrow.label} -> langkah {arrow.end.row + 1}"
