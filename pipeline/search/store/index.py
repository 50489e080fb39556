"""The index of one office: follows the changes of its cases as the register book does, and answers questions.

How far it has followed stands in the index itself, in the same transaction as the cases, so that a crash loses
nothing. An index that is missing, of another version or no index at all is made anew, a hundred cases at a time:
readers find what is there already, and a making that was cut short goes on where it stopped.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress

from pipeline.archive.ports import Changes
from pipeline.archive.store.layout import Layout
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import Cabinet
from pipeline.errors import Busy, EngineMissing, Passing
from pipeline.register.ports import Extent
from pipeline.register.row import Edition
from pipeline.search.answer import Answer
from pipeline.search.case_text import Written
from pipeline.search.query import Wanted
from pipeline.search.store import searching
from pipeline.search.store.database import Broken, Readers, remove, writing
from pipeline.search.store.shelf import drop, indexed, put, put_together, running
from pipeline.search.store.telling import Telling
from pipeline.storage import locks

_BATCH = 100
_MOMENT = 1.0  # seconds that a page waits for whoever is at the index
_UPDATE = "Perbarui paket libsqlite3-0 dan Python (SQLite 3.35 atau lebih baru), lalu jalankan `yankomas doctor`."
Progress = Callable[[int, int], None]


class SearchIndex:
    """The index of one office. ``written_of`` says what is written on a case, by what ``edition`` names."""

    def __init__(
        self,
        layout: Layout,
        cabinet: Cabinet,
        changes: Changes,
        written_of: Callable[[Case], Written],
        edition: Callable[[], Edition] = Edition,
    ) -> None:
        self._layout, self._cabinet, self._changes = layout, cabinet, changes
        self.telling = Telling(cabinet, written_of)
        self._edition = edition
        self._readers = Readers(layout.search_index)
        self._seen: tuple[int, Edition] | None = None

    def refresh(self, progress: Progress | None = None, *, patience: float = locks.PATIENCE) -> int:
        """Take in what has changed since the last time; return how many cases that were.

        Raises:
            Busy: somebody else has been making the index for longer than ``patience`` seconds.
        """
        if self._seen == (self._changes.size(), self._edition()) and self._layout.search_index.exists():
            return 0  # nothing can have changed since this process looked last
        with locks.held(self._layout.locks / "indeks", patience):
            count = self._unbroken(lambda: self._followed(progress))
        return count

    def up_to_date(self) -> None:
        """Take in what has changed, unless another process is making the index anew."""
        with suppress(Busy):
            self.refresh(patience=_MOMENT)

    def search(self, wanted: Wanted) -> Answer:
        """Return the answer, as the index has it now.

        Raises:
            NotFound: there is no index yet.
            ArchiveFault: it cannot be read.
        """
        with self._readers.reading() as base:
            return searching.search(base, wanted)

    def page(self, extent: Extent, first: int, count: int) -> tuple[int, list[Written]]:
        """Return how many cases there are, and a page of them, the newest first; raises as :meth:`search`."""
        with self._readers.reading() as base:
            return searching.page(base, extent, first, count)

    def every(self, extent: Extent) -> Iterator[Written]:
        """Yield the cases by number; raises as :meth:`search`.

        Raises:
            Passing: the index is being made, so that some would be missing.
        """
        with self._readers.reading() as base:
            if not searching.complete(base):
                raise being_made()
            yield from searching.every(base, extent)

    def complete(self) -> bool:
        """Say whether all cases are in the index by now; raises as :meth:`search`."""
        with self._readers.reading() as base:
            return searching.complete(base)

    def states(self, year: int | None, roles: frozenset[str] | None = None, series: str = "") -> list[tuple[str, int]]:
        """Return the states in which cases of a year of a series stand, the most first; raises as :meth:`search`."""
        with self._readers.reading() as base:
            return searching.states(base, Extent(year, roles=roles, series=series))

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make the index anew from the journals alone; return how many cases it holds."""
        with locks.held(self._layout.locks / "indeks"):
            self._throw_away()
            return self._unbroken(lambda: self._followed(progress))

    def _unbroken(self, follow: Callable[[], int]) -> int:
        """Follow; an index that cannot be used is made anew, once."""
        try:
            return follow()
        except Broken:
            self._throw_away()
        try:
            return follow()
        except Broken as fault:
            raise EngineMissing("SQLite di komputer ini tidak dapat mencari teks (FTS5).", _UPDATE) from fault

    def _throw_away(self) -> None:
        """Remove the index; no connection of this process keeps what stood in it (it may have been destroyed)."""
        remove(self._layout.search_index)
        self._readers.close()

    def _followed(self, progress: Progress | None) -> int:
        with writing(self._layout.search_index) as base:
            position, program, calendar = base.execute("SELECT position, program, calendar FROM progress").fetchone()
            edition = self._edition()
            if program != edition.program:  # all is told in another way now
                base.execute("UPDATE cases SET head = ''")
                base.execute("UPDATE progress SET position = NULL, program = ?", (edition.program,))
                position = None
            if position is None or not 0 <= position <= self._changes.size():
                return self._caught_up(base, progress)
            changes, end = self._changes.since(position)
            numbers = self.telling.with_kin({change.number for change in changes})
            if calendar != edition.calendar:  # deadlines are other ones
                numbers |= running(base)
            self._take_in(base, sorted(numbers), progress)
            if end != position or calendar != edition.calendar:
                base.execute("UPDATE progress SET position = ?, calendar = ?", (end, edition.calendar))
            self._seen = (end, edition)
            return len(numbers)

    def _caught_up(self, base: sqlite3.Connection, progress: Progress | None) -> int:
        """Compare all cases with what is there; those that are kept no longer go."""
        end = self._changes.since(0)[1]
        base.execute("UPDATE progress SET position = NULL")
        there = indexed(base)
        cases = self._cabinet.numbers()
        drop(base, set(there) - set(cases))
        self._take_in(base, cases, progress, there)
        base.execute("UPDATE progress SET position = ?, calendar = ?", (end, self._edition().calendar))
        put_together(base)
        return len(cases)

    def _take_in(
        self,
        base: sqlite3.Connection,
        numbers: list[CaseNumber],
        progress: Progress | None,
        there: dict[CaseNumber, str] | None = None,
    ) -> None:
        for start in range(0, len(numbers), _BATCH):
            batch = numbers[start : start + _BATCH]
            put(base, self.telling.of(batch, there or {}))
            if progress:
                progress(start + len(batch), len(numbers))


def being_made() -> Passing:
    """Return the fault that an index does not have all cases yet, to be raised."""
    return Passing(
        "Indeks sedang disusun ulang; sebagian perkara belum termuat, jadi berkas ini belum dibuat.",
        "Tidak ada yang hilang. Ulangi beberapa menit lagi.",
    )
