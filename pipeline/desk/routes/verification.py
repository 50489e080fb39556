"""*Verifikasi*: the scan beside what was read of it; a person checks, corrects and confirms (SOP step 2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.archive.papers import papers
from pipeline.cases.case import Case
from pipeline.cases.case_number import read_number
from pipeline.cases.forms import Offer, offers
from pipeline.cases.splitting import own_pages
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.questions import answered
from pipeline.desk.routes.moves import as_it_stands, asked_of, made, meant
from pipeline.desk.visit import CaseFile, Visit, open_file
from pipeline.errors import Incomplete, NotAllowed, Refused, YankomasError
from pipeline.reading.filed_reading import checked, marks, reading_of
from pipeline.register.due import waiting_for

pages = Pages()
#: So many pages of a scan are shown beside the form.
_PAGES = 30
#: The groups of questions, by how much they are in doubt.
_RANKS = ("periksa", "terbaca", "kosong")


@pages.get("/verifikasi", Right.VERIFY, Lane.QUICK)
def queue(visit: Visit) -> Response:
    """Show the complaints that wait to be checked, and those that have been: their receipts are to be printed."""
    desk, roles = visit.desk, visit.who.roles
    waiting = waiting_for(roles, desk.book.rows(), desk.now(), desk.root.calendar).rows
    shown = [secrecy.shown(roles, row) for row in waiting]
    return visit.show(
        "verifikasi.html",
        title="Verifikasi",
        waiting=[row for row in shown if not row.confirmed],
        ready=[row for row in shown if row.confirmed and row.step <= 3],
    )


@pages.get("/verifikasi/{year}/{serial}", Right.VERIFY, Lane.PICTURES)
def letter(visit: Visit) -> Response:
    """Show a complaint with what was read of it."""
    file = open_file(visit)
    case, offer = file.case, _confirmation(visit, file)
    if offer is None:
        return visit.go(f"/kasus/{case.number}", "Isian register perkara ini sudah dikonfirmasi.")
    return _letter(visit, case, offer, offer.known)


@pages.post("/verifikasi/{year}/{serial}", Right.VERIFY, Lane.PICTURES)
def confirm(visit: Visit) -> Response:
    """Confirm a complaint's fields and go to the next complaint, or show the form again with what is missing."""
    file = open_file(visit)
    case, offer = file.case, _confirmation(visit, file)
    if offer is None:
        return _lost(visit, case)
    typed = answered(visit.form, (*offer.fields, *offer.register))
    if longer := visit.text("tambah"):
        return _letter(visit, case, offer, {**offer.known, **typed}, longer=longer)
    try:
        made(visit, case, offer, meant(offer, typed))
    except (Incomplete, Refused, NotAllowed) as fault:
        if _confirmation(visit, open_file(visit)) is None:
            return _lost(visit, case)
        return _letter(visit, case, offer, {**offer.known, **typed}, fault)
    visit.desk.wake()
    said = f"{case.received.register_number} dikonfirmasi. Tanda terimanya dapat dicetak dari daftar Verifikasi."
    return visit.go(_next(visit, case) or "/verifikasi", said)


def _lost(visit: Visit, case: Case) -> Response:
    """Go to the next complaint, as a colleague was faster with this one; what was typed is kept."""
    said = f"{case.received.register_number} sudah dikonfirmasi rekan. Yang Anda ketik ada di Ketikan saya."
    return visit.go(_next(visit, case) or "/verifikasi", said, kind="gagal")


def _confirmation(visit: Visit, file: CaseFile) -> Offer | None:
    """Return the move by which the register is confirmed, if it is open to the visitor."""
    there = offers(file.case, visit.desk.root.sop_of(file.case), visit.who.acts_in or visit.who.roles)
    return next((as_it_stands(offer, file.row) for offer in there if offer.register and offer.forward), None)


def _next(visit: Visit, case: Case) -> str:
    """Return the page of the next complaint that is read and waits: those after this one first, then those before it.

    So a complaint that was passed over comes again at the end, and not at once.
    """
    desk = visit.desk
    waiting = waiting_for(visit.who.roles, desk.book.rows(), desk.now(), desk.root.calendar).rows
    ready = [
        row
        for row in waiting
        if not row.confirmed
        and row.number != str(case.number)
        and not row.in_work
        and secrecy.open_to(visit.who.roles, row)
    ]
    later = (row for row in ready if read_number(row.number) > case.number)
    found = next(later, ready[0] if ready else None)
    return f"/verifikasi/{found.number}" if found else ""


def _letter(
    visit: Visit,
    case: Case,
    offer: Offer,
    known: Mapping[str, Any],
    fault: YankomasError | None = None,
    longer: str = "",
) -> Response:
    desk = visit.desk
    sop, read = desk.root.sop_of(case), reading_of(desk.root.cabinet, case)
    asked = {q.field.name: q for q in asked_of(offer.register, known, fault, longer)}
    fields, paper = checked(sop, read), papers(case, sop)[0]
    return visit.show(
        "verifikasi-surat.html",
        422 if fault else 200,
        title=f"Verifikasi {case.received.register_number}",
        case=case,
        row=open_file(visit).row,
        offer=offer,
        scan=paper.shown,
        pages=min(len(own_pages(case)), _PAGES),
        of_pages=len(own_pages(case)),
        marks=marks(read),
        groups=[(rank, [(c, asked[c.field.name]) for c in fields if c.rank == rank]) for rank in _RANKS],
        fault=fault,
        following=_next(visit, case),
    )
