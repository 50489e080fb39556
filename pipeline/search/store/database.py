"""The index's file: its tables, and connections to it. One writer under a lock, any number of readers beside it.

``cases`` has a line for each case, what it may be narrowed by as ids of ``facets``. ``texts`` holds what is written on
it, packed. ``hits`` (FTS5, without a copy of the text) holds its words; those of *rahasia* cases lie in
``secret_hits``, so that what they say moves no other case in an answer (BM25 weighs a word by how many have it).
``words`` knows every word that ever stood in the index with its stem and its shape, ``grams`` (FTS5, trigrams) the
same words by any three letters of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import ArchiveFault, NotFound, Passing
from pipeline.register.row import MADE
from pipeline.search.case_text import COLUMNS

#: Goes up whenever words are made in another way or a table changes; an index of another version, or of other rows, is
#: made anew.
_TABLES_MADE = 6
VERSION = _TABLES_MADE * 1000 + MADE
_PATIENCE = 10.0
_MAPPED = 512 * 2**20

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
    """The file is no index, or one of another version: it has to be made anew."""


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the index to write, made if missing. The caller holds the lock and commits.

    Raises:
        Broken: the file is no index of this version.
        Passing: the disk is full, or somebody else has the file.
    """
    fresh = not path.exists()
    with _opened(path) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        if fresh:
            path.chmod(0o640)
            base.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
        _same_version(base)
        yield base


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the index to read.

    Raises:
        NotFound: there is none yet.
        ArchiveFault: it cannot be read.
    """
    if not path.exists():
        raise NotFound("Indeks pencarian belum ada.", "Jalankan `yankomas rebuild`.")
    try:
        with _opened(path) as base:
            base.execute("PRAGMA query_only = ON")
            _same_version(base)
            yield base
    except Broken:
        raise ArchiveFault(
            "Indeks pencarian tidak dapat dibaca.",
            "Susun ulang dari map-map perkara dengan `yankomas rebuild`; tidak ada yang hilang.",
        ) from None


def remove(path: Path) -> None:
    """Remove the index with what SQLite keeps beside it."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        base = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        try:
            base.execute(f"PRAGMA mmap_size = {_MAPPED}")
            base.execute("PRAGMA temp_store = MEMORY")
            yield base
        finally:
            base.close()
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
