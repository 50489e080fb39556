"""Granting: who gets into the desk, with which roles, by whose word.

Everything that makes an account more than it was goes through here, from the page and from the terminal alike: it is
noted in the access log before it is done, those whom it concerns are told until they have read it, and what a second
person has to confirm (:mod:`pipeline.access.requests`) waits for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.access.accounts import (
    ALL_OF_BEFORE,
    EASY_TO_KEEP,
    Account,
    HeldRole,
    as_logged,
    checked_name,
    checked_nip,
    checked_roles,
    held,
    loggable,
    login_of,
    unfit,
)
from pipeline.access.addresses import checked_address
from pipeline.access.ports import People
from pipeline.access.requests import (
    BACKUP,
    CONFIRMED,
    OFFICIAL,
    PASSWORD,
    POST,
    REJECTED,
    ROLES,
    TOKEN,
    Request,
    Staff,
    is_new,
    may_confirm,
    password_waits,
    token_waits,
    waits,
    watchers,
)
from pipeline.errors import Incomplete, NotAllowed, NotFound
from pipeline.office.backup_place import PlaceChange, read_place_change
from pipeline.office.handovers import Handover, period
from pipeline.office.officials import Official
from pipeline.office.posts import PostChange, read_post_change
from pipeline.office.wording import long_date

#: Changes the office's file as a request asks for it: who confirms it, and what settles it once nothing is in the way.
CarryOut = Callable[[Request, str, Callable[[], bool]], None]
#: Who asks for what nobody asked for: the file that names the officials.
_FILE = "office.toml"
#: What changes the office's file once it is confirmed, and how the access log calls it.
_OF_THE_FILE = {OFFICIAL: "pejabat", BACKUP: "cadangan"}


def _nowhere(request: Request, by: str, claim: Callable[[], bool]) -> None:
    raise NotAllowed("Pengaturan kantor tidak disahkan dari sini.", "Sahkan di halaman Pengesahan.")


@dataclass(frozen=True, slots=True)
class GrantParts:
    """What granting needs: the people, who holds which post, the time, and what writes into the access log.

    ``carry_out`` changes the office's file as it was confirmed.
    """

    people: People
    officials: tuple[Official, ...]
    now: datetime
    note: Callable[[str], None]
    carry_out: CarryOut = _nowhere

    @property
    def staff(self) -> Staff:
        """Everybody as it stands now."""
        accounts = self.people.accounts
        return Staff(accounts.all(), accounts.ever_held(), self.officials, self.now, accounts.nips_before())

    def tell(self, words: str, *also: str) -> None:
        """Tell it to admins and officials, and to these."""
        self.people.notices.tell(watchers(self.staff, *also), words, self.now)


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
    receiver = Account(login_of(login), person, number, locked=False, ready=False, roles=())
    now_given, later = _parted(receiver, wanted, by, parts.staff)
    made = parts.people.accounts.make(login, person, now_given, parts.now, number)
    parts.tell(f"{by} membuat akun {made.login}{_as(now_given)}{_by_post(made, parts)}.", made.login)
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
    """Set the NIP of an account, and with it whose posts are its own.

    Raises:
        NotFound: there is no such account.
        Incomplete: that is no NIP, or another account has it.
    """
    number = checked_nip(nip)
    account = parts.people.accounts.account(login)
    parts.note(f"{loggable(login)}: NIP")
    parts.people.accounts.set_nip(account.login, number)
    changed = parts.people.accounts.account(login)
    parts.tell(f"{by} mengubah NIP akun {login}{_by_post(changed, parts)}.", login, by)
    return Granted(take_up(changed, by=by, parts=parts))


def change_address(login: str, address: str, *, by: str, parts: GrantParts) -> None:
    """Set where mail reaches an account; who has it is told in its pages, and the former address by mail.

    Raises:
        NotFound: there is no such account.
        Incomplete: that is no address.
    """
    wanted = checked_address(address)
    account = parts.people.accounts.account(login)
    parts.note(f"{loggable(login)}: surel")
    if account.address == wanted:
        return
    parts.people.accounts.set_address(account.login, wanted, parts.now)
    what = "mengubah" if account.address and wanted else "mengisi" if wanted else "mengosongkan"
    parts.people.notices.tell({login, by}, f"{by} {what} alamat surel akun {login}.", parts.now)


def lock(login: str, *, locked: bool, by: str, parts: GrantParts) -> None:
    """Lock an account, which ends its sessions and links, or open it again.

    Raises:
        NotFound: there is no such account.
        NotAllowed: it would leave the office without an admin.
    """
    parts.note(loggable(login))
    parts.people.accounts.lock(login, locked=locked, now=parts.now)
    parts.tell(f"{by} {'mengunci' if locked else 'membuka kembali'} akun {login}.", login, by)


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
        parts.tell(
            f"Akun {account.login} memegang peran {', '.join(at_once)} menurut NIP-nya di office.toml.", account.login
        )
    for role in later:
        _request(account.login, POST, [held(role)], by, parts)
    parts.people.accounts.take(account.login, {*(posts & account.taken), *at_once}, parts.now)
    return parts.people.accounts.account(account.login)


def make_token(label: str, role: str, last_day: date, owner: str, *, by: str, parts: GrantParts) -> tuple[str, bool]:
    """Make a token; return its key, and whether it waits for a second person before it can be used.

    Raises:
        NotFound: there is no such owner.
        Incomplete: the label, the role or the last day cannot be used.
    """
    parts.note(f"token: {loggable(role)}" + (f", {loggable(owner)}" if owner else ""))
    people, name = parts.people, checked_name(label, "Nama token")
    if owner:
        people.accounts.account(owner)
    later = token_waits(role, owner, by, parts.staff)
    key = people.tokens.make(name, role, last_day, by, parts.now, owner)
    token = people.tokens.find(key, parts.now)
    if later and token:
        _request(owner, TOKEN, [held(role)], by, parts, token.id)
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
    before = next((a for a in people.accounts.all() if a.login == login), None)
    later = before is not None and password_waits(before, maker, parts.staff)
    if before is not None and (before.ready or parts.staff.decides(before)):  # first of all: nobody acts with it unseen
        for old in people.requests.waiting():
            if later and (old.kind, old.login) == (PASSWORD, login):
                people.requests.settle(old.id, REJECTED, maker)
        if later:
            _request(login, PASSWORD, (), maker, parts)
        people.accounts.unsettle(login, parts.now)
        done = "diganti" if before.ready else "pertama dibuat"
        parts.tell(
            f"Kata sandi akun {login} {done} dengan tautan buatan {maker or 'admin'}, dari {address}.", login, maker
        )
    return people.set_by_link(key, password, address, parts.now)


def ask_for_post(change: PostChange, *, by: str, parts: GrantParts) -> None:
    """Ask that a post be held by another; a second person confirms it.

    Raises:
        NotAllowed: a change of this post waits already.
    """
    if any(r.kind == OFFICIAL and change.role in r.names for r in parts.people.requests.waiting()):
        raise NotAllowed(
            "Perubahan jabatan ini sudah ada yang menunggu pengesahan.", "Tarik atau selesaikan dahulu di Pengesahan."
        )
    parts.note(as_logged("pejabat", [change.role]))
    made = parts.people.requests.make("", OFFICIAL, [held(change.role)], by, parts.now, detail=change.as_json())
    parts.tell(f"Menunggu pengesahan: {described(made)}", by)


def ask_for_backup_place(change: PlaceChange, *, by: str, parts: GrantParts) -> None:
    """Ask that backups go to another computer; a second person confirms it.

    Raises:
        NotAllowed: another place waits already.
    """
    waiting = [r.detail for r in parts.people.requests.waiting() if r.kind == BACKUP]
    if change.as_json() in waiting:  # sent twice
        return
    if waiting:
        raise NotAllowed(
            "Tempat cadangan lain sudah ada yang menunggu pengesahan.", "Tarik atau selesaikan dahulu di Pengesahan."
        )
    parts.note(_OF_THE_FILE[BACKUP])
    made = parts.people.requests.make("", BACKUP, (), by, parts.now, detail=change.as_json())
    parts.tell(f"Menunggu pengesahan: {described(made)}", by)


def change_name(login: str, name: str, *, by: str, parts: GrantParts) -> None:
    """Set the name of an account's owner.

    Raises:
        NotFound: there is no such account.
        Incomplete: that is no name.
    """
    wanted = checked_name(name)
    account = parts.people.accounts.account(login)
    parts.note(f"{loggable(login)}: nama")
    if account.name == wanted:
        return
    parts.people.accounts.set_name(account.login, wanted)
    parts.tell(f"{by} mengubah nama akun {login}: {account.name} menjadi {wanted}.", login, by)


def settle(number: int, *, confirmed: bool, by: str, parts: GrantParts) -> Request:
    """Confirm what waits, or reject it; who asked may take it back. Return it as it was.

    Raises:
        NotFound: nothing of that number waits.
        NotAllowed: somebody else has to say so.
    """
    people, staff = parts.people, parts.staff
    found = next((r for r in people.requests.waiting() if r.id == number), None)
    if found is None:
        raise NotFound("Permohonan itu tidak menunggu (lagi).", "Lihat daftarnya di halaman Pengesahan.")
    account = people.accounts.account(by)
    if not may_confirm(account, found, staff) and (confirmed or by not in (found.by, found.login)):
        raise NotAllowed(
            "Permohonan itu bukan untuk Anda sahkan.",
            "Yang mengesahkan: pemegang peran itu, Kakanwil, atau admin lain, yang sudah tujuh hari memegang perannya.",
        )
    parts.note(as_logged(found.login or _OF_THE_FILE.get(found.kind, f"token-{found.token}"), found.names))

    def claim() -> bool:
        return people.requests.settle(found.id, CONFIRMED if confirmed else REJECTED, by)

    if confirmed and found.kind in _OF_THE_FILE:
        parts.carry_out(found, by, claim)
    elif not claim():
        raise NotFound("Permohonan itu sudah diputuskan orang lain.", "Lihat daftarnya di halaman Pengesahan.")
    if confirmed and found.kind == ROLES:
        there = people.accounts.account(found.login)
        people.accounts.give(
            found.login, [*(h for h in there.roles if h.role not in found.names), *found.roles], parts.now
        )
    if confirmed and found.kind == POST:
        there = people.accounts.account(found.login)
        people.accounts.take(found.login, {*there.taken, *found.names}, parts.now)
    done = "mengesahkan" if confirmed else "menolak"
    parts.tell(f"{by} {done}: {described(found)}", found.login, found.by)
    return found


def tell_of_handover(kept: Handover, *, by: str, taken_back: bool, parts: GrantParts) -> None:
    """Tell that a post was handed over, or taken back, to its holder and deputy, the admins and the officials."""
    done = "menarik pengalihan" if taken_back else "mengalihkan"
    words = f"{by} {done} tugas {kept.title} kepada akun {kept.login} ({kept.acting}), {period(kept.official)}."
    parts.tell(words, kept.login, kept.giver, by)


def described(request: Request) -> str:
    """Return what is asked for, as a sentence."""
    roles, by = ", ".join(request.names), f"diminta {request.by}, {datetime.fromtimestamp(request.at):%d-%m-%Y}"
    match request.kind:
        case "sandi":
            return f"kata sandi akun {request.login}, yang diganti dengan tautan, memang dipasang pemegangnya ({by})."
        case "token":
            whose = f" atas nama akun {request.login}" if request.login else ""
            return f"token-{request.token} bertindak sebagai {roles}{whose} ({by})."
        case "pejabat":
            return f"{read_post_change(request.detail).words} ({by})."
        case "cadangan":
            return f"{read_place_change(request.detail).words} ({by})."
        case "jabatan":
            return f"akun {request.login} memegang peran {roles} menurut NIP-nya di office.toml ({by})."
        case _:
            return f"akun {request.login} diberi peran {roles} ({by})."


def _parted(
    receiver: Account, roles: Iterable[HeldRole], by: str, staff: Staff
) -> tuple[list[HeldRole], list[HeldRole]]:
    """Return the roles that hold at once, and those that have to wait."""
    later = [one for one in roles if waits(one.role, receiver, by, staff)]
    return [one for one in roles if one not in later], later


def _ask(login: str, later: Sequence[HeldRole], by: str, parts: GrantParts) -> tuple[str, ...]:
    waiting = {role for r in parts.people.requests.waiting() if r.login == login for role in r.roles}
    for one in later:
        if one not in waiting:
            _request(login, ROLES, [one], by, parts)
    return tuple(one.role for one in later)


def _request(login: str, kind: str, roles: Sequence[HeldRole], by: str, parts: GrantParts, token: int = 0) -> None:
    made = parts.people.requests.make(login, kind, roles, by, parts.now, token)
    parts.tell(f"Menunggu pengesahan: {described(made)}", login, by)


def _as(roles: Iterable[HeldRole]) -> str:
    named = ", ".join(one.role for one in roles)
    return f" dengan peran {named}" if named else ""


def _by_post(account: Account, parts: GrantParts) -> str:
    posts = sorted(account.posts(parts.officials))
    return f"; menurut NIP-nya di office.toml: {', '.join(posts)}" if posts else ""
