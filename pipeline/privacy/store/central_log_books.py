"""The months of the access log of an office of many, as books: their lines lie in PostgreSQL.

An office has no right to remove a line; the database's own function removes a year that is old enough.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from pipeline.storage.postgres import Database
from pipeline.storage.postgres_lines import ACCESS, PostgresLines

_FOLDER = "archive/akses/"


class CentralLogBooks:
    """The months of one office (see the port)."""

    def __init__(self, database: Database) -> None:
        self._database, self._lines = database, PostgresLines(database, ACCESS)

    def names(self) -> list[str]:
        """Return those that are there, the oldest first."""
        return [f"{_FOLDER}{part}.jsonl" for part in self._lines.parts()]

    def data(self, book: str) -> bytes:
        """Return what one holds."""
        part = book.removeprefix(_FOLDER).removesuffix(".jsonl")
        return b"".join(line for _, line in self._lines.lines(part))

    def held(self) -> AbstractContextManager[None]:
        """Hold the log: nobody adds to it meanwhile."""
        return self._lines.held()

    def remove(self, year: int) -> None:
        """Remove the months of a year, durably."""
        with self._database.transaction() as running:
            running.execute("SELECT hapus_catatan_akses(%s)", (year,))
