"""Sessions: kept by the server, so that they can be ended; the browser holds a random key, the file only its hash."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from pipeline.access.store.database import Database

IDLE = 30 * 60.0  # seconds without a request
ABSOLUTE = 10 * 3600.0  # seconds since login: a working day
_NOTICE = 60.0  # seconds; a session's last use is written no more often


@dataclass(frozen=True, slots=True)
class Session:
    """A session that is alive. ``digest`` names it; ``csrf`` must come back with every form."""

    digest: bytes
    login: str
    csrf: str
    address: str
    started: float
    seen: float


class Sessions:
    """All sessions of this office."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, login: str, address: str, now: datetime) -> str:
        """Begin a session; return the key for the browser. Sessions that are over are swept out."""
        key, at = secrets.token_urlsafe(32), now.timestamp()
        with self._database.changing() as rows:
            rows.execute("DELETE FROM session WHERE seen < ? OR started < ?", (at - IDLE, at - ABSOLUTE))
            rows.execute(
                "INSERT INTO session (digest, login, csrf, address, started, seen) VALUES (?, ?, ?, ?, ?, ?)",
                (digest(key), login, secrets.token_urlsafe(32), address, at, at),
            )
        return key

    def find(self, key: str, now: datetime, *, used: bool = True) -> Session | None:
        """Return the session of that key if it is alive, and notice that it was used (by a person, not a page)."""
        at = now.timestamp()
        with self._database.reading() as rows:
            row = rows.execute("SELECT * FROM session WHERE digest = ?", (digest(key),)).fetchone()
        if row is None or at - row["seen"] >= IDLE or at - row["started"] >= ABSOLUTE:
            return None
        if used and at - row["seen"] >= _NOTICE:
            with self._database.changing() as rows:
                rows.execute("UPDATE session SET seen = ? WHERE digest = ?", (at, row["digest"]))
        return _session(row)

    def end(self, session: bytes) -> None:
        """End a session; one that is over is no fault."""
        with self._database.changing() as rows:
            rows.execute("DELETE FROM session WHERE digest = ?", (session,))

    def end_all(self, login: str) -> None:
        """End every session of an account."""
        with self._database.changing() as rows:
            rows.execute("DELETE FROM session WHERE login = ?", (login,))

    def alive(self, now: datetime) -> list[Session]:
        """Return the sessions that are alive, the newest first."""
        at = now.timestamp()
        with self._database.reading() as rows:
            found = rows.execute(
                "SELECT * FROM session WHERE seen > ? AND started > ? ORDER BY started DESC", (at - IDLE, at - ABSOLUTE)
            ).fetchall()
        return [_session(row) for row in found]

    def tell(self, session: bytes, kind: str, words: str) -> None:
        """Leave a message that the next page of the session shows."""
        with self._database.changing() as rows:
            row = rows.execute("SELECT told FROM session WHERE digest = ?", (session,)).fetchone()
            if row is not None:
                told = [*json.loads(row["told"]), [kind, words]]
                rows.execute("UPDATE session SET told = ? WHERE digest = ?", (json.dumps(told), session))

    def told(self, session: bytes) -> list[tuple[str, str]]:
        """Take the messages that were left."""
        with self._database.reading() as rows:
            row = rows.execute("SELECT told FROM session WHERE digest = ?", (session,)).fetchone()
        if row is None or row["told"] == "[]":
            return []
        with self._database.changing() as rows:
            rows.execute("UPDATE session SET told = '[]' WHERE digest = ?", (session,))
        return [(kind, words) for kind, words in json.loads(row["told"])]


def digest(key: str) -> bytes:
    """Return the hash under which a random key is kept: it has 256 bits, so one plain SHA-256 is enough."""
    return hashlib.sha256(key.encode()).digest()


def _session(row: object) -> Session:
    values = dict(row)  # type: ignore[call-overload]
    return Session(*(values[name] for name in ("digest", "login", "csrf", "address", "started", "seen")))
