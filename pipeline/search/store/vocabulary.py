"""Every word that stands in the index, by its stem, its shape and any three of its letters."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from pipeline.search.ocr_confusions import shape
from pipeline.search.store.kindred_words import EDGE, LOOKED_AT, MOST, stem, worth_learning

#: Comes behind every letter of a word.
_LAST = chr(0x10FFFF)


def learn(base: sqlite3.Connection, words: Iterable[str]) -> None:
    """Take words in; those that are known stay as they are."""
    for word in worth_learning(words):
        added = base.execute(
            "INSERT OR IGNORE INTO words (word, stem, shape) VALUES (?, ?, ?)", (word, stem(word), shape(word))
        )
        if added.rowcount and not word.startswith("_"):
            base.execute("INSERT INTO grams (rowid, word) VALUES (?, ?)", (added.lastrowid, EDGE + word + EDGE))


class SqliteWords:
    """The words of an index (see :class:`~pipeline.search.store.kindred_words.IndexWords`)."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def beginning(self, start: str) -> list[str]:
        """Return the longer words that begin so."""
        found = self._base.execute(
            "SELECT word FROM words WHERE word > ? AND word < ? ORDER BY word LIMIT ?",
            (start, f"{start}{_LAST}", MOST + 1),
        )
        return _column(found)

    def with_stem(self, stem: str) -> list[str]:
        """Return the words of a stem."""
        return _column(self._base.execute("SELECT word FROM words WHERE stem = ? LIMIT ?", (stem, MOST)))

    def with_shape(self, shape: str) -> list[str]:
        """Return the words of a shape."""
        return _column(self._base.execute("SELECT word FROM words WHERE shape = ? LIMIT ?", (shape, MOST)))

    def among(self, words: Sequence[str]) -> list[str]:
        """Return those of these words that are there."""
        marks = ",".join("?" * len(words))
        return _column(self._base.execute(f"SELECT word FROM words WHERE word IN ({marks})", words))  # noqa: S608 - marks only

    def holding(self, pieces: Sequence[str], shortest: int, longest: int) -> list[str]:
        """Return the words of so many letters that have one of the pieces in them."""
        found = self._base.execute(
            "SELECT words.word FROM grams JOIN words ON words.id = grams.rowid"
            " WHERE grams MATCH ? AND length(words.word) BETWEEN ? AND ? LIMIT ?",
            (" OR ".join(f'"{piece}"' for piece in pieces), shortest, longest, LOOKED_AT),
        )
        return _column(found)


def _column(rows: Iterable[tuple[str]]) -> list[str]:
    return [value for (value,) in rows]
