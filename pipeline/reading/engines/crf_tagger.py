"""Marks a letter with two linear-chain conditional random fields (CRFsuite): its rows' parts first, then its words.

The models lie beside this module, fitted by ``bench/learning.py`` on the letters in the repository. A model is read
once and is safe for one thread at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import pycrfsuite

from pipeline.reading.ports import Marked
from pipeline.reading.row_features import Token, row_signs, token_signs, tokens_of
from pipeline.reading.sheet import Sheet

MODELS = Path(__file__).with_name("models")
#: No letter has more words; what is longer is marked as far as that.
_MOST_WORDS = 20_000


class CrfTagger:
    """Implements the Tagger port."""

    def __init__(self, folder: Path = MODELS) -> None:
        self._folder = folder
        self._turn = threading.Lock()

    @cached_property
    def _rows(self) -> pycrfsuite.Tagger:
        return _opened(self._folder / "rows.crfsuite")

    @cached_property
    def _words(self) -> pycrfsuite.Tagger:
        return _opened(self._folder / "words.crfsuite")

    def marks(self, sheet: Sheet) -> tuple[Marked, ...]:
        """Return what it marks, in the letter's order."""
        tokens = tokens_of(sheet)[:_MOST_WORDS]
        if not tokens:
            return ()
        with self._turn:
            sections = self._rows.tag(pycrfsuite.ItemSequence(row_signs(sheet, tokens)))
            self._words.set(pycrfsuite.ItemSequence(token_signs(sheet, tokens, sections)))
            tags = self._words.tag()
            sure = [self._words.marginal(tag, i) if tag != "O" else 0.0 for i, tag in enumerate(tags)]
        return tuple(_marked(tokens, sections, tags, sure))


def _opened(path: Path) -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


def _marked(
    tokens: Sequence[Token], sections: Sequence[str], tags: Sequence[str], sure: Sequence[float]
) -> Iterator[Marked]:
    """Yield runs of words under one label; ``B-`` begins a new one beside another of its kind."""
    first = 0
    for at in range(1, len(tags) + 1):
        before = tags[at - 1]
        if at < len(tags) and tags[at] != "O" and tags[at][2:] == before[2:] and not tags[at].startswith("B-"):
            continue
        if before != "O":
            probability = sum(sure[first:at]) / (at - first)
            section = sections[tokens[first].row]
            yield Marked(before[2:], tokens[first].start, tokens[at - 1].end, probability, section)
        first = at
