"""What deciding needs of the world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.cases.case import Case
from pipeline.cases.ports import Cabinet, Inspector, LetterReader, NamingGuard, Series, SignatureProof
from pipeline.cases.sop import Sop
from pipeline.office.office import Office
from pipeline.office.ports import Clock
from pipeline.office.worktime import Calendar


@dataclass(frozen=True, slots=True)
class DecideParts:
    """What deciding needs: cabinet, series, time, calendar, office, the case's SOP, who reads scans and letters.

    ``naming`` keeps those who must not be named out of letters.
    """

    cabinet: Cabinet
    series: Series
    clock: Clock
    calendar: Calendar
    office: Office
    sop: Callable[[Case], Sop]
    reader: Callable[[], Inspector]
    letters: LetterReader
    proofs: Sequence[SignatureProof]
    naming: NamingGuard
