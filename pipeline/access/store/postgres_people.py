"""The people of an office of many, in its schema: every desk of the office knows the same, at once.

A page asks one thing of the centre: its session, and with it by which change accounts were touched last. Accounts are
read again when that is another one; so who is locked, robbed of a role or given another password at one desk is so at
the next page of every other, and nothing is taken from memory that was not just asked for.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pipeline.access.accounts import Account
from pipeline.access.ports import AccessLog
from pipeline.access.sessions import Session
from pipeline.access.store.accounts import StoredAccounts, accounts_in
from pipeline.access.store.password_hashes import Passwords
from pipeline.access.store.people import StoredPeople
from pipeline.storage.postgres import Database, Transaction
from pipeline.storage.postgres_lines import hold
from pipeline.storage.postgres_rows import SchemaRows

#: The row that whoever changes anything of people holds.
_HELD = "orang"


class PeopleSchema(SchemaRows):
    """The rows of people in an office's schema (see :class:`pipeline.access.store.people_rows.PeopleRows`)."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, _HELD)

    def overwrite(self) -> None:
        """Do nothing: when the server clears away what was taken is not an office's to say."""


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
