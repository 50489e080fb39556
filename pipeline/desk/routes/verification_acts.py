"""What the machine noticed of a letter, settled at *Verifikasi*: a second one in the file, a case it belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.cases.case import Case
from pipeline.cases.case_number import read_number
from pipeline.cases.events import MERGED_INTO, PAGES
from pipeline.cases.offers import Offer, offers
from pipeline.cases.splitting import own_pages, written
from pipeline.desk.case_file import CaseFile, open_file
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.rendering import words_of
from pipeline.desk.routes.moves import decided
from pipeline.desk.visit import Visit
from pipeline.errors import Incomplete, NotAllowed, Refused
from pipeline.register.due import waiting_for

pages = Pages()
#: The moves by which a letter joins a case instead of being one, the first that is open; and by which pages leave it.
_JOINING, _PARTING = ("lampirkan", "gabung"), "pisahkan"


@pages.post("/verifikasi/{year}/{serial}/pisahkan", Right.VERIFY, Lane.PICTURES)
def part(visit: Visit) -> Response:
    """Make the pages of a second letter a case of their own: those from each page that was chosen to the next."""
    file = open_file(visit)
    own, number = own_pages(file.case), file.case.number
    begins = [at for at, page in enumerate(own) if str(page) in visit.texts("mulai")]
    offer = parting(offers_to(visit, file))
    if not begins or offer is None:
        return visit.go(f"/verifikasi/{number}", "Pilih dahulu halaman tempat surat yang lain mulai.", kind="gagal")
    runs = [own[at:end] for at, end in zip(begins, [*begins[1:], len(own)], strict=True)]
    try:
        decided(visit, file.case, offer, {PAGES: written(runs)})
    except (Incomplete, NotAllowed) as fault:
        return visit.go(f"/verifikasi/{number}", words_of(fault), kind="gagal")
    visit.desk.wake()
    said = "Surat yang lain menjadi perkara sendiri; surat ini dibaca lagi tanpa halaman itu."
    return visit.go(f"/verifikasi/{number}", said)


@pages.post("/verifikasi/{year}/{serial}/lampirkan", Right.VERIFY, Lane.PICTURES)
def join(visit: Visit) -> Response:
    """Let the letter join the case that it belongs to, instead of being one, and go to the next."""
    file = open_file(visit)
    offer, other = joining(offers_to(visit, file)), visit.text(MERGED_INTO)
    here = f"/verifikasi/{file.case.number}"
    if offer is None:
        return visit.go(here, "Surat ini tidak dapat dilampirkan lagi oleh peran Anda.", kind="gagal")
    try:
        decided(visit, file.case, offer, {MERGED_INTO: other, "alasan": visit.text("alasan")})
    except (Incomplete, Refused, NotAllowed) as fault:
        return visit.go(here, words_of(fault), kind="gagal")
    visit.desk.wake()
    said = f"{file.case.received.register_number} dilampirkan pada perkara {other}."
    return visit.go(next_letter(visit, file.case) or "/verifikasi", said)


def joining(there: Iterable[Offer]) -> Offer | None:
    """Return the move by which the letter joins a case, if one is among those open to the visitor."""
    open_now = {offer.key: offer for offer in there}
    return next((open_now[key] for key in _JOINING if key in open_now), None)


def parting(there: Iterable[Offer]) -> Offer | None:
    """Return the move by which pages become a case of their own, if it is among those open to the visitor."""
    return next((offer for offer in there if offer.key == _PARTING), None)


def offers_to(visit: Visit, file: CaseFile) -> tuple[Offer, ...]:
    """Return the moves of the case that are open to the visitor."""
    return offers(file.case, visit.desk.root.sop_of(file.case), visit.who.acts_in or visit.who.roles)


def next_letter(visit: Visit, case: Case) -> str:
    """Return the page of the next complaint that is read and waits: those after this one first, then those before it.

    So a complaint that was passed over comes again at the end, and not at once.
    """
    desk = visit.desk
    waiting = waiting_for(visit.who.roles, desk.live_rows.of(desk.now().date()), desk.now(), desk.root.calendar).rows
    ready = [
        row
        for row in waiting
        if not row.confirmed
        and row.number != str(case.number)
        and not row.in_work
        and secrecy.open_to(visit.who.sees, row)
    ]
    later = (row for row in ready if read_number(row.number) > case.number)
    found = next(later, ready[0] if ready else None)
    return f"/verifikasi/{found.number}" if found else ""
