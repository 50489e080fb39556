"""When a case is late: the SOP's limits, counted in the office's working time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.domain.case import Case
from pipeline.domain.sop import Sop, Step
from pipeline.domain.worktime import Calendar


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When the present step ends, the step by which the letter must have been reviewed, and the whole SOP."""

    step: datetime
    review: datetime
    case: datetime


def current_step(case: Case, sop: Sop) -> Step:
    """Return the step in which the case stands."""
    return sop.step(sop.first)


def deadlines(case: Case, sop: Sop, calendar: Calendar) -> Deadlines:
    """Return the deadlines of a case, all counted from the moment its letter was received.

    The limit of the present step begins when the step before it ended; registering a letter ends the first one.
    """
    start = case.received_at
    return Deadlines(
        step=calendar.after(start, current_step(case, sop).limit),
        review=calendar.after(start, sop.limit_to(sop.step(sop.reviewed).number)),
        case=calendar.after(start, sop.limit_to()),
    )
