"""How a visible signature looks: the ministry's wording, then title, name and NIP, where one signs by hand.

The wording is that of the ministry's own SOP for electronic letters; the office's footer follows in small letters.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.drawing.ink import BLACK, GREY, LEADING, fitted, frame, words, wrapped
from pipeline.drawing.picture import Item, Picture
from pipeline.signing.ports import Place, SigningOrder

HEADING = "Ditandatangani secara elektronik oleh:"
#: Sizes of letters in points: as large as fits, not below the least; the footer's.
_LARGEST, _LEAST, _FOOTER = 8.0, 5.5, 4.6
_PAD = 3.0


def block(order: SigningOrder) -> Picture:
    """Return the block as a drawing of exactly the field's size."""
    place = order.field.place
    said = " / ".join(_lines(order))
    return Picture(place.width, place.height, (place.width, place.height), HEADING, said, tuple(_items(order, place)))


def _lines(order: SigningOrder) -> tuple[str, ...]:
    signer = order.signer
    nip = (f"NIP {signer.nip}",) if signer.nip else ()
    return (HEADING, *signer.title.splitlines(), signer.name, *nip)


def _items(order: SigningOrder, place: Place) -> Iterator[Item]:
    room = place.width - 2 * _PAD
    footer = wrapped(order.footer, room, _FOOTER)
    size, lines = _set(_lines(order), room, place.height - 2 * _PAD - len(footer) * _FOOTER * LEADING)
    yield frame(0.4, 0.4, place.width - 0.4, place.height - 0.4, colour=GREY)
    y = _PAD
    for line in lines:
        y += size * LEADING
        bold = line in wrapped(order.signer.name, room, size, bold=True)
        yield words(_PAD, y - size * 0.25, fitted(line, room, size, bold=bold), size, bold=bold, colour=BLACK)
    for line in footer:
        y += _FOOTER * LEADING
        yield words(_PAD, y - _FOOTER * 0.25, line, _FOOTER, colour=BLACK)


def _set(lines: tuple[str, ...], room: float, height: float) -> tuple[float, tuple[str, ...]]:
    """Return the largest size in which all lines fit, and the lines as they break in it."""
    size = _LARGEST
    while True:
        broken = tuple(part for line in lines for part in wrapped(line, room, size, bold=True))
        if len(broken) * size * LEADING <= height or size <= _LEAST:
            return size, broken
        size -= 0.25
