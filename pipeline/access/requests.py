"""What waits for a second person: whoever manages accounts makes nobody an official, least of all themselves, alone.

A role that an admin gives to themselves, one that decides and signs and has a holder, a token that acts for another,
and a password that came by a link: each holds once somebody else has confirmed it who is not who asked, nor who gets
it. Where nobody has ever held the role there is nobody to ask: it holds at once, and everybody is told. So does what
would send the whole office to another computer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pipeline.access.accounts import ALL_OF_BEFORE, TERMINAL, Account, HeldRole
from pipeline.office.officials import Official, plain_nip, same_nip
from pipeline.office.posts import read_post_change
from pipeline.office.roles import ADMIN, LEADS, OfficeRoles

#: What is asked for: roles given by the admin, a role by the NIP, a password by a link, a token, who holds a post.
ROLES, POST, PASSWORD, TOKEN, OFFICIAL = "peran", "jabatan", "sandi", "token", "pejabat"
#: Where backups are sent to, which are the whole office; an edition of the SOP that says who may what.
BACKUP, EDITION = "cadangan", "sop"
#: How a request stands.
WAITING, CONFIRMED, REJECTED = "menunggu", "disahkan", "ditolak"
#: For so long others can see that somebody became admin, or got a new password by a link, before they confirm anything.
SETTLED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Request:
    """Something that waits, or waited, for a second person: for which account (empty: a token of the office's own).

    ``by`` is the login that asked; ``at`` is in seconds since 1970; ``token`` the id of the token that it is about.
    ``detail`` is who is to hold the post (:mod:`pipeline.office.posts`), where backups are to go
    (:mod:`pipeline.office.backup_place`), or which edition is asked for (:mod:`pipeline.cases.asked_edition`).
    """

    id: int
    login: str
    kind: str
    roles: tuple[HeldRole, ...]
    by: str
    at: float
    state: str = WAITING
    settled_by: str = ""
    token: int = 0
    detail: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the roles."""
        return tuple(held.role for held in self.roles)


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody as it stands now: the accounts, who held which role since when (seconds), the office's officials.

    ``nips`` are those that accounts had before their NIP was changed; ``of`` says what the office's roles may.
    """

    accounts: Sequence[Account]
    ever: Mapping[str, Mapping[str, float]]
    officials: tuple[Official, ...]
    now: datetime
    nips: Mapping[str, Collection[str]]
    of: OfficeRoles

    @property
    def today(self) -> date:
        """The day."""
        return self.now.date()

    def roles(self, account: Account) -> frozenset[str]:
        """Return the roles that an account holds today itself, and not for another."""
        return account.roles_on(self.today, (o for o in self.officials if not o.account), self.of)

    def account(self, login: str) -> Account | None:
        """Return the account of that login."""
        return next((a for a in self.accounts if a.login == login), None)

    def is_one_person(self, account: Account, login: str) -> bool:
        """Say whether an account and that of a login are one person's."""
        other = self.account(login)
        return other is not None and account.person.is_same(other.person)

    def come_in(self, *but: str) -> list[Account]:
        """Return the accounts that can come in, but for these."""
        return [a for a in self.accounts if a.ready and not a.locked and a.login not in but]

    def had(self, role: str, *but: str) -> bool:
        """Say whether another account that could come in once has held a role, be it locked or without it since.

        Who has a NIP that the office's file names for it counts too: they may not have come in since that was noted.
        """
        ever, named = self.ever.get(role, ()), [o.nip for o in self.officials if o.role == role and not o.account]
        there = (a for a in self.accounts if a.ready and a.login not in but)
        return any(a.login in ever or any(same_nip(a.nip, nip) for nip in named) for a in there)

    def could_tell(self, role: str, *but: str) -> bool:
        """Say whether another account could say who is to have a role: one that once had it.

        One that the office's own edition made what it is nobody may have had before; of it the head of the office can.
        """
        heads = self.of.having(LEADS) if self.of.beyond_usual(role) else ()
        return self.had_any({role, *heads}, *but)

    def had_any(self, roles: Collection[str], *but: str) -> bool:
        """Say whether another account that could come in once has held one of the roles."""
        return any(self.had(role, *but) for role in roles)

    def decides(self, account: Account) -> bool:
        """Say whether an account decides and signs, for another too, or ever did, or is to by its NIP."""
        ever = {role for role, holders in self.ever.items() if account.login in holders}
        handed = {o.role for o in self.officials if o.account == account.login}
        held = ever | handed | self.roles(account) | account.posts(self.officials)
        return any(map(self.of.is_deciding, held)) or not held.isdisjoint(self.of.ever_deciding)

    def settled(self, account: Account) -> frozenset[str]:
        """Return the roles that an account holds, and did for so long that others could see it.

        None before its owner ever came in: whoever makes its first link could be that owner.
        """
        if not account.ready:
            return frozenset()
        seen = (self.now - SETTLED).timestamp()
        unnoted = 0.0 if ALL_OF_BEFORE in account.taken else self.now.timestamp()
        return frozenset(r for r in self.roles(account) if self.ever.get(r, {}).get(account.login, unnoted) <= seen)

    def is_settled_admin(self, account: Account) -> bool:
        """Say whether an account is an admin's, and was for so long that others could see it."""
        return ADMIN in self.settled(account)

    def was_anothers(self, nip: str, login: str) -> bool:
        """Say whether a NIP was taken from another account: who has it now may not be who it names."""
        return any(same_nip(nip, old) for other, nips in self.nips.items() if other != login for old in nips)


def waits(role: str, receiver: Account, by: str, staff: Staff) -> bool:
    """Say whether a role that somebody gives, or that comes by a NIP, has to wait for a second person."""
    others = (receiver.login, by)
    if role == ADMIN:
        return False
    if _gives_themself(receiver, by, staff):
        return staff.could_tell(role, *others) or any(ADMIN in staff.roles(a) for a in staff.come_in(*others))
    if not staff.of.is_deciding(role):
        return False
    if role in receiver.posts(staff.officials):  # the official whom the office's file names, if nobody else may be them
        unnamed = any(role in staff.roles(a) and not plain_nip(a.nip) for a in staff.come_in(*others))
        return unnamed or staff.was_anothers(receiver.nip, receiver.login)
    return staff.could_tell(role, *others)


def _gives_themself(receiver: Account, by: str, staff: Staff) -> bool:
    """Say whether an admin gives themself a role; or an admin gets one from who may be the same person."""
    if by == receiver.login or staff.is_one_person(receiver, by):
        return True
    giver = staff.account(by)
    return ADMIN in staff.roles(receiver) and (giver is None or not staff.is_settled_admin(giver))


def token_waits(role: str, owner: str, by: str, staff: Staff) -> bool:
    """Say whether a token has to wait: who makes it holds its key, and so acts as its owner, or in its role."""
    if owner:
        found = staff.account(owner)
        return owner != by and found is not None and found.ready
    return staff.of.is_deciding(role) and staff.could_tell(role, by)


def password_waits(account: Account, maker: str, staff: Staff) -> bool:
    """Say whether a password set by a link has to wait: whoever made the link may have used it.

    What counts is who ever decided, and who else ever could confirm it: roles and locks may be changed for a moment.
    """
    if not account.ready or maker == account.login or not staff.decides(account):
        return False
    return staff.had_any({*staff.of.ever_deciding, ADMIN}, account.login, maker)


def somebody_else_confirms(by: str, staff: Staff) -> bool:
    """Say whether what is asked for the whole office has to wait, since there is or was another who could confirm it.

    So wait another place for backups (whoever holds it and its password reads the whole office) and an edition of the
    SOP that says who signs, decides or may what (it makes officials).
    """
    return staff.had_any({*staff.of.ever_deciding, ADMIN}, by)


def may_confirm(account: Account, request: Request, staff: Staff) -> bool:
    """Say whether an account can be the second person.

    It is the official: who holds the role, or the head of the office; of a password, the place of backups or an edition
    of the SOP, any official. Or another admin, but not for what was asked at the machine, or by an admin of a few days:
    that may have been the same person. Whoever it is holds that role for so long that others could see it: an official
    who was made for this is nobody else. Nobody confirms a post that they get themself. People are told apart, and not
    logins (:mod:`pipeline.office.person`): who asked confirms nothing with a second account.
    """
    if account.locked or not account.ready or account.login == request.by or staff.is_one_person(account, request.by):
        return False
    if account.login == request.login:
        return request.kind == TOKEN and not account.doubted
    if staff.is_one_person(account, request.login):
        return False
    if request.kind == OFFICIAL and read_post_change(request.detail).is_new_to(account.person):
        return False
    held = staff.settled(account)
    any_official = request.kind in (PASSWORD, BACKUP, EDITION)
    officials = staff.of.deciding if any_official else (*request.names, *staff.of.having(LEADS))
    return not held.isdisjoint(officials) or (ADMIN in held and not _may_be_same(request.by, staff))


def _may_be_same(asked_by: str, staff: Staff) -> bool:
    """Say whether an admin could have asked in another's name: at the machine, or with an account made for that."""
    asker = staff.account(asked_by)
    return asked_by == TERMINAL or (asker is not None and not staff.is_settled_admin(asker))


def watchers(staff: Staff, *also: str) -> list[str]:
    """Return who is told when somebody may become an official: admins, those who decide or ever did, and these."""
    told = [a.login for a in staff.accounts if not a.locked and (ADMIN in staff.roles(a) or staff.decides(a))]
    return list(dict.fromkeys([*told, *(login for login in also if staff.account(login))]))


def to_be_confirmed(requests: Iterable[Request], account: Account, staff: Staff) -> list[Request]:
    """Return the requests that an account can confirm."""
    return [r for r in requests if r.state == WAITING and may_confirm(account, r, staff)]


def is_new(role: HeldRole, held: Iterable[HeldRole]) -> bool:
    """Say whether a role with its period is more than what is held already."""
    return not any(h.role == role.role and h.since <= role.since and role.until <= h.until for h in held)
