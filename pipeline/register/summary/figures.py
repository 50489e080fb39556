"""The figures of a summary, and as programs are told them: counts, and nothing by which a person could be known.

How they are counted: ``counting.py``; which cases one of them counts: ``counted_cases.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.cases.public_service import PublicService, key_of
from pipeline.register.summary.period import Period


@dataclass(frozen=True, slots=True)
class Flow:
    """Complaints open at the period's beginning, received and ended in it, open at its end.

    ``left`` is ``carried + received - closed``.
    """

    carried: int
    received: int
    closed: int

    @property
    def left(self) -> int:
        """How many were open at the end."""
        return self.carried + self.received - self.closed


@dataclass(frozen=True, slots=True)
class Closing:
    """How those that ended in the period kept to the SOP's whole time; ``days`` is the median in working days."""

    in_time: int
    late: int
    days: int | None


@dataclass(frozen=True, slots=True)
class Held:
    """What lies with a step or a role now: how many, and how many of them are past the step's limit."""

    label: str
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class Running:
    """All complaints that are open now, and of them those past the step's limit and past the SOP's whole time.

    ``paused`` wait for their complainants: the SOP's clock stands, and they are not late.
    """

    total: int
    late: int
    overdue: int
    paused: int
    by_step: tuple[Held, ...]
    by_role: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """One line of a breakdown; ``None`` is a count that is not shown, for it or another is too small."""

    label: str
    count: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The period's complaints by one trait. With ``several`` one complaint can stand in more than one line."""

    key: str
    title: str
    lines: tuple[Count, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a step took those that left it in the period: the median in minutes of office time, and the limit."""

    number: int
    activity: str
    limit: str
    done: int
    in_time: int
    minutes: int | None


@dataclass(frozen=True, slots=True)
class MonthFlow:
    """What came and what ended in a month."""

    month: Period
    received: int
    closed: int


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures of a period, as of ``at``. ``unconfirmed`` of its complaints show what the machine read.

    ``service`` is the one whose cases are counted; None: Yankomas. ``head`` is the role that answers for them.
    They are made of what those may read who see them; of the complaints that came and are closed to them only how many
    they are is told (``secret``). Without ``exact`` small counts are left out.
    ``letters`` are those that left the office in the period, by their titles; ``basis`` is on what the work rests.
    """

    period: Period
    at: datetime
    flow: Flow
    flow_before: Flow
    closing: Closing
    closing_before: Closing
    running: Running
    outcomes: Breakdown
    breakdowns: tuple[Breakdown, ...]
    steps: tuple[Pace, ...]
    months: tuple[MonthFlow, ...]
    unconfirmed: int
    day_minutes: int
    """Minutes of an average working day of the office: what a day is in a step's time."""
    secret: int = 0
    secret_before: int = 0
    exact: bool = True
    letters: tuple[Count, ...] = ()
    basis: tuple[str, ...] = ()
    service: PublicService | None = None
    head: str = ""

    @property
    def unfinished(self) -> bool:
        """Whether the period still lasts."""
        return self.at.date() <= self.period.last


@dataclass(frozen=True, slots=True)
class PeriodOf:
    """A period."""

    key: str
    label: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class FlowOf:
    """Complaints open at the beginning, received, ended, open at the end."""

    carried: int
    received: int
    closed: int
    left: int


@dataclass(frozen=True, slots=True)
class MonthOf:
    """What came and ended in a month."""

    month: str
    label: str
    received: int
    closed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryOf:
    """The figures of a period. ``secret`` complaints are closed to this role, and stand in no other figure."""

    layanan: str
    period: PeriodOf
    before: PeriodOf
    unfinished: bool
    at: str
    flow: FlowOf
    flow_before: FlowOf
    closing: Closing
    closing_before: Closing
    running: Running
    outcomes: Breakdown
    breakdowns: tuple[Breakdown, ...]
    steps: tuple[Pace, ...]
    months: tuple[MonthOf, ...]
    unconfirmed: int
    day_minutes: int
    secret: int
    secret_before: int
    exact: bool


def summary_view(summary: Summary) -> SummaryOf:
    """Return the figures as ``ringkasan --json`` and the API show them; days and moments are ISO 8601."""
    return SummaryOf(
        layanan=key_of(summary.service),
        period=_period(summary.period),
        before=_period(summary.period.before),
        unfinished=summary.unfinished,
        at=summary.at.isoformat(),
        flow=_flow(summary.flow),
        flow_before=_flow(summary.flow_before),
        closing=summary.closing,
        closing_before=summary.closing_before,
        running=summary.running,
        outcomes=summary.outcomes,
        breakdowns=summary.breakdowns,
        steps=summary.steps,
        months=tuple(MonthOf(m.month.key, m.month.label, m.received, m.closed) for m in summary.months),
        unconfirmed=summary.unconfirmed,
        day_minutes=summary.day_minutes,
        secret=summary.secret,
        secret_before=summary.secret_before,
        exact=summary.exact,
    )


def _period(period: Period) -> PeriodOf:
    return PeriodOf(period.key, period.label, period.first.isoformat(), period.last.isoformat())


def _flow(flow: Flow) -> FlowOf:
    return FlowOf(flow.carried, flow.received, flow.closed, flow.left)
