"""What a move makes of a case in another service: its letter becomes a case there too, and this one stays as it is."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.cases.case import Case
from pipeline.cases.events import BECAME
from pipeline.cases.sop import Sop


@dataclass(frozen=True, slots=True)
class Becoming:
    """The service in which the letter becomes a case, as line ``seq`` of the journal says."""

    service: str
    seq: int


def becomings(case: Case, sop: Sop) -> tuple[Becoming, ...]:
    """Return what is to become a case of another service and has not yet."""
    done = {link.source.get("baris") for link in case.links if link.how == BECAME}
    ways = {move.key: move.becomes for move in sop.moves if move.becomes}
    made = (Becoming(ways[one.decision.move], one.seq) for one in case.made if one.decision.move in ways)
    return tuple(one for one in made if one.seq not in done)
