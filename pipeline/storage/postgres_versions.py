"""Records of an office of many: a book of chained lines, and the versions that these name, as rows beside it.

What a folder has in ``archive/.sop`` and ``archive/.layanan``. It lies with the office's rows, so that every machine
that works for the office handles a case by the same edition and service, whatever lies in its own folder.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.errors import Passing, SettingsFault
from pipeline.storage.locks import PATIENCE
from pipeline.storage.postgres import Database, Transaction
from pipeline.storage.postgres_lines import PostgresLines
from pipeline.storage.version_list import (
    LIST,
    ChainedLines,
    Make,
    Said,
    VersionRecord,
    chained,
    digest,
    lines_in,
)

#: The part of the book that a folder has as its list.
_PART = LIST.removesuffix(".jsonl")
#: Seconds for which what was read of a record is taken to be so; who adds to it looks anew.
_FRESH = 1.0
#: And while the database is away: each look at it takes as long as a connection is waited for.
_AWAY = 30.0
#: Bytes of versions that a process has at hand of one record: an edition of the office's SOP has some 100 kB.
_REMEMBERED = 4 * 2**20


class BookOfLines(ChainedLines):
    """The chained lines of one record of an office, in the book that it has for them."""

    def __init__(self, database: Database, book: str) -> None:
        self.book = PostgresLines(database, book)

    def lines(self, made: Make[Said]) -> Iterator[tuple[Said | None, str]]:
        """Yield what is made of each line, and why it cannot be believed."""
        return lines_in(self._text(), made)

    def note(self, *told: Mapping[str, Any]) -> None:
        """Append lines; the record is held."""
        last = self.book.last()
        self._append(chained(last[2].rstrip(b"\n") if last else b"", told))

    def _text(self) -> bytes:
        """Return the lines as a folder has them in its list."""
        return b"".join(line for _, line in self.book.lines(_PART))

    def _append(self, text: bytes) -> None:
        """Append lines of a list as they are written there; the record is held."""
        for line in text.splitlines(keepends=True):
            self.book.append(_PART, line)


class PostgresVersions(BookOfLines, VersionRecord):
    """One record of an office; ``suffix`` is that of the versions' files in a folder (``.toml``).

    While the database is away, what was read last goes on: no page needs to wait for it. ``refused`` gives the fault by
    which nobody adds to it from here.
    """

    def __init__(
        self, database: Database, book: str, suffix: str, refused: Callable[[], SettingsFault | None] = lambda: None
    ) -> None:
        super().__init__(database, book)
        self._refused = refused
        self._database, self._name, self.suffix = database, book, suffix
        self._fresh_until, self._mark = 0.0, -1
        self._read: tuple[int, bytes] = (0, b"")
        self._recent: dict[str, bytes] = {}  # by name, the last that was asked for at the end; none becomes another
        self._looking_up = threading.Lock()

    def mark(self) -> int:
        """Return what is another once lines were added; 0 if there is none."""
        if self._database.running is None and time.monotonic() < self._fresh_until:
            return self._mark
        question = "SELECT coalesce(max(baris), 0) FROM catatan WHERE buku = %s AND bagian = %s"
        try:
            found = self._database.row(question, (self._name, _PART))
        except Passing:
            if self._mark < 0:
                raise
            self._fresh_until = time.monotonic() + _AWAY
        else:
            self._mark, self._fresh_until = int(found[0]) if found else 0, time.monotonic() + _FRESH
        return self._mark

    def look_anew(self) -> None:
        """Have the next question look at what is there."""
        self._fresh_until = 0.0

    def lines(self, made: Make[Said]) -> Iterator[tuple[Said | None, str]]:
        """Yield what is made of each line, and why it cannot be believed."""
        if (mark := self.mark()) != self._read[0]:
            self._read = mark, self._text()
        return lines_in(self._read[1], made)

    def keep(self, data: bytes) -> None:
        """Keep a version; one that is kept already stays as it is."""
        with self._database.transaction() as running:
            keep_version(running, self._name, data)

    def kept(self, name: str) -> bytes:
        """Return a version by its SHA-256.

        Raises:
            FileNotFoundError: it is not there.
            Passing: the database is away.
        """
        with self._looking_up:
            data = self._recent.pop(name, None)
        if data is None:
            data = self.fetched(name)
        with self._looking_up:
            self._recent[name] = data
            while sum(map(len, self._recent.values())) > _REMEMBERED and len(self._recent) > 1:
                del self._recent[next(iter(self._recent))]
        return data

    def fetched(self, name: str) -> bytes:
        """Return a version that is asked for once, as :meth:`kept` does."""
        question = "SELECT isi FROM versi_tercatat WHERE buku = %s AND sha256 = %s"
        if (found := self._database.row(question, (self._name, name))) is None:
            raise FileNotFoundError(name)
        return bytes(found[0])

    @contextmanager
    def held(self, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the record until the transaction ends; how long it is waited for, the connection says.

        Raises:
            SettingsFault: nobody adds to it from here.
        """
        if fault := self._refused():
            raise fault
        with self._adding():
            yield

    @contextmanager
    def _adding(self) -> Iterator[None]:
        try:
            with self.book.held():
                yield
        finally:  # whether what was added is there, or nothing is
            self.look_anew()

    @property
    def is_writable(self) -> bool:
        """Whether lines can be added from here."""
        return self._refused() is None

    def files(self) -> Mapping[str, Callable[[], bytes]]:
        """Return the versions by the names of their files in a folder."""
        return {name: partial(bytes, data) for name, data in self.versions()}

    def take_over(self, folder: Path) -> bool:
        """Take in what an office's own folder has of the record; say whether all of that is here then.

        An earlier version of the program left the record in the folder of an office of many.
        """
        path = folder / LIST
        theirs = path.read_bytes() if path.is_file() else b""
        theirs = theirs[: theirs.rfind(b"\n") + 1]
        with self._database.transaction() as running, self._adding():
            if ours := self._text():
                return ours.startswith(theirs)
            keep_folder(running, self._name, folder, self.suffix)
            self._append(theirs)
        return True

    def versions(self) -> Iterator[tuple[str, bytes]]:
        """Yield the versions by the names of their files in a folder."""
        question = "SELECT sha256, isi FROM versi_tercatat WHERE buku = %s ORDER BY sha256"
        return ((f"{name}{self.suffix}", bytes(data)) for name, data in self._database.rows(question, (self._name,)))


def keep_version(running: Transaction, book: str, data: bytes) -> None:
    """Keep what a line of a book names by its SHA-256; one that is kept already stays as it is."""
    row = (book, digest(data), data)
    running.execute("INSERT INTO versi_tercatat VALUES (%s, %s, %s) ON CONFLICT DO NOTHING", row)


def keep_folder(running: Transaction, book: str, folder: Path, suffix: str) -> None:
    """Keep every version that lies in a folder's record."""
    for path in sorted(folder.glob(f"*{suffix}")):
        keep_version(running, book, path.read_bytes())
