"""Moves: what somebody may do with a case, as forms; making one is :func:`pipeline.actions.decide.decide`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from pipeline.actions.decide import Actor, decide
from pipeline.domain.case import Case
from pipeline.domain.deadlines import current_state
from pipeline.domain.forms import FormField
from pipeline.errors import Incomplete, NotAllowed, Refused, YankomasError
from pipeline.views.offers import Offer, offers
from pipeline.web.casefile import open_file
from pipeline.web.formfiles import put_down, uploaded
from pipeline.web.questions import MORE_ROWS, Question, answered, question
from pipeline.web.rights import Right
from pipeline.web.routing import Pages
from pipeline.web.visit import Visit

pages = Pages()
FILE_LIMIT = 200 << 20  # bytes of a form with a scan; the office's own limit is lower


@pages.get("/kasus/{year}/{serial}/gerak/{move}", Right.MOVE_CASES)
def form(visit: Visit) -> Response:
    """Show the form of a move."""
    case = open_file(visit).case
    offer = _offered(visit, case)
    return _form(visit, case, offer, offer.known)


@pages.post("/kasus/{year}/{serial}/gerak/{move}", Right.MOVE_CASES, limit=FILE_LIMIT)
def make(visit: Visit) -> Response:
    """Make a move, or show its form again with what is missing."""
    case = open_file(visit).case
    offer = _offered(visit, case)
    typed = answered(visit.form, (*offer.fields, *offer.register))
    if visit.text("tambah"):
        return _form(visit, case, offer, {**offer.known, **typed}, longer=visit.text("tambah"))
    try:
        after = _made(visit, case, offer, _meant(offer, typed))
    except (Incomplete, Refused, NotAllowed) as fault:
        return _form(visit, case, offer, {**offer.known, **typed}, fault)
    state = current_state(after, visit.desk.root.sop_of(after))
    return visit.go(f"/kasus/{case.number}", f"{offer.label}: dicatat. Keadaan perkara sekarang: {state.label}.")


def _offered(visit: Visit, case: Case) -> Offer:
    move = visit.request.path_params["move"]
    for offer in offers(case, visit.desk.root.sop_of(case), visit.who.roles):
        if offer.key == move:
            return offer
    raise NotAllowed(
        "Gerak itu tidak terbuka bagi Anda pada perkara ini.", "Lihat di halaman perkara apa yang dapat Anda lakukan."
    )


def _made(visit: Visit, case: Case, offer: Offer, typed: Mapping[str, Any]) -> Case:
    role = visit.text("sebagai") or offer.roles[0]
    if role not in visit.who.roles:
        raise NotAllowed("Anda tidak memegang peran itu hari ini.", "Pilih peran Anda sendiri.")
    seen = visit.text("dilihat")
    root = visit.desk.root
    with visit.desk.chamber() as chamber, put_down(uploaded(visit.form.get("berkas")), root) as file:
        return decide(
            case.number,
            offer.key,
            typed,
            by=Actor(role, visit.who.login),
            chamber=chamber,
            file=file,
            seen=int(seen) if seen.isdecimal() else None,
        )


def _meant(offer: Offer, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the register's fields that were left as they are, and that nobody knew and nobody typed."""
    register = {f.name for f in offer.register}
    return {
        name: value
        for name, value in typed.items()
        if name not in register or not _same(value, offer.known.get(name)) or (offer.forward and value)
    }


def _same(typed: Any, known: Any) -> bool:
    return bool(_bare(typed) == _bare(known))


def _bare(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_bare(v) for v in value if v]
    if isinstance(value, Mapping):
        return {k: _bare(v) for k, v in value.items() if v}
    return "" if value is None else str(value).strip()


def _form(
    visit: Visit,
    case: Case,
    offer: Offer,
    known: Mapping[str, Any],
    fault: YankomasError | None = None,
    longer: str = "",
) -> Response:
    asked = [_asked(f, known, fault, longer) for f in offer.fields]
    register = [_asked(f, known, fault, longer) for f in offer.register]
    values = {"case": case, "offer": offer, "asked": asked, "register": register, "fault": fault}
    return visit.show("gerak.html", 422 if fault else 200, title=offer.label, **values)


def _asked(field: FormField, known: Mapping[str, Any], fault: YankomasError | None, longer: str) -> Question:
    wrong = fault is not None and f"{field.name} (" in fault.message
    return question(field, known.get(field.name), wrong=wrong, more=MORE_ROWS if longer == field.name else 0)
