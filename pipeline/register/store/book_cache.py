"""The register book as pages and searches read it: kept in memory, and only what has changed on disk is read again."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from pipeline.archive.store.layout import Layout
from pipeline.cases.case_number import CaseNumber, Volume, year_of
from pipeline.register.row import Row
from pipeline.register.store.book_file import lines_beside, rows_since
from pipeline.register.store.register_book import RegisterBook
from pipeline.register.touched import touched_on

FileMark = tuple[int, int, int]


@dataclass(frozen=True)
class _Year:
    """A year's book as it was read: the mark of its file, how far the lines beside it were followed, its rows."""

    whole: FileMark
    followed: int
    rows: dict[int, Row] = field(repr=False)

    @cached_property
    def in_order(self) -> list[Row]:
        """The rows by number."""
        return [self.rows[serial] for serial in sorted(self.rows)]


class BookCache:
    """The rows of one archive. Safe for many threads; rows are shared, so nobody changes them."""

    def __init__(self, layout: Layout, book: RegisterBook) -> None:
        self._layout, self._book, self._turn = layout, book, threading.Lock()
        self._years: dict[Volume, _Year] = {}

    def rows(self, year: int | None = None) -> list[Row]:
        """Return the rows of a year, or of all years, each series by number; as of the archive's last change."""
        with self._turn:
            self._catch_up()
            volumes = [v for v in self._layout.booked_years() if year in (None, year_of(v))]
            found = [known.in_order for volume in volumes if (known := self._of(volume))]
        return list(found[0]) if len(found) == 1 else [row for rows in found for row in rows]

    def touched_since(self, day: date) -> list[Row]:
        """Return the rows about which something is due, or was done on this day or later, by number."""
        since = day.isoformat()
        return [row for row in self.rows() if touched_on(row) >= since]

    def these(self, numbers: Collection[CaseNumber]) -> dict[CaseNumber, Row]:
        """Return the rows of some cases, looking once whether any has changed."""
        with self._turn:
            self._catch_up()
            volumes = {one: known.rows for one in {n.volume for n in numbers} if (known := self._of(one))}
        return {n: row for n in numbers if (row := volumes.get(n.volume, {}).get(n.serial))}

    def mark(self) -> tuple[object, ...]:
        """Return what changes whenever any row does; whoever keeps something made of the rows keeps it by this."""
        with self._turn:
            self._catch_up()
            books = [self._layout.book(year) for year in self._layout.booked_years()]
            return tuple((book.name, _mark(book), _mark(lines_beside(book))) for book in books)

    def row(self, number: CaseNumber) -> Row | None:
        """Return a case's row, or None."""
        with self._turn:
            self._catch_up()
            known = self._of(number.volume)
        return known.rows.get(number.serial) if known else None

    def _catch_up(self) -> None:
        if self._book.behind():
            self._book.refresh()

    def _of(self, year: Volume) -> _Year | None:
        """Return the year as it stands now; marks are taken before reading, so that what changes meanwhile shows."""
        book = self._layout.book(year)
        whole, beside = _mark(book), _mark(lines_beside(book))
        if whole is None:
            self._years.pop(year, None)
            return None
        known, size = self._years.get(year), beside[2] if beside else 0
        if known is None or known.whole != whole or known.followed > size:
            # Lines written while it is read are read once more at the next look, which changes nothing.
            rows = {row.serial: row for row in self._book.of(year)}
            known = self._years[year] = _Year(whole, size, rows)
        if known.followed < size:
            added, end = rows_since(book, known.followed)
            if added:
                rows = known.rows | {row.serial: row for row in added}
                known = self._years[year] = _Year(whole, end, rows)
        return known


def _mark(path: Path) -> FileMark | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
