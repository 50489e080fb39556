"""How a visible signature looks: the ministry's wording, then title, name and NIP, where one signs by hand.

The wording is that of the ministry's own SOP for electronic letters; the office's footer follows in small letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.drawing.ink import BLACK, GREY, LEADING, fitted, frame, words, wrapped
from pipeline.drawing.picture import Area, Item, Picture, rectangle
from pipeline.signing.ports import Place, SigningOrder

HEADING = "Ditandatangani secara elektronik oleh:"
#: Sizes of letters in points: as large as fits, not below the least; the footer's.
_LARGEST, _LEAST, _FOOTER = 8.0, 5.5, 4.6
_PAD = 3.0
#: A QR code stands at the left in the block's height, no larger than this, in points.
_QR = 42.0
#: The rows of a QR code, a true for each dark square.
Squares = Sequence[Sequence[int]]


def block(order: SigningOrder, squares: Squares = ()) -> Picture:
    """Return the block as a drawing of exactly the field's size; ``squares`` are those of the address's QR code."""
    place = order.field.place
    said = " / ".join(_lines(order))
    side = min(_QR, place.height - 2 * _PAD) if squares else 0.0
    items = (*_qr(squares, side, place.height), *_items(order, place, side + 2 * _PAD if side else _PAD))
    return Picture(place.width, place.height, (place.width, place.height), HEADING, said, items)


def _qr(squares: Squares, side: float, height: float) -> Iterator[Item]:
    """Yield the dark squares, those side by side as one."""
    size, top = side / max(len(squares), 1), (height - side) / 2
    for y, row in enumerate(squares):
        for dark, run in groupby(enumerate(row), key=lambda square: bool(square[1])):
            if dark:
                xs = [x for x, _ in run]
                left, right = _PAD + xs[0] * size, _PAD + (xs[-1] + 1) * size
                yield Area(rectangle(left, top + y * size, right, top + (y + 1) * size), fill="#000000")


def _lines(order: SigningOrder) -> tuple[str, ...]:
    signer = order.signer
    nip = (f"NIP {signer.nip}",) if signer.nip else ()
    return (HEADING, *signer.title.splitlines(), signer.name, *nip)


def _items(order: SigningOrder, place: Place, left: float) -> Iterator[Item]:
    room = place.width - left - _PAD
    footer = wrapped(order.footer, room, _FOOTER)
    size, lines = _set(_lines(order), room, place.height - 2 * _PAD - len(footer) * _FOOTER * LEADING)
    yield frame(0.4, 0.4, place.width - 0.4, place.height - 0.4, colour=GREY)
    y = _PAD
    for line in lines:
        y += size * LEADING
        bold = line in wrapped(order.signer.name, room, size, bold=True)
        yield words(left, y - size * 0.25, fitted(line, room, size, bold=bold), size, bold=bold, colour=BLACK)
    for line in footer:
        y += _FOOTER * LEADING
        yield words(left, y - _FOOTER * 0.25, line, _FOOTER, colour=BLACK)


def _set(lines: tuple[str, ...], room: float, height: float) -> tuple[float, tuple[str, ...]]:
    """Return the largest size in which all lines fit, and the lines as they break in it."""
    size = _LARGEST
    while True:
        broken = tuple(part for line in lines for part in wrapped(line, room, size, bold=True))
        if len(broken) * size * LEADING <= height or size <= _LEAST:
            return size, broken
        size -= 0.25
