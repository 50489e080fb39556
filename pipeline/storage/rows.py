"""Where rows lie of which file and centre keep the same: in a small file of SQLite, or with an office's rows.

Tables and columns are called the same in both, and what is asked of them is written so that both understand it: places
of values are question marks, and what only one of them knows (``INSERT OR REPLACE``, ``json_extract``) is not used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

#: All rows of some tables, each in the order of its columns.
AllRows = Mapping[str, Sequence[tuple[Any, ...]]]


class Found(Protocol):
    """What a statement brought; a row gives its values by the names of their columns."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchone(self) -> Any:
        """Return the first row, or None."""

    def fetchall(self) -> list[Any]:
        """Return the rows."""


class Rows(Protocol):
    """Rows that can be asked for and, in a transaction, changed."""

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Found:
        """Run a statement of the program's own; values travel apart from it."""

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> object:
        """Run a statement for each of these rows."""


class KeptRows(Protocol):
    """Rows, wherever they are kept."""

    def changing(self) -> AbstractContextManager[Rows]:
        """Hold a transaction, one at a time in the whole office: all of it happens, or nothing."""

    def reading(self) -> AbstractContextManager[Rows]:
        """Hold the rows for reading; what changed in between two questions is seen by the second."""

    def close(self) -> None:
        """Put down what is held open; the next use opens it again."""


def values_in(rows: Rows, table: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the rows of a table."""
    asked = f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 - our names
    return [tuple(row[name] for name in columns) for row in rows.execute(asked).fetchall()]


def add_values(rows: Rows, table: str, columns: Sequence[str], values: Sequence[tuple[Any, ...]]) -> None:
    """Add rows to a table."""
    places = ", ".join("?" * len(columns))
    rows.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", values)  # noqa: S608
