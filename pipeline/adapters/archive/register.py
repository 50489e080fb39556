"""The Buku Register: one TinyDB file a year beside the folders. A view that follows ``archive/.changes``.

TinyDB rewrites its file whole at every change, so changes are gathered: a refresh reads the cases that changed since
the last one and writes each year's book once, atomically, under a lock.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import Storage
from tinydb.table import Document

from pipeline.adapters import disk, locks
from pipeline.adapters.archive.changes import Changes
from pipeline.adapters.archive.folder import read_case
from pipeline.adapters.archive.layout import Layout
from pipeline.adapters.archive.numbers import Registered
from pipeline.domain.case import Case
from pipeline.domain.numbering import CaseNumber
from pipeline.errors import ArchiveFault, YankomasError

_TABLE = "aduan"
_NEVER = 1 << 62  # the caching middleware's own flush is not wanted: a book is written once, when it is closed


class AtomicStorage(Storage):
    """TinyDB's JSON, written to a part-file, synced and renamed, keys sorted so that equal books are equal bytes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the tables, or None for a book that is not there yet.

        Raises:
            ArchiveFault: it is no book any more.
        """
        try:
            tables = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError:
            tables = None
        if not isinstance(tables, dict):
            raise ArchiveFault(
                f"Buku register {self._path.name} rusak.",
                "Susun ulang dari map-map perkara dengan `yankomas rebuild`; tidak ada yang hilang.",
            )
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the book."""
        disk.replace(self._path, json.dumps(data, ensure_ascii=False, sort_keys=True).encode())


class RegisterBook:
    """The register books of one archive. ``row_of`` makes a case's row."""

    def __init__(self, layout: Layout, row_of: Callable[[Case], dict[str, Any]]) -> None:
        self._layout = layout
        self._changes = Changes(layout.changes)
        self._row_of = row_of
        self._cursor = layout.state / "buku-register"

    def refresh(self) -> int:
        """Take in what has changed since the last time; return how many cases that were."""
        with locks.held(self._layout.locks / "buku"):
            position = self._position()
            if position is None:
                return self._rebuild()
            changes, end = self._changes.since(position)
            numbers = {c.number for c in changes} | self._unbooked()
            self._write(numbers)
            if end != position:
                disk.replace(self._cursor, f"{end}\n".encode())
            return len(numbers)

    def rebuild(self) -> int:
        """Make the books anew from the folders alone; return how many cases they hold."""
        with locks.held(self._layout.locks / "buku"):
            return self._rebuild()

    def rows(self, year: int | None = None) -> list[dict[str, Any]]:
        """Return the rows of a year, or of all years, by number; as of the last refresh."""
        years = self._layout.booked_years() if year is None else [year]
        rows = [dict(d) for y in years if self._layout.book(y).exists() for d in self._read(y)]
        return sorted(rows, key=lambda r: (r["year"], r["serial"]))

    def known(self) -> Iterator[Registered]:
        """Yield what the books remember of every registered letter; reads them as they lie, without a refresh."""
        for row in self.rows():
            yield Registered(CaseNumber(row["year"], row["serial"]), row["sha256"], row["claim"])

    def _position(self) -> int | None:
        """Return how far the books have followed the changes, or None if they must be made anew."""
        try:
            position = int(self._cursor.read_text())
        except (FileNotFoundError, ValueError):
            return None
        return position if 0 <= position <= self._changes.size() else None

    def _unbooked(self) -> set[CaseNumber]:
        """Return all cases of the years that have no book, or lost it."""
        years = (year for year in self._layout.years() if not self._layout.book(year).exists())
        return {number for year in years for number in self._layout.numbers(year)}

    def _rebuild(self) -> int:
        """Write every book whole over the one that lies there, so that a reader always finds one."""
        end = self._changes.since(0)[1]
        count = 0
        for year in self._layout.years():
            rows = {str(n.serial): row for n in self._layout.numbers(year) if (row := self._row(n)) is not None}
            AtomicStorage(self._layout.book(year)).write({_TABLE: rows})
            count += len(rows)
        disk.sync_folder(self._layout.archive)
        disk.replace(self._cursor, f"{end}\n".encode())
        return count

    def _write(self, numbers: Iterable[CaseNumber]) -> None:
        by_year: dict[int, list[Document]] = {number.year: [] for number in numbers}
        for number in sorted(numbers):
            if (row := self._row(number)) is not None:
                by_year[number.year].append(Document(row, doc_id=number.serial))
        for year, documents in by_year.items():
            with self._opened(year) as table:
                table.remove(doc_ids=[d.doc_id for d in documents if table.contains(doc_id=d.doc_id)])
                table.insert_multiple(documents)
        if by_year:
            disk.sync_folder(self._layout.archive)

    def _row(self, number: CaseNumber) -> dict[str, Any] | None:
        try:
            return self._row_of(read_case(self._layout, number))
        except YankomasError:
            return None  # `verify` names what is wrong with it; the row it had stays

    def _read(self, year: int) -> list[Document]:
        storage = AtomicStorage(self._layout.book(year))
        with TinyDB(storage=lambda: storage) as book:
            documents: list[Document] = book.table(_TABLE).all()
            return documents

    @contextmanager
    def _opened(self, year: int) -> Iterator[Any]:
        cached: Any = CachingMiddleware(AtomicStorage)  # type: ignore[no-untyped-call]
        cached.WRITE_CACHE_SIZE = _NEVER
        with TinyDB(self._layout.book(year), storage=cached) as book:
            yield book.table(_TABLE)
