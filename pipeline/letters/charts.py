"""Charts of a summary as drawings: bars by trait, bars by who has to act, columns by month.

Each says in words what it shows, for those who have it read out; a table with the same figures always stands beside it.
Nothing is told by colour alone: what differs is dark or pale, filled or hatched, and every bar has its figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from pipeline.drawing import ink
from pipeline.drawing.ink import text_width, wrapped
from pipeline.drawing.picture import Area, Item, Line, Picture, Words, rectangle
from pipeline.office.wording import MONTHS
from pipeline.register.summary import words as said
from pipeline.register.summary.figures import Breakdown, Count, Held, MonthFlow
from pipeline.register.summary.period import Period

#: Width of a chart in points: one column of a page on a screen, or a telephone's whole width.
WIDTH = 320.0
DARK, PALE = ink.HERE, "#dfe5ec"
#: Sizes of letters: labels and figures, the figures over columns, the key; lengths are in points too.
_LABEL, _SMALL, _KEY = 9.6, 8.4, 8.8
_WIDEST_LABEL = 0.44
"""How much of a chart's width its labels may take."""
_GAP = 7.0
_NOW, _BEFORE, _TRAIT_ROW = 11.0, 4.5, 23.0
_HELD, _HELD_ROW = 13.0, 24.0
_HIGH, _TOP, _FOOT = 110.0, 12.0, 26.0
_COLUMN = 0.36
"""How much of a month's room each of its two columns takes."""
_HATCH = 4.0
_KEY_HEIGHT, _KEY_BOX, _KEY_GAP = 20.0, 9.5, 14.0
_Row = TypeVar("_Row", bound=Count | Held)


def bars(breakdown: Breakdown, period: Period, width: float = WIDTH) -> Picture:
    """Return the chart of a breakdown: for each line how many now, and thinner below how many in the period before."""
    room = _label_width(breakdown.lines, width)
    left = room + _GAP
    most = max((n for line in breakdown.lines for n in (line.count, line.before) if n), default=1)
    unit = (width - left - text_width(f" {said.count(most)}", _LABEL, bold=True) - 8) / most

    def bar(line: Count, centre: float) -> Iterator[Item]:
        top, end = centre - (_NOW + _BEFORE) / 2, left + (line.count or 0) * unit
        if line.count:
            yield _filled(left, top, end, top + _NOW)
        if line.before:
            yield _outlined(left, top + _NOW, left + line.before * unit, top + _NOW + _BEFORE)
        yield _figure(end + 4, top + _NOW / 2, said.count(line.count), bold=line.count != 0)

    items, height = _labelled(breakdown.lines, room, _TRAIT_ROW, 4, bar)
    now, before = period.label, period.before.label
    parts = (f"{line.label} {said.count(line.count)} ({said.count(line.before)})" for line in breakdown.lines)
    told = f"{now}, dalam kurung {before}: {'; '.join(parts)}."
    return _sheet(breakdown.title, told, items, (width, height), [("dark", now), ("pale", before)])


def held(title: str, lines: Sequence[Held], width: float = WIDTH) -> Picture:
    """Return the chart of what is open now, with whom or in which step: the late part dark and in front."""
    room = _label_width(lines, width)
    left = room + _GAP
    figures = max((text_width(f"  {_open(line)}", _LABEL, bold=True) for line in lines), default=0)
    unit = (width - left - figures - 6) / max([line.count for line in lines] + [1])

    def bar(line: Held, centre: float) -> Iterator[Item]:
        top, bottom = centre - _HELD / 2, centre + _HELD / 2
        middle, end = left + line.late * unit, left + line.count * unit
        if line.count > line.late:
            yield _outlined(middle, top, end, bottom)
        if line.late:
            yield _filled(left, top, middle, bottom, ink.LATE)
        colour = ink.LATE if line.late else ink.BLACK
        yield _figure(end + 4, centre, _open(line), bold=bool(line.late), colour=colour)

    items, height = _labelled(lines, room, _HELD_ROW, 5, bar)
    told = "; ".join(f"{line.label} {_open(line)}" for line in lines)
    key = [("late", "melewati waktu langkah"), ("pale", "masih dalam waktu")]
    return _sheet(title, f"Yang berjalan sekarang: {told}.", items, (width, height), key)


def _open(line: Held) -> str:
    count = said.count(line.count)
    return f"{count} ({said.count(line.late)} melewati waktu)" if line.late else f"{count} perkara"


def columns(title: str, months: Sequence[MonthFlow], width: float = WIDTH) -> Picture:
    """Return the chart of months: what came, filled, beside what ended, hatched."""
    room = width / max(len(months), 1)
    most = max([n for m in months for n in (m.received, m.closed)] + [1])
    base = _TOP + _HIGH
    items: list[Item] = [Line(((0, base), (width, base)), ink.GREY, 0.8)]
    for position, month in enumerate(months):
        left = position * room
        items += _pair(month, left, room, base, _HIGH / most)
        name = MONTHS[month.month.number - 1][:3]
        items.append(ink.words(left + room / 2, base + 10, name, _SMALL, middle=True))
        if position == 0 or month.month.number == 1:
            year = str(month.month.year)
            items.append(ink.words(left + room / 2, base + 20, year, _SMALL, bold=True, middle=True))
    told = "; ".join(f"{m.month.label} masuk {said.count(m.received)}, berakhir {said.count(m.closed)}" for m in months)
    key = [("dark", "masuk"), ("hatched", "berakhir")]
    return _sheet(title, f"{told}.", items, (width, base + _FOOT), key)


def _pair(month: MonthFlow, left: float, room: float, base: float, unit: float) -> Iterator[Item]:
    """Yield the two columns of a month, each figure as small as it must be to keep off its neighbour's."""
    wide = room * _COLUMN
    start = left + (room - 2 * wide - 1.5) / 2
    for at, number, kind in ((start, month.received, "dark"), (start + wide + 1.5, month.closed, "hatched")):
        top = base - number * unit
        if number:
            text = said.count(number)
            yield from _box(kind, at, top, at + wide, base)
            size = min(_SMALL, (wide - 0.5) / text_width(text, 1))
            yield ink.words(at + wide / 2, top - 2.5, text, size, middle=True)


def _label_width(lines: Sequence[Count] | Sequence[Held], width: float) -> float:
    """Return how wide the column of labels is: as wide as the widest, but not half of the chart."""
    return min(max((text_width(line.label, _LABEL) for line in lines), default=0), width * _WIDEST_LABEL)


def _labelled(
    lines: Sequence[_Row], room: float, least: float, air: float, bar: Callable[[_Row, float], Iterator[Item]]
) -> tuple[list[Item], float]:
    """Return a row for each line, its label at the left and its bar behind it, and how high all of them are.

    ``room`` is how wide the labels are, ``least`` how high a row is at least, ``air`` what is around a label of many
    lines.
    """
    items: list[Item] = []
    top = 0.0
    for line in lines:
        label = wrapped(line.label, room, _LABEL)
        high = max(least, len(label) * _LABEL * ink.LEADING + air)
        items += [*ink.block(label, 0, top + high / 2, _LABEL), *bar(line, top + high / 2)]
        top += high
    items.append(ink.frame(room + _GAP, 0, room + _GAP, top))
    return items, top


def _figure(x: float, centre: float, text: str, *, bold: bool = False, colour: str = ink.BLACK) -> Words:
    """Return a figure that begins at the left edge, its middle at a height."""
    return ink.words(x, centre + _LABEL * 0.36, text, _LABEL, bold=bold, colour=colour)


def _box(kind: str, left: float, top: float, right: float, bottom: float) -> tuple[Item, ...]:
    """Return a box as the key shows it: ``dark``, ``pale``, ``late`` or ``hatched``."""
    if kind == "hatched":
        return hatched(left, top, right, bottom)
    if kind == "pale":
        return (_outlined(left, top, right, bottom),)
    return (_filled(left, top, right, bottom, ink.LATE if kind == "late" else DARK),)


def _filled(left: float, top: float, right: float, bottom: float, colour: str = DARK) -> Area:
    """Return a filled box; one without width is a thin line, so that nought shows too."""
    return Area(rectangle(left, top, max(right, left + 0.8), bottom), fill=colour)


def _outlined(left: float, top: float, right: float, bottom: float) -> Area:
    return Area(rectangle(left, top, max(right, left + 0.8), bottom), fill=PALE, stroke=ink.GREY, width=0.7)


def hatched(left: float, top: float, right: float, bottom: float) -> tuple[Item, ...]:
    """Return a box of slanting lines, each from its left or lower edge to its upper or right one."""
    wide, high = right - left, bottom - top
    frame = Area(rectangle(left, top, right, bottom), fill=ink.WHITE, stroke=DARK, width=0.9)
    reach = (n * _HATCH for n in range(1, int((wide + high) / _HATCH) + 1))
    slants = (
        (
            (left + max(at - high, 0), bottom - min(at, high)),
            (left + min(at, wide), bottom - max(at - wide, 0)),
        )
        for at in reach
    )
    return (frame, *(Line(slant, DARK, 0.9) for slant in slants))


def _sheet(
    title: str, description: str, items: Sequence[Item], size: tuple[float, float], key: Sequence[tuple[str, str]]
) -> Picture:
    """Return the chart with its key below: kinds of boxes and what they mean, in as many rows as they need."""
    width, height = size
    below: list[Item] = []
    x, row = 0.0, 0
    for kind, text in key:
        wide = _KEY_BOX + 5 + text_width(text, _KEY) + _KEY_GAP
        if x and x + wide > width:
            x, row = 0.0, row + 1
        centre = height + (row + 0.5) * _KEY_HEIGHT
        below += _box(kind, x, centre - _KEY_BOX / 2, x + _KEY_BOX, centre + _KEY_BOX / 2)
        below.append(ink.words(x + _KEY_BOX + 5, centre + _KEY * 0.36, text, _KEY))
        x += wide
    whole = height + (row + 1) * _KEY_HEIGHT
    return Picture(width, whole, (width, whole), title, description, (*items, *below))
