"""The failed tries of this office in the people's file, as hashes of what is counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from pipeline.access.failed_tries import FORGOTTEN, KNOWN, Counted, wait
from pipeline.access.store.database import Database
from pipeline.errors import Denied


class SqliteFailedTries:
    """The failed tries of this office."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, counted: Sequence[Counted], now: datetime) -> None:
        """Let a try go ahead, and count it as failed until it is given back.

        Raises:
            Denied: there were too many; says how long to wait, and counts nothing.
        """
        at = now.timestamp()
        with self._database.changing() as rows:
            query = "SELECT free FROM tries WHERE whose = ?"
            free = (rows.execute(query, (one.key,)).fetchone() for one in counted)
            left = max((float(row["free"]) - at for row in free if row), default=0.0)
            if left > 0:
                minutes = max(1, -int(-left // 60))
                raise Denied("Terlalu banyak percobaan yang gagal.", f"Tunggu {minutes} menit, lalu coba lagi.")
            _add(rows, counted, at)

    def failed(self, counted: Counted, now: datetime) -> None:
        """Count a try that had not to wait for this."""
        with self._database.changing() as rows:
            _add(rows, [counted], now.timestamp())

    def give_back(self, counted: Sequence[Counted]) -> None:
        """Take a try that succeeded out of the count."""
        with self._database.changing() as rows:
            for one in counted:
                rows.execute("UPDATE tries SET count = max(count - 1, 0), free = 0 WHERE whose = ?", (one.key,))

    def forget(self, *counted: Counted) -> None:
        """Forget all failed tries, after one that succeeded."""
        with self._database.changing() as rows:
            rows.executemany("DELETE FROM tries WHERE whose = ?", [(one.key,) for one in counted])

    def any(self, counted: Counted) -> bool:
        """Say whether there were failed tries of late."""
        with self._database.reading() as rows:
            return _count(rows, counted) > 0

    def remember(self, counted: Counted, now: datetime) -> None:
        """Remember that somebody came in from there."""
        at = now.timestamp()
        with self._database.changing() as rows:
            rows.execute("DELETE FROM known WHERE last < ?", (at - KNOWN,))
            rows.execute("INSERT OR REPLACE INTO known VALUES (?, ?)", (counted.key, at))

    def is_known(self, counted: Counted, now: datetime) -> bool:
        """Say whether somebody came in from there before."""
        with self._database.reading() as rows:
            row = rows.execute("SELECT last FROM known WHERE whose = ?", (counted.key,)).fetchone()
        return row is not None and row["last"] >= now.timestamp() - KNOWN


def _count(rows: sqlite3.Connection, counted: Counted) -> int:
    row = rows.execute("SELECT count FROM tries WHERE whose = ?", (counted.key,)).fetchone()
    return int(row["count"]) if row else 0


def _add(rows: sqlite3.Connection, counted: Sequence[Counted], at: float) -> None:
    rows.execute("DELETE FROM tries WHERE last < ?", (at - FORGOTTEN,))
    for one in counted:
        count = _count(rows, one) + 1
        free = at + wait(one.allowance, count)
        rows.execute("INSERT OR REPLACE INTO tries VALUES (?, ?, ?, ?)", (one.key, count, at, free))
