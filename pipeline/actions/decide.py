"""Decide: a person makes a move that the SOP allows them."""

from __future__ import annotations

from pipeline.actions.ports import Cabinet, Clock
from pipeline.domain.case import Case
from pipeline.domain.events import Retried
from pipeline.domain.numbering import CaseNumber
from pipeline.domain.sop import Sop
from pipeline.errors import NotAllowed

RETRY = "ulangi"


def moves(case: Case, sop: Sop) -> tuple[str, ...]:
    """Return the keys of the moves that are open for a case now."""
    return (RETRY,) if case.given_up and sop.move(RETRY) else ()


def decide(number: CaseNumber, move: str, *, role: str, cabinet: Cabinet, clock: Clock, sop: Sop) -> Case:
    """Make a move on a case; return the case after it.

    Raises:
        NotAllowed: the SOP has no such move here, or not for this role; says which moves there are.
    """
    with cabinet.held(number) as folder:
        if move not in moves(folder.case, sop):
            there = ", ".join(moves(folder.case, sop)) or "tidak ada"
            raise NotAllowed(f"Gerak {move!r} tidak terbuka bagi perkara {number}.", f"Yang terbuka: {there}.")
        allowed = sop.move(move)
        if allowed is None or role not in allowed.roles:
            raise NotAllowed(
                f"Peran {role!r} tidak berwenang melakukan {move!r}.",
                f"Yang berwenang: {', '.join(allowed.roles) if allowed else 'tidak ada'}.",
            )
        for duty in tuple(folder.case.given_up):
            cabinet.forgive(number, duty)
            folder.append(Retried(duty), {}, by=role, at=clock.now())
        return folder.case
