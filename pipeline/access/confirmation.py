"""Confirmation: how something comes to wait for a second person, how it reads, and how it is confirmed or rejected.

What has to wait, and for whom, says :mod:`pipeline.access.requests`. Which steps of a case two people must make is
another question: :mod:`pipeline.cases.separation`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pipeline.access.accounts import HeldRole, as_logged, held
from pipeline.access.grant_parts import GrantParts
from pipeline.access.requests import BACKUP, CONFIRMED, EDITION, OFFICIAL, POST, REJECTED, ROLES, Request, may_confirm
from pipeline.cases.asked_edition import EditionChange, read_edition_change
from pipeline.cases.key_labels import role_name
from pipeline.errors import NotAllowed, NotFound
from pipeline.office.backup_place import PlaceChange, read_place_change
from pipeline.office.post_changes import PostChange, read_post_change

#: What changes the office's file, or its SOP, once it is confirmed, and how the access log calls it.
_OF_THE_FILE = {OFFICIAL: "pejabat", BACKUP: "cadangan", EDITION: "edisi SOP"}


def ask(login: str, kind: str, roles: Sequence[HeldRole], by: str, parts: GrantParts, token: int = 0) -> None:
    """Have something wait for a second person, and tell those whom it concerns; ``token`` is its id, if it is one."""
    made = parts.people.requests.make(login, kind, roles, by, parts.now, token)
    parts.tell(f"Menunggu pengesahan: {described(made)}", login, by)


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
    _ask_of_the_office(OFFICIAL, [held(change.role)], change.as_json(), by, parts)


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
    _ask_of_the_office(BACKUP, (), change.as_json(), by, parts)


def ask_for_edition(change: EditionChange, *, by: str, parts: GrantParts) -> None:
    """Ask that an edition of the SOP be in force from a day on; a second person confirms it.

    Raises:
        NotAllowed: one of that day waits already.
    """
    waiting = [read_edition_change(r.detail) for r in parts.people.requests.waiting() if r.kind == EDITION]
    if any((one.service, one.day) == (change.service, change.day) for one in waiting):
        raise NotAllowed(
            "Edisi SOP untuk hari itu sudah ada yang menunggu pengesahan.",
            "Tarik atau selesaikan dahulu di Pengesahan, atau pilih hari lain.",
        )
    _ask_of_the_office(EDITION, (), change.as_json(), by, parts)


def _ask_of_the_office(kind: str, roles: Sequence[HeldRole], detail: str, by: str, parts: GrantParts) -> None:
    made = parts.people.requests.make("", kind, roles, by, parts.now, detail=detail)
    parts.tell(f"Menunggu pengesahan: {described(made)}", by)


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


def described(request: Request) -> str:
    """Return what is asked for, as a sentence."""
    roles, by = (
        ", ".join(map(role_name, request.names)),
        f"diminta {request.by}, {datetime.fromtimestamp(request.at):%d-%m-%Y}",
    )
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
        case "sop":
            return f"{read_edition_change(request.detail).words} ({by})."
        case "jabatan":
            return f"akun {request.login} memegang peran {roles} menurut NIP-nya di office.toml ({by})."
        case _:
            return f"akun {request.login} diberi peran {roles} ({by})."
