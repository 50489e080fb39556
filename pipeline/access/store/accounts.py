"""Accounts: who may come in, and which roles they hold on which days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.access.store.database import Database
from pipeline.access.store.passwords import Passwords
from pipeline.errors import Incomplete, NotFound, UsageFault
from pipeline.office.office import Official
from pipeline.office.roles import ROLES
from pipeline.office.wording import nearest

#: Roles that an account can hold: those of people in the office.
GIVEN_ROLES = tuple(role for role in ROLES if role not in ("pelapor", "instansi"))
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,31}")
_OPEN = date.max


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role held from ``since`` to ``until``, both included."""

    role: str
    since: date
    until: date

    def holds_on(self, day: date) -> bool:
        """Say whether the period includes the day."""
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may come in. ``ready`` once they have set a password."""

    login: str
    name: str
    nip: str
    locked: bool
    ready: bool
    roles: tuple[HeldRole, ...]

    def roles_on(self, day: date, officials: Iterable[Official] = ()) -> frozenset[str]:
        """Return the roles held that day: those given by the admin, and those ``office.toml`` gives the same NIP."""
        given = {held.role for held in self.roles if held.holds_on(day)}
        named = {o.role for o in officials if self.nip and o.nip == self.nip and o.holds_on(day)}
        return frozenset(given | named)


class Accounts:
    """All accounts of this office."""

    def __init__(self, database: Database, passwords: Passwords) -> None:
        self._database, self._passwords = database, passwords

    def make(self, login: str, name: str, roles: Iterable[HeldRole], now: datetime, nip: str = "") -> Account:
        """Make an account without a password; its owner sets one by a one-time link.

        Raises:
            Incomplete: the login or the name cannot be used.
            UsageFault: there is such an account.
        """
        login = login.strip().lower()
        if not _LOGIN.fullmatch(login):
            raise Incomplete(
                "Nama masuk harus 3 sampai 32 huruf kecil, angka, titik, atau garis, dimulai huruf.",
                "Tulis misalnya `siti.rekaan`.",
            )
        if not name.strip():
            raise Incomplete("Nama orang belum diisi.", "Isi nama lengkap pemegang akun.")
        held = _checked(roles)
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
            raise NotFound("Akun itu tidak ada.", "Lihat daftarnya dengan `yankomas akun daftar`.")
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
        held = _checked(roles)
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


def held(role: str, since: date | None = None, until: date | None = None) -> HeldRole:
    """Return a role with its period; open ends are open."""
    return HeldRole(role, since or date.min, until or _OPEN)


def loggable(text: str) -> str:
    """Return a login or a role for the access log; what can be neither is not repeated there."""
    return text if _LOGIN.fullmatch(text) else "?"


def _checked(roles: Iterable[HeldRole]) -> list[HeldRole]:
    found = list(dict.fromkeys(roles))
    for one in found:
        if one.role not in GIVEN_ROLES:
            near = nearest(one.role, GIVEN_ROLES)
            raise Incomplete(f"Peran {one.role!r} tidak dikenal.", f"Pilih: {near or ', '.join(GIVEN_ROLES)}.")
        if one.since > one.until:
            raise Incomplete(f"Masa peran {one.role} berakhir sebelum mulai.", "Tukar kedua tanggal itu.")
    return found


def _role_rows(login: str, roles: Iterable[HeldRole]) -> list[tuple[str, str, str, str]]:
    return [(login, one.role, one.since.isoformat(), one.until.isoformat()) for one in roles]
