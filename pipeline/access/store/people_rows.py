"""Where the rows of an office's people lie: in a file of its own, or with its rows at the centre.

Tables and columns are called the same in both, and what is asked of them is written so that both understand it: places
of values are question marks, and what only one of them knows (``INSERT OR REPLACE``, ``json_extract``) is not used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


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


class PeopleRows(Protocol):
    """The rows of one office's people."""

    def changing(self) -> AbstractContextManager[Rows]:
        """Hold a transaction, one at a time in the whole office: all of it happens, or nothing."""

    def reading(self) -> AbstractContextManager[Rows]:
        """Hold the rows for reading; what changed in between two questions is seen by the second."""

    def overwrite(self) -> None:
        """Have what was taken away not stay, as far as that is ours to do."""

    def close(self) -> None:
        """Put down what is held open; the next use opens it again."""
