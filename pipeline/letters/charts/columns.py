"""Columns by month: what came, filled, beside what ended, hatched."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.drawing import ink
from pipeline.drawing.measure import text_width
from pipeline.drawing.picture import Item, Line, Picture, Words
from pipeline.letters.charts import pieces
from pipeline.office.wording import MONTHS
from pipeline.register.summary import words
from pipeline.register.summary.figures import MonthFlow

_HIGH, _TOP, _FOOT = 110.0, 12.0, 26.0
_SMALL = 8.4
_SHARE = 0.36
"""How much of a month's room each of its two columns takes."""


def columns(title: str, months: Sequence[MonthFlow], width: float = pieces.WIDTH) -> Picture:
    """Return the chart, a pair of columns for each month."""
    room = width / max(len(months), 1)
    most = max([n for m in months for n in (m.received, m.closed)] + [1])
    base = _TOP + _HIGH
    items: list[Item] = [Line(((0, base), (width, base)), ink.GREY, 0.8)]
    for position, month in enumerate(months):
        left = position * room
        items += _pair(month, left, room, base, _HIGH / most)
        items += _name(month, left + room / 2, base, first=position == 0)
    told = "; ".join(
        f"{m.month.label} masuk {words.count(m.received)}, selesai {words.count(m.closed)}" for m in months
    )
    key = [("dark", "masuk"), ("hatched", "selesai")]
    return pieces.sheet(title, f"{told}.", items, (width, base + _FOOT), key)


def _pair(month: MonthFlow, left: float, room: float, base: float, unit: float) -> list[Item]:
    wide = room * _SHARE
    start = left + (room - 2 * wide - 1.5) / 2
    items: list[Item] = []
    for at, number, box in ((start, month.received, pieces.filled), (start + wide + 1.5, month.closed, pieces.hatched)):
        top = base - number * unit
        if number:
            items += box(at, top, at + wide, base)
            items.append(_figure(at + wide / 2, top - 2.5, words.count(number), wide + 1))
    return items


def _figure(middle: float, y: float, text: str, room: float) -> Words:
    """Return a column's figure, as small as it must be to keep off its neighbour's."""
    size = min(_SMALL, room / text_width(text, 1))
    return ink.words(middle, y, text, size, middle=True)


def _name(month: MonthFlow, middle: float, base: float, *, first: bool) -> list[Item]:
    """Return the month's short name, and below the first one of each year the year."""
    name = MONTHS[month.month.number - 1][:3]
    items: list[Item] = [ink.words(middle, base + 10, name, _SMALL, middle=True)]
    if first or month.month.number == 1:
        items.append(ink.words(middle, base + 20, str(month.month.year), _SMALL, bold=True, middle=True))
    return items
