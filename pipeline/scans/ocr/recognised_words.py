"""Words as a reader found them on a picture or a page, and the text made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

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
