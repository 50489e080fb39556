"""Which words of an index an asked word may stand for: those of its stem, and what a scanner may have made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Protocol

from pipeline.lone_modules import lone_module
from pipeline.search.ocr_confusions import ONE, SHORTEST, TWO, lookalikes, misread, shape

#: A longer word is a row of dots or a scanner's dream: it is found whole, but not by less.
LONGEST = 40
#: How many words one asked word may stand for in each way, and how many candidates are looked at.
MOST, LOOKED_AT = 48, 4000
#: Stands before and behind a word where it is looked for by pieces, so that its ends are pieces too.
EDGE = "^"
#: Days, cases and what lists are narrowed by are never misread.
_NEVER_MISREAD = ("_f", "_d", "_c")


class IndexWords(Protocol):
    """Every word that ever stood in an index; but for one, answers come in the order in which words were taken in."""

    def beginning(self, start: str) -> list[str]:
        """Return the longer words that begin so, one more than :data:`MOST` at most, in order."""

    def with_stem(self, stem: str) -> list[str]:
        """Return the words of a stem, :data:`MOST` at most."""

    def with_shape(self, shape: str) -> list[str]:
        """Return the words that look like this when signs that look alike are the same, :data:`MOST` at most."""

    def among(self, words: Sequence[str]) -> list[str]:
        """Return those of these words that are there."""

    def holding(self, pieces: Sequence[str], shortest: int, longest: int) -> list[str]:
        """Return the words of so many letters that have one of the pieces in them, :data:`LOOKED_AT` at most."""


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the Indonesian stem of a folded word (``pengaduan``: ``adu``); numbers are their own."""
    return str(_stemmer().stemWord(word)) if word.isalpha() and len(word) > SHORTEST else word


@cache
def _stemmer() -> Any:
    return lone_module("snowballstemmer.indonesian_stemmer").IndonesianStemmer()


def worth_learning(words: Iterable[str]) -> list[str]:
    """Return those of the words of a text that are found by less than the whole word, in order."""
    return sorted({w for w in words if SHORTEST <= len(w) <= LONGEST and not w.startswith(_NEVER_MISREAD)})


def kin(words: IndexWords, word: str) -> list[str]:
    """Return the words with the same stem."""
    return [found for found in words.with_stem(stem(word)) if found != word]


def slips(words: IndexWords, word: str) -> list[str]:
    """Return the words that may be misreadings of this one, or have it inside because a blank was lost."""
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    candidates = [*words.with_shape(shape(word)), *words.among(sorted(set(lookalikes(word))))]
    if len(word) >= ONE and not word.startswith("_"):
        candidates += words.holding(_pieces(word), len(word) - 2, len(word) + 2)
    found = dict.fromkeys(w for w in candidates if misread(w, word))
    if len(word) >= ONE:
        holding = words.holding([word], len(word) + 1, LONGEST)
        found |= dict.fromkeys(w for w in holding if word in w and not w.startswith(word))
    return list(found)[:MOST]


def _pieces(word: str) -> list[str]:
    """Return pieces of the word of which one at least is whole, however one letter (of the longest: two) is wrong."""
    edged = EDGE + word + EDGE
    count = 3 if len(word) >= TWO else 2
    cuts = [len(edged) * n // count for n in range(count + 1)]
    return [edged[start:end] for start, end in pairwise(cuts)]
