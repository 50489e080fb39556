"""What a journal says of hand-overs between offices of a centre: which is under way, and where the case came from."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.cases.case import Case
from pipeline.cases.event_lines import from_data
from pipeline.cases.events import Decided
from pipeline.cases.sop import Sop
from pipeline.cases.transferred import CAME, OFFERED, SHOWN, Transferred
from pipeline.errors import NotAllowed

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
SENDERS, TAKERS, REFUSERS = ("kakanwil",), ("tim-yankomas", "kabid"), ("kabid", "kakanwil")


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
    made = [event for event in transfers(case) if event.what == OFFERED]
    return made[-1] if made and offered(case, made[-1].parcel) else None


def origin(case: Case) -> Transferred | None:
    """Return from where the case came, if another office handed it over."""
    return next((event for event in transfers(case) if event.what == CAME), None)


def left_to(case: Case) -> str:
    """Return the office to which the case went, unless it was led back to where it is handled here; empty: to none."""
    for decided in (made.decision for made in reversed(case.made)):
        if decided.move == TRANSFER:
            return str(decided.values.get(TO_OFFICE, ""))
        if decided.state not in _LEAVING:
            return ""
    return ""


def require_role(role: str, roles: tuple[str, ...], what: str) -> None:
    """Make sure that a role may do it.

    Raises:
        NotAllowed: it may not; says which may.
    """
    if role not in roles:
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
