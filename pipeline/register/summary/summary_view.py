"""The summary of a period, for the head of the office: made from the register book, shown as plain data."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime

from pipeline.cases.sop import Sop, in_force
from pipeline.office.office import Region
from pipeline.office.worktime import Calendar
from pipeline.register.ports import Register
from pipeline.register.summary import summarise
from pipeline.register.summary.figures import Breakdown, Closing, Flow, Pace, Running, Summary
from pipeline.register.summary.period import Period
from pipeline.register.summary.small_cell_suppression import veiled

#: How many summaries are kept: the periods that some people look at within a minute.
_KEPT = 32


class Summaries:
    """Summaries of one register, kept while it stays as it is, for a minute at most. Safe for many threads."""

    def __init__(
        self, register: Register, editions: tuple[Sop, ...], regions: tuple[Region, ...], calendar: Calendar
    ) -> None:
        self._register, self._editions, self._regions, self._calendar = register, editions, regions, calendar
        self._turn = threading.Lock()
        self._kept: dict[tuple[object, ...], Summary] = {}

    def of(self, period: Period, now: datetime, *, exact: bool = True) -> Summary:
        """Return the figures of a period as of this minute; ``exact`` also with counts too small to be shown."""
        key = (period, exact, now.replace(second=0, microsecond=0), self._register.mark())
        with self._turn:
            if key not in self._kept:
                if len(self._kept) >= _KEPT:
                    self._kept.clear()
                sop = in_force(self._editions, now.date())
                summary = summarise(
                    self._register.rows(), period, now, sop=sop, regions=self._regions, calendar=self._calendar
                )
                self._kept[key] = summary if exact else veiled(summary)
            return self._kept[key]


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
    """The figures of a period."""

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


def summary_view(summary: Summary) -> SummaryOf:
    """Return the figures as ``ringkasan --json`` and the API show them; days and moments are ISO 8601."""
    return SummaryOf(
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
    )


def _period(period: Period) -> PeriodOf:
    return PeriodOf(period.key, period.label, period.first.isoformat(), period.last.isoformat())


def _flow(flow: Flow) -> FlowOf:
    return FlowOf(flow.carried, flow.received, flow.closed, flow.left)
