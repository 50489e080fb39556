"""Every word that stands in the index, by its stem, its shape and any three of its letters."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from snowballstemmer import stemmer

from pipeline.search.ocr_confusions import ONE, SHORTEST, TWO, lookalikes, misread, shape

#: A longer word is a row of dots or a scanner's dream: it is found whole, but not by less.
LONGEST = 40
#: How many words one asked word may stand for in each way, and how many candidates are looked at.
_MOST, _LOOKED_AT = 48, 4000
_EDGE = "^"


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the Indonesian stem of a folded word (``pengaduan``: ``adu``); numbers are their own."""
    return str(_stemmer().stemWord(word)) if word.isalpha() and len(word) > SHORTEST else word


@cache
def _stemmer() -> Any:
    return stemmer("indonesian")


def learn(base: sqlite3.Connection, words: Iterable[str]) -> None:
    """Take words in; those that are known stay as they are."""
    wanted = sorted({w for w in words if SHORTEST <= len(w) <= LONGEST and not w.startswith(("_f", "_d", "_c"))})
    for word in wanted:
        added = base.execute(
            "INSERT OR IGNORE INTO words (word, stem, shape) VALUES (?, ?, ?)", (word, stem(word), shape(word))
        )
        if added.rowcount and not word.startswith("_"):
            base.execute("INSERT INTO grams (rowid, word) VALUES (?, ?)", (added.lastrowid, _EDGE + word + _EDGE))


def kin(base: sqlite3.Connection, word: str) -> list[str]:
    """Return the words with the same stem."""
    rows = base.execute("SELECT word FROM words WHERE stem = ? LIMIT ?", (stem(word), _MOST))
    return [found for (found,) in rows if found != word]


def slips(base: sqlite3.Connection, word: str) -> list[str]:
    """Return the words that may be misreadings of this one, or have it inside because a blank was lost."""
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    found = dict.fromkeys(w for w in _candidates(base, word) if misread(w, word))
    if len(word) >= ONE:
        found |= dict.fromkeys(_with_inside(base, word))
    return list(found)[:_MOST]


def _candidates(base: sqlite3.Connection, word: str) -> Iterator[str]:
    yield from _column(base.execute("SELECT word FROM words WHERE shape = ? LIMIT ?", (shape(word), _MOST)))
    alike = sorted(set(lookalikes(word)))
    marks = ",".join("?" * len(alike))
    yield from _column(base.execute(f"SELECT word FROM words WHERE word IN ({marks})", alike))  # noqa: S608 - marks only
    if len(word) >= ONE and not word.startswith("_"):
        yield from _grammed(base, _pieces(word), (len(word) - 2, len(word) + 2))


def _pieces(word: str) -> list[str]:
    """Return pieces of the word of which one at least is whole, however one letter (of the longest: two) is wrong."""
    edged = _EDGE + word + _EDGE
    count = 3 if len(word) >= TWO else 2
    cuts = [len(edged) * n // count for n in range(count + 1)]
    return [edged[start:end] for start, end in pairwise(cuts)]


def _with_inside(base: sqlite3.Connection, word: str) -> list[str]:
    return [w for w in _grammed(base, [word], (len(word) + 1, LONGEST)) if word in w and not w.startswith(word)]


def _grammed(base: sqlite3.Connection, pieces: list[str], lengths: tuple[int, int]) -> list[str]:
    query = " OR ".join(f'"{piece}"' for piece in pieces)
    found = base.execute(
        "SELECT words.word FROM grams JOIN words ON words.id = grams.rowid"
        " WHERE grams MATCH ? AND length(words.word) BETWEEN ? AND ? LIMIT ?",
        (query, *lengths, _LOOKED_AT),
    )
    return _column(found)


def _column(rows: Iterable[tuple[str]]) -> list[str]:
    return [value for (value,) in rows]
