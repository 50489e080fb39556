"""Bars by trait: for each line how many now, and thinner below it how many in the period before."""

from __future__ import annotations

from pipeline.drawing import ink
from pipeline.drawing.measure import text_width
from pipeline.drawing.picture import Item, Picture
from pipeline.letters.charts import pieces
from pipeline.register.summary import words
from pipeline.register.summary.figures import Breakdown, Count
from pipeline.register.summary.period import Period

_NOW, _BEFORE, _ROW, _GAP = 11.0, 4.5, 23.0, 7.0


def bars(breakdown: Breakdown, period: Period, width: float = pieces.WIDTH) -> Picture:
    """Return the chart of a breakdown, one row a line."""
    room = pieces.label_width((line.label for line in breakdown.lines), width)
    left = room + _GAP
    most = max((n for line in breakdown.lines for n in (line.count, line.before) if n), default=1)
    unit = (width - left - text_width(f" {words.count(most)}", pieces.FIGURE, bold=True) - 8) / most
    items: list[Item] = []
    top = 0.0
    for line in breakdown.lines:
        high = max(_ROW, pieces.label_height(line.label, room) + 4)
        items += [*pieces.label(line.label, room, top + high / 2), *_row(line, left, top + high / 2, unit)]
        top += high
    items.append(ink.frame(left, 0, left, top))
    key = [("dark", period.label), ("pale", period.before.label)]
    return pieces.sheet(breakdown.title, _told(breakdown, period), items, (width, top), key)


def _row(line: Count, left: float, centre: float, unit: float) -> list[Item]:
    top = centre - (_NOW + _BEFORE) / 2
    end = left + (line.count or 0) * unit
    items: list[Item] = []
    if line.count:
        items += pieces.filled(left, top, end, top + _NOW)
    if line.before:
        items += pieces.outlined(left, top + _NOW, left + line.before * unit, top + _NOW + _BEFORE)
    return [*items, pieces.figure(end + 4, top + _NOW / 2, words.count(line.count), bold=line.count != 0)]


def _told(breakdown: Breakdown, period: Period) -> str:
    parts = (f"{line.label} {words.count(line.count)} ({words.count(line.before)})" for line in breakdown.lines)
    return f"{period.label}, dalam kurung {period.before.label}: {'; '.join(parts)}."
