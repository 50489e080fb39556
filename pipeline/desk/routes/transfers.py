"""*Kantor lain*: cases that other offices of the centre offer, those that this one sent, and sending one."""

from __future__ import annotations

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.access.secrecy import open_to
from pipeline.cases.owed_letters import unfinished_letters
from pipeline.cases.transfers import REFUSERS, SENDERS, TAKERS, require_role
from pipeline.desk.case_file import CaseFile, open_file
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit
from pipeline.errors import Incomplete, NotAllowed, NotFound, YankomasError
from pipeline.work.hand_all_over import SENT, offer_all
from pipeline.work.transfer import DIRECTORATE, accept, note_answers, offer, refuse, withdraw

pages = Pages()
#: How many of the parcels that were sent are listed.
_LISTED = 50
#: How many cases are offered at once to a successor: somebody waits for it.
_AT_ONCE = 50


@pages.get("/pindah", Right.MOVE_CASES, Lane.LOOKUPS)
def listed(visit: Visit) -> Response:
    """Show what other offices offer, and what this one sent and was answered."""
    desk, acting = visit.desk, visit.who.acts_in
    parts, fault = desk.transfer_parts, None
    try:
        note_answers(parts)
    except YankomasError as kept:  # what came in can be answered all the same
        fault = kept
    sent = parts.exchange.sent(_LISTED)
    there = desk.open_among(visit.who.sees, [parcel.number for parcel in sent])
    return visit.show(
        "pindah.html",
        title="Kantor lain",
        fault=fault,
        incoming=parts.exchange.incoming(),
        sent=[parcel for parcel in sent if parcel.number in there],
        may_send=not acting.isdisjoint(SENDERS),
        receivers=_successors(visit),
        may_take=not acting.isdisjoint(TAKERS),
        may_refuse=not acting.isdisjoint(REFUSERS),
    )


@pages.post("/pindah/terima", Right.MOVE_CASES, Lane.PAPERS)
def take(visit: Visit) -> Response:
    """Take a case in: it gets the next number here."""
    case = accept(visit.text("kiriman"), by=visit.who.acting(_role(visit, TAKERS)), parts=visit.desk.transfer_parts)
    visit.desk.wake()
    return visit.go(f"/kasus/{case.number}", f"Diterima sebagai {case.received.register_number}.")


@pages.post("/pindah/tolak", Right.MOVE_CASES, Lane.QUICK)
def send_back(visit: Visit) -> Response:
    """Refuse a case."""
    by, parts = visit.who.acting(_role(visit, REFUSERS)), visit.desk.transfer_parts
    try:
        parcel = refuse(visit.text("kiriman"), visit.text("alasan"), by=by, parts=parts)
    except Incomplete as fault:
        return visit.go("/pindah", f"{fault.message} {fault.remedy}", kind="gagal")
    return visit.go("/pindah", f"Kiriman {parcel.id} dari kantor {parcel.sender} ditolak.")


@pages.post("/pindah/tarik", Right.MOVE_CASES, Lane.QUICK)
def take_back(visit: Visit) -> Response:
    """Take back what this office sent and nobody answered yet."""
    by = visit.who.acting(_role(visit, SENDERS))
    sent = withdraw(visit.text("kiriman"), by=by, parts=visit.desk.transfer_parts)
    return visit.go("/pindah", f"Kiriman {sent.id} kepada {sent.receiver} ditarik kembali.")


@pages.post("/pindah/semua", Right.MOVE_CASES, Lane.PAPERS)
def send_all(visit: Visit) -> Response:
    """Offer the cases that have not ended to a successor office, so many at once as somebody waits for."""
    receiver, reason, desk = visit.text("kantor"), visit.text("alasan"), visit.desk
    by = visit.who.acting(_role(visit, SENDERS))
    require_role(by.role, SENDERS, "menyerahkan perkara ke kantor lain")
    if not reason.strip() or receiver not in _successors(visit):  # before every case is asked
        return visit.go("/pindah", "Pilih kantornya dan isi alasannya.", kind="gagal")
    running = (row for row in desk.book.touched_since(desk.now().date()) if not (row.final or row.series))
    numbers = [row.case_number for row in running if open_to(visit.who.sees, row)]
    found = offer_all(numbers, receiver, reason, by=by, parts=desk.transfer_parts, most=_AT_ONCE)
    done = sum(one.done for one in found)
    left = [one for one in found if not one.done and not one.why.startswith(SENT)]
    said = f"{done} perkara ditawarkan kepada {receiver}."
    if done == _AT_ONCE:
        said += " Ulangi untuk yang berikutnya."
    if left:
        said += f" {len(left)} tidak dapat, yang pertama {left[0].number}: {left[0].why}"
    return visit.go("/pindah", said, kind="gagal" if left else "baik")


@pages.get("/kasus/{year}/{serial}/pindah", Right.MOVE_CASES, Lane.QUICK)
def ask(visit: Visit) -> Response:
    """Ask to which office a case is to go."""
    return _asked(visit, open_file(visit), "", "")


@pages.post("/kasus/{year}/{serial}/pindah", Right.MOVE_CASES, Lane.PAPERS)
def send(visit: Visit) -> Response:
    """Offer a case to another office, or show it to the directorate; or ask again, with what is wrong."""
    found, receiver, reason = open_file(visit), visit.text("kantor"), visit.text("alasan")
    by, parts = visit.who.acting(_role(visit, SENDERS)), visit.desk.transfer_parts
    try:
        offer(found.case.number, receiver, reason, by=by, parts=parts)
    except (Incomplete, NotAllowed, NotFound) as fault:
        return _asked(visit, found, receiver, reason, fault)
    said = "Disampaikan kepada direktorat." if receiver == DIRECTORATE else f"Ditawarkan kepada kantor {receiver}."
    return visit.go(f"/kasus/{found.case.number}", said)


def _asked(visit: Visit, found: CaseFile, receiver: str, reason: str, fault: YankomasError | None = None) -> Response:
    receivers = visit.desk.transfer_parts.exchange.receivers()
    return visit.show(
        "pindah-kirim.html",
        422 if fault else 200,
        title="Serahkan ke kantor lain",
        case=found.case,
        row=found.row,
        letters=unfinished_letters(found.case, visit.desk.root.sop_of(found.case)),
        receivers=receivers,
        receiver=receiver,
        reason=reason,
        fault=fault,
        may_send=not visit.who.acts_in.isdisjoint(SENDERS),
    )


def _successors(visit: Visit) -> list[str]:
    return [one for one in visit.desk.transfer_parts.exchange.receivers() if one != DIRECTORATE]


def _role(visit: Visit, roles: tuple[str, ...]) -> str:
    """Return the role in which the visitor may do it; one that may not is refused by the verb."""
    return next((role for role in roles if role in visit.who.acts_in), min(visit.who.acts_in, default=""))
