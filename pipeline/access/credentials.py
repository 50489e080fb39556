"""Credentials: tokens of programs, and the one-time links by which people set their passwords.

What a password must be: ``passwords.py``. Whoever makes one could use it, so others are told, and what it could be
used for may wait for a second person.
"""

from __future__ import annotations

from datetime import date

from pipeline.access.accounts import checked_name, held, loggable
from pipeline.access.confirmation import ask
from pipeline.access.grant_parts import GrantParts
from pipeline.access.passwords import EASY_TO_KEEP, unfit
from pipeline.access.requests import PASSWORD, REJECTED, TOKEN, password_waits, token_waits
from pipeline.errors import Incomplete
from pipeline.office.wording import long_date


def make_token(label: str, role: str, last_day: date, owner: str, *, by: str, parts: GrantParts) -> tuple[str, bool]:
    """Make a token; return its key, and whether it waits for a second person before it can be used.

    Raises:
        NotFound: there is no such owner.
        Incomplete: the label, the role or the last day cannot be used.
    """
    parts.note(f"token: {loggable(role)}" + (f", {loggable(owner)}" if owner else ""))
    people, name = parts.people, checked_name(label, "Nama token")
    parts.require_known([role])
    if owner:
        people.accounts.account(owner)
    later = token_waits(role, owner, by, parts.staff)
    key = people.tokens.make(name, role, last_day, by, parts.now, owner)
    token = people.tokens.find(key, parts.now)
    if later and token:
        ask(owner, TOKEN, [held(role)], by, parts, token.id)
    whose = f" milik akun {owner}" if owner else ""
    parts.tell(f"{by} membuat token{whose} dengan peran {role}, sampai {long_date(last_day)}.", owner, by)
    return key, later


def make_link(login: str, *, by: str, parts: GrantParts) -> str:
    """Make a one-time link for an account; return its key. Who has it comes in as that account, so others are told.

    Raises:
        NotFound: there is no such account.
    """
    account = parts.people.accounts.account(login)
    parts.note(loggable(account.login))
    if account.ready:
        parts.tell(f"{by} membuat tautan kata sandi baru bagi akun {login}.", login, by)
    return parts.people.links.make(account.login, parts.now, by)


def use_link(key: str, password: str, address: str, *, parts: GrantParts) -> str:
    """Set a password by a one-time link; return the login. A password that others could have set is doubted at first.

    Raises:
        Denied: the link is not good.
        Incomplete: the password cannot be taken; the link stays good.
    """
    people = parts.people
    login, maker = people.links.whose(key, parts.now), people.links.maker(key)
    if why := unfit(password, login):  # before anything is doubted because of it
        raise Incomplete(why, EASY_TO_KEEP)
    parts.note(f"{loggable(login)}: {address}")
    before = people.accounts.account(login)
    later = password_waits(before, maker, parts.staff)
    if before.ready or parts.staff.decides(before):  # first of all: nobody acts with it unseen
        for old in people.requests.waiting():
            if later and (old.kind, old.login) == (PASSWORD, login):
                people.requests.settle(old.id, REJECTED, maker)
        if later:
            ask(login, PASSWORD, (), maker, parts)
        people.accounts.unsettle(login, parts.now)
        done = "diganti" if before.ready else "pertama dibuat"
        parts.tell(
            f"Kata sandi akun {login} {done} dengan tautan buatan {maker or 'admin'}, dari {address}.", login, maker
        )
    return people.set_by_link(key, password, address, parts.now)
