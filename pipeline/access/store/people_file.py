"""The SQLite file of the desk's people: opened at first use, for the owner alone, shared by threads and processes."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.access.accounts import ALL_OF_BEFORE
from pipeline.errors import Passing
from pipeline.storage.durable_sqlite import opened_durable

FILE = "akun.sqlite3"
#: What SQLite says where no byte can be written; opening the file writes beside it.
_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
_PATIENCE = 5.0  # seconds to wait for another process (`yankomas akun`) that is writing

_SCHEMA = """
CREATE TABLE IF NOT EXISTS account (
    login TEXT PRIMARY KEY, name TEXT NOT NULL, nip TEXT NOT NULL, password TEXT NOT NULL DEFAULT '',
    locked INTEGER NOT NULL DEFAULT 0, made REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS held_role (
    login TEXT NOT NULL REFERENCES account, role TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL,
    PRIMARY KEY (login, role, since)) STRICT;
CREATE TABLE IF NOT EXISTS session (
    digest BLOB PRIMARY KEY, login TEXT NOT NULL REFERENCES account, csrf TEXT NOT NULL, address TEXT NOT NULL,
    started REAL NOT NULL, seen REAL NOT NULL, told TEXT NOT NULL DEFAULT '[]') STRICT;
CREATE TABLE IF NOT EXISTS ended_session (
    digest BLOB PRIMARY KEY, login TEXT NOT NULL, csrf TEXT NOT NULL, address TEXT NOT NULL, started REAL NOT NULL,
    seen REAL NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS ended_by_form ON ended_session (csrf);
CREATE TRIGGER IF NOT EXISTS session_ended AFTER DELETE ON session BEGIN
    INSERT OR REPLACE INTO ended_session VALUES (old.digest, old.login, old.csrf, old.address, old.started, old.seen);
END;
CREATE TABLE IF NOT EXISTS link (
    digest BLOB PRIMARY KEY, login TEXT NOT NULL, ends REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS tries (
    whose BLOB PRIMARY KEY, count INTEGER NOT NULL, last REAL NOT NULL, free REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS known (whose BLOB PRIMARY KEY, last REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS token (
    id INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB NOT NULL UNIQUE, label TEXT NOT NULL, role TEXT NOT NULL,
    ends REAL NOT NULL, made_by TEXT NOT NULL, owner TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE IF NOT EXISTS ever_held (
    role TEXT NOT NULL, login TEXT NOT NULL, since REAL NOT NULL, PRIMARY KEY (role, login)) STRICT;
CREATE TABLE IF NOT EXISTS taken_post (login TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (login, role)) STRICT;
CREATE TABLE IF NOT EXISTS nip_before (login TEXT NOT NULL, nip TEXT NOT NULL, PRIMARY KEY (login, nip)) STRICT;
CREATE TABLE IF NOT EXISTS former_address (
    id INTEGER PRIMARY KEY AUTOINCREMENT, login TEXT NOT NULL, address TEXT NOT NULL, at REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS request (
    id INTEGER PRIMARY KEY AUTOINCREMENT, login TEXT NOT NULL, kind TEXT NOT NULL, roles TEXT NOT NULL,
    asked_by TEXT NOT NULL, at REAL NOT NULL, state TEXT NOT NULL, settled_by TEXT NOT NULL DEFAULT '',
    token INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE IF NOT EXISTS notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT, login TEXT NOT NULL, at REAL NOT NULL, words TEXT NOT NULL,
    read INTEGER NOT NULL DEFAULT 0) STRICT;
"""
#: What is known of an earlier version's accounts: what they hold they have ever held, and their posts are theirs.
_OF_BEFORE = (
    ("INSERT OR IGNORE INTO ever_held SELECT role, login, 0.0 FROM held_role", ()),
    ("INSERT OR IGNORE INTO taken_post SELECT login, ? FROM account", (ALL_OF_BEFORE,)),
    ("PRAGMA user_version = 1", ()),
)
#: Columns that files of earlier versions lack: table, column, how it is declared.
_ADDED = (
    ("token", "owner", "TEXT NOT NULL DEFAULT ''"),
    ("link", "made_by", "TEXT NOT NULL DEFAULT ''"),
    ("account", "address", "TEXT NOT NULL DEFAULT ''"),
    ("request", "detail", "TEXT NOT NULL DEFAULT ''"),
)


class PeopleFile:
    """One connection, used by one thread at a time; a transaction is the only way in."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Hold a transaction: all of it happens, or nothing."""
        with self._lock:
            connection = self._open()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Hold the connection for reading."""
        with self._lock:
            yield self._open()

    def overwrite(self) -> None:
        """Have what was taken away not stay in the file's log either; while somebody reads, at their end."""
        with self._lock:
            self._open().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            try:
                self._connection = _opened(self._path)
            except sqlite3.Error as fault:
                if fault.sqlite_errorcode & 0xFF in _FULL:  # the rest says at which step
                    fact = "Berkas akun tidak dapat dibuka: cakram tidak dapat ditulisi."
                    raise Passing(fact, "Periksa sisa ruang cakram, lalu ulangi.") from fault
                raise
        return self._connection


def _opened(path: Path) -> sqlite3.Connection:
    connection = opened_durable(path, _PATIENCE)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.executescript(_SCHEMA)
        _complete(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _complete(connection: sqlite3.Connection) -> None:
    """Add what an earlier version's file lacks."""
    for table, column, declared in _ADDED:
        has = f"SELECT 1 FROM pragma_table_info('{table}') WHERE name = '{column}'"  # noqa: S608
        if not connection.execute(has).fetchone():
            connection.execute("BEGIN IMMEDIATE")
            if not connection.execute(has).fetchone():  # another process may have been at it
                connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {declared}")
            connection.execute("COMMIT")
    if not connection.execute("PRAGMA user_version").fetchone()[0]:
        connection.execute("BEGIN IMMEDIATE")
        if not connection.execute("PRAGMA user_version").fetchone()[0]:
            for statement, values in _OF_BEFORE:
                connection.execute(statement, values)
        connection.execute("COMMIT")
