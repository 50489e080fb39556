"""The pen: colours, sizes of letters, and blocks of text. Whatever a colour says is also said by a shape or a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.drawing.measure import fitted, text_width
from pipeline.drawing.picture import Area, Item, Line, Words, rectangle

BLACK, GREY, PALE, WHITE = "#15181c", "#7d848d", "#e8ecf1", "#ffffff"
MARKER, MARKED = "#f2c14e", "#fdeec2"
HERE, LATE = "#173f6d", "#9c1c1c"
BODY, SMALL, TINY = 7.4, 6.4, 5.8
LEADING = 1.2
#: Of a line's height, how much lies over the baseline.
_ASCENT = 0.76


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
