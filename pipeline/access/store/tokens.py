"""Tokens: keys for programs that use the API, each with one role and an end; the file keeps only their hashes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time

from pipeline.access.store.accounts import GIVEN_ROLES
from pipeline.access.store.database import Database
from pipeline.access.store.sessions import digest
from pipeline.errors import Incomplete

_PREFIX = "ykm_"  # so that a token that leaked into a file can be found by searching
LONGEST = 366  # days


@dataclass(frozen=True, slots=True)
class Token:
    """A token that is good. ``ends`` is the last moment, in seconds; ``login`` is how it signs what it does."""

    id: int
    label: str
    role: str
    ends: float
    made_by: str

    @property
    def login(self) -> str:
        """How the token is named in journals and the access log."""
        return f"token-{self.id}"


class Tokens:
    """All tokens of this office."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, label: str, role: str, last_day: date, made_by: str, now: datetime) -> str:
        """Make a token that is good until the end of a day; return its key, which is not kept.

        Raises:
            Incomplete: the label is missing, the role unknown, or the day past or too far.
        """
        if not label.strip():
            raise Incomplete("Nama token belum diisi.", "Tulis program yang memakainya, misalnya `pemindai loket`.")
        if role not in GIVEN_ROLES or role == "admin":
            raise Incomplete("Peran token tidak dikenal.", "Pilih peran kerja; token tidak memegang peran admin.")
        if not 0 <= (last_day - now.date()).days <= LONGEST:
            raise Incomplete("Hari terakhir token tidak dapat dipakai.", f"Pilih hari ini sampai {LONGEST} hari lagi.")
        key = _PREFIX + secrets.token_urlsafe(32)
        ends = datetime.combine(last_day, time(23, 59, 59), now.tzinfo).timestamp()
        with self._database.changing() as rows:
            rows.execute(
                "INSERT INTO token (digest, label, role, ends, made_by) VALUES (?, ?, ?, ?, ?)",
                (digest(key), label.strip(), role, ends, made_by),
            )
        return key

    def find(self, key: str, now: datetime) -> Token | None:
        """Return the token of that key if it is good."""
        with self._database.reading() as rows:
            row = rows.execute("SELECT * FROM token WHERE digest = ?", (digest(key),)).fetchone()
        return _token(row) if row is not None and row["ends"] >= now.timestamp() else None

    def all(self) -> list[Token]:
        """Return every token, those past their end too, the newest first."""
        with self._database.reading() as rows:
            return [_token(row) for row in rows.execute("SELECT * FROM token ORDER BY id DESC").fetchall()]

    def end(self, token_id: int) -> None:
        """Void a token; one that is gone is no fault."""
        with self._database.changing() as rows:
            rows.execute("DELETE FROM token WHERE id = ?", (token_id,))


def _token(row: object) -> Token:
    values = dict(row)  # type: ignore[call-overload]
    return Token(*(values[name] for name in ("id", "label", "role", "ends", "made_by")))
