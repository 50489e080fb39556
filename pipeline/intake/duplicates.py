"""The same bytes twice: they keep the number they got first, and a file that brings them again is set aside.

It is looked at before a file is opened; it binds where the number is given, under its lock
(:func:`~pipeline.register.enrol.enrol`). What merely reads alike is :mod:`pipeline.register.resembling`.
"""

from __future__ import annotations

from pipeline.cases.case_number import CaseNumber
from pipeline.intake.outcomes import Accepted, Duplicate
from pipeline.register.ports import Claim


def known_already(number: CaseNumber, first: str, claim: Claim) -> Accepted | Duplicate:
    """Say what becomes of bytes that have a number since claim ``first``: a crash had them come again, or a person."""
    return Accepted(number, again=True) if first == claim.id else Duplicate(number)
