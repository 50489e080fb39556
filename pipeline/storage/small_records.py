"""A small SQLite file for what one process notes and nobody else writes: opened at its first use, durable at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from pipeline.errors import Passing
from pipeline.storage.durable_sqlite import opened_durable

_PASSING = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN)


class SmallRecords:
    """The file, its tables made if missing. ``unwritten`` says what does not happen while it cannot be written."""

    def __init__(self, path: Path, schema: str, unwritten: str) -> None:
        self.path, self._schema, self._unwritten = path, schema, unwritten

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Hold the connection; each statement is its own transaction.

        Raises:
            Passing: the file cannot be written for now.
        """
        try:
            yield self._connection
        except (sqlite3.OperationalError, OSError) as fault:
            if isinstance(fault, sqlite3.Error) and fault.sqlite_errorcode & 0xFF not in _PASSING:
                raise
            raise Passing(self._unwritten, "Periksa sisa ruang cakram; dicoba lagi sendiri.") from fault

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Hold a transaction: all of it happens, or nothing."""
        with self.reading() as rows:
            rows.execute("BEGIN IMMEDIATE")
            try:
                yield rows
                rows.execute("COMMIT")
            except BaseException:
                if rows.in_transaction:
                    rows.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        if "_connection" in self.__dict__:
            self._connection.close()
            del self._connection

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        connection = opened_durable(self.path)
        try:
            connection.executescript(self._schema)
        except sqlite3.Error:
            connection.close()
            raise
        return connection
