"""Handing all open cases over to a successor office, and what became of each, for the list that both offices sign.

Each case goes as any other does (:mod:`pipeline.work.transfer`): it is offered, the successor takes it under a number
of its own, and both journals say so. Doing it again goes on where it ended: what is under way, or has left, stays so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.cases.actor import Actor
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deadlines import current_state
from pipeline.cases.owed_letters import unfinished_letters
from pipeline.cases.sop import Sop
from pipeline.cases.transferred import BACK, OFFERED, REFUSED, TAKEN
from pipeline.cases.transfers import NUMBER_THERE, PARCEL, TRANSFER, left_to, transfers, under_way
from pipeline.errors import YankomasError
from pipeline.work.transfer import TransferParts, offer

#: How it begins that a case was sent before.
SENT = "sudah dikirim"
#: What stands in the list where the other office has said nothing yet, and what else can have become of a parcel.
WAITS, TURNED_DOWN, TAKEN_BACK = "belum dijawab", "ditolak", "ditarik kembali"


@dataclass(frozen=True, slots=True)
class Offered:
    """A case that was to be offered: whether it was now, and why not."""

    number: CaseNumber
    done: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class HandedCase:
    """A case in the list: as it is called and since when it is here, and as what the other office has it.

    ``letters`` are those that are not done: they stay with the office that hands the case over.
    """

    register_number: str
    received: date
    state: str
    parcel: str
    there: str
    letters: tuple[str, ...] = ()


def offer_all(
    numbers: Iterable[CaseNumber], receiver: str, reason: str, *, by: Actor, parts: TransferParts, most: int = 0
) -> list[Offered]:
    """Offer every open case of these to another office; return what became of each that is open.

    A case that cannot go keeps no other back. With ``most``, it ends once so many were offered.
    """
    found: list[Offered] = []
    for number in numbers:
        if most and sum(one.done for one in found) == most:
            break
        try:
            case = parts.deciding.cabinet.case(number)
            if left_to(case) or current_state(case, parts.deciding.sop(case)).final:
                continue
            if waiting := under_way(case):
                found.append(Offered(number, done=False, why=f"{SENT} kepada {waiting.office}"))
                continue
            offer(number, receiver, reason, by=by, parts=parts)
            found.append(Offered(number, done=True))
        except YankomasError as fault:
            found.append(Offered(number, done=False, why=str(fault)))
    return found


def handed_cases(cases: Iterable[Case], receiver: str, sop: Callable[[Case], Sop]) -> list[HandedCase]:
    """Return the cases that were offered to an office, in order, as the list tells them; names nobody."""
    return [
        HandedCase(
            case.received.register_number,
            case.received_at.date(),
            current_state(case, sop(case)).label,
            parcel,
            _there(case, parcel),
            unfinished_letters(case, sop(case)),
        )
        for case in cases
        if (parcel := _last_parcel(case, receiver))
    ]


def _last_parcel(case: Case, receiver: str) -> str:
    sent = [event.parcel for event in transfers(case) if event.what == OFFERED and event.office == receiver]
    return sent[-1] if sent else ""


def _there(case: Case, parcel: str) -> str:
    """Return as what the other office has a case, or why it has not."""
    for made in reversed(case.made):
        if made.decision.move == TRANSFER and made.decision.values.get(PARCEL) == parcel:
            return str(made.decision.values.get(NUMBER_THERE, ""))
    said = next((e for e in transfers(case) if e.parcel == parcel and e.what in (TAKEN, REFUSED, BACK)), None)
    if said is None:
        return WAITS
    if said.what == TAKEN:
        return said.number
    return TAKEN_BACK if said.what == BACK else f"{TURNED_DOWN}: {said.reason}"
