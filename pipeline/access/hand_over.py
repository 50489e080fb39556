"""Hand over: who may have another act in a post for a period, and take it back; who may be chosen for it.

The holder of a post hands over their own, the admin any, but only to who is an official anyway: an admin who could
choose anybody would be that official themself. A deputy cannot pass on what was handed to them: a mandate is
not given further (UU 30/2014 article 14). Whatever is done is to be in the access log before (*desk* and *cli* do so).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from pipeline.access.accounts import Account
from pipeline.access.grant_parts import GrantParts, staff_of
from pipeline.access.ports import Accounts
from pipeline.access.rights import Right, may
from pipeline.errors import Incomplete, NotAllowed
from pipeline.office.handovers import Handover, check, period
from pipeline.office.office import Office
from pipeline.office.officials import Official, same_nip
from pipeline.office.person import Person
from pipeline.office.ports import Clock, Handovers
from pipeline.office.roles import ADMIN


@dataclass(frozen=True, slots=True)
class HandOverParts:
    """What handing over needs: the record, the accounts, this office, the time."""

    record: Handovers
    accounts: Accounts
    office: Office
    clock: Clock


@dataclass(frozen=True, slots=True)
class Asked:
    """A hand-over as asked for: of a role, to an account, how, for which days (both included).

    ``giver`` is the account in whose place; the admin may leave it empty, then it is that of the post's holder, if one
    account is known to be theirs.
    """

    role: str
    to: str
    acting: str
    since: date
    until: date
    own_title: str = ""
    reason: str = ""
    giver: str = ""


@dataclass(frozen=True, slots=True)
class By:
    """Who enters or takes back: a login, and whether it is the admin's."""

    login: str
    admin: bool = False


def hand_over(asked: Asked, *, by: By, parts: HandOverParts) -> Handover:
    """Have an account act in a post for a period; return what was kept.

    Raises:
        Incomplete: a role, a manner, a day or a text cannot be taken; names every one.
        NotFound: there is no such account.
        NotAllowed: the post is not theirs to hand over, the account cannot be the deputy, or somebody acts in that
            post already on one of these days.
    """
    now, office = parts.clock.now(), parts.office
    post = _post(asked.role, asked.since, office)
    wanted = Handover(
        role=asked.role,
        acting=asked.acting,
        title=post.title if post else "",
        login=asked.to,
        name="",
        since=asked.since,
        until=asked.until,
        entered_by=by.login,
        entered_at=now,
        own_title=_line(asked.own_title),
        reason=_line(asked.reason),
        giver=asked.giver,
    )
    check(wanted, now.date(), office.roles.handed)
    if post is None:
        raise Incomplete(
            f"Nama jabatan untuk peran {asked.role} belum tercatat.", "Catat jabatan itu di office.toml lebih dahulu."
        )
    giver = _giver(asked, post, now.date(), by, parts)
    deputy = _deputy(asked, giver, post, parts)
    if giver != by.login:
        _require_official(deputy, giver, by, parts)
    wanted = replace(wanted, giver=giver, login=deputy.login, name=deputy.name, nip=deputy.nip)
    return parts.record.enter(wanted, office.officials)


def take_back(number: int, *, by: By, parts: HandOverParts) -> Handover:
    """End a hand-over now: that very day is the holder's again. Return it.

    Raises:
        NotFound: there is none of that number.
        NotAllowed: it is not theirs to take back, or it is over.
    """
    found = next((h for h in parts.record.all() if h.number == number), None)
    if found and not may_take_back(found, by):
        raise NotAllowed(
            f"Pengalihan tugas nomor {number} bukan dari Anda.", "Yang menarik: pejabat yang mengalihkan, atau admin."
        )
    return parts.record.take_back(number, by.login, parts.clock.now())


def may_take_back(handover: Handover, by: By) -> bool:
    """Say whether somebody may take a hand-over back: who gave it, and the admin."""
    return by.admin or handover.giver == by.login


def roles_to_hand_over(account: Account, day: date, office: Office) -> tuple[str, ...]:
    """Return the roles that an account may hand over that day: those whose post is its owner's."""
    posts = ((role, _post(role, day, office)) for role in office.roles.handed)
    return tuple(role for role, post in posts if post and _holds(account, role, post, day, office))


def deputies(accounts: Iterable[Account], day: date, office: Office) -> list[Account]:
    """Return the accounts among which a page lets choose: those that handle cases and are not locked."""
    return [
        account
        for account in accounts
        for roles in (account.roles_on(day, office.appointed, office.roles),)
        if not account.locked and ADMIN not in roles and may(office.roles.standing(roles), Right.READ_CASES)
    ]


def _post(role: str, day: date, office: Office) -> Official | None:
    """Return who the office's file says to hold the post itself that day, or else whoever it names for it."""
    named = [o for o in office.officials if o.role == role and not o.acting]
    return next((o for o in named if o.holds_on(day)), named[0] if named else None)


def _holds(account: Account, role: str, post: Official, day: date, office: Office) -> bool:
    """Say whether the post is that account's: it has the role itself, and the NIP that the office's file may name.

    Who has the role besides (a secretary), or acts in the post, does not.
    """
    own = account.roles_on(day, (o for o in office.officials if not o.acting), office.roles)
    return role in own and (not post.nip or same_nip(post.nip, account.nip))


def _giver(asked: Asked, post: Official, today: date, by: By, parts: HandOverParts) -> str:
    """Return the account in whose place somebody is to act.

    Raises:
        NotAllowed: the post is not that account's, or not for this person to hand over.
        NotFound: there is no such account.
    """

    def holds(account: Account) -> bool:
        return _holds(account, asked.role, post, today, parts.office)

    if by.admin and not asked.giver:
        found = [account.login for account in parts.accounts.all() if holds(account)]
        return found[0] if len(found) == 1 else ""
    giver = asked.giver or by.login
    if giver != by.login and not by.admin:
        raise NotAllowed("Tugas orang lain tidak dapat Anda alihkan.", "Mintalah pemegangnya, atau admin.")
    if not holds(parts.accounts.account(giver)):
        raise NotAllowed(
            f"{post.title} bukan jabatan akun {giver} hari ini.",
            "Yang mengalihkan: pemegang jabatan itu sendiri (Plh., Plt., dan a.n. tidak meneruskannya), atau admin.",
        )
    return giver


def _deputy(asked: Asked, giver: str, post: Official, parts: HandOverParts) -> Account:
    """Return the account that is to act.

    Raises:
        NotFound: there is none.
        NotAllowed: it is locked, it is the admin's, or it is that of the holder themself.
    """
    found = parts.accounts.account(asked.to)
    if found.locked:
        raise NotAllowed(f"Akun {found.login} dikunci.", "Pilih akun lain, atau mintalah admin membukanya.")
    own = [Person("", post.nip, post.name), *(a.person for a in parts.accounts.all() if a.login == giver)]
    if any(map(found.person.is_same, own)):
        raise NotAllowed(f"{post.title} tidak dialihkan kepada pemegangnya sendiri.", "Pilih akun pejabat lain.")
    if any(held.role == ADMIN and held.until >= asked.since for held in found.roles):
        raise NotAllowed(
            f"Akun {found.login} memegang peran admin, yang tidak membuka perkara.", "Pilih akun pejabat lain."
        )
    return found


def _require_official(deputy: Account, giver: str, by: By, parts: HandOverParts) -> None:
    """Make sure that whom the admin chooses has been an official for a while, if the office ever had another.

    Raises:
        NotAllowed: they have not.
    """
    office = parts.office
    staff, deciding = staff_of(parts.accounts, office.officials, parts.clock.now(), office.roles), office.roles.deciding
    if staff.settled(deputy).isdisjoint(deciding) and staff.had_any(deciding, deputy.login, giver, by.login):
        raise NotAllowed(
            f"Akun {deputy.login} belum tujuh hari memegang peran pejabat; admin tidak mengalihkan tugas kepadanya.",
            "Mintalah pemegang jabatan itu mengalihkannya sendiri, atau pilih akun pejabat lain. Bila keduanya tidak "
            "mungkin, beri akun itu peran yang dimaksud untuk suatu masa; peran itu berlaku sesudah disahkan.",
        )


def tell_of_handover(kept: Handover, *, by: str, taken_back: bool, parts: GrantParts) -> None:
    """Tell that a post was handed over, or taken back, to its holder and deputy, the admins and the officials."""
    done = "menarik pengalihan" if taken_back else "mengalihkan"
    words = f"{by} {done} tugas {kept.title} kepada akun {kept.login} ({kept.acting}), {period(kept.official)}."
    parts.tell(words, kept.login, kept.giver, by)


def unfit_deputies(
    handovers: Iterable[Handover], accounts: Iterable[Account], today: date
) -> list[tuple[Handover, str]]:
    """Return the hand-overs, from today on, whose deputy cannot come in (any more), each with the reason."""
    known = {account.login: account for account in accounts}
    running = (h for h in handovers if not h.is_over(today))
    return [(h, why) for h in running if (why := _cannot_come_in(known.get(h.login)))]


def _cannot_come_in(account: Account | None) -> str:
    if account is None:
        return "akunnya tidak ada"
    return "akunnya dikunci" if account.locked else ""


def _line(text: str) -> str:
    return " ".join(text.split())
