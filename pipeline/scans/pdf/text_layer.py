"""The invisible text under what a page shows: its font, and the instructions that lay the words down.

The font is one plain box, half as wide as high, for every character, embedded once a document (a few hundred
bytes). Characters are their UTF-16 code units, all mapped to that glyph;
``/ToUnicode`` says which they are, so that copied and searched text is right (ISO 32000-1, 9.7.4 and 9.10.3). The glyph
is a box and not empty because pdfium (Chrome) takes no notice of text without extent that runs up or down a page; it
is never painted, for the text is shown in rendering mode 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pikepdf import Object, Pdf

from pipeline.drawing.engines.pdf_writing import Type0Font, embedded
from pipeline.scans.words import Box, Word

#: The name under which a page's resources must hold the font.
FONT = "/YkTeks"
#: Points that a word is wide and high at least.
_LEAST = 0.5
#: The glyph's advance, in thousandths of the font size, as the font has it.
_ADVANCE = 500
_NAME = "YankomasTanpaRupa"
#: Read, not made here: the library that makes fonts would take 3 MB of each child that reads.
_FONT_FILE = Path(__file__).with_name("invisible_font.ttf")
_UNKNOWN = "\ufffd"
_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")
_FIXED_PITCH, _SYMBOLIC = 1, 4


def add_font(pdf: Pdf, characters: Iterable[str]) -> Object:
    """Put the font into the document, able to show *characters*, and return it."""
    known = {letter for letter in characters if ord(letter) < 0x10000} | {" ", _UNKNOWN}
    font = Type0Font(
        name=_NAME,
        program=font_program(),
        meanings=[(ord(letter), letter) for letter in known],
        advance=_ADVANCE,
        box=(0, 0, _ADVANCE, 1000),
        flags=_FIXED_PITCH | _SYMBOLIC,
        ascent=1000,
        descent=0,
        cap_height=1000,
        to_glyph=b"\x00\x01" * 0x10000,
    )
    return embedded(pdf, font)


@cache
def font_program() -> bytes:
    """Return the TrueType font: ``.notdef`` and the box; ``tools/draw_invisible_font.py`` made it."""
    return _FONT_FILE.read_bytes()


@dataclass(frozen=True, slots=True)
class PageFrame:
    """Where a page stands in its own coordinates: its visible box, and the clockwise turn a viewer shows it with."""

    left: float
    bottom: float
    width: float
    height: float
    turn: int

    def place(self, across: float, down: float) -> tuple[float, float]:
        """Return the page's coordinates of a point given as fractions of the page as it is seen."""
        x, y = {
            0: (across, 1 - down),
            90: (down, across),
            180: (1 - across, down),
            270: (1 - down, 1 - across),
        }[self.turn]
        return self.left + x * self.width, self.bottom + y * self.height

    @property
    def seen(self) -> tuple[float, float]:
        """Width and height as a viewer shows it."""
        return (self.height, self.width) if self.turn in (90, 270) else (self.width, self.height)


#: How a unit step to the right, and one up, as the reader sees them, run in the page's coordinates.
_DIRECTIONS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


def underlay(words: tuple[Word, ...], sheet: PageFrame) -> bytes:
    """Return the instructions: every word in its box, a blank behind it, nothing painted."""
    return "\n".join(("q", "BT", "3 Tr", *_shown(words, sheet), "ET", "Q")).encode("ascii")


def _shown(words: tuple[Word, ...], sheet: PageFrame) -> Iterator[str]:
    right_x, right_y, up_x, up_y = _DIRECTIONS[sheet.turn]
    heights = _line_heights(words)
    wide, high = sheet.seen
    for word in words:
        box: Box = word.box
        size = max(_LEAST, heights[word.line] * high)
        width = max(_LEAST, (box[2] - box[0]) * wide)
        x, y = sheet.place(box[0], box[3])
        stretch = 100 * width / (size * _ADVANCE / 1000 * max(1, len(word.text)))
        yield f"{FONT} {size:.2f} Tf {stretch:.2f} Tz"
        yield f"{right_x} {right_y} {up_x} {up_y} {x:.2f} {y:.2f} Tm <{_encoded(word.text + ' ')}> Tj"


def _encoded(text: str) -> str:
    """Return the text as the hex string that shows it in this font; what UTF-16 needs two units for is replaced."""
    return _TWO_UNITS.sub(_UNKNOWN, text).encode("utf-16-be", "surrogatepass").hex().upper()


def _line_heights(words: tuple[Word, ...]) -> dict[int, float]:
    """Return one height for each line, so that a line is marked evenly when it is selected."""
    heights: dict[int, float] = {}
    for word in words:
        heights[word.line] = max(heights.get(word.line, 0.0), word.box[3] - word.box[1])
    return heights
