"""*Verifikasi*: the scan beside what was read of it; a person checks, corrects and confirms (SOP step 2).

What is in doubt must be looked at: each such field is ticked or changed before the whole is confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.archive.papers import papers
from pipeline.cases.case import Case
from pipeline.cases.forms import filled
from pipeline.cases.moves import open_move
from pipeline.cases.nik_doubts import doubtful_niks
from pipeline.cases.offers import Offer
from pipeline.cases.sop import Sop
from pipeline.cases.splitting import own_pages
from pipeline.desk.case_file import CaseFile, open_file
from pipeline.desk.clippings import clippings
from pipeline.desk.gate import Pages
from pipeline.desk.kin import kin_of
from pipeline.desk.lanes import Lane
from pipeline.desk.questions import answered
from pipeline.desk.rendering import paged
from pipeline.desk.routes.moves import as_it_stands, asked_of, bare, decided, meant
from pipeline.desk.routes.verification_acts import joining, next_letter, offers_to, parting
from pipeline.desk.visit import Visit
from pipeline.errors import Incomplete, NotAllowed, Refused, YankomasError
from pipeline.reading.field_checks import Checked, checked, marks
from pipeline.reading.filed_reading import FiledReading, reading_of
from pipeline.register.due import waiting_for

pages = Pages()
#: So many pages of a scan are shown beside the form.
_PAGES = 30
#: The list of what was checked as addresses name it, and how many of it stand below those that wait to be.
_READY, _SHOWN = "siap", 12
#: The groups of questions, by how much they are in doubt.
_RANKS = ("periksa", "terbaca", "kosong")
#: How the last letter came, kept by the browser: the next one mostly came the same way.
_CHANNEL, _KEPT = "cara_penyampaian", 90 * 24 * 3600


@pages.get("/verifikasi", Right.VERIFY, Lane.QUICK)
def queue(visit: Visit) -> Response:
    """Show the complaints that wait to be checked, and those that have been: their receipts are to be printed."""
    desk, roles = visit.desk, visit.who.sees
    rows = waiting_for(roles, desk.live_rows.of(desk.now().date()), desk.now(), desk.root.calendar).rows
    ready = [row for row in rows if row.confirmed and row.step <= 3 and not row.series]
    waiting = [row for row in rows if not row.confirmed]
    checked_ones = visit.asked("daftar") == _READY
    part = paged(ready if checked_ones else waiting, visit.part_asked)
    return visit.show(
        "verifikasi.html",
        title="Verifikasi",
        waiting=() if checked_ones else [secrecy.shown(roles, row) for row in part.items],
        ready=[secrecy.shown(roles, row) for row in (part.items if checked_ones else ready[:_SHOWN])],
        counts=(len(waiting), len(ready)),
        part=part,
        query={"daftar": _READY} if checked_ones else {},
    )


@pages.get("/verifikasi/{year}/{serial}", Right.VERIFY, Lane.PICTURES)
def letter(visit: Visit) -> Response:
    """Show a complaint with what was read of it."""
    file = open_file(visit)
    case, offer = file.case, _confirmation(visit, file)
    if offer is None:
        return visit.go(f"/kasus/{case.number}", "Isian register perkara ini sudah dikonfirmasi.")
    read = reading_of(visit.desk.root.cabinet, case)
    return _letter(visit, file, read, offer, {**_as_before(visit, offer), **_said(offer.known)})


@pages.post("/verifikasi/{year}/{serial}", Right.VERIFY, Lane.PICTURES)
def confirm(visit: Visit) -> Response:
    """Confirm a complaint's fields and go to the next complaint, or show the form again with all that is wrong."""
    file = open_file(visit)
    case, offer = file.case, _confirmation(visit, file)
    if offer is None:
        return _lost(visit, case)
    typed = answered(visit.form, (*offer.fields, *offer.register))
    known, read = {**offer.known, **typed}, reading_of(visit.desk.root.cabinet, case)
    if longer := visit.text("tambah"):
        return _letter(visit, file, read, offer, known, longer=longer)
    try:
        _require_looked_at(visit, case, read, offer, typed)
        decided(visit, case, offer, meant(offer, typed))
    except (Incomplete, Refused, NotAllowed) as fault:
        if _confirmation(visit, open_file(visit)) is None:
            return _lost(visit, case)
        return _letter(visit, file, read, offer, known, fault)
    visit.desk.wake()
    said = f"{case.received.register_number} dikonfirmasi."
    if not case.number.series:  # of other services nobody has a receipt
        said += " Tanda terimanya dapat dicetak dari daftar Verifikasi."
    answer = visit.go(next_letter(visit, case) or "/verifikasi", said)
    if channel := str(typed.get(_CHANNEL) or ""):
        answer.set_cookie(
            _CHANNEL, channel, _KEPT, path="/verifikasi", secure=visit.desk.tls, httponly=True, samesite="strict"
        )
    return answer


def _lost(visit: Visit, case: Case) -> Response:
    """Go to the next complaint, as a colleague was faster with this one; what was typed is kept."""
    said = f"{case.received.register_number} sudah dikonfirmasi rekan. Yang Anda ketik ada di Ketikan saya."
    return visit.go(next_letter(visit, case) or "/verifikasi", said, kind="gagal")


def _confirmation(visit: Visit, file: CaseFile) -> Offer | None:
    """Return the move by which the register is confirmed, if it is open to the visitor."""
    offer = next((o for o in offers_to(visit, file) if o.register and o.forward), None)
    if offer is None:
        return None
    desk = visit.desk
    return desk.root.drafting_help.offered(as_it_stands(offer, file.row), file.case, desk.now().date())


def _as_before(visit: Visit, offer: Offer) -> dict[str, Any]:
    """Return how the last letter came that was confirmed in this browser, if that is an answer still."""
    last = visit.request.cookies.get(_CHANNEL, "")
    choices = next((field.choices for field in offer.register if field.name == _CHANNEL), ())
    return {_CHANNEL: last} if last in choices else {}


def _said(known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in known.items() if value}


def _require_looked_at(visit: Visit, case: Case, read: FiledReading, offer: Offer, typed: Mapping[str, Any]) -> None:
    """Make sure that somebody looked at what is in doubt, before anything is confirmed.

    Raises:
        Incomplete: nobody did; names these fields and, so that all is mended at once, what else is wrong.
    """
    sop, looked, known = visit.desk.root.sop_of(case), visit.texts("diperiksa"), offer.known
    unseen: dict[str, tuple[str, str]] = {}
    for check in _checks(sop, case, read, typed):
        name, label = check.field.name, check.field.label
        # of choices of which none is taken a browser says nothing at all
        answered_here = name in typed or check.field.kind == "pilihan"
        untold = [words for words in check.warned if words not in visit.texts("diberitahu")]
        if untold:
            unseen[name] = (label, " ".join(untold).rstrip("."))
        elif answered_here and name not in looked and check.doubts and bare(typed.get(name)) == bare(known.get(name)):
            unseen[name] = (label, "belum diperiksa; cocokkan dengan suratnya, lalu centang Benar atau betulkan")
    if not unseen:
        return
    try:
        opened = open_move(case, sop, offer.key, offer.roles[0])
        filled(opened, case, sop, meant(offer, typed), with_file=False, now=visit.desk.now())
    except Incomplete as fault:
        unseen |= fault.fields
    raise Incomplete("Isian yang meragukan belum diperiksa.", "Cocokkan dengan suratnya.", unseen)


def _checks(sop: Sop, case: Case, read: FiledReading, typed: Mapping[str, Any]) -> tuple[Checked, ...]:
    """Return the fields with how sure their reading is; whose NIK cannot be right, as it is typed by now."""
    return checked(sop, read.fields, doubtful_niks(sop.known({**case.fields, **typed})))


def _letter(
    visit: Visit,
    file: CaseFile,
    read: FiledReading,
    offer: Offer,
    known: Mapping[str, Any],
    fault: YankomasError | None = None,
    longer: str = "",
) -> Response:
    case, sop, there = file.case, visit.desk.root.sop_of(file.case), offers_to(visit, file)
    asked = {q.field.name: q for q in asked_of(offer.register, known, fault, longer)}
    found, own = marks(sop, read.fields), own_pages(case)
    fields = _checks(sop, case, read, {name: known[name] for name in known.keys() & {"pelapor"}})
    return visit.show(
        "verifikasi-surat.html",
        422 if fault else 200,
        title=f"Verifikasi {case.received.register_number}",
        case=case,
        row=file.row,
        offer=offer,
        scan=papers(case, sop)[0].shown,
        own=own[:_PAGES],
        of_pages=len(own),
        shapes=[read.shape(page) for page in range(1, len(own) + 1)],
        marks=found,
        clippings=clippings(found, read),
        groups=[
            (rank, [(c, asked[c.field.name]) for c in fields if c.rank == rank and c.field.name in asked])
            for rank in _RANKS
        ],
        wrong=set(fault.fields) if isinstance(fault, Incomplete) else set(),
        looked=_looked(visit, fields, offer, known),
        parting=parting(there) if len(own) > 1 else None,
        joining=joining(there),
        kin=list(kin_of(visit, case)),
        fault=fault,
        following=next_letter(visit, case),
    )


def _looked(visit: Visit, fields: Sequence[Checked], offer: Offer, known: Mapping[str, Any]) -> set[str]:
    """Return the fields that somebody has looked at: ticked, or answered otherwise than they were read."""
    changed = (c.field.name for c in fields if bare(known.get(c.field.name)) != bare(offer.known.get(c.field.name)))
    return {*visit.texts("diperiksa"), *changed}
