"""A small SQLite file for what one process notes and nobody else writes: opened at its first use, durable at once.

An office of many has the same tables with its rows (``postgres_small_records.py``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.errors import Passing
from pipeline.storage.durable_sqlite import opened_durable
from pipeline.storage.rows import AllRows, add_values, values_in

_PASSING = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN)


@dataclass(frozen=True, slots=True)
class SmallFile:
    """A kind of such files: its name, the statements that make its tables, and their columns.

    ``what`` is what it has, at the beginning of a sentence; ``unwritten`` says what does not happen while it cannot be
    written.
    """

    name: str
    what: str
    schema: str
    tables: Mapping[str, tuple[str, ...]]
    unwritten: str


class SmallRecords:
    """The file of that kind in a folder, its tables made if missing."""

    def __init__(self, folder: Path, kind: SmallFile) -> None:
        self.path, self._kind = folder / kind.name, kind

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
            raise Passing(self._kind.unwritten, "Periksa sisa ruang cakram; dicoba lagi sendiri.") from fault

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
        connection.row_factory = sqlite3.Row
        try:
            connection.executescript(self._kind.schema)
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def small_rows(folder: Path, kind: SmallFile) -> AllRows:
    """Return all that a folder's file has; empty tables if there is none.

    Raises:
        Passing: it cannot be opened for now.
    """
    if not (folder / kind.name).is_file():
        return {table: [] for table in kind.tables}
    with closing(SmallRecords(folder, kind)) as records, records.reading() as rows:
        return {table: values_in(rows, table, columns) for table, columns in kind.tables.items()}


def write_small_rows(folder: Path, kind: SmallFile, told: AllRows) -> None:
    """Have these rows and no others in a folder's file; one that has them already stays, none is made for none.

    Raises:
        Passing: it cannot be written for now.
    """
    there = small_rows(folder, kind)
    if all(set(there[table]) == set(told[table]) for table in kind.tables):
        return
    with closing(SmallRecords(folder, kind)) as records, records.changing() as rows:
        for table, columns in kind.tables.items():
            rows.execute(f"DELETE FROM {table}")  # noqa: S608 - our names
            add_values(rows, table, columns, told[table])
