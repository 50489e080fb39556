"""Granting: who gets into the desk, with which roles, by whose word.

Everything that makes an account more than it was goes through here and :mod:`pipeline.access.credentials`, from
the page and from the terminal alike: it is noted in the access log before it is done, those whom it concerns are told
until they have read it, and what a second person has to confirm (:mod:`pipeline.access.confirmation`) waits for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.access.accounts import (
    ALL_OF_BEFORE,
    Account,
    HeldRole,
    as_logged,
    checked_name,
    checked_nip,
    checked_roles,
    held,
    loggable,
    login_of,
)
from pipeline.access.confirmation import ask
from pipeline.access.grant_parts import GrantParts
from pipeline.access.requests import POST, ROLES, Staff, is_new, waits
from pipeline.cases.key_labels import role_name
from pipeline.office.officials import plain_nip

#: Who asks for what nobody asked for: the file that names the officials.
_FILE = "office.toml"


@dataclass(frozen=True, slots=True)
class Granted:
    """An account as it is now, and the roles that wait for a second person."""

    account: Account
    waiting: tuple[str, ...] = ()


def make_account(login: str, name: str, nip: str, roles: Sequence[HeldRole], *, by: str, parts: GrantParts) -> Granted:
    """Make an account without a password.

    Raises:
        Incomplete: login, name, NIP or a role cannot be used, or another account has that NIP.
        UsageFault: there is such an account.
    """
    parts.note(as_logged(login.strip().lower(), (one.role for one in roles)))
    person, number, wanted = checked_name(name), checked_nip(nip), checked_roles(roles)
    parts.require_known(one.role for one in wanted)
    receiver = Account(login_of(login), person, number)
    now_given, later = _parted(receiver, wanted, by, parts.staff)
    made = parts.people.accounts.make(login, person, now_given, parts.now, number)
    alike = [a.login for a in parts.staff.accounts if a.login != made.login and a.person.is_same(made.person)]
    parts.tell(f"{by} membuat akun {made.login}{_as(now_given)}{_by_post(made, parts)}.{_one(alike)}", made.login)
    return Granted(take_up(made, by=by, parts=parts), _ask(made.login, later, by, parts))


def give_roles(login: str, roles: Sequence[HeldRole], *, by: str, parts: GrantParts) -> Granted:
    """Set the roles of an account; those that have to wait come to it when they are confirmed.

    Raises:
        NotFound: there is no such account.
        Incomplete: a role is unknown, or its period ends before it begins.
        NotAllowed: it would leave the office without an admin.
    """
    parts.note(as_logged(login, (one.role for one in roles)))
    before, wanted = parts.people.accounts.account(login), checked_roles(roles)
    new = [one for one in wanted if is_new(one, before.roles)]
    parts.require_known(one.role for one in new)  # one of before that no edition has any more may stay, or be taken
    _, later = _parted(before, new, by, parts.staff)
    kept = [one for one in before.roles if one.role in {w.role for w in later}]  # as it was, until it is confirmed
    parts.people.accounts.give(login, [*(one for one in wanted if one not in later), *kept], parts.now)
    gone = sorted({h.role for h in before.roles} - {w.role for w in wanted})
    at_once = [one for one in new if one not in later]  # what waits is told as that
    if at_once or gone:
        lost = f" dan mencabut peran {', '.join(gone)}" if gone else ""
        parts.tell(f"{by} mengubah akun {login}{_as(at_once)}{lost}.", login, by)
    return Granted(parts.people.accounts.account(login), _ask(login, later, by, parts))


def change_nip(login: str, nip: str, *, by: str, parts: GrantParts) -> Granted:
    """Set the NIP of an account, and with it whose posts are its own; it confirms nothing for seven days.

    Raises:
        NotFound: there is no such account.
        Incomplete: that is no NIP, or another account has it.
    """
    number = checked_nip(nip)
    account = parts.people.accounts.account(login)
    parts.note(f"{loggable(login)}: NIP")
    parts.people.accounts.set_nip(account.login, number)
    if plain_nip(number) != plain_nip(account.nip):  # by it two accounts of one name are told apart, who confirm then
        parts.people.accounts.unsettle(account.login, parts.now)
    changed = parts.people.accounts.account(login)
    parts.tell(f"{by} mengubah NIP akun {login}{_by_post(changed, parts)}.", login, by)
    return Granted(take_up(changed, by=by, parts=parts))


def take_up(account: Account, *, by: str = _FILE, parts: GrantParts) -> Account:
    """Note the roles that office.toml gives to an account's NIP, before the first of them is used; return the account.

    ``by`` is who made it so; by itself the file does. What an earlier version gave is noted, and waits for nobody.
    """
    posts = account.posts(parts.officials)
    if posts - account.kept_back == account.taken:
        return account
    fresh, staff = sorted(posts - account.taken - account.kept_back), parts.staff
    of_before = ALL_OF_BEFORE in account.taken
    later = [] if of_before else [role for role in fresh if waits(role, account, by, staff)]
    at_once = [role for role in fresh if role not in later]
    if at_once:
        parts.note(as_logged(account.login, at_once))
        roles = ", ".join(map(role_name, at_once))
        parts.tell(f"Akun {account.login} memegang peran {roles} menurut NIP-nya di office.toml.", account.login)
    for role in later:
        ask(account.login, POST, [held(role)], by, parts)
    parts.people.accounts.take(account.login, {*(posts & account.taken), *at_once}, parts.now)
    return parts.people.accounts.account(account.login)


def _parted(
    receiver: Account, roles: Iterable[HeldRole], by: str, staff: Staff
) -> tuple[list[HeldRole], list[HeldRole]]:
    """Return the roles that hold at once, and those that have to wait."""
    later = [one for one in roles if waits(one.role, receiver, by, staff)]
    return [one for one in roles if one not in later], later


def _one(alike: Sequence[str]) -> str:
    """Say of an account that its owner is taken for that of others, as they have one name; empty: there are none."""
    if not alike:
        return ""
    same = f" Namanya sama dengan akun {', '.join(alike)}: selama NIP keduanya tidak tercatat berbeda,"
    return f"{same} pemegangnya dianggap satu orang, dan tidak mengesahkan yang dimintanya sendiri."


def _ask(login: str, later: Sequence[HeldRole], by: str, parts: GrantParts) -> tuple[str, ...]:
    waiting = {role for r in parts.people.requests.waiting() if r.login == login for role in r.roles}
    for one in later:
        if one not in waiting:
            ask(login, ROLES, [one], by, parts)
    return tuple(one.role for one in later)


def _as(roles: Iterable[HeldRole]) -> str:
    named = ", ".join(role_name(one.role) for one in roles)
    return f" dengan peran {named}" if named else ""


def _by_post(account: Account, parts: GrantParts) -> str:
    posts = sorted(account.posts(parts.officials))
    return f"; menurut NIP-nya di office.toml: {', '.join(map(role_name, posts))}" if posts else ""
