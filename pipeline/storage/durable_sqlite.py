"""SQLite files that hold what must be durable at once and nobody else may read: made, opened, set as they all are."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from pathlib import Path

_PATIENCE = 5.0  # seconds to wait for others who write, as SQLite's module does by itself
_OFTEN = 0.01  # seconds between two tries


def opened_durable(path: Path, patience: float = _PATIENCE) -> sqlite3.Connection:
    """Open a file, made for its owner alone if missing; ``patience``: seconds.

    Raises:
        OSError: it cannot be made, or is a link to elsewhere.
        sqlite3.Error: it cannot be written, or is none.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _make(path)
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    try:
        _log_ahead(connection, patience)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _make(path: Path) -> None:
    """Make it if it is missing, without opening it.

    Whoever closes a file loses all locks that their process has on it, also SQLite's (fcntl(2);
    sqlite.org/howtocorrupt, 2.2): those of another thread, too, that found it just made.
    """
    try:
        os.mknod(path, 0o600)
    except FileExistsError:
        if path.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from None


def _log_ahead(connection: sqlite3.Connection, patience: float) -> None:
    """Have what is written go to a log first. Of two who ask it of a new file at once SQLite refuses one, unwaited."""
    until = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_OFTEN)
        else:
            return
