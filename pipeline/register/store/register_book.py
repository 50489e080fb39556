"""The Buku Register: one TinyDB file a year beside the folders. A view that follows ``archive/.changes``.

Changes are gathered: a refresh reads the cases that changed since the last one and puts their rows into the books. How
far it came stands in a bookmark, with what the rows were made by: after another version of the program, SOP or working
time they are made anew. A book that is none any more is made anew from the folders, and the log says so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator

from pipeline.archive.store.case_reading import read_case
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, Volume, year_of
from pipeline.errors import ArchiveFault
from pipeline.register.fresh_lookups import FreshLookups
from pipeline.register.making_rows import RowMaking
from pipeline.register.row import Edition, Row
from pipeline.register.store.book_file import put_rows, read_rows, write_rows
from pipeline.register.store.lookups import SqliteLookups
from pipeline.storage import disk, locks

_log = logging.getLogger(__name__)


class Bookmark:
    """The bookmark of one archive's books. ``edition`` is what rows are made by now."""

    def __init__(self, layout: Layout, edition: Callable[[], Edition] = Edition) -> None:
        self._changes = WitnessLog(layout.changes)
        self._path = layout.state / "buku-register"
        self._edition = edition

    def position(self) -> int | None:
        """Return how far the books have followed the changes; None if rows are to be made anew at the next look."""
        read = self.read()
        return read[0] if read and read[1] else None

    def behind(self) -> bool:
        """Say whether the archive has changed since the last refresh."""
        return self.position() != self._changes.size()

    def read(self) -> tuple[int, bool] | None:
        """Return how far the books have come, and whether by today's working time; None: make all of them anew."""
        try:
            position, program, calendar = self._path.read_text().split()
            followed = int(position)
        except (FileNotFoundError, ValueError):
            return None
        edition = self._edition()
        known = program == edition.program and 0 <= followed <= self._changes.size()
        return (followed, calendar == edition.calendar) if known else None

    def note(self, position: int) -> None:
        """Note how far the books have come, by what is in force now."""
        edition = self._edition()
        disk.replace(self._path, f"{position} {edition.program} {edition.calendar}\n".encode())


class RegisterBook(FreshLookups):
    """The register books of one archive. ``row_of`` makes a case's row, by what the bookmark's edition names.

    Rows of cases that are *rahasia* by what they are tied to say so, and change with the cases to which they are tied.
    """

    lookups: SqliteLookups

    def __init__(
        self, layout: Layout, row_of: Callable[[Case], Row], lookups: SqliteLookups, bookmark: Bookmark
    ) -> None:
        self._layout = layout
        self._changes = WitnessLog(layout.changes)
        self._making = RowMaking(row_of, lambda number: read_case(layout, number))
        self._bookmark = bookmark
        self.lookups = lookups

    def refresh(self) -> int:
        """Take in what has changed since the last time; return how many cases that were."""
        with locks.held(self._layout.locks / "buku"):
            if (read := self._bookmark.read()) is None:
                return self._rebuild()
            position, timed_right = read
            if not self.lookups.ready:
                self.lookups.renew(self._all_rows())
            changes, end = self._changes.since(position)
            numbers = {c.number for c in changes} | self._unbooked()
            if not timed_right:
                numbers |= {row.case_number for row in self._all_rows() if not row.final}
            self._write(numbers)
            if end != position or not timed_right:
                self._bookmark.note(end)
            return len(numbers)

    def behind(self) -> bool:
        """Say whether the archive has changed since the last refresh."""
        return self._bookmark.behind()

    def rebuild(self, progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
        """Make the books anew from the folders alone; return how many cases they hold."""
        with locks.held(self._layout.locks / "buku"):
            return self._rebuild(progress)

    def write_whole(self, years: Iterable[Volume]) -> None:
        """Write the books of these years whole, so that nothing of a row that was replaced stays beside it."""
        self.refresh()
        with locks.held(self._layout.locks / "buku"):
            for year in years:
                rows = {row.serial: row for row in read_rows(self._layout.book(year))}
                write_rows(self._layout.book(year), rows)
                self.lookups.renew_year(year, rows.values())

    def rows(self, year: int | None = None) -> list[Row]:
        """Return the rows of a year, or of all years, by number; as of the last refresh.

        A book that is none any more is made anew first.
        """
        rows = [
            row for volume in self._layout.booked_years() if year in (None, year_of(volume)) for row in self.of(volume)
        ]
        return sorted(rows, key=lambda r: r.case_number)

    def of(self, volume: Volume) -> list[Row]:
        """Return the rows of a volume by number, as of the last refresh; none where it has no book."""
        rows = self._rows_of(volume) if self._layout.book(volume).exists() else []
        return sorted(rows, key=lambda r: r.serial)

    def row_of(self, case: Case) -> Row:
        """Return the row that a case has by now."""
        return self._making.of(case)

    def _unbooked(self) -> set[CaseNumber]:
        """Return all cases of the years that have no book, or lost it."""
        years = (year for year in self._layout.years() if not self._layout.book(year).exists())
        return {number for year in years for number in self._layout.numbers(year)}

    def _rebuild(self, progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
        """Write every book whole over the one that lies there, so that a reader always finds one; look-ups likewise."""
        end = self._changes.end()
        years = {year: list(self._layout.numbers(year)) for year in self._layout.years()}
        count, done, total = 0, 0, sum(map(len, years.values()))

        def counted(numbers: Iterable[CaseNumber]) -> Iterator[CaseNumber]:
            nonlocal done
            for number in numbers:
                yield number
                done += 1
                progress(done, total)

        def written() -> Iterator[Row]:
            nonlocal count
            for year, numbers in years.items():
                rows = {number.serial: row for number, row in self._making.of_all(counted(numbers)).items()}
                write_rows(self._layout.book(year), rows)
                yield from rows.values()
                count += len(rows)

        self.lookups.renew(written())
        disk.sync_folder(self._layout.archive)
        self._bookmark.note(end)
        return count

    def _write(self, numbers: Iterable[CaseNumber]) -> None:
        found = self._making.with_kin(numbers)
        by_year: dict[Volume, list[Row]] = {number.volume: [] for number in (*numbers, *found)}
        for number in sorted(found):
            by_year[number.volume].append(found[number])
        for year, rows in by_year.items():
            try:
                put_rows(self._layout.book(year), rows)
            except ArchiveFault as fault:
                self._renew(year, fault)
            self.lookups.note(rows)
        if by_year:
            disk.sync_folder(self._layout.archive)

    def _renew(self, year: Volume, fault: ArchiveFault) -> None:
        """Make a year's book anew in place of one that is none any more. Only under the lock."""
        _log.warning("%s Disusun ulang dari map-map perkara; tidak ada yang hilang.", fault.message)
        rows = {n.serial: row for n, row in self._making.of_all(self._layout.numbers(year)).items()}
        write_rows(self._layout.book(year), rows)
        self.lookups.note(rows.values())

    def _rows_of(self, year: Volume) -> list[Row]:
        book = self._layout.book(year)
        try:
            return read_rows(book)
        except ArchiveFault:
            with locks.held(self._layout.locks / "buku"):
                try:
                    return read_rows(book)  # another process may have made it anew meanwhile
                except ArchiveFault as fault:
                    self._renew(year, fault)
                    return read_rows(book)

    def _all_rows(self) -> Iterator[Row]:
        """Yield every row as it lies, under the lock; a book that is none any more is made anew."""
        for year in self._layout.booked_years():
            if self._layout.book(year).exists():
                try:
                    yield from read_rows(self._layout.book(year))
                except ArchiveFault as fault:
                    self._renew(year, fault)
                    yield from read_rows(self._layout.book(year))
