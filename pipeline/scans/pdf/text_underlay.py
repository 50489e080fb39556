"""The drawing instructions that lay a page's words invisibly under what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.scans.pdf.glyphless_font import ADVANCE, encoded
from pipeline.scans.words import Box, Word

#: The name under which a page's resources must hold the font.
FONT = "/YkTeks"
_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Sheet:
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


def underlay(words: tuple[Word, ...], sheet: Sheet) -> bytes:
    """Return the instructions: every word in its box, a blank behind it, nothing painted."""
    return "\n".join(("q", "BT", "3 Tr", *_shown(words, sheet), "ET", "Q")).encode("ascii")


def _shown(words: tuple[Word, ...], sheet: Sheet) -> Iterator[str]:
    right_x, right_y, up_x, up_y = _DIRECTIONS[sheet.turn]
    heights = _line_heights(words)
    wide, high = sheet.seen
    for word in words:
        box: Box = word.box
        size = max(_LEAST, heights[word.line] * high)
        width = max(_LEAST, (box[2] - box[0]) * wide)
        x, y = sheet.place(box[0], box[3])
        stretch = 100 * width / (size * ADVANCE / 1000 * max(1, len(word.text)))
        yield f"{FONT} {size:.2f} Tf {stretch:.2f} Tz"
        yield f"{right_x} {right_y} {up_x} {up_y} {x:.2f} {y:.2f} Tm <{encoded(word.text + ' ')}> Tj"


def _line_heights(words: tuple[Word, ...]) -> dict[int, float]:
    """Return one height for each line, so that a line is marked evenly when it is selected."""
    heights: dict[int, float] = {}
    for word in words:
        heights[word.line] = max(heights.get(word.line, 0.0), word.box[3] - word.box[1])
    return heights
