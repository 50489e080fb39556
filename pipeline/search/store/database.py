"""The index's file: its tables, and connections to it. One writer under a lock, any number of readers beside it.

``cases`` has a line for each case, what it may be narrowed by as ids of ``facets``. ``texts`` holds what is written on
it, packed. ``hits`` (FTS5, without a copy of the text) holds its words; those of *rahasia* cases lie in
``secret_hits``, so that what they say moves no other case in an answer (BM25 weighs a word by how many have it).
``words`` knows every word that ever stood in the index with its stem and its shape, ``grams`` (FTS5, trigrams) the
same words by any three letters of them.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pipeline.errors import ArchiveFault, NotFound, Passing
from pipeline.register.row import MADE
from pipeline.search.case_text import COLUMNS

#: Goes up whenever words are made in another way or a table changes; an index of another version, or of other rows, is
#: made anew.
_TABLES_MADE = 8
VERSION = _TABLES_MADE * 1000 + MADE
_PATIENCE = 10.0
_MAPPED = 512 * 2**20
#: So many connections are kept for the next question.
_KEPT = 4

#: The words of cases.
_HITS = (
    f"CREATE VIRTUAL TABLE {{}} USING fts5 ({', '.join(COLUMNS)}, saring, content='', prefix='3',"
    " tokenize=\"ascii tokenchars '_'\");"
)
_TABLES = f"""
CREATE TABLE cases (
    doc INTEGER PRIMARY KEY, head TEXT NOT NULL, received TEXT NOT NULL, due INTEGER, state TEXT NOT NULL,
    tags TEXT NOT NULL
);
CREATE INDEX late ON cases (due) WHERE due IS NOT NULL;
CREATE INDEX received ON cases (received);
CREATE TABLE texts (doc INTEGER PRIMARY KEY, body BLOB NOT NULL);
{_HITS.format("hits")}
{_HITS.format("secret_hits")}
CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, stem TEXT NOT NULL, shape TEXT NOT NULL);
CREATE INDEX stems ON words (stem);
CREATE INDEX shapes ON words (shape);
CREATE VIRTUAL TABLE grams USING fts5 (word, content='', tokenize='trigram');
CREATE TABLE facets (
    id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, name INTEGER NOT NULL, value TEXT NOT NULL,
    cases INTEGER NOT NULL
);
CREATE TABLE progress (position INTEGER, program TEXT, calendar TEXT);
INSERT INTO progress VALUES (NULL, NULL, NULL);
"""  # noqa: S608 - column names of our own


class Broken(Exception):
    """The file is no index, one of another version, or has what may stand in none: it has to be made anew."""


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the index to write, made if missing. The caller holds the lock and commits.

    Raises:
        Broken: the file is no index of this version.
        Passing: the disk is full, or somebody else has the file.
    """
    fresh = not path.exists()
    with _told(), closing(_connected(path)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        if fresh:
            path.chmod(0o640)
            base.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
        _same_version(base)
        yield base


class Readers:
    """Connections that read an index, each lent to one at a time and kept for the next.

    Opening one, and what it then reads of the file for the first time, costs as much as a question. None writes, and
    the last one to go leaves alone what lies beside the index: while it is made anew, another file has that name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._idle: list[tuple[tuple[int, int], sqlite3.Connection]] = []

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection to the index that lies there now.

        Raises:
            NotFound: there is none yet.
            ArchiveFault: it cannot be read.
        """
        try:
            with _told():
                file, base = self._taken()
                try:
                    _same_version(base)
                    yield base
                except BaseException:
                    base.close()
                    raise
                if base.in_transaction:
                    base.execute("ROLLBACK")
                self._given_back(file, base)
        except Broken:
            raise ArchiveFault(
                "Indeks pencarian tidak dapat dibaca.",
                "Susun ulang dari map-map perkara dengan `yankomas rebuild`; tidak ada yang hilang.",
            ) from None

    def close(self) -> None:
        """Let go of those that are not lent."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, base in idle:
            base.close()

    def _taken(self) -> tuple[tuple[int, int], sqlite3.Connection]:
        try:
            there = self._path.stat()
        except FileNotFoundError:
            raise NotFound("Indeks pencarian belum ada.", "Jalankan `yankomas rebuild`.") from None
        file = (there.st_dev, there.st_ino)
        with self._lock:
            while self._idle:
                known, base = self._idle.pop()
                if known == file:
                    return file, base
                base.close()
        return file, _connected(self._path, "?mode=ro")

    def _given_back(self, file: tuple[int, int], base: sqlite3.Connection) -> None:
        with self._lock:
            if len(self._idle) < _KEPT:
                self._idle.append((file, base))
                return
        base.close()


def remove(path: Path) -> None:
    """Remove the index with what SQLite keeps beside it."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


def _connected(path: Path, how: str = "") -> sqlite3.Connection:
    base = sqlite3.connect(
        f"{path.absolute().as_uri()}{how}", uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
    )
    base.execute(f"PRAGMA mmap_size = {_MAPPED}")
    base.execute("PRAGMA temp_store = MEMORY")
    return base


@contextmanager
def _told() -> Iterator[None]:
    """Turn faults of SQLite into those of an index."""
    try:
        yield
    except sqlite3.OperationalError as fault:  # locked, disk full: may be gone in a minute
        if fault.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # a table is missing: somebody else's file
            raise Broken from fault
        raise Passing(
            "Indeks pencarian sedang tidak dapat dipakai.", "Periksa sisa ruang cakram, lalu ulangi sebentar lagi."
        ) from fault
    except sqlite3.DatabaseError as fault:
        raise Broken from fault


def _same_version(base: sqlite3.Connection) -> None:
    if base.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        raise Broken
