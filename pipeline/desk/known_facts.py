"""What the register knows of a case, as pages show it to the visitor."""

from __future__ import annotations

from dataclasses import replace

from pipeline.access import masking
from pipeline.access.rights import Right
from pipeline.cases.case import Case
from pipeline.cases.sop import Sop
from pipeline.desk.visit import Visit
from pipeline.register.facts import Fact, facts


def known_facts(visit: Visit, case: Case, sop: Sop) -> tuple[Fact, ...]:
    """Return what the register knows; who may not have the complaint itself reads no NIK in its words either."""
    known = facts(case, sop)
    if visit.who.may(Right.ORIGINALS):
        return known
    return tuple(replace(fact, lines=tuple(map(masking.covered_niks, fact.lines))) for fact in known)
