"""*Ketikan saya*: what one has typed and not sent, kept while one types; and thrown away."""

from __future__ import annotations

import re
from contextlib import suppress

from starlette.responses import JSONResponse, Response

from pipeline.access.rights import Right
from pipeline.cases.case_number import CaseNumber
from pipeline.desk import sent_in_vain, typed
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit, case_of
from pipeline.errors import NotFound, Passing

pages = Pages()


@pages.post(typed.HERE, Right.SIGNED_IN, Lane.QUICK)
def keep(visit: Visit) -> Response:
    """Keep what is being typed, for its typist alone; the page sends it by itself."""
    draft = visit.sent_draft
    if not sent_in_vain.may_send(visit, draft.form):
        raise NotFound("Formulir itu tidak ada.", "Buka lagi halamannya.")
    sent = sent_in_vain.keep(visit, visit.who.login)
    if sent is not None and not sent.kept:
        raise Passing("Ketikan belum tersimpan.", "Kirim formulirnya sebelum menutup halaman.")
    return _heard(visit, case_in(draft.form), filling=True)


@pages.get(typed.HERE + "/hadir", Right.SIGNED_IN, Lane.QUICK)
def signs(visit: Visit) -> Response:
    """Say how long the session lasts, and who else is at a case; ``mengisi``: the visitor fills in a form of it."""
    case = case_in(f"/kasus/{visit.asked('perkara')}")
    known = case if visit.who.may(Right.READ_CASES) else None
    return _heard(visit, known, filling=bool(visit.asked("mengisi")))


def _heard(visit: Visit, case: CaseNumber | None, *, filling: bool) -> Response:
    beside = visit.desk.beside(visit.who, case, filling=filling) if case else ""
    return JSONResponse({"sisa": int(visit.who.left), "bersama": beside})


@pages.get(typed.HERE, Right.SIGNED_IN, Lane.QUICK, personal=True)
def mine(visit: Visit) -> Response:
    """Show what the visitor has typed and not sent, as far as they may still read what it is about."""
    found = [d for d in visit.desk.drafts.all(visit.who.login) if sent_in_vain.may_send(visit, d.form)]
    for number in dict.fromkeys(number for draft in found if (number := case_in(draft.form))):
        visit.note(number)
    shown = [(draft, typed.title(draft), typed.told(draft)) for draft in found]
    return visit.show("ketikan.html", title="Ketikan saya", found=shown)


@pages.post(typed.HERE + "/buang", Right.SIGNED_IN, Lane.QUICK)
def drop(visit: Visit) -> Response:
    """Throw away what was typed."""
    visit.desk.drafts.drop(visit.who.login, visit.text("nama"))
    return visit.go(visit.page, "Ketikan itu dibuang.")


def case_in(form: str) -> CaseNumber | None:
    """Return the case that the address of a form names."""
    named = re.match(r"/(?:kasus|verifikasi)/([^/]+)/([^/]+)(?:/|$)", form)
    with suppress(NotFound):
        return case_of(named[1], named[2]) if named else None
    return None
