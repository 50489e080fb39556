"""What is known of fetched mails by their content, in a small SQLite file: hashes and moments, no word of a mail."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path

from pipeline.errors import Passing

FILE = "kotak-surel.sqlite3"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS mails (
    content TEXT PRIMARY KEY, sha256 TEXT NOT NULL, at TEXT NOT NULL, settled INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""
_PASSING = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN)


class SqliteMailRecord:
    """The record in a folder; opened at its first use. What the port says of each method is said once, there."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def first(self, content: str) -> str | None:
        """Return the SHA-256 of the first mail with this content."""
        return found[0] if (found := self._row(content)) else None

    def is_settled(self, content: str) -> bool:
        """Say whether what became of it was noted in the account."""
        found = self._row(content)
        return bool(found and found[1])

    def note(self, content: str, sha256: str, at: datetime) -> None:
        """Note the first mail with this content."""
        self._change("INSERT OR IGNORE INTO mails VALUES (?, ?, ?, 0)", (content, sha256, at.isoformat()))

    def settled(self, content: str) -> None:
        """Note that it was."""
        self._change("UPDATE mails SET settled = 1 WHERE content = ?", (content,))

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        if "_connection" in self.__dict__:
            self._connection.close()
            del self._connection

    def _row(self, content: str) -> tuple[str, int] | None:
        with self._open() as base:
            found = base.execute("SELECT sha256, settled FROM mails WHERE content = ?", (content,)).fetchone()
        return (str(found[0]), int(found[1])) if found else None

    def _change(self, words: str, values: tuple[str, ...]) -> None:
        with self._open() as base:
            base.execute(words, values)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connection
        except (sqlite3.OperationalError, OSError) as fault:
            if isinstance(fault, sqlite3.Error) and fault.sqlite_errorcode & 0xFF not in _PASSING:
                raise
            raise Passing(
                "Catatan kotak surel tidak dapat ditulis, jadi tidak ada surel yang diambil.",
                "Periksa sisa ruang cakram; dicoba lagi sendiri.",
            ) from fault

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600))
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        try:
            for pragma in ("journal_mode=WAL", "synchronous=FULL"):
                connection.execute(f"PRAGMA {pragma}")
            connection.executescript(_SCHEMA)
        except sqlite3.Error:
            connection.close()
            raise
        return connection
