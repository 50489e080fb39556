"""When a case is late: the SOP's limits, counted in the office's working time, without the time it had to wait.

The limit of a step begins when the case first came into the step; sending a case back does not begin it anew, nor does
correcting a field, except the moment of receipt itself. While a case waits for its complainant the SOP's clock stops,
and also while it had ended, if it was opened again. Which states wait: ``jam`` in the SOP's ``states.toml``.

Of a case that was taken over from an old register no step is counted before somebody here makes the first move: what
was done until then was under no clock of ours. The SOP's whole time is counted from its receipt. One that the book
tells as ended has ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.cases.case import Case
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import State, Step
from pipeline.cases.sop_words import SEND
from pipeline.office.worktime import Calendar, Limit


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When the present step ends, the step by which the complaint must have been reviewed, and the whole SOP.

    While the case waits for its complainant, ``step`` is when their time is over, counted from the receipt of the
    letter that asks them: None while that is on its way, the step's limit until it is sent. None once it has ended.
    """

    step: datetime | None
    review: datetime
    case: datetime


@dataclass(frozen=True, slots=True)
class StepTime:
    """When a case first came into a step, when it last left it (None: it stands there), and when the limit ends.

    ``spent`` is the working time of its stays there that have ended, without the time it waited for its complainant.
    """

    step: Step
    since: datetime
    until: datetime | None
    due: datetime
    spent: timedelta


@dataclass(frozen=True, slots=True)
class _Stay:
    """A case's stay in one state; ``until`` is None for the present one."""

    state: State
    since: datetime
    until: datetime | None


def current_state(case: Case, sop: Sop) -> State:
    """Return the state in which the case stands."""
    return sop.state(case.state(sop.first))


def current_step(case: Case, sop: Sop) -> Step:
    """Return the step in which the case stands."""
    return sop.step(current_state(case, sop).step)


def deadlines(case: Case, sop: Sop, calendar: Calendar) -> Deadlines:
    """Return the deadlines of a case."""
    stays = _stays(case, sop)
    start = case.received_at
    return Deadlines(
        step=_step_deadline(case, sop, calendar, stays),
        review=_without_pauses(calendar, start, sop.limit_to(sop.step(sop.reviewed).number), stays),
        case=_without_pauses(calendar, start, sop.limit_to(), stays),
    )


def step_times(case: Case, sop: Sop, calendar: Calendar) -> tuple[StepTime, ...]:
    """Return the times of every step that the case came into, in the SOP's order."""
    stays = _stays(case, sop)
    times = []
    for step in sop.steps:
        own = [stay for stay in _clocked(case, stays) if stay.state.step == step.key and not stay.state.final]
        if own:
            due = _without_pauses(calendar, own[0].since, step.limit, stays)
            worked = (calendar.between(s.since, s.until) for s in own if s.until is not None and not s.state.paused)
            times.append(StepTime(step, own[0].since, own[-1].until, due, sum(worked, timedelta())))
    return tuple(times)


def stands_since(case: Case, sop: Sop) -> datetime:
    """Return when the case came to where it stands."""
    return _stays(case, sop)[-1].since


def ended_at(case: Case, sop: Sop) -> datetime | None:
    """Return when the case came to its end, or None for one that still runs."""
    here = _stays(case, sop)[-1]
    return here.since if here.state.final else None


def _step_deadline(case: Case, sop: Sop, calendar: Calendar, stays: list[_Stay]) -> datetime | None:
    here, clocked = stays[-1], _clocked(case, stays)
    if here.state.final or not clocked:
        return None
    if here.state.paused and here.state.patience:
        letter = here.state.patience_since
        since = case.received_by_addressee(letter) if letter else here.since
        if since:
            return calendar.after(since, Limit(days=here.state.patience))
        if case.done_to(letter, SEND):
            return None
    step = sop.step(here.state.step)
    # An end is shown with some step, but is no work on it.
    entered = next(stay.since for stay in clocked if stay.state.step == step.key and not stay.state.final)
    return _without_pauses(calendar, entered, step.limit, stays)


def _without_pauses(calendar: Calendar, start: datetime, limit: Limit, stays: list[_Stay]) -> datetime:
    """Return when a limit ends whose clock stopped while the case waited for its complainant.

    A pause that still lasts has no end yet and moves nothing so far.
    """
    end = calendar.after(start, limit)
    for stay in stays:
        begin = max(stay.since, start)
        paused = stay.state.paused or stay.state.final
        if paused and stay.until is not None and stay.until > begin and begin < end:
            end = calendar.forward(stay.until, calendar.between(begin, end))
    return end


def _clocked(case: Case, stays: list[_Stay]) -> list[_Stay]:
    """Return the stays that are counted: of an old case not the one in which it was taken over."""
    return stays[1:] if case.imported else stays


def _stays(case: Case, sop: Sop) -> list[_Stay]:
    key, since = case.begins_in(sop.first), case.began_at
    stays = []
    for made in case.made:
        if made.decision.state != key:
            stays.append(_Stay(sop.state(key), since, made.at))
            key, since = made.decision.state, made.at
    return [*stays, _Stay(sop.state(key), since, None)]
