"""What waits for a second person, and what accounts are told until they have read it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from pipeline.access.accounts import HeldRole
from pipeline.access.requests import WAITING, Request
from pipeline.access.store.people_rows import PeopleRows


class StoredRequests:
    """All requests of this office."""

    def __init__(self, database: PeopleRows) -> None:
        self._database = database

    def make(
        self,
        login: str,
        kind: str,
        roles: Iterable[HeldRole],
        by: str,
        now: datetime,
        token: int = 0,
        detail: str = "",
    ) -> Request:
        """Keep a request that waits from now on; return it."""
        kept, at = tuple(roles), now.timestamp()
        written = json.dumps([[h.role, h.since.isoformat(), h.until.isoformat()] for h in kept])
        with self._database.changing() as rows:
            made = rows.execute(
                "INSERT INTO request (login, kind, roles, asked_by, at, state, token, detail)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                (login, kind, written, by, at, WAITING, token, detail),
            ).fetchall()
        return Request(made[0]["id"], login, kind, kept, by, at, token=token, detail=detail)

    def all(self) -> list[Request]:
        """Return every request, the newest first."""
        with self._database.reading() as rows:
            return [_request(row) for row in rows.execute("SELECT * FROM request ORDER BY id DESC").fetchall()]

    def waiting(self) -> list[Request]:
        """Return the requests that wait, the oldest first."""
        with self._database.reading() as rows:
            found = rows.execute("SELECT * FROM request WHERE state = ? ORDER BY id", (WAITING,)).fetchall()
        return [_request(row) for row in found]

    def settle(self, request: int, state: str, by: str) -> bool:
        """Settle a request; say whether it still waited, so that of two who settle it at once one does."""
        with self._database.changing() as rows:
            changed = rows.execute(
                "UPDATE request SET state = ?, settled_by = ? WHERE id = ? AND state = ?", (state, by, request, WAITING)
            )
            return changed.rowcount == 1


class StoredNotices:
    """What accounts are told until they have read it."""

    def __init__(self, database: PeopleRows) -> None:
        self._database = database

    def tell(self, logins: Iterable[str], words: str, now: datetime) -> None:
        """Leave words for these accounts."""
        told = [(login, now.timestamp(), words) for login in logins]
        with self._database.changing() as rows:
            rows.executemany("INSERT INTO notice (login, at, words) VALUES (?, ?, ?)", told)

    def unread(self, login: str) -> list[tuple[int, float, str]]:
        """Return what an account has not read: id, moment in seconds since 1970, words; the oldest first."""
        asked = "SELECT id, at, words FROM notice WHERE login = ? AND read = 0 ORDER BY id"
        with self._database.reading() as rows:
            return [(row["id"], row["at"], row["words"]) for row in rows.execute(asked, (login,)).fetchall()]

    def read(self, login: str, newest: int) -> None:
        """Note that an account has read its own up to this one; another's are not touched, nor what came since."""
        with self._database.changing() as rows:
            rows.execute("UPDATE notice SET read = 1 WHERE id <= ? AND login = ?", (newest, login))


def _request(row: Any) -> Request:
    roles = tuple(
        HeldRole(role, date.fromisoformat(since), date.fromisoformat(until))
        for role, since, until in json.loads(row["roles"])
    )
    return Request(
        row["id"],
        row["login"],
        row["kind"],
        roles,
        row["asked_by"],
        row["at"],
        row["state"],
        row["settled_by"],
        row["token"],
        row["detail"],
    )
