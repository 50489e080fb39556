"""Who may come in: accounts and the roles they hold on which days, and the tokens of programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.errors import Incomplete
from pipeline.office.officials import Official, same_nip
from pipeline.office.person import Person
from pipeline.office.roles import OUTSIDE, ROLES, OfficeRoles, is_given
from pipeline.office.wording import nearest, shows, unprintable

#: How logs and requests name whoever works at the machine itself.
TERMINAL = "terminal"
#: Stands among the posts that an account of an earlier version has taken up: whatever the office's file says then.
ALL_OF_BEFORE = "*"
#: Whose one-time link makes the first admin account.
FIRST = ""
LINK_LIFE = 24 * 3600.0  # seconds in which a one-time link can be used
TOKEN_LIFE = 366  # days that a token can be good for, at most
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,31}")
_OPEN = date.max
_LONGEST_NAME = 120  # characters of a person's name, or of what a token is for
_NIP = re.compile(r"[0-9 .\-]{0,40}")  # 18 digits, as people group them


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
    """A person who may come in. ``ready`` once they have set a password.

    ``twin``: another account has the same NIP, so that it says of neither who it is. ``taken`` are the roles that came
    by the NIP and are noted; ``kept_back`` those that wait for a second person, or were refused by one. ``doubted``:
    its password came by a link that others made, and nobody has said yet that its owner used it. ``address`` is where
    mail reaches its owner (empty: nowhere).
    """

    login: str
    name: str
    nip: str
    locked: bool = False
    ready: bool = False
    roles: tuple[HeldRole, ...] = ()
    twin: bool = False
    taken: frozenset[str] = frozenset()
    kept_back: frozenset[str] = frozenset()
    doubted: bool = False
    address: str = ""

    @property
    def person(self) -> Person:
        """Its owner."""
        return Person(self.login, self.nip, self.name)

    def roles_on(self, day: date, officials: Iterable[Official], of: OfficeRoles) -> frozenset[str]:
        """Return the roles held that day; ``of`` says which of the office's decide.

        They are given by the admin, by ``office.toml`` to the same NIP, or were handed over to this account.
        """
        given = {held.role for held in self.roles if held.holds_on(day)}
        named = [o for o in officials if o.holds_on(day) and self.is_(o)]
        by_post = {o.role for o in named if o.account or o.role not in self.kept_back}
        held = given | by_post
        return frozenset(role for role in held if not of.is_deciding(role)) if self.doubted else frozenset(held)

    def posts(self, officials: Iterable[Official]) -> frozenset[str]:
        """Return the roles that the office's file gives to this account's NIP, on whatever days."""
        return frozenset(o.role for o in officials if not o.account and self.is_(o))

    def is_(self, official: Official) -> bool:
        """Say whether an official is this account's owner: by the hand-over, or by a NIP that no other account has."""
        if official.account:
            return official.account == self.login
        return not self.twin and same_nip(self.nip, official.nip)


@dataclass(frozen=True, slots=True)
class FormerAddress:
    """An address that an account no longer has, and is to be told so; ``at`` is when that was, in seconds."""

    id: int
    login: str
    address: str
    at: float


@dataclass(frozen=True, slots=True)
class Token:
    """A token that is good. ``ends`` is the last moment, in seconds; ``login`` is how it signs what it does.

    ``owner`` is the account for which a program acts with it; empty for one of the office's own.
    """

    id: int
    label: str
    role: str
    ends: float
    made_by: str
    owner: str = ""

    @property
    def login(self) -> str:
        """How the token is named in journals and the access log."""
        return f"token-{self.id}"


def held(role: str, since: date | None = None, until: date | None = None) -> HeldRole:
    """Return a role with its period; open ends are open."""
    return HeldRole(role, since or date.min, until or _OPEN)


def checked_name(name: str, thing: str = "Nama orang") -> str:
    """Return a name on one line.

    Raises:
        Incomplete: nothing of it can be seen, it is too long, or no screen can hold it.
    """
    line = " ".join(name.split())
    if not shows(line):
        raise Incomplete(f"{thing} belum diisi.", "Isi nama lengkapnya.")
    if why := unprintable(line) or (f"lebih dari {_LONGEST_NAME} huruf" if len(line) > _LONGEST_NAME else ""):
        raise Incomplete(f"{thing} {why}.", "Tulis nama itu saja, dengan huruf biasa.")
    return line


def checked_nip(nip: str) -> str:
    """Return a NIP as it is kept; it may be empty.

    Raises:
        Incomplete: it is none.
    """
    if not _NIP.fullmatch(typed := nip.strip()):
        raise Incomplete("NIP terdiri dari angka.", "Tulis angkanya saja, misalnya 197001011990011001, atau kosongkan.")
    return typed


def loggable(text: str) -> str:
    """Return a login or a role for the access log; what can be neither is not repeated there."""
    return text if _LOGIN.fullmatch(text) else "?"


def as_logged(login: str, roles: Iterable[str]) -> str:
    """Return an account and the roles that it is given as the access log has them."""
    given = ", ".join(map(loggable, roles))
    return f"{loggable(login)}: {given}" if given else loggable(login)


def login_of(typed: str) -> str:
    """Return the login that an account is to have.

    Raises:
        Incomplete: it cannot be used.
    """
    login = typed.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise Incomplete(
            "Nama masuk harus 3 sampai 32 huruf kecil, angka, titik, atau garis, dimulai huruf.",
            "Tulis misalnya `siti.rekaan`.",
        )
    return login


def checked_roles(roles: Iterable[HeldRole]) -> list[HeldRole]:
    """Return the roles that an account is to hold, each once.

    Raises:
        Incomplete: a role is unknown, or its period ends before it begins.
    """
    found = list(dict.fromkeys(roles))
    for one in found:
        if not is_given(one.role):
            given = [role for role in ROLES if role not in OUTSIDE]
            near = nearest(one.role, given)
            raise Incomplete(f"Peran {one.role!r} tidak dikenal.", f"Pilih: {near or ', '.join(given)}.")
        if one.since > one.until:
            raise Incomplete(f"Masa peran {one.role} berakhir sebelum mulai.", "Tukar kedua tanggal itu.")
    return found
