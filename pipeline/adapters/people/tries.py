"""Tries that failed, counted by account and by address: the more there were, the longer the next has to wait.

What is counted is kept as a hash: a password typed into the wrong field must not lie in the file.
"""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime

from pipeline.adapters.people.database import Database
from pipeline.errors import Denied

_FIRST_WAIT, _LONGEST_WAIT = 30.0, 3600.0  # seconds
_FORGOTTEN = 24 * 3600.0  # seconds after the last one


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many failed tries are free before waiting begins, for one kind of thing that is counted.

    ``longest`` is the most that anybody waits, in seconds.
    """

    kind: str
    free: int
    longest: float = _LONGEST_WAIT


ACCOUNT = Allowance("akun", 5)
ADDRESS = Allowance("alamat", 20)
STATUS = Allowance("status", 10)
#: All addresses together: nobody shall be able to close the page to everybody for long.
STATUS_EVERYWHERE = Allowance("status-semua", 300, longest=60.0)


class Tries:
    """The failed tries of this office."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self, allowance: Allowance, whose: str, now: datetime) -> None:
        """Let a try go ahead.

        Raises:
            Denied: there were too many; says how long to wait.
        """
        with self._database.reading() as rows:
            row = rows.execute("SELECT free FROM tries WHERE whose = ?", (_hash(allowance, whose),)).fetchone()
        left = row["free"] - now.timestamp() if row else 0
        if left > 0:
            minutes = max(1, -int(-left // 60))
            raise Denied("Terlalu banyak percobaan yang gagal.", f"Tunggu {minutes} menit, lalu coba lagi.")

    def failed(self, allowance: Allowance, whose: str, now: datetime) -> None:
        """Count a failed try; beyond the allowance each doubles the wait, up to an hour."""
        at, key = now.timestamp(), _hash(allowance, whose)
        with self._database.changing() as rows:
            rows.execute("DELETE FROM tries WHERE last < ?", (at - _FORGOTTEN,))
            row = rows.execute("SELECT count FROM tries WHERE whose = ?", (key,)).fetchone()
            count = (row["count"] if row else 0) + 1
            over = count - allowance.free
            wait = min(_FIRST_WAIT * 2 ** min(over, 10), allowance.longest) if over >= 0 else 0.0
            rows.execute("INSERT OR REPLACE INTO tries VALUES (?, ?, ?, ?)", (key, count, at, at + wait))

    def forget(self, allowance: Allowance, whose: str) -> None:
        """Forget the failed tries, after one that succeeded or by an admin's hand."""
        with self._database.changing() as rows:
            rows.execute("DELETE FROM tries WHERE whose = ?", (_hash(allowance, whose),))


def network(address: str) -> str:
    """Return what addresses are counted by: themselves, or of IPv6 the network that one household gets (RFC 6177)."""
    try:
        return str(ipaddress.ip_network(f"{address}/64", strict=False)) if ":" in address else address
    except ValueError:
        return address


def _hash(allowance: Allowance, whose: str) -> bytes:
    return hashlib.sha256(f"{allowance.kind}\0{whose}".encode()).digest()
