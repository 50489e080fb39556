"""Accounts in the people's file, with argon2id hashes of their passwords (RFC 9106)."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import date, datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pipeline.access.accounts import MOST, Account, HeldRole, checked_roles, login_of, unfit
from pipeline.access.store.database import Database
from pipeline.acts import Act, Advice
from pipeline.errors import Incomplete, NotFound, UsageFault

_AT_ONCE = 2  # each takes 64 MiB for a moment; a crowd at the door must not eat the machine


class Passwords:
    """Hashes and checks passwords. ``hasher`` sets the cost; the default is argon2-cffi's (RFC 9106, low memory)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turn = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = ""

    def hashed(self, password: str, login: str) -> str:
        """Return the hash of a new password.

        Raises:
            Incomplete: it is too short, too long, or too easy to guess.
        """
        if fault := unfit(password, login):
            raise Incomplete(fault, "Kalimat pendek yang mudah diingat paling baik, misalnya empat kata acak.")
        with self._turn:
            return self._hasher.hash(password)

    def right(self, stored: str, password: str) -> bool:
        """Say whether it is the password of that hash; for an empty hash no, after the same time."""
        with self._turn:
            if not self._nobody:
                self._nobody = self._hasher.hash("tidak ada orangnya")
            try:
                self._hasher.verify(stored or self._nobody, password[:MOST])
            except (VerificationError, InvalidHashError):
                return False
        return bool(stored)

    def outdated(self, stored: str) -> bool:
        """Say whether the hash was made with other costs than today's."""
        return self._hasher.check_needs_rehash(stored)


class SqliteAccounts:
    """All accounts of this office."""

    def __init__(self, database: Database, passwords: Passwords) -> None:
        self._database, self._passwords = database, passwords

    def make(self, login: str, name: str, roles: Iterable[HeldRole], now: datetime, nip: str = "") -> Account:
        """Make an account without a password; its owner sets one by a one-time link.

        Raises:
            Incomplete: the login or the name cannot be used.
            UsageFault: there is such an account.
        """
        login = login_of(login)
        if not name.strip():
            raise Incomplete("Nama orang belum diisi.", "Isi nama lengkap pemegang akun.")
        held = checked_roles(roles)
        with self._database.changing() as rows:
            if rows.execute("SELECT 1 FROM account WHERE login = ?", (login,)).fetchone():
                raise UsageFault(f"Akun {login} sudah ada.", "Pilih nama masuk lain.")
            rows.execute(
                "INSERT INTO account (login, name, nip, made) VALUES (?, ?, ?, ?)",
                (login, name.strip(), nip.strip(), now.timestamp()),
            )
            rows.executemany("INSERT INTO held_role VALUES (?, ?, ?, ?)", _role_rows(login, held))
        return self.account(login)

    def account(self, login: str) -> Account:
        """Return the account.

        Raises:
            NotFound: there is none.
        """
        found = self._read("WHERE account.login = ?", login)
        if not found:
            raise NotFound("Akun itu tidak ada.", Advice("Lihat daftarnya ", Act.LIST_ACCOUNTS, "."))
        return found[0]

    def all(self) -> list[Account]:
        """Return every account, by login."""
        return self._read("")

    def has_admin(self) -> bool:
        """Say whether anybody can manage accounts: an account with the role ``admin`` and a password."""
        return any(a.ready and any(held.role == "admin" for held in a.roles) for a in self.all())

    def give(self, login: str, roles: Iterable[HeldRole]) -> None:
        """Set the roles that an account holds.

        Raises:
            NotFound: there is no such account.
            Incomplete: a role is unknown, or its period ends before it begins.
        """
        self.account(login)
        held = checked_roles(roles)
        with self._database.changing() as rows:
            rows.execute("DELETE FROM held_role WHERE login = ?", (login,))
            rows.executemany("INSERT INTO held_role VALUES (?, ?, ?, ?)", _role_rows(login, held))

    def lock(self, login: str, *, locked: bool) -> None:
        """Lock an account, which ends its sessions and links, or open it again.

        Raises:
            NotFound: there is no such account.
        """
        self.account(login)
        with self._database.changing() as rows:
            rows.execute("UPDATE account SET locked = ? WHERE login = ?", (int(locked), login))
            if locked:
                rows.execute("DELETE FROM session WHERE login = ?", (login,))
                rows.execute("DELETE FROM link WHERE login = ?", (login,))

    def set_password(self, login: str, password: str) -> None:
        """Set a password; every session of the account ends.

        Raises:
            NotFound: there is no such account.
            Incomplete: the password cannot be taken.
        """
        self.account(login)
        self.keep_password(login, self.hashed(login, password))

    def hashed(self, login: str, password: str) -> str:
        """Return the hash of a password that an account is to get.

        Raises:
            Incomplete: the password cannot be taken.
        """
        return self._passwords.hashed(password, login)

    def keep_password(self, login: str, stored: str) -> None:
        """Keep the hash of an account's new password; every session of the account ends."""
        with self._database.changing() as rows:
            rows.execute("UPDATE account SET password = ? WHERE login = ?", (stored, login))
            rows.execute("DELETE FROM session WHERE login = ?", (login,))

    def known_by(self, login: str, password: str) -> bool:
        """Say whether that is the password of an open account; takes as long for one that does not exist."""
        with self._database.reading() as rows:
            found = rows.execute("SELECT password, locked FROM account WHERE login = ?", (login,)).fetchone()
        right = self._passwords.right(found["password"] if found else "", password)
        if right and self._passwords.outdated(found["password"]):
            stored = self._passwords.hashed(password, login)
            with self._database.changing() as rows:
                rows.execute("UPDATE account SET password = ? WHERE login = ?", (stored, login))
        return right and not found["locked"]

    def _read(self, where: str, *values: str) -> list[Account]:
        with self._database.reading() as rows:
            accounts = rows.execute(f"SELECT * FROM account {where} ORDER BY login", values).fetchall()  # noqa: S608
            held = rows.execute("SELECT * FROM held_role ORDER BY role, since").fetchall()
        roles: dict[str, list[HeldRole]] = {}
        for row in held:
            period = date.fromisoformat(row["since"]), date.fromisoformat(row["until"])
            roles.setdefault(row["login"], []).append(HeldRole(row["role"], *period))
        return [
            Account(
                row["login"],
                row["name"],
                row["nip"],
                bool(row["locked"]),
                bool(row["password"]),
                tuple(roles.get(row["login"], ())),
            )
            for row in accounts
        ]


def _role_rows(login: str, roles: Iterable[HeldRole]) -> list[tuple[str, str, str, str]]:
    return [(login, one.role, one.since.isoformat(), one.until.isoformat()) for one in roles]
