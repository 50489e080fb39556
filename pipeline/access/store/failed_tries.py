"""The failed tries of this office as hashes of what is counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pipeline.access.failed_tries import FORGOTTEN, KNOWN, Counted, wait
from pipeline.access.store.people_rows import PeopleRows
from pipeline.errors import Denied
from pipeline.storage.rows import Rows

_COUNT = (
    "INSERT INTO tries VALUES (?, ?, ?, ?)"
    " ON CONFLICT (whose) DO UPDATE SET count = excluded.count, last = excluded.last, free = excluded.free"
)


class StoredFailedTries:
    """The failed tries of this office."""

    def __init__(self, database: PeopleRows) -> None:
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
        fewer = "UPDATE tries SET count = CASE WHEN count > 0 THEN count - 1 ELSE 0 END, free = 0 WHERE whose = ?"
        with self._database.changing() as rows:
            for one in counted:
                rows.execute(fewer, (one.key,))

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
            kept = "INSERT INTO known VALUES (?, ?) ON CONFLICT (whose) DO UPDATE SET last = excluded.last"
            rows.execute(kept, (counted.key, at))

    def is_known(self, counted: Counted, now: datetime) -> bool:
        """Say whether somebody came in from there before."""
        with self._database.reading() as rows:
            row = rows.execute("SELECT last FROM known WHERE whose = ?", (counted.key,)).fetchone()
        return row is not None and row["last"] >= now.timestamp() - KNOWN


def _count(rows: Rows, counted: Counted) -> int:
    row = rows.execute("SELECT count FROM tries WHERE whose = ?", (counted.key,)).fetchone()
    return int(row["count"]) if row else 0


def _add(rows: Rows, counted: Sequence[Counted], at: float) -> None:
    rows.execute("DELETE FROM tries WHERE last < ?", (at - FORGOTTEN,))
    for one in counted:
        count = _count(rows, one) + 1
        free = at + wait(one.allowance, count)
        rows.execute(_COUNT, (one.key, count, at, free))
