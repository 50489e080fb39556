"""Sessions, one-time links and tokens: random keys that others hold, of which only the hashes are kept."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import date, datetime, time
from typing import Any

from pipeline.access.accounts import LINK_LIFE, TOKEN_LIFE, Token
from pipeline.access.drafts import KEPT
from pipeline.access.requests import CONFIRMED
from pipeline.access.sessions import NOTICE, Session
from pipeline.access.store.people_rows import PeopleRows
from pipeline.errors import Denied, Incomplete
from pipeline.office.roles import ADMIN, is_given

_PREFIX = "ykm_"  # so that a token that leaked into a file can be found by searching


class StoredSessions:
    """All sessions of this office."""

    def __init__(self, database: PeopleRows) -> None:
        self._database = database

    def start(self, login: str, address: str, now: datetime) -> str:
        """Begin a session; return the key for the browser. Sessions that are over are swept out."""
        key, at = secrets.token_urlsafe(32), now.timestamp()
        with self._database.changing() as rows:
            kept = [_session(row) for row in rows.execute("SELECT * FROM session").fetchall()]
            over = [(session.digest,) for session in kept if session.is_over(at)]
            rows.executemany("DELETE FROM session WHERE digest = ?", over)
            rows.execute("DELETE FROM ended_session WHERE seen < ?", (at - KEPT.total_seconds(),))
            rows.execute(
                "INSERT INTO session (digest, login, csrf, address, started, seen) VALUES (?, ?, ?, ?, ?, ?)",
                (digest(key), login, secrets.token_urlsafe(32), address, at, at),
            )
        return key

    def find(self, key: str, now: datetime, *, used: bool = True) -> Session | None:
        """Return the session of that key if it is alive, and notice that it was used (by a person, not a page)."""
        with self._database.reading() as rows:
            row = rows.execute("SELECT * FROM session WHERE digest = ?", (digest(key),)).fetchone()
        return self.alive_in(row, now, used=used)

    def alive_in(self, row: Any, now: datetime, *, used: bool) -> Session | None:
        """Return the session that a row (or None) has if it is alive, and notice that it was used."""
        at, session = now.timestamp(), _session(row) if row is not None else None
        if session is None or session.is_over(at):
            return None
        if used and at - session.seen >= NOTICE:
            with self._database.changing() as rows:
                rows.execute("UPDATE session SET seen = ? WHERE digest = ?", (at, session.digest))
        return session

    def ended(self, now: datetime, *, key: str = "", csrf: str = "") -> Session | None:
        """Return the session of that key, or of those forms, if it is over, but not for longer than drafts are kept."""
        with self._database.reading() as rows:
            for table in ("session", "ended_session"):
                asked = f"SELECT * FROM {table} WHERE digest = ? OR csrf = ?"  # noqa: S608
                row = rows.execute(asked, (digest(key), csrf)).fetchone()
                if row is not None:
                    found = _session(row)
                    alive = table == "session" and not found.is_over(now.timestamp())
                    return None if alive or now.timestamp() - found.seen >= KEPT.total_seconds() else found
        return None

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
            found = [_session(row) for row in rows.execute("SELECT * FROM session ORDER BY started DESC").fetchall()]
        return [session for session in found if not session.is_over(at)]

    def tell(self, session: bytes, kind: str, words: str) -> None:
        """Leave a message that the next page of the session shows."""
        with self._database.changing() as rows:
            row = rows.execute("SELECT told FROM session WHERE digest = ?", (session,)).fetchone()
            if row is not None:
                told = [*json.loads(row["told"]), [kind, words]]
                rows.execute("UPDATE session SET told = ? WHERE digest = ?", (json.dumps(told), session))

    def told(self, session: bytes) -> list[tuple[str, str]]:
        """Take the messages that were left; most pages find none, and write nothing."""
        asked = "SELECT told FROM session WHERE digest = ? AND told != '[]'"
        with self._database.reading() as rows:
            if rows.execute(asked, (session,)).fetchone() is None:
                return []
        with self._database.changing() as rows:  # what came in between is taken too, by one page
            row = rows.execute(asked, (session,)).fetchone()
            rows.execute("UPDATE session SET told = '[]' WHERE digest = ?", (session,))
        return [(kind, words) for kind, words in json.loads(row["told"])] if row is not None else []


class StoredLinks:
    """The links that are waiting to be used: one for each account at most."""

    def __init__(self, database: PeopleRows) -> None:
        self._database = database

    def make(self, login: str, now: datetime, by: str = "") -> str:
        """Return the key of a new link that ``by`` made; an older one of the same account is void."""
        key = secrets.token_urlsafe(32)
        with self._database.changing() as rows:
            rows.execute("DELETE FROM link WHERE login = ?", (login,))
            rows.execute(
                "INSERT INTO link (digest, login, ends, made_by) VALUES (?, ?, ?, ?)",
                (digest(key), login, now.timestamp() + LINK_LIFE, by),
            )
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

    def maker(self, key: str) -> str:
        """Return who made a link; nothing if that is not known."""
        with self._database.reading() as rows:
            row = rows.execute("SELECT made_by FROM link WHERE digest = ?", (digest(key),)).fetchone()
        return str(row["made_by"]) if row is not None else ""

    def use_up(self, key: str) -> bool:
        """Void a link; say whether it was still there, so that of two who use it at once only one does."""
        with self._database.changing() as rows:
            return rows.execute("DELETE FROM link WHERE digest = ?", (digest(key),)).rowcount == 1


class StoredTokens:
    """All tokens of this office."""

    def __init__(self, database: PeopleRows) -> None:
        self._database = database

    def make(self, label: str, role: str, last_day: date, made_by: str, now: datetime, owner: str = "") -> str:
        """Make a token that is good until the end of a day; return its key, which is not kept.

        Raises:
            Incomplete: the label is missing, the role unknown, or the day past or too far.
        """
        label = label.strip()
        if not label:
            raise Incomplete("Nama token belum diisi.", "Tulis program yang memakainya, misalnya `pemindai loket`.")
        if not is_given(role) or role == ADMIN:
            raise Incomplete("Peran token tidak dikenal.", "Pilih peran kerja; token tidak memegang peran admin.")
        if not 0 <= (last_day - now.date()).days <= TOKEN_LIFE:
            raise Incomplete(
                "Hari terakhir token tidak dapat dipakai.", f"Pilih hari ini sampai {TOKEN_LIFE} hari lagi."
            )
        key = _PREFIX + secrets.token_urlsafe(32)
        ends = datetime.combine(last_day, time(23, 59, 59), now.tzinfo).timestamp()
        with self._database.changing() as rows:
            rows.execute(
                "INSERT INTO token (digest, label, role, ends, made_by, owner) VALUES (?, ?, ?, ?, ?, ?)",
                (digest(key), label, role, ends, made_by, owner),
            )
        return key

    def find(self, key: str, now: datetime) -> Token | None:
        """Return the token of that key if it is good, and waits for nobody."""
        confirmed = "NOT EXISTS (SELECT 1 FROM request WHERE request.token = token.id AND state <> ?)"
        asked = f"SELECT * FROM token WHERE digest = ? AND {confirmed}"  # noqa: S608
        with self._database.reading() as rows:
            row = rows.execute(asked, (digest(key), CONFIRMED)).fetchone()
        return _token(row) if row is not None and row["ends"] >= now.timestamp() else None

    def all(self) -> list[Token]:
        """Return every token, those past their end too, the newest first."""
        with self._database.reading() as rows:
            return [_token(row) for row in rows.execute("SELECT * FROM token ORDER BY id DESC").fetchall()]

    def end(self, token_id: int) -> None:
        """Void a token; one that is gone is no fault."""
        with self._database.changing() as rows:
            rows.execute("DELETE FROM token WHERE id = ?", (token_id,))


def digest(key: str) -> bytes:
    """Return the hash under which a random key is kept: it has 256 bits, so one plain SHA-256 is enough."""
    return hashlib.sha256(key.encode()).digest()


def _session(row: object) -> Session:
    values = dict(row)  # type: ignore[call-overload]
    return Session(*(values[name] for name in ("digest", "login", "csrf", "address", "started", "seen")))


def _token(row: object) -> Token:
    values = dict(row)  # type: ignore[call-overload]
    return Token(*(values[name] for name in ("id", "label", "role", "ends", "made_by", "owner")))
