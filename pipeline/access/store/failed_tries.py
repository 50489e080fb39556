"""Tries that failed, counted by account and by address: the more there were, the longer the next has to wait.

A try is counted before it is made and given back if it succeeds, so that many at once are not more than one after the
other. What is counted is kept as a hash: a password typed into the wrong field must not lie in the file.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address, ip_address, ip_network

from pipeline.access.store.database import Database
from pipeline.errors import Denied

_FIRST_WAIT, _LONGEST_WAIT = 30.0, 3600.0  # seconds
_FORGOTTEN = 24 * 3600.0  # seconds after the last one
_KNOWN = 90 * 24 * 3600.0  # seconds in which an address is known from where somebody came in


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many failed tries are free before waiting begins, for one kind of thing that is counted.

    ``longest`` is the most that anybody waits, in seconds.
    """

    kind: str
    free: int
    longest: float = _LONGEST_WAIT

    def of(self, *whose: str) -> Counted:
        """Return what is counted of somebody."""
        return Counted(self, hashlib.sha256("\0".join((self.kind, *whose)).encode("utf-8", "replace")).digest())


@dataclass(frozen=True, slots=True)
class Counted:
    """Something whose failed tries are counted, by the hash of what it is."""

    allowance: Allowance
    key: bytes


#: An account from one address: whoever guesses there makes nobody wait elsewhere.
ACCOUNT = Allowance("akun", 5)
#: An account from all addresses that it is not known from: nobody shall close it to its owner for long.
ACCOUNT_EVERYWHERE = Allowance("akun-semua", 20, longest=60.0)
ADDRESS = Allowance("alamat", 20)
STATUS = Allowance("status", 10)
#: All addresses together: nobody shall be able to close the page to everybody for long.
STATUS_EVERYWHERE = Allowance("status-semua", 300, longest=60.0)


class Tries:
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
            left = max((_free(rows, one) - at for one in counted), default=0.0)
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
            rows.execute("DELETE FROM known WHERE last < ?", (at - _KNOWN,))
            rows.execute("INSERT OR REPLACE INTO known VALUES (?, ?)", (counted.key, at))

    def is_known(self, counted: Counted, now: datetime) -> bool:
        """Say whether somebody came in from there before."""
        with self._database.reading() as rows:
            row = rows.execute("SELECT last FROM known WHERE whose = ?", (counted.key,)).fetchone()
        return row is not None and row["last"] >= now.timestamp() - _KNOWN


def network(address: str) -> str:
    """Return what addresses are counted by: themselves, or of IPv6 the part that one subscriber has (/64, RFC 6177)."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))


def _free(rows: sqlite3.Connection, counted: Counted) -> float:
    row = rows.execute("SELECT free FROM tries WHERE whose = ?", (counted.key,)).fetchone()
    return float(row["free"]) if row else 0.0


def _count(rows: sqlite3.Connection, counted: Counted) -> int:
    row = rows.execute("SELECT count FROM tries WHERE whose = ?", (counted.key,)).fetchone()
    return int(row["count"]) if row else 0


def _add(rows: sqlite3.Connection, counted: Sequence[Counted], at: float) -> None:
    rows.execute("DELETE FROM tries WHERE last < ?", (at - _FORGOTTEN,))
    for one in counted:
        count = _count(rows, one) + 1
        free = at + _wait(one.allowance, count)
        rows.execute("INSERT OR REPLACE INTO tries VALUES (?, ?, ?, ?)", (one.key, count, at, free))


def _wait(allowance: Allowance, count: int) -> float:
    """Return how long the next try has to wait; beyond the allowance each failed one doubles it, up to the longest."""
    over = count - allowance.free
    return min(_FIRST_WAIT * 2 ** min(over, 10), allowance.longest) if over >= 0 else 0.0
