"""Marks a letter with two linear-chain conditional random fields (CRFsuite): its rows' parts first, then its words.

The models lie beside this module, fitted by ``bench/learning.py`` on the letters in the repository. A model is read
once and is safe for one thread at a time; that of the rows is another tagger's too, and may be shared with it.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property
from pathlib import Path

import pycrfsuite

from pipeline.reading.engines.section_tagger import MODELS, ROWS, SectionTagger, opened
from pipeline.reading.ports import Marked
from pipeline.reading.row_features import Token, token_signs, tokens_of
from pipeline.reading.sheet import Sheet

#: No letter has more words; what is longer is marked as far as that.
_MOST_WORDS = 20_000
#: Stretches of words are held possible whose words are each at least so likely; less than the last is not looked at.
_POSSIBLE, _NOTHING = (0.06, 0.2, 0.45), 0.01


class CrfTagger:
    """Implements the Tagger port."""

    def __init__(self, folder: Path = MODELS, rows: SectionTagger | None = None) -> None:
        """Mark with the models of a folder; ``rows`` (default: that folder's own) says the rows' parts."""
        self._folder, self._rows = folder, rows or SectionTagger(folder / ROWS)
        self._turn = threading.Lock()

    @cached_property
    def _words(self) -> pycrfsuite.Tagger:
        return opened(self._folder / "words.crfsuite")

    def marks(self, sheet: Sheet) -> tuple[Marked, ...]:
        """Return what it marks and what it holds possible."""
        tokens = tokens_of(sheet)[:_MOST_WORDS]
        if not tokens:
            return ()
        sections = self._rows.parts(sheet, tokens)
        signs = pycrfsuite.ItemSequence(token_signs(sheet, tokens, sections))
        with self._turn:
            self._words.set(signs)
            tags = self._words.tag()
            sure, begun = self._possible(len(tokens))
        spans = {(label, *span): True for label, span in _runs(tags)}
        for label, likely in sure.items():
            for least in _POSSIBLE:
                for span in _stretches(likely, begun[label], least):
                    spans.setdefault((label, *span), False)
        return tuple(
            _marked(tokens, sections, label, first, last, sure[label], likeliest)
            for (label, first, last), likeliest in spans.items()
        )

    def _possible(self, count: int) -> tuple[dict[str, dict[int, float]], dict[str, set[int]]]:
        """Return how likely each word is under each label, and the words that rather begin a new one of its kind."""
        words, sure, begun = self._words, defaultdict[str, dict[int, float]](dict), defaultdict[str, set[int]](set)
        doubted = [at for at in range(count) if words.marginal("O", at) < 1 - _POSSIBLE[0]]
        for tag in self._tags:
            for at in doubted:
                if (p := words.marginal(tag, at)) >= _NOTHING:
                    likely = sure[tag[2:]]
                    if tag.startswith("B-") and p > likely.get(at, 0.0):
                        begun[tag[2:]].add(at)
                    likely[at] = likely.get(at, 0.0) + p
        return sure, begun

    @cached_property
    def _tags(self) -> list[str]:
        """The tags of words; those that go on before those that begin."""
        return sorted((tag for tag in self._words.labels() if tag != "O"), reverse=True)


def _runs(tags: Sequence[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield runs of words under one label; ``B-`` begins a new one beside another of its kind."""
    first = 0
    for at in range(1, len(tags) + 1):
        before = tags[at - 1]
        if at < len(tags) and tags[at] != "O" and tags[at][2:] == before[2:] and not tags[at].startswith("B-"):
            continue
        if before != "O":
            yield before[2:], (first, at - 1)
        first = at


def _stretches(likely: Mapping[int, float], begun: Set[int], least: float) -> Iterator[tuple[int, int]]:
    """Yield stretches of words that are each at least so likely."""
    first = last = -1
    for at in sorted(at for at, p in likely.items() if p >= least):
        if at != last + 1 or at in begun:
            if first >= 0:
                yield first, last
            first = at
        last = at
    if first >= 0:
        yield first, last


def _marked(
    tokens: Sequence[Token],
    sections: Sequence[str],
    label: str,
    first: int,
    last: int,
    likely: Mapping[int, float],
    likeliest: bool,
) -> Marked:
    sure = [likely.get(at, 0.0) for at in range(first, last + 1)]
    beside = max(likely.get(first - 1, 0.0), likely.get(last + 1, 0.0))
    section = sections[tokens[first].row]
    start, end = tokens[first].start, tokens[last].end
    return Marked(label, start, end, sum(sure) / len(sure), section, likeliest, min(sure), beside)
