"""The people of an office of many, in its schema: every desk of the office knows the same, at once.

A page asks one thing of the centre: its session, and with it by which change accounts were touched last. Accounts are
read again when that is another one; so who is locked, robbed of a role or given another password at one desk is so at
the next page of every other, and nothing is taken from memory that was not just asked for.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from pipeline.access.accounts import Account
from pipeline.access.ports import AccessLog
from pipeline.access.sessions import Session
from pipeline.access.store.accounts import StoredAccounts, accounts_in
from pipeline.access.store.password_hashes import Passwords
from pipeline.access.store.people import StoredPeople
from pipeline.access.store.people_rows import Found, Rows
from pipeline.storage.postgres import Database, Transaction, named
from pipeline.storage.postgres_lines import hold

#: What no text of PostgreSQL can have.
_UNKEPT = re.compile(r"[\x00\ud800-\udfff]")
#: The row that whoever changes anything of people holds.
_HELD = "orang"


class PeopleSchema:
    """The rows of people in an office's schema (see :class:`pipeline.access.store.people_rows.PeopleRows`)."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @contextmanager
    def changing(self) -> Iterator[Rows]:
        """Hold a transaction, one at a time in the whole office; never a part of what else this thread has begun.

        A try that failed is counted, and who was locked is locked, whatever becomes of the rest.
        """
        database = self.database
        with database.apart() if database.running else database.transaction() as running:
            hold_people(running)
            yield ChangedRows(running)

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """Give the rows for questions, each as it is answered at that moment."""
        yield _Asked(self.database)

    def overwrite(self) -> None:
        """Do nothing: when the server clears away what was taken is not an office's to say."""

    def close(self) -> None:
        """Do nothing: the connections are the office's."""


class PostgresAccounts(StoredAccounts):
    """The accounts, read whole, and again once something of them has changed."""

    def __init__(self, schema: PeopleSchema, passwords: Passwords) -> None:
        super().__init__(schema, passwords)
        self._read: tuple[object, Mapping[str, Account]] = (None, {})

    def all(self) -> list[Account]:
        """Return every account, by login."""
        return [*self._now().values()]

    def as_of(self, change: object) -> Mapping[str, Account]:
        """Return the accounts by login; ``change`` is what was asked just now: by which they were touched last."""
        known, accounts = self._read
        if known != change:
            with self._database.reading() as rows:
                accounts = {account.login: account for account in accounts_in(rows)}
            self._read = change, accounts
        return accounts

    def _found(self, login: str) -> Account | None:
        return self._now().get(login)

    def _now(self) -> Mapping[str, Account]:
        with self._database.reading() as rows:
            return self.as_of(rows.execute("SELECT change FROM people_state").fetchone()["change"])


class PostgresPeople(StoredPeople):
    """The people of one office of many."""

    accounts: PostgresAccounts

    def __init__(self, database: Database, passwords: Passwords | None = None, log: AccessLog | None = None) -> None:
        schema = PeopleSchema(database)
        super().__init__(schema, PostgresAccounts(schema, passwords or Passwords()), log)

    def _there(self, session: bytes, now: datetime, *, used: bool) -> tuple[Session, Account] | None:
        asked = "SELECT session.*, change FROM session, people_state WHERE digest = ?"
        with self._database.reading() as rows:
            row = rows.execute(asked, (session,)).fetchone()
        found = self.sessions.alive_in(row, now, used=used)
        return (found, self.accounts.as_of(row["change"])[found.login]) if found else None


def hold_people(running: Transaction) -> None:
    """Hold an office's people until the transaction ends: nobody else changes anything of them meanwhile."""
    hold(running, _HELD)


class _Answer:
    """What a statement brought, as rows by the names of their columns."""

    def __init__(self, rows: list[dict[str, Any]], rowcount: int) -> None:
        self._rows, self.rowcount = rows, rowcount

    def fetchone(self) -> dict[str, Any] | None:
        return self._rows[0] if self._rows else None

    def fetchall(self) -> list[dict[str, Any]]:
        return self._rows


class _Asked:
    """Questions, each by itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Found:
        rows = self._database.named_rows(_with_places(statement), _as_kept(values))
        return _Answer(rows, len(rows))

    def executemany(self, statement: str, _rows: Iterable[Sequence[Any]]) -> None:
        raise NotImplementedError(statement)  # nothing is changed where rows are only read


class ChangedRows:
    """The rows of people in a transaction."""

    def __init__(self, running: Transaction) -> None:
        self._running = running

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Found:
        """Run a statement of the program's own; values travel apart from it."""
        found = self._running.execute(_with_places(statement), _as_kept(values))
        return _Answer(named(found), found.rowcount)

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each of these rows."""
        self._running.many(_with_places(statement), [_as_kept(row) for row in rows])


def _as_kept(values: Sequence[Any]) -> tuple[Any, ...]:
    """Return what a statement is told: NUL, or half a pair of UTF-16, as U+FFFD, which no login has.

    So whoever asks for such an account finds none, and whoever types one at the door is counted like anybody.
    """
    return tuple(_UNKEPT.sub("\ufffd", value) if isinstance(value, str) else value for value in values)


def _with_places(statement: str) -> str:
    return statement.replace("?", "%s")
