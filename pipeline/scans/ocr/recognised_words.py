"""Words as a reader found them on a picture or a page, put into rows as a person reads, and the text made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from pipeline.scans.words import Box, Word

#: Letters of a word that tells which way lines run, and such words that a page must have; chosen on the sample letters,
#: 2026-11-25.
_LONG_WORD, _FEWEST_LONG = 4, 3
_WORDLIKE = re.compile(r"\W?(?:[^\W\d_]{3,}|\d+)\W?")


@dataclass(frozen=True, slots=True)
class RecognisedWords:
    """The words of a page in reading order, and the indexes of lines before which a gap stands."""

    words: tuple[Word, ...]
    gaps: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        """The words as text: one line per line, an empty line where a paragraph begins."""
        lines: list[str] = []
        for line, words in groupby(self.words, key=lambda word: word.line):
            if line in self.gaps and lines:
                lines.append("")
            lines.append(" ".join(word.text for word in words))
        return "\n".join(lines)

    @property
    def confidence(self) -> float:
        """How sure the reader is on the whole (0..1), long words counting more; 0 without words."""
        return _mean((word.confidence, len(word.text)) for word in self.words)

    def sideways(self, shape: float) -> int:
        """By how much the page must be turned clockwise for its lines to run level: 0, 90 or 270.

        Tesseract reads lines that run up or down the page as well as level ones; their words are taller than wide.
        *shape* is the picture's width divided by its height.
        """
        long = [word for word in self.words if len(word.text) >= _LONG_WORD]
        upright = [word for word in long if word.box[3] - word.box[1] > (word.box[2] - word.box[0]) * shape]
        if len(long) < _FEWEST_LONG or len(upright) * 2 < len(long):
            return 0
        pairs = pairwise(self.words)
        down = sum(1 if b.box[1] > a.box[1] else -1 for a, b in pairs if a.line == b.line)
        return 270 if down > 0 else 90

    def turned(self, clockwise: int) -> RecognisedWords:
        """Return the words with their boxes on the page turned by 0, 90, 180 or 270 degrees."""
        return replace(self, words=tuple(replace(word, box=_turned(word.box, clockwise)) for word in self.words))

    def followed_by(self, other: RecognisedWords) -> RecognisedWords:
        """Return these words and then others, their lines counted on; a gap stands between."""
        if not self.words or not other.words:
            return other if other.words else self
        below = self.words[-1].line + 1
        moved = tuple(replace(word, line=word.line + below) for word in other.words)
        return RecognisedWords(self.words + moved, self.gaps | {below} | {below + gap for gap in other.gaps})

    @property
    def letters(self) -> float:
        """How many letters were read, each as far as the reader is sure of it."""
        return sum(word.confidence * len(word.text) for word in self.words)

    @property
    def wordlike(self) -> float:
        """The share (0..1) of its letters that stand in things that look like words or numbers."""
        return _mean((1.0 if _WORDLIKE.fullmatch(word.text) else 0.0, len(word.text)) for word in self.words)


def _turned(box: Box, clockwise: int) -> Box:
    x0, y0, x1, y1 = box
    if clockwise == 90:
        return 1 - y1, x0, 1 - y0, x1
    if clockwise == 180:
        return 1 - x1, 1 - y1, 1 - x0, 1 - y0
    return (y0, 1 - x1, y1, 1 - x0) if clockwise == 270 else box


def _mean(weighted: Iterable[tuple[float, int]]) -> float:
    pairs = list(weighted)
    weight = sum(weight for _, weight in pairs)
    return sum(value * weight for value, weight in pairs) / weight if weight else 0.0


# Chosen on the sample letters, 2026-11-25; without rows 3.54 % of their characters stand wrong, with them 2.64 %
# (docs/reading.md).
#: Share of the page's width that a line is long whose slope counts.
_LONG_LINE = 0.25
#: Share of the lower strip's height that two strips in one row have in common.
_SAME_HEIGHT = 0.5
#: Share of the narrower strip's width by which two strips in one row may overlap.
_OVERLAP = 0.2
#: Rows that a strip may still join: the last ones, from top to bottom.
_OPEN_ROWS = 4
#: So many times the common step from row to row is a new paragraph.
_NEW_PARAGRAPH = 1.5
#: A line of prose in a column: words, and share of the page's width; so many beside each other make columns.
_PROSE_WORDS, _PROSE_WIDTH, _PROSE_LINES = 4, 0.28, 10
#: Where the left column ends at the latest and the right one begins at the earliest, as shares of the page's width.
_LEFT_ENDS, _RIGHT_BEGINS = 0.55, 0.45


@dataclass(frozen=True, slots=True)
class _Strip:
    """A piece of a line: its words, and where it stands once the page's slope is taken out."""

    words: tuple[Word, ...]
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def in_rows(found: RecognisedWords) -> RecognisedWords:
    """Return the same words in rows, their ``line`` numbered anew, with a gap before each paragraph."""
    lines = [tuple(words) for _, words in groupby(found.words, key=lambda word: word.line)]
    slope = found_slope(found)
    strips = [_strip(words, slope) for words in lines]
    if len(strips) < 2 or _has_columns(strips):
        return found
    rows = _rows(strips)
    words = tuple(
        replace(word, line=number)
        for number, row in enumerate(rows)
        for strip in sorted(row, key=lambda strip: strip.left)
        for word in strip.words
    )
    return RecognisedWords(words, frozenset(_paragraphs(rows)))


def found_slope(found: RecognisedWords) -> float:
    """Return by how much the long lines fall to the right (fraction of the height for the whole width)."""
    lines = [tuple(words) for _, words in groupby(found.words, key=lambda word: word.line)]
    falls = []
    for words in lines:
        first, last = words[0].box, words[-1].box
        run = (last[0] + last[2] - first[0] - first[2]) / 2
        if run > _LONG_LINE:
            falls.append((last[1] + last[3] - first[1] - first[3]) / 2 / run)
    return median(falls) if falls else 0.0


def _strip(words: tuple[Word, ...], slope: float) -> _Strip:
    drops = [slope * (word.box[0] + word.box[2]) / 2 for word in words]
    return _Strip(
        words,
        min(word.box[0] for word in words),
        max(word.box[2] for word in words),
        median(word.box[1] - drop for word, drop in zip(words, drops, strict=True)),
        median(word.box[3] - drop for word, drop in zip(words, drops, strict=True)),
    )


def _has_columns(strips: Sequence[_Strip]) -> bool:
    """Say whether two columns of prose stand side by side: many wide lines left of the middle, as many right of it."""
    wide = [strip for strip in strips if len(strip.words) >= _PROSE_WORDS and strip.right - strip.left > _PROSE_WIDTH]
    left = sum(1 for strip in wide if strip.right < _LEFT_ENDS)
    right = sum(1 for strip in wide if strip.left > _RIGHT_BEGINS)
    return min(left, right) >= _PROSE_LINES


def _rows(strips: Sequence[_Strip]) -> list[list[_Strip]]:
    rows: list[list[_Strip]] = []
    for strip in sorted(strips, key=lambda strip: strip.middle):
        home = next((row for row in reversed(rows[-_OPEN_ROWS:]) if all(_beside(strip, other) for other in row)), None)
        if home is None:
            rows.append([strip])
        else:
            home.append(strip)
    return sorted(rows, key=lambda row: median(strip.middle for strip in row))


def _beside(one: _Strip, other: _Strip) -> bool:
    """Say whether two strips stand at one height, neither above the other."""
    height = min(one.bottom - one.top, other.bottom - other.top)
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    if height <= 0 or shared < _SAME_HEIGHT * height:
        return False
    over = min(one.right, other.right) - max(one.left, other.left)
    return over < _OVERLAP * min(one.right - one.left, other.right - other.left)


def _paragraphs(rows: Sequence[Sequence[_Strip]]) -> list[int]:
    """Return the rows that stand further from the row above than rows commonly do."""
    middles = [median(strip.middle for strip in row) for row in rows]
    steps = [below - above for above, below in pairwise(middles)]
    if not steps:
        return []
    common = median(steps)
    return [number for number, step in enumerate(steps, 1) if step > _NEW_PARAGRAPH * common]
