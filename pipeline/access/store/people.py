"""The people of one office behind one door: coming in, setting a password by a link, making the first admin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from pipeline.access.accounts import FIRST, Account, held
from pipeline.access.failed_tries import ACCOUNT, ACCOUNT_EVERYWHERE, ADDRESS, network
from pipeline.access.log_chain import RENEWED
from pipeline.access.ports import AccessLog
from pipeline.access.sessions import Session
from pipeline.access.store.accounts import StoredAccounts
from pipeline.access.store.failed_tries import StoredFailedTries
from pipeline.access.store.keys import StoredLinks, StoredSessions, StoredTokens, digest
from pipeline.access.store.password_hashes import Passwords
from pipeline.access.store.people_file import FILE, PeopleFile
from pipeline.access.store.people_rows import PeopleRows
from pipeline.access.store.requests import StoredNotices, StoredRequests
from pipeline.errors import Denied


class StoredPeople:
    """Accounts, sessions, links and tries over the same rows; nothing opens before its first use.

    ``log`` is where hashes of passwords that are made anew are noted first; without it none is.
    """

    def __init__(self, database: PeopleRows, accounts: StoredAccounts, log: AccessLog | None = None) -> None:
        self._database, self.accounts, self._log = database, accounts, log
        self.sessions = StoredSessions(database)
        self.links = StoredLinks(database)
        self.tries = StoredFailedTries(database)
        self.tokens = StoredTokens(database)
        self.requests = StoredRequests(database)
        self.notices = StoredNotices(database)

    def present(self, key: str, now: datetime, *, used: bool = True) -> tuple[Session, Account] | None:
        """Return the session of that key with its account as it is now, and notice that it was used; None if over."""
        return self._there(digest(key), now, used=used)

    def still_present(self, session: bytes, now: datetime) -> tuple[Session, Account] | None:
        """Return a session with its account as it is now; None if it is over."""
        return self._there(session, now, used=False)

    def _there(self, session: bytes, now: datetime, *, used: bool) -> tuple[Session, Account] | None:
        with self._database.reading() as rows:
            row = rows.execute("SELECT * FROM session WHERE digest = ?", (session,)).fetchone()
        found = self.sessions.alive_in(row, now, used=used)
        return (found, self.accounts.account(found.login)) if found else None

    def sign_in(self, login: str, password: str, address: str, now: datetime) -> str:
        """Return the key of a new session.

        Raises:
            Denied: as :meth:`check` does.
        """
        login = login.strip().lower()
        self.check(login, password, address, now)
        return self.sessions.start(login, address, now)

    def check(self, login: str, password: str, address: str, now: datetime) -> None:
        """Let whoever knows the password of an account go on.

        Tries are counted by address, by account and address, and by account from all addresses that it is not known
        from: a stranger who guesses makes the owner wait neither at their own desk nor, elsewhere, more than a minute.

        Raises:
            Denied: login or password is wrong, the account is locked, or there were too many tries.
        """
        login, whence = login.strip().lower(), network(address)
        here, everywhere = ACCOUNT.of(login, whence), ACCOUNT_EVERYWHERE.of(login)
        counted = [here, ADDRESS.of(whence)]
        if not self.tries.is_known(here, now):
            counted.append(everywhere)
        self.tries.begin(counted, now)
        if not self.accounts.known_by(login, password, self._renewing(login, now)):
            raise Denied("Nama masuk atau kata sandi tidak cocok.", "Periksa keduanya, atau hubungi admin kantor.")
        self.tries.give_back(counted)
        self.tries.forget(here)
        self.tries.remember(here, now)

    def _renewing(self, login: str, now: datetime) -> Callable[[str], None] | None:
        return partial(self._log.append, now, login, RENEWED, (), "") if self._log else None

    def set_by_link(self, key: str, password: str, address: str, now: datetime) -> str:
        """Set the password of the account that a link is for; return its login. The link is used up.

        Raises:
            Denied: the link is not good.
            Incomplete: the password cannot be taken; the link stays good.
        """
        login = self.links.whose(key, now)
        if login == FIRST:
            raise Denied("Tautan ini bukan untuk kata sandi.", "Mintalah tautan baru kepada admin.")
        stored = self.accounts.hashed(login, password)
        self._use_up(key)
        self.accounts.keep_password(login, stored)
        self.tries.forget(ACCOUNT.of(login, network(address)), ACCOUNT_EVERYWHERE.of(login))
        return login

    def make_first(self, key: str, login: str, name: str, password: str, now: datetime) -> None:
        """Make the first admin account.

        Raises:
            Denied: the link is not good, or there is an admin already.
            Incomplete: login, name or password cannot be taken; the link stays good.
        """
        if self.links.whose(key, now) != FIRST or self.accounts.has_admin():
            raise Denied("Akun admin sudah dibuat.", "Masuklah dengan akun itu.")
        stored = self.accounts.hashed(login.strip().lower(), password)
        account = self.accounts.make(login, name, [held("admin")], now)
        try:
            self._use_up(key)
        except Denied:
            self.accounts.lock(account.login, locked=True, now=now)
            raise
        self.accounts.keep_password(account.login, stored)

    def _use_up(self, key: str) -> None:
        """Void a link; of two who use it at once, one does.

        Raises:
            Denied: somebody was quicker.
        """
        if not self.links.use_up(key):
            raise Denied("Tautan ini sudah dipakai.", "Mintalah tautan baru kepada admin.")

    def close(self) -> None:
        """Put down what is held open."""
        self._database.close()


class SqlitePeople(StoredPeople):
    """The people of an office on one PC, in a file of its folder."""

    def __init__(self, folder: Path, passwords: Passwords | None = None, log: AccessLog | None = None) -> None:
        rows = PeopleFile(folder / FILE)
        super().__init__(rows, StoredAccounts(rows, passwords or Passwords()), log)
