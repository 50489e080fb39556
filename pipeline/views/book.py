"""The register book as pages and searches read it: kept in memory, read again only when it has changed on disk."""

from __future__ import annotations

import threading
from typing import Any

from pipeline.domain.numbering import CaseNumber
from pipeline.wiring import Root

Row = dict[str, Any]


class Book:
    """The rows of one root. Safe for many threads; rows are shared, so nobody changes them."""

    def __init__(self, root: Root) -> None:
        self._root, self._turn = root, threading.Lock()
        self._rows: dict[int, tuple[tuple[int, int, int], list[Row]]] = {}

    def rows(self, year: int | None = None) -> list[Row]:
        """Return the rows of a year, or of all years, by number; as of the archive's last change."""
        with self._turn:
            if self._root.book.behind():
                self._root.book.refresh()
            years = self._root.layout.booked_years() if year is None else [year]
            return [row for y in years for row in self._of(y)]

    def mark(self) -> tuple[object, ...]:
        """Return what changes whenever any row does; whoever keeps something made of the rows keeps it by this."""
        with self._turn:
            if self._root.book.behind():
                self._root.book.refresh()
            return tuple((year, self._mark_of(year)) for year in self._root.layout.booked_years())

    def row(self, number: CaseNumber) -> Row | None:
        """Return a case's row, or None."""
        return next((row for row in self.rows(number.year) if row["serial"] == number.serial), None)

    def _of(self, year: int) -> list[Row]:
        mark = self._mark_of(year)
        if mark is None:
            return []
        known = self._rows.get(year)
        if known is None or known[0] != mark:
            known = self._rows[year] = (mark, self._root.book.rows(year))
        return known[1]

    def _mark_of(self, year: int) -> tuple[int, int, int] | None:
        try:
            stat = self._root.layout.book(year).stat()
        except FileNotFoundError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size
