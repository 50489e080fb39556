"""What is offered to a visitor, without what two people must do and the visitor has begun."""

from __future__ import annotations

from pipeline.access.rights import Right
from pipeline.cases.case import Case
from pipeline.cases.offers import Offer, offers
from pipeline.cases.separation import Barred, kept_apart
from pipeline.cases.sop import Sop
from pipeline.desk.visit import Visit


def offers_to(visit: Visit, case: Case, sop: Sop) -> tuple[tuple[Offer, ...], tuple[Barred, ...]]:
    """Return the moves that the visitor may make now, and those kept from them as the first step was theirs."""
    who = visit.who
    if not (who.may(Right.MOVE_CASES) and who.acts_in):
        return (), ()
    return kept_apart(offers(case, sop, who.acts_in), who.acting, case, sop, visit.desk.root.settings.office)
