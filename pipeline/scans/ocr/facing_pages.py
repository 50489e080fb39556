"""Two pages side by side on one sheet: each is read from top to bottom, the left one first.

A copier lays an open file on its glass as one sheet that lies across. Its lines stand at the same heights left and
right, so page analysis and rows would take them for one line each.

The thresholds follow from how sheets are set: two margins of 15 mm meet in the middle of 420 mm; a table that lies
across has less between its columns. Checked on the sample letters, 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from pipeline.scans.ocr.recognised_words import RecognisedWords, in_rows
from pipeline.scans.words import Word

#: A sheet that lies across is so many times as wide as high.
_ACROSS = 1.2
#: Shares of the sheet's width: the least that is free between two pages, and where the middle of that lies.
_GUTTER, _LEFTMOST, _RIGHTMOST = 0.06, 0.45, 0.55
#: Words of a line of prose, their share of the sheet's width, and such lines that each of two pages has.
_PROSE_WORDS, _PROSE_WIDTH, _PROSE_LINES = 4, 0.15, 3
#: Confidence (0 to 1) of a word that counts: specks and the shadow of the fold are read as words, but never surely.
_SURE = 0.5


def in_reading_order(found: RecognisedWords, shape: float) -> RecognisedWords:
    """Return the words in rows, of two pages on one sheet page by page; *shape* is the sheet's width to its height."""
    middle = _fold(found.words) if shape > _ACROSS else None
    if middle is None:
        return in_rows(found)
    sides = [
        RecognisedWords(tuple(w for w in found.words if (_centre(w) > middle) == right)) for right in (False, True)
    ]
    if not all(_has_prose(side.words) for side in sides):
        return in_rows(found)
    left, right = (in_rows(side) for side in sides)
    return left.followed_by(right)


def _fold(words: Sequence[Word]) -> float | None:
    """Return where the widest strip that no sure word crosses has its middle, if two pages may meet there."""
    edges = sorted((word.box[0], word.box[2]) for word in words if word.confidence >= _SURE)
    reached, widest, middle = 0.0, 0.0, 0.0
    for (_, end), (begin, _) in pairwise(edges):
        reached = max(reached, end)
        if begin - reached > widest and reached > 0:
            widest, middle = begin - reached, (begin + reached) / 2
    return middle if widest >= _GUTTER and _LEFTMOST <= middle <= _RIGHTMOST else None


def _has_prose(words: Sequence[Word]) -> bool:
    lines = [tuple(line) for _, line in groupby(words, key=lambda word: word.line)]
    wide = [w for w in lines if len(w) >= _PROSE_WORDS and w[-1].box[2] - w[0].box[0] > _PROSE_WIDTH]
    return len(wide) >= _PROSE_LINES


def _centre(word: Word) -> float:
    return (word.box[0] + word.box[2]) / 2
