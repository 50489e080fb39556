"""What a journal says of hand-overs between offices of a centre: which is under way, and where the case came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.event_lines import from_data
from pipeline.cases.events import MERGED_INTO, PAGES, Decided
from pipeline.cases.secrecy_level import SECRECY, family, is_secret_now, secret_among
from pipeline.cases.sop import Sop
from pipeline.cases.transferred import OFFERED, SHOWN, Transferred
from pipeline.errors import NotAllowed
from pipeline.office.roles import IN_CHARGE, LEADS, TAKES_IN, OfficeRoles

#: The move by which a case leaves that another office took.
TRANSFER = "pindah"
#: To which state it leads, the first that the edition has: that of what is not this office's to handle, of which the
#: complainant is still to be told; or that such a case has ended (the edition of 2024).
_LEAVES_TO = ("surat-tidak-berwenang", "tidak-berwenang")
#: The states of that way, in which nobody handles the complaint itself.
_LEAVING = frozenset({*_LEAVES_TO, "akhir-tidak-berwenang"})
#: What that move's line says: by its labels, for no edition of the SOP has a form of it.
TO_OFFICE, NUMBER_THERE, PARCEL = "Kantor yang menerima", "Nomor di kantor itu", "Kiriman"
#: Who decides that a case goes to another office, or is shown to the directorate; who takes one in, who refuses one.
SENDERS, TAKERS, REFUSERS = (LEADS,), (TAKES_IN, IN_CHARGE), (IN_CHARGE, LEADS)


def transfers(case: Case) -> Iterator[Transferred]:
    """Yield what happened between this office and others, oldest first."""
    for entry in case.entries:
        event = from_data(entry.kind, entry.data) if entry.kind == Transferred.kind else None
        if isinstance(event, Transferred):
            yield event


def offered(case: Case, parcel: str) -> tuple[Transferred, str] | None:
    """Return the offer of that name and the role by which it was made, if it was not answered yet."""
    found: tuple[Transferred, str] | None = None
    for entry in case.entries:
        event = from_data(entry.kind, entry.data)
        if isinstance(event, Transferred) and event.parcel == parcel:
            found = (event, entry.by) if event.what in (OFFERED, SHOWN) else None
        if isinstance(event, Decided) and event.move == TRANSFER and event.values.get(PARCEL) == parcel:
            found = None
    return found


def under_way(case: Case) -> Transferred | None:
    """Return the offer to another office that waits for its answer."""
    return _unanswered(case, OFFERED)


def _unanswered(case: Case, *what: str) -> Transferred | None:
    made = (event for event in transfers(case) if event.what in what)
    return next((event for event in made if offered(case, event.parcel)), None)


def left_to(case: Case) -> str:
    """Return the office to which the case went, unless it was led back to where it is handled here; empty: to none."""
    for decided in (made.decision for made in reversed(case.made)):
        if decided.move == TRANSFER:
            return str(decided.values.get(TO_OFFICE, ""))
        if decided.state not in _LEAVING:
            return ""
    return ""


def check_parcels(before: Case, after: Case, case_of: Callable[[CaseNumber], Case]) -> None:
    """Make sure that a move leaves true what another office was told: a parcel is what the case was when it was sent.

    Raises:
        NotAllowed: pages of a case that is offered would go to a case of their own; or one that is offered, and is told
            of as open to all, would be *rahasia* (this case, or one that is tied to it).
    """
    decided = after.made[-1].decision
    if PAGES in decided.values and (offer := _unanswered(before, OFFERED, SHOWN)):
        raise _told_already(before, offer, "halamannya tidak dapat dipisahkan sebelum itu", "pisahkan")
    if SECRECY not in decided.register and MERGED_INTO not in decided.values:
        return
    cases = family(after, case_of)
    if after.number not in (secret := secret_among(cases)):
        return
    for number in cases:
        was = before if number == before.number else cases[number]
        offer = _unanswered(was, OFFERED, SHOWN) if was else None
        joined = number in secret or str(number) == decided.values.get(MERGED_INTO)
        if was and offer and joined and not is_secret_now(was, case_of):
            raise _told_already(was, offer, "di sana dibaca sebagai perkara yang tidak rahasia", "jadikan rahasia")


def _told_already(case: Case, offer: Transferred, why: str, then: str) -> NotAllowed:
    return NotAllowed(
        f"Perkara {case.number} sudah dikirim kepada {offer.office} dan belum dijawab; {why}.",
        f"Tarik dahulu kiriman {offer.parcel} (halaman Kantor lain, atau `yankomas pindah tarik`), lalu {then}.",
    )


def require_role(role: str, kinds: tuple[str, ...], what: str, of: OfficeRoles) -> None:
    """Make sure that a role may do it, as those of such a kind may.

    Raises:
        NotAllowed: it may not; says which may.
    """
    if role not in (roles := of.having(*kinds)):
        raise NotAllowed(f"Peran {role!r} tidak berwenang {what}.", f"Yang berwenang: {', '.join(roles)}.")


def leaving(offer: Transferred, case: Case, sop: Sop, number: str) -> Decided:
    """Return the move by which a case leaves, of who offered it; ``number`` is its register number there."""
    return Decided(
        move=TRANSFER,
        start=case.state(sop.first),
        state=next(key for key in _LEAVES_TO if any(state.key == key for state in sop.states)),
        holder=offer.holder,
        login=offer.login,
        values={TO_OFFICE: offer.office, NUMBER_THERE: number, PARCEL: offer.parcel},
        register={},
        sheets=(),
        numbers={},
        documents=(),
    )
