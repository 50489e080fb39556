"""The pieces that charts share: labels at the left, hatched boxes, the key below, the finished sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.drawing import ink
from pipeline.drawing.measure import text_width, wrapped
from pipeline.drawing.picture import Area, Item, Line, Picture, Words, rectangle

#: Width of a chart in points: one column of a page on a screen, or a telephone's whole width.
WIDTH = 320.0
LABEL, FIGURE, KEY = 9.6, 9.6, 8.8
DARK, PALE = ink.HERE, "#dfe5ec"
_KEY_HEIGHT, _KEY_BOX, _GAP = 20.0, 9.5, 14.0
_HATCH = 3.2
_WIDEST_LABEL = 0.44


def label_width(labels: Iterable[str], width: float) -> float:
    """Return how wide the column of labels is: as wide as the widest, but not half of the chart."""
    widest = max((text_width(label, LABEL) for label in labels), default=0)
    return min(widest, width * _WIDEST_LABEL)


def label(text: str, room: float, centre: float) -> Iterator[Words]:
    """Yield a label that ends before its bar, in as many lines as it needs."""
    yield from ink.block(wrapped(text, room, LABEL), 0, centre, LABEL)


def label_height(text: str, room: float) -> float:
    """Return how high a label is."""
    return len(wrapped(text, room, LABEL)) * LABEL * ink.LEADING


def figure(x: float, centre: float, text: str, *, bold: bool = False, colour: str = ink.BLACK) -> Words:
    """Return a figure that begins at the left edge, its middle at a height."""
    return ink.words(x, centre + FIGURE * 0.36, text, FIGURE, bold=bold, colour=colour)


def filled(left: float, top: float, right: float, bottom: float, colour: str = DARK) -> tuple[Item, ...]:
    """Return a filled box; one without width is a thin line, so that nought shows too."""
    return (Area(rectangle(left, top, max(right, left + 0.8), bottom), fill=colour),)


def outlined(left: float, top: float, right: float, bottom: float) -> tuple[Item, ...]:
    """Return a pale box with an edge."""
    return (Area(rectangle(left, top, max(right, left + 0.8), bottom), fill=PALE, stroke=ink.GREY, width=0.7),)


def hatched(left: float, top: float, right: float, bottom: float) -> tuple[Item, ...]:
    """Return a box of slanting lines."""
    frame = Area(rectangle(left, top, right, bottom), fill=ink.WHITE, stroke=DARK, width=0.9)
    wide, high = right - left, bottom - top
    steps = int((wide + high) / _HATCH)
    lines = (_slant(left, bottom, wide, high, n * _HATCH) for n in range(1, steps + 1))
    return (frame, *(Line(line, DARK, 0.9) for line in lines))


def _slant(left: float, bottom: float, wide: float, high: float, at: float) -> tuple[tuple[float, float], ...]:
    """Return the line that leaves the left or upper edge of a box at that distance from the lower left corner."""
    start = (left + max(at - high, 0), bottom - min(at, high))
    end = (left + min(at, wide), bottom - max(at - wide, 0))
    return (start, end)


def sheet(
    title: str, description: str, items: Sequence[Item], size: tuple[float, float], key: Sequence[tuple[str, str]]
) -> Picture:
    """Return the chart with its key below: a kind of box (``dark``, ``pale``, ``hatched``, ``late``) and its words."""
    width, height = size
    rows = _key_rows(key, width)
    below = [item for n, row in enumerate(rows) for item in _key(row, height + (n + 0.5) * _KEY_HEIGHT)]
    whole = height + len(rows) * _KEY_HEIGHT
    return Picture(width, whole, (width, whole), title, description, (*items, *below))


def _key_rows(key: Sequence[tuple[str, str]], width: float) -> list[list[tuple[str, str]]]:
    rows: list[list[tuple[str, str]]] = [[]]
    for entry in key:
        if rows[-1] and sum(_entry_width(e) for e in (*rows[-1], entry)) > width:
            rows.append([])
        rows[-1].append(entry)
    return rows if rows[-1] else []


def _entry_width(entry: tuple[str, str]) -> float:
    return _KEY_BOX + 5 + text_width(entry[1], KEY) + _GAP


def _key(row: Sequence[tuple[str, str]], centre: float) -> Iterator[Item]:
    x = 0.0
    for kind, text in row:
        box = (x, centre - _KEY_BOX / 2, x + _KEY_BOX, centre + _KEY_BOX / 2)
        yield from {"dark": filled, "pale": outlined, "hatched": hatched, "late": late}[kind](*box)
        yield ink.words(x + _KEY_BOX + 5, centre + KEY * 0.36, text, KEY)
        x += _entry_width((kind, text))


def late(left: float, top: float, right: float, bottom: float) -> tuple[Item, ...]:
    """Return the box of what is late."""
    return filled(left, top, right, bottom, ink.LATE)
