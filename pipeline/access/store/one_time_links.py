"""One-time links: the only way in for an account that has no password yet, or lost it."""

from __future__ import annotations

import secrets
from datetime import datetime

from pipeline.access.store.database import Database
from pipeline.access.store.sessions import digest
from pipeline.errors import Denied

LIFE = 24 * 3600.0  # seconds
#: Whose link makes the first admin account.
FIRST = ""


class Links:
    """The links that are waiting to be used: one for each account at most."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, login: str, now: datetime) -> str:
        """Return the key of a new link; an older one of the same account is void."""
        key = secrets.token_urlsafe(32)
        with self._database.changing() as rows:
            rows.execute("DELETE FROM link WHERE login = ?", (login,))
            rows.execute("INSERT INTO link VALUES (?, ?, ?)", (digest(key), login, now.timestamp() + LIFE))
        return key

    def whose(self, key: str, now: datetime) -> str:
        """Return the login that a link is for.

        Raises:
            Denied: there is no such link, it was used, or it is too old.
        """
        with self._database.reading() as rows:
            row = rows.execute("SELECT login, ends FROM link WHERE digest = ?", (digest(key),)).fetchone()
        if row is None or row["ends"] < now.timestamp():
            raise Denied("Tautan ini sudah dipakai atau lewat waktunya.", "Mintalah tautan baru kepada admin.")
        return str(row["login"])

    def use_up(self, key: str) -> bool:
        """Void a link; say whether it was still there, so that of two who use it at once only one does."""
        with self._database.changing() as rows:
            return rows.execute("DELETE FROM link WHERE digest = ?", (digest(key),)).rowcount == 1
