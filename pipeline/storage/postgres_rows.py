"""Rows in an office's schema that are asked by the statements by which a small file is (``rows.py``).

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pipeline.storage.postgres import Database, Transaction, named
from pipeline.storage.postgres_lines import hold
from pipeline.storage.rows import Found, Rows

#: What no text of PostgreSQL can have.
_UNKEPT = re.compile(r"[\x00\ud800-\udfff]")


class SchemaRows:
    """Rows of an office; ``held`` names what whoever changes any of them holds."""

    def __init__(self, database: Database, held: str) -> None:
        self.database, self._held = database, held

    @contextmanager
    def changing(self) -> Iterator[Rows]:
        """Hold a transaction, one at a time in the whole office; never a part of what else this thread has begun.

        A try that failed is counted, and who was locked is locked, whatever becomes of the rest.
        """
        database = self.database
        with database.apart() if database.running else database.transaction() as running:
            hold(running, self._held)
            yield ChangedRows(running)

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Give the rows for questions, each as it is answered at that moment."""
        yield _Asked(self.database)

    def close(self) -> None:
        """Do nothing: the connections are the office's."""


class _Answer:
    """What a statement brought, as rows by the names of their columns."""

    def __init__(self, rows: list[dict[str, Any]], rowcount: int) -> None:
        self._rows, self.rowcount = rows, rowcount

    def fetchone(self) -> dict[str, Any] | None:
        return self._rows[0] if self._rows else None

    def fetchall(self) -> list[dict[str, Any]]:
        return self._rows


class _Asked:
    """Questions, each by itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Found:
        rows = self._database.named_rows(_with_places(statement), _as_kept(values))
        return _Answer(rows, len(rows))

    def executemany(self, statement: str, _rows: Iterable[Sequence[Any]]) -> None:
        raise NotImplementedError(statement)  # nothing is changed where rows are only read


class ChangedRows:
    """Rows in a transaction."""

    def __init__(self, running: Transaction) -> None:
        self._running = running

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Found:
        """Run a statement of the program's own; values travel apart from it."""
        found = self._running.execute(_with_places(statement), _as_kept(values))
        return _Answer(named(found), found.rowcount)

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each of these rows."""
        self._running.many(_with_places(statement), [_as_kept(row) for row in rows])


def _as_kept(values: Sequence[Any]) -> tuple[Any, ...]:
    """Return what a statement is told: NUL, or half a pair of UTF-16, as U+FFFD, which no login has.

    So whoever asks for such an account finds none, and whoever types one at the door is counted like anybody.
    """
    return tuple(_UNKEPT.sub("\ufffd", value) if isinstance(value, str) else value for value in values)


def _with_places(statement: str) -> str:
    return statement.replace("?", "%s")
