"""Who acts in which role today: given, by the post, or in somebody's place; not while another acts instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from pipeline.access.accounts import ALL_OF_BEFORE, Account
from pipeline.access.rights import Right, may
from pipeline.office.office import Office


@dataclass(frozen=True, slots=True)
class OnDuty:
    """An account that somebody uses, with the roles in which its owner acts today; ``address`` may be empty.

    ``standing`` are these roles together with what they may.
    """

    login: str
    address: str
    roles: frozenset[str]
    standing: frozenset[str]


def away(roles: Iterable[str], login: str, office: Office, day: date) -> frozenset[str]:
    """Return the roles in which another acts that day in the place of an account's owner (Plh., Plt.)."""
    held = ((role, office.holder(role, day, login)) for role in roles)
    return frozenset(role for role, holder in held if holder is not None and holder.in_place_of == login)


def on_duty(accounts: Iterable[Account], office: Office, day: date) -> list[OnDuty]:
    """Return who works on cases that day: open accounts with a password and a role that reads some, of any service."""
    return [one for one in acting_today(accounts, office, day) if may(one.standing, Right.READ_CASES)]


def acting_today(accounts: Iterable[Account], office: Office, day: date) -> Iterator[OnDuty]:
    """Yield the open accounts with a password, and the roles in which their owners act that day.

    A post that came by the NIP and was not taken up yet (:func:`pipeline.access.granting.take_up`) counts when its
    owner has come in: until then nobody has written down that it is theirs.
    """
    appointed = office.appointed
    for account in accounts:
        if account.locked or not account.ready:
            continue
        if ALL_OF_BEFORE not in account.taken:
            untaken = account.posts(appointed) - account.taken
            account = replace(account, kept_back=account.kept_back | untaken)
        roles = account.roles_on(day, appointed, office.roles)
        acting = roles - away(roles, account.login, office, day)
        yield OnDuty(account.login, account.address, acting, office.roles.standing(acting))
