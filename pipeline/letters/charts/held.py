"""Bars of what is open now: with whom or in which step, the late part dark and in front."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.drawing import ink
from pipeline.drawing.measure import text_width
from pipeline.drawing.picture import Item, Picture
from pipeline.letters.charts import pieces
from pipeline.register.summary import words
from pipeline.register.summary.figures import Held

_BAR, _ROW, _GAP = 13.0, 24.0, 7.0


def held(title: str, lines: Sequence[Held], width: float = pieces.WIDTH) -> Picture:
    """Return the chart, one row for each step or role."""
    room = pieces.label_width((line.label for line in lines), width)
    left = room + _GAP
    said = max((text_width(f"  {_figure(line)}", pieces.FIGURE, bold=True) for line in lines), default=0)
    unit = (width - left - said - 6) / max([line.count for line in lines] + [1])
    items: list[Item] = []
    top = 0.0
    for line in lines:
        high = max(_ROW, pieces.label_height(line.label, room) + 5)
        items += [*pieces.label(line.label, room, top + high / 2), *_row(line, left, top + high / 2, unit)]
        top += high
    items.append(ink.frame(left, 0, left, top))
    told = "; ".join(f"{line.label} {_figure(line)}" for line in lines)
    key = [("late", "melewati waktu langkah"), ("pale", "masih dalam waktu")]
    return pieces.sheet(title, f"Yang berjalan sekarang: {told}.", items, (width, top), key)


def _row(line: Held, left: float, centre: float, unit: float) -> list[Item]:
    top, bottom = centre - _BAR / 2, centre + _BAR / 2
    middle, end = left + line.late * unit, left + line.count * unit
    items: list[Item] = []
    if line.count > line.late:
        items += pieces.outlined(middle, top, end, bottom)
    if line.late:
        items += pieces.late(left, top, middle, bottom)
    colour = ink.LATE if line.late else ink.BLACK
    return [*items, pieces.figure(end + 4, centre, _figure(line), bold=bool(line.late), colour=colour)]


def _figure(line: Held) -> str:
    count = words.count(line.count)
    return f"{count}, {words.count(line.late)} terlambat" if line.late else count
