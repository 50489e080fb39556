"""How the complaints of a period are counted from the register's rows: by receipt, by their end, by step. Pure.

Only counts leave here: no name, no number of a case, no table of two traits at once by which one person could be found.
A case that was opened again counts as open from its receipt on, also in periods that are past.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from statistics import median

from pipeline.access.secrecy import exact_counts, open_to
from pipeline.cases.key_labels import role_name
from pipeline.cases.public_service import PublicService, own_series
from pipeline.cases.sop import Sop, in_force
from pipeline.office.office import Region
from pipeline.office.worktime import Calendar
from pipeline.register.ports import Register
from pipeline.register.row import Row, StepLeft
from pipeline.register.summary.figures import Closing, Count, Flow, Held, MonthFlow, Pace, Running, Summary
from pipeline.register.summary.period import Period
from pipeline.register.summary.small_cell_suppression import suppressed
from pipeline.register.summary.traits import OTHER, Trait, breakdown, traits
from pipeline.register.touched import touched_on

#: How many summaries are kept: the periods that some people look at within a minute.
_KEPT = 32
#: How many months the chart of months goes back.
MONTHS_SHOWN = 12
_MINUTE = timedelta(minutes=1)
_Span = tuple[date, date]
"""The first and the last day of a period."""


@dataclass(frozen=True, slots=True)
class Course:
    """A row of the register with the days it came and ended."""

    row: Row
    received: date
    closed: date | None


class Summaries:
    """Summaries of one register, kept while it stays as it is, for a minute at most. Safe for many threads."""

    def __init__(
        self, register: Register, editions: tuple[Sop, ...], regions: tuple[Region, ...], calendar: Calendar
    ) -> None:
        self._register, self._editions, self._regions, self._calendar = register, editions, regions, calendar
        self._turn = threading.Lock()
        self._kept: dict[tuple[object, ...], Summary] = {}

    def of(
        self,
        period: Period,
        now: datetime,
        roles: Collection[str] | None = None,
        service: PublicService | None = None,
    ) -> Summary:
        """Return the figures of a period as of this minute, as somebody with these roles may have them (None: all).

        ``service`` is the one whose cases are counted; None: Yankomas. Whether they may have any of it is asked before.
        """
        whose = None if roles is None else frozenset(roles)
        series = own_series(service)
        key = (period, now.replace(second=0, microsecond=0), self._register.mark(), whose, series)
        with self._turn:
            if key not in self._kept:
                if len(self._kept) >= _KEPT:
                    self._kept.clear()
                sop = in_force(service.editions if service else self._editions, now.date())
                self._kept[key] = summarise(
                    [row for row in self._register.touched_since(looks_back_to(period)) if row.series == series],
                    period,
                    now,
                    sop=sop,
                    regions=self._regions,
                    calendar=self._calendar,
                    roles=whose,
                    service=service,
                )
            return self._kept[key]


def summarise(
    rows: Iterable[Row],
    period: Period,
    at: datetime,
    *,
    sop: Sop,
    regions: tuple[Region, ...],
    calendar: Calendar,
    roles: Collection[str] | None = None,
    service: PublicService | None = None,
) -> Summary:
    """Return the figures of a period as of ``at``; ``sop`` names steps, states and choices.

    ``rows`` are cases of one ``service`` (None: Yankomas).

    They are made of the cases that are open to one of the ``roles`` (None: all are), and exact for some roles alone.
    """
    since = looks_back_to(period).isoformat()
    day_of, rows = _days(calendar), [row for row in rows if touched_on(row) >= since]
    exact = roles is None or exact_counts(roles, service)
    theirs = rows if roles is None else [row for row in rows if open_to(roles, row)]
    entries = courses(theirs, calendar)
    now, before = ((p.first, p.last) for p in (period, period.before))
    came, earlier = ([e.row for e in entries if s[0] <= e.received <= s[1]] for s in (now, before))
    ended, ended_before = ([e for e in entries if e.closed and s[0] <= e.closed <= s[1]] for s in (now, before))
    summary = Summary(
        period=period,
        at=at,
        flow=_flow(entries, now),
        flow_before=_flow(entries, before),
        closing=_closing(ended, calendar),
        closing_before=_closing(ended_before, calendar),
        running=_running([e.row for e in entries if not e.row.final], at, sop),
        outcomes=breakdown(ends(sop), [e.row for e in ended], [e.row for e in ended_before], gaps=not exact),
        breakdowns=tuple(breakdown(trait, came, earlier, gaps=not exact) for trait in traits(sop, regions)),
        steps=_paces([e.row for e in entries], now, sop, day_of),
        months=_months(entries, period),
        unconfirmed=sum(not row.confirmed for row in came),
        day_minutes=_average_day(calendar),
        secret=_came(rows, now, day_of) - len(came),
        secret_before=_came(rows, before, day_of) - len(earlier),
        letters=_letters(theirs, now, before),
        basis=(*sop.basis, f"Standar Operasional Prosedur Nomor {sop.number} tentang {sop.title}"),
        service=service,
        head=service.head_of(sop) if service else sop.head,
    )
    return summary if exact else suppressed(summary)


def looks_back_to(period: Period) -> date:
    """Return a day before the first that any figure of a period looks at; two to spare, for moments of another zone."""
    return min(period.before.first, _months_of(period)[0].first) - timedelta(days=2)


def courses(rows: Iterable[Row], calendar: Calendar) -> list[Course]:
    """Return the rows with the days, of the office, on which each came and ended."""
    day_of = _days(calendar)
    return [Course(r, day_of(r.received_at), day_of(r.closed_at) if r.closed_at else None) for r in rows]


def _came(rows: Iterable[Row], span: _Span, day_of: Callable[[str], date]) -> int:
    """Return how many complaints were received in these days: their number and day is known to all."""
    return sum(span[0] <= day_of(row.received_at) <= span[1] for row in rows)


def _days(calendar: Calendar) -> Callable[[str], date]:
    """Return what tells on which day of the office a moment lies.

    Rows carry moments with the office's own offset, which in Indonesia is the same all year: their date stands there.
    """
    offset = datetime(2001, 1, 1, tzinfo=calendar.zone).isoformat()[19:]

    def day(moment: str) -> date:
        if moment.endswith(offset):
            return date.fromisoformat(moment[:10])
        return datetime.fromisoformat(moment).astimezone(calendar.zone).date()

    return day


def _flow(entries: Sequence[Course], span: _Span) -> Flow:
    first, last = span
    return Flow(
        carried=sum(e.received < first and (e.closed is None or e.closed >= first) for e in entries),
        received=sum(first <= e.received <= last for e in entries),
        closed=sum(e.closed is not None and first <= e.closed <= last for e in entries),
    )


def _closing(ended: Sequence[Course], calendar: Calendar) -> Closing:
    late = sum(bool(e.row.closed_late) for e in ended)
    # When an old case ended its book may not say, and what it took was under no clock of ours.
    days = _working_days([(e.received, e.closed) for e in ended if e.closed and not e.row.imported], calendar)
    return Closing(len(ended) - late, late, round(median(days)) if days else None)


def _working_days(spans: Sequence[_Span], calendar: Calendar) -> list[int]:
    """Return how many working days each span has after its first day: counted along the calendar once for all."""
    if not spans:
        return []
    start, end = min(first for first, _ in spans), max(last for _, last in spans)
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    counted = list(accumulate(calendar.is_working_day(day) for day in days))
    return [counted[(last - start).days] - counted[(first - start).days] for first, last in spans]


def _running(rows: Sequence[Row], at: datetime, sop: Sop) -> Running:
    working = [row for row in rows if not row.paused]
    late = {row.number for row in working if is_past(row.due_at, at)}

    def held(label: str, those: Iterable[Row]) -> Held:
        numbers = [row.number for row in those]
        return Held(label, len(numbers), sum(number in late for number in numbers))

    return Running(
        total=len(rows),
        late=len(late),
        overdue=sum(is_past(row.case_due_at, at) for row in working),
        paused=len(rows) - len(working),
        by_step=tuple(held(s.activity, (r for r in rows if r.step == s.number)) for s in sop.steps),
        by_role=tuple(held(name, (r for r in rows if role in r.awaits)) for role, name in with_whom(sop, rows).items()),
    )


def with_whom(sop: Sop, rows: Iterable[Row]) -> dict[str, str]:
    """Return the roles for which running cases can wait, as the SOP calls them.

    Cases that follow an earlier edition may wait for a role that has no lane any more: it stands behind the others.
    """
    lanes = {lane.role: lane.name for lane in sop.lanes}
    usual = [role for role in lanes if any(role in state.awaits for state in sop.states)]
    others = sorted({role for row in rows for role in row.awaits} - {*usual})
    return {role: lanes.get(role) or role_name(role) for role in (*usual, *others)}


def is_past(moment: str | None, at: datetime) -> bool:
    """Say whether a deadline (ISO, None: there is none) is over."""
    return moment is not None and datetime.fromisoformat(moment) < at


def ends(sop: Sop) -> Trait:
    """Return how cases end as a trait of those that ended."""
    labels = {state.key: state.label.partition(": ")[2] or state.label for state in sop.states if state.final}
    lines = (*labels.values(), OTHER)
    return Trait("hasil", "Hasil penanganan", lines, lambda row: [labels.get(row.state_key, OTHER)])


def _paces(rows: Sequence[Row], span: _Span, sop: Sop, day_of: Callable[[str], date]) -> tuple[Pace, ...]:
    done: dict[int, list[StepLeft]] = {step.number: [] for step in sop.steps}
    for row in rows:
        for time in row.steps:
            if time.step in done and span[0] <= day_of(time.until) <= span[1]:
                done[time.step].append(time)
    return tuple(
        Pace(
            step.number,
            step.activity,
            step.time,
            done=len(done[step.number]),
            in_time=sum(not time.late for time in done[step.number]),
            minutes=round(median(time.minutes for time in done[step.number])) if done[step.number] else None,
        )
        for step in sop.steps
    )


def _letters(rows: Iterable[Row], now: _Span, before: _Span) -> tuple[Count, ...]:
    """Return how many letters of each title left the office in the one span and the other, in the SOP's order."""
    sent = [(s.template, s.title, date.fromisoformat(s.sent_on)) for row in rows for s in row.surat if s.sent_on]
    came, earlier = (Counter(s[:2] for s in sent if span[0] <= s[2] <= span[1]) for span in (now, before))
    return tuple(Count(kind[1], came[kind], earlier[kind]) for kind in sorted({*came, *earlier}))


def _months(entries: Sequence[Course], period: Period) -> tuple[MonthFlow, ...]:
    received = Counter((e.received.year, e.received.month) for e in entries)
    closed = Counter((e.closed.year, e.closed.month) for e in entries if e.closed)
    return tuple(MonthFlow(m, received[m.year, m.number], closed[m.year, m.number]) for m in _months_of(period))


def _months_of(period: Period) -> list[Period]:
    """Return the months of the chart, up to the period's last."""
    months = [Period(period.last.year, 1, period.last.month)]
    while len(months) < MONTHS_SHOWN:
        months.insert(0, months[0].before)
    return months


def _average_day(calendar: Calendar) -> int:
    day = datetime(2001, 1, 1)  # any day: only the lengths of the intervals count
    lengths = [
        sum((datetime.combine(day, closes) - datetime.combine(day, opens) for opens, closes in hours), timedelta())
        for hours in calendar.hours.values()
        if hours
    ]
    return int(sum(lengths, timedelta()) / len(lengths) / _MINUTE)
