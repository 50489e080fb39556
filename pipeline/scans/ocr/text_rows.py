"""Puts the words of a page into rows, top to bottom, as a person reads a letter.

Tesseract reads block by block, so that a date at the right, a column of values beside their labels, or two
signatures side by side come out far from what stands beside them. Its lines are put together again where they stand
at the same height; a page of real columns of prose (a brochure) is left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from pipeline.scans.ocr.recognised_words import RecognisedWords
from pipeline.scans.words import Word

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
