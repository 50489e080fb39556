"""*Alih tugas*: who acts for an official who is away, on which days; entered by the holder of the post, or the admin.

As with all that changes rights, it is in the access log before it is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from pipeline.access.accounts import as_logged
from pipeline.access.hand_over import (
    Asked,
    By,
    deputies,
    hand_over,
    may_take_back,
    roles_to_hand_over,
    take_back,
    tell_of_handover,
)
from pipeline.access.rights import Right
from pipeline.cases.answers import read_day
from pipeline.desk.faults import wrong_with
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit, number_in
from pipeline.errors import Incomplete, NotAllowed, NotFound, YankomasError
from pipeline.office.handovers import AHEAD, HOLDS, OVER, TAKEN_BACK, Handover, period

pages = Pages()
_ANSWERS = ("peran", "kepada", "sebagai", "jabatan_sendiri", "mulai", "sampai", "alasan")
_TONES = {HOLDS: "selesai", AHEAD: "tunggu"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A hand-over as lists show it: how it stands, in which tone, and whether the visitor may take it back."""

    handover: Handover
    state: str
    tone: str
    over: bool
    can_take_back: bool


@pages.get("/alih-tugas", Right.SIGNED_IN, Lane.QUICK)
def show(visit: Visit) -> Response:
    """Show the hand-overs, and the form to whoever holds a post; to the admin for the account that ``?dari=`` names."""
    return _page(visit, {"mulai": visit.desk.now().date().isoformat()}, giver=visit.asked("dari"))


@pages.post("/alih-tugas", Right.SIGNED_IN, Lane.QUICK)
def enter(visit: Visit) -> Response:
    """Hand a role over, or show the form again with what is wrong."""
    typed = {name: visit.text(name) for name in _ANSWERS}
    visit.note(about=as_logged(typed["kepada"], [typed["peran"]]))
    try:
        kept = hand_over(_asked(typed, visit.text("dari")), by=_by(visit), parts=visit.desk.hand_over_parts)
    except (Incomplete, NotAllowed, NotFound) as fault:
        return _page(visit, typed, giver=visit.text("dari"), fault=fault)
    tell_of_handover(kept, by=visit.who.login, taken_back=False, parts=visit.grant_parts)
    said = f"Tugas {kept.title} dialihkan kepada {kept.name} ({kept.acting}), {period(kept.official)}."
    return visit.go("/alih-tugas", said)


@pages.post("/alih-tugas/tarik", Right.SIGNED_IN, Lane.QUICK)
def end(visit: Visit) -> Response:
    """Take a hand-over back."""
    number, parts = number_in(visit.text("nomor"), 9) or 0, visit.desk.hand_over_parts
    found = next((h for h in parts.record.all() if h.number == number), None)
    visit.note(about=as_logged(found.login, [found.role]) if found else "?")
    taken = take_back(number, by=_by(visit), parts=parts)
    tell_of_handover(taken, by=visit.who.login, taken_back=True, parts=visit.grant_parts)
    return visit.go("/alih-tugas", f"Pengalihan tugas {taken.title} kepada {taken.name} ditarik.")


def shown_handovers(visit: Visit, login: str = "") -> list[Shown]:
    """Return the hand-overs, those that hold or will first; of one account those by it and to it."""
    today, by = visit.desk.now().date(), _by(visit)
    found = (h for h in visit.desk.root.handovers.all() if login in ("", h.login, h.giver))
    return sorted((_shown(h, today, by) for h in found), key=lambda s: (s.over, s.state != HOLDS, -s.handover.number))


def _shown(handover: Handover, today: date, by: By) -> Shown:
    state, over = handover.state(today), handover.state(today) in (OVER, TAKEN_BACK)
    return Shown(handover, state, _TONES.get(state, "netral"), over, not over and may_take_back(handover, by))


def _by(visit: Visit) -> By:
    return By(visit.who.login, admin=visit.who.may(Right.PEOPLE))


def _asked(typed: Mapping[str, str], giver: str) -> Asked:
    return Asked(
        role=typed["peran"],
        to=typed["kepada"],
        acting=typed["sebagai"],
        since=_day(typed, "mulai", "Hari pertama"),
        until=_day(typed, "sampai", "Hari terakhir"),
        own_title=typed["jabatan_sendiri"],
        reason=typed["alasan"],
        giver=giver,
    )


def _day(typed: Mapping[str, str], name: str, label: str) -> date:
    try:
        return read_day(typed[name])
    except ValueError as fault:
        why = f"{fault}"
        raise Incomplete(
            f"{label} belum dapat dibaca: {why}.", "Betulkan, lalu ulangi.", {name: (label, why)}
        ) from None


def _page(visit: Visit, typed: Mapping[str, str], *, giver: str, fault: YankomasError | None = None) -> Response:
    admin, parts = visit.who.may(Right.PEOPLE), visit.desk.hand_over_parts
    giver = giver if admin else ""
    wrong = wrong_with(fault)
    accounts = deputies(parts.accounts.all(), visit.desk.now().date(), parts.office)
    posts = _posts(visit, giver, admin=admin)
    return visit.show(
        "alih-tugas.html",
        422 if fault else 200,
        title="Alih tugas",
        posts=posts,
        choices=[(a.login, f"{a.name} ({a.login})") for a in accounts if a.login != (giver or visit.who.login)],
        typed={name: typed.get(name, "") for name in _ANSWERS} | ({"peran": posts[0][0]} if len(posts) == 1 else {}),
        giver=giver,
        fault=fault,
        wrong=wrong,
        shown=shown_handovers(visit),
    )


def _posts(visit: Visit, giver: str, *, admin: bool) -> list[tuple[str, str]]:
    """Return the posts that the visitor may hand over: the role, and the post as documents print it."""
    today, parts = visit.desk.now().date(), visit.desk.hand_over_parts
    roles: Iterable[str] = parts.office.roles.handed
    if giver or not admin:
        try:
            roles = roles_to_hand_over(parts.accounts.account(giver or visit.who.login), today, parts.office)
        except NotFound:
            roles = ()
    titles = {o.role: o.title for o in reversed(parts.office.officials) if not o.acting}
    return [(role, titles[role]) for role in roles if role in titles]
