"""Which case a status code belongs to: a small SQLite index beside the folders, a view that follows ``.changes``.

It holds keyed hashes of codes, no codes: whoever gets hold of the file alone can ask for no complaint. A case's code
never changes, so of each case only the first line is read, once. An index that was lost or broken is made again.
"""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cache

from pipeline.archive.store.case_reading import first_line
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.cases.case_number import CaseNumber, in_volume
from pipeline.errors import Passing, YankomasError
from pipeline.register.complainant_status import NO_CODE, folded_code
from pipeline.storage import locks

_EDITION = 1  # of the tables below; another one is filled anew
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS code (year INTEGER, serial INTEGER, hash BLOB, PRIMARY KEY (year, serial))",
    "CREATE INDEX IF NOT EXISTS code_hash ON code (hash)",
    "CREATE TABLE IF NOT EXISTS followed (position INTEGER, key BLOB)",
)


class SqliteStatusCodes:
    """The status codes of one archive. ``key`` gives the office's secret for them, when it is first needed.

    Fit for many threads and processes.
    """

    def __init__(self, layout: Layout, key: Callable[[], bytes]) -> None:
        self._layout, self._secret = layout, cache(key)
        self._changes = WitnessLog(layout.changes)
        self._path = layout.state / "kode-status.sqlite"

    def find(self, typed: str) -> CaseNumber | None:
        """Return the case of a code as people write it, or None; every answer costs the same work.

        Raises:
            Passing: it is not known so far, and what is new cannot be taken in at present.
        """
        delayed: Passing | None = None
        try:
            self.refresh()
        except Passing as fault:
            delayed = fault
        wanted = self._hash(folded_code(typed) or NO_CODE)
        with self._opened() as index:
            found = index.execute("SELECT year, serial FROM code WHERE hash = ?", (wanted,)).fetchall()
        if delayed and not found:
            raise delayed
        return in_volume(*found[0]) if len(found) == 1 else None

    def refresh(self) -> None:
        """Take in the cases that were registered since the last time.

        Raises:
            Passing: the disk is full, or somebody else has the file; what is known stays.
        """
        try:
            if self._behind() is False:
                return
        except sqlite3.DatabaseError:
            pass  # settled under the lock
        with locks.held(self._layout.locks / "kode-status"):
            try:
                self._follow()
            except sqlite3.DatabaseError:
                self._drop()
                self._follow()

    def rebuild(self) -> None:
        """Make the index anew from the folders alone."""
        with locks.held(self._layout.locks / "kode-status"):
            self._drop()
            self._follow()

    def _behind(self) -> bool:
        with self._opened() as index:
            position = self._position(index)
        return position is None or bool(self._changes.since(position)[0])

    def _follow(self) -> None:
        with self._opened() as index:
            for statement in _SCHEMA:
                index.execute(statement)
            position = self._position(index)
            if position is None:
                index.execute("DELETE FROM code")
                index.execute(f"PRAGMA user_version = {_EDITION}")
            changes, end = self._changes.since(position or 0)
            every = (number for year in self._layout.years() for number in self._layout.numbers(year))
            numbers = every if position is None else {change.number for change in changes}
            index.executemany("INSERT OR REPLACE INTO code VALUES (?, ?, ?)", self._rows(index, numbers))
            index.execute("DELETE FROM followed")
            index.execute("INSERT INTO followed VALUES (?, ?)", (end, self._hash("")))

    def _position(self, index: sqlite3.Connection) -> int | None:
        """Return how far the index has followed the changes, or None if it must be made anew."""
        row = index.execute("SELECT position, key FROM followed").fetchone()
        if index.execute("PRAGMA user_version").fetchone() != (_EDITION,):
            return None
        if row is None or row[1] != self._hash("") or not 0 <= row[0] <= self._changes.size():
            return None
        return int(row[0])

    def _rows(self, index: sqlite3.Connection, numbers: Iterable[CaseNumber]) -> Iterator[tuple[int, int, bytes]]:
        known = "SELECT 1 FROM code WHERE year = ? AND serial = ?"
        for number in numbers:
            if index.execute(known, (number.volume, number.serial)).fetchone() is None and (code := self._code(number)):
                yield number.volume, number.serial, self._hash(code)

    def _code(self, number: CaseNumber) -> str | None:
        try:
            return folded_code(first_line(self._layout, number).received.status_code)
        except YankomasError:
            return None  # `verify` names what is wrong with it

    def _hash(self, text: str) -> bytes:
        return hmac.digest(self._secret(), text.encode(), hashlib.sha256)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Open the index; what is written becomes so at the end, or not at all."""
        try:
            with closing(sqlite3.connect(self._path, timeout=locks.PATIENCE)) as index, index:
                yield index
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # a table is missing: it is made anew
                raise
            raise Passing(
                "Kode status sedang tidak dapat disimpan.", "Periksa sisa ruang cakram; diulang sendiri."
            ) from fault

    def _drop(self) -> None:
        for suffix in ("", "-journal"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
