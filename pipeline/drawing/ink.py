"""The pen: colours, sizes of letters, how wide text is and how it breaks into lines, blocks of text.

Whatever a colour says is also said by a shape or a word. Widths are those of Arial and its equals (Liberation Sans,
Helvetica).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from pipeline.drawing.picture import Area, Item, Line, Words, rectangle

BLACK, GREY, PALE, WHITE = "#15181c", "#7d848d", "#e8ecf1", "#ffffff"
MARKER, MARKED = "#f2c14e", "#fdeec2"
HERE, LATE = "#173f6d", "#9c1c1c"
BODY, SMALL, TINY = 7.4, 6.4, 5.8
LEADING = 1.2
#: Of a line's height, how much lies over the baseline.
_ASCENT = 0.76
#: Widths of the signs from blank to tilde in thousandths of the size: the same in Arial, Helvetica, Liberation Sans.
_REGULAR = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
_BOLD = (
    *(278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611),
    *(975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556),
    *(333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611),
    *(611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584),
)
#: Signs beyond ASCII that offices write; the wider of regular and bold.
_OTHERS = {"–": 556, "‘": 278, "’": 278, "“": 500, "”": 500, "•": 350, "·": 333, "×": 584, "°": 400, "§": 556}
_WIDEST = 1000
_ELLIPSIS = "…"


def words(
    x: float, y: float, text: str, size: float, *, bold: bool = False, colour: str = BLACK, middle: bool = False
) -> Words:
    """Return a line of text whose width is known."""
    return Words(x, y, text, size, text_width(text, size, bold=bold), bold, colour, middle)


def within(
    left: float, right: float, y: float, text: str, size: float, *, bold: bool = False, colour: str = BLACK
) -> Words:
    """Return a line of text from the left edge, shortened to end at the right."""
    return words(left, y, fitted(text, right - left, size, bold=bold), size, bold=bold, colour=colour)


def shrunk(left: float, right: float, y: float, text: str, size: float, *, bold: bool = False) -> Words:
    """Return a line of text from the left edge, smaller (down to half) where it would not end at the right."""
    smaller = size * max(0.5, min(1.0, 0.999 * (right - left) / (text_width(text, size, bold=bold) or 1)))
    return within(left, right, y, text, smaller, bold=bold)


def block(
    lines: Sequence[str], x: float, centre: float, size: float, *, bold: bool = False, middle: bool = False
) -> Iterator[Words]:
    """Yield lines one under the other, the whole centred on a height."""
    height = size * LEADING
    top = centre - len(lines) * height / 2
    for n, line in enumerate(lines):
        yield words(x, top + (n + _ASCENT) * height, line, size, bold=bold, middle=middle)


def tick(x: float, y: float, colour: str = BLACK) -> Line:
    """Return a check mark that stands on the line at the left."""
    return Line(((x, y - 2.4), (x + 2, y - 0.4), (x + 5.4, y - 5)), colour, 1.1)


def warning(x: float, y: float, size: float = 6.4) -> tuple[Item, ...]:
    """Return a triangle with an exclamation mark that stands on the line at the left."""
    sign = words(x + size / 2, y - 0.5, "!", size * 0.8, bold=True, colour=WHITE, middle=True)
    return Area(((x, y), (x + size, y), (x + size / 2, y - size)), fill=LATE, stroke=LATE), sign


def pointer(x: float, y: float) -> Area:
    """Return a triangle that points to the text at its right."""
    return Area(((x, y), (x, y - 5.2), (x + 4.8, y - 2.6)), fill=HERE)


def frame(left: float, top: float, right: float, bottom: float, *, fill: str = "", colour: str = GREY) -> Area:
    """Return a ruled rectangle."""
    return Area(rectangle(left, top, right, bottom), fill=fill, stroke=colour)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is, in the unit of ``size``; a sign that is not known counts as wide as it is high."""
    widths = _BOLD if bold else _REGULAR
    return sum(_sign_width(sign, widths) for sign in text) * size / 1000


def _sign_width(sign: str, widths: tuple[int, ...]) -> int:
    place = ord(sign if sign.isascii() else unicodedata.normalize("NFD", sign)[0]) - 0x20
    return widths[place] if 0 <= place < len(widths) else _OTHERS.get(sign, _WIDEST)


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return the text in lines that are no wider than ``room``; a word that is wider than a line is cut."""
    lines = [""]
    for word in text.split():
        for part in _pieces(word, room, size, bold=bold):
            longer = f"{lines[-1]} {part}".strip()
            if text_width(longer, size, bold=bold) <= room:
                lines[-1] = longer
            else:
                lines.append(part)
    return tuple(line for line in lines if line)


def _pieces(word: str, room: float, size: float, *, bold: bool) -> Iterator[str]:
    """Yield a word in pieces that fit; it breaks after a slash or a hyphen only if it must break."""
    while text_width(word, size, bold=bold) > room and len(word) > 1:
        fits = max(n for n in range(1, len(word)) if n == 1 or text_width(word[:n], size, bold=bold) <= room)
        after = 1 + max(word.rfind(mark, 0, fits) for mark in "/-")
        yield word[: after or fits]
        word = word[after or fits :]
    yield word


def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return the text, or as much of it as fits, then marked with an ellipsis."""
    if text_width(text, size, bold=bold) <= room:
        return text
    while text and text_width(text + _ELLIPSIS, size, bold=bold) > room:
        text = text[:-1].rstrip()
    return text + _ELLIPSIS
