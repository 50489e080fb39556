"""Colons that stand under one another between labels and values, and were read as a thin figure or stroke.

``NIK : 1703…`` is read as ``NIK 1 1703…`` so often that a figure too many stands before numbers. A sign that is as
narrow as the colons above and below it, and stands exactly where they do, is one of them: the narrowest figure is twice
as wide. Checked on both collections of sample letters, 2026-11-26: 37 such signs, each of them a colon.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from pipeline.scans.ocr.recognised_words import RecognisedWords
from pipeline.scans.words import Word

COLON = ":"
#: Letters that a misread colon has at most, and so many times as wide as those near it.
_MOST_LETTERS, _AS_WIDE = 2, 1.5
#: Shares of the page's width and height within which colons stand under one another, and so many that make a column.
_BESIDE, _NEAR, _FEWEST = 0.006, 0.15, 2
#: Confidence (0 to 1) with which a colon is hardly ever misread.
_SURE = 0.95


def with_colons(found: RecognisedWords) -> RecognisedWords:
    """Return the words in rows with colons where one was misread between a label and a value."""
    colons = [word for word in found.words if word.text == COLON]
    if len(colons) < _FEWEST:
        return found
    between = {word for before, word in pairwise(found.words) if before.line == word.line}
    misread = {word for word in between if _is_narrow(word) and _is_one_of(word, colons)}
    if not misread:
        return found
    return replace(found, words=tuple(replace(w, text=COLON) if w in misread else w for w in found.words))


def _is_narrow(word: Word) -> bool:
    return word.text != COLON and len(word.text) <= _MOST_LETTERS and word.confidence < _SURE


def _is_one_of(word: Word, colons: Sequence[Word]) -> bool:
    across, top = (word.box[0] + word.box[2]) / 2, word.box[1]
    column = [
        colon.box[2] - colon.box[0]
        for colon in colons
        if abs((colon.box[0] + colon.box[2]) / 2 - across) < _BESIDE and abs(colon.box[1] - top) < _NEAR
    ]
    return len(column) >= _FEWEST and word.box[2] - word.box[0] <= _AS_WIDE * median(column)
