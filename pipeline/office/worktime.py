"""Working time: office hours, working days, and where a time limit ends.

All arithmetic is on aware datetimes in the office's zone. Minutes run in office hours only; a limit of n days ends at
closing time of the n-th working day after the day it began (the SOP says neither *hari kerja* nor *hari kalender*;
that these are working days is the office's setting).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import accumulate

#: Of each weekday (Monday 0) the open intervals, in order.
WeekHours = Mapping[int, tuple[tuple[time, time], ...]]

_FAR = 3660  # days; a calendar without any working day in ten years is a mistake, not a deadline


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit of the SOP: so many minutes of office time, then so many days."""

    minutes: int = 0
    days: int = 0

    def __add__(self, other: Limit) -> Limit:
        return Limit(self.minutes + other.minutes, self.days + other.days)


@dataclass(frozen=True, slots=True)
class SpecialHours:
    """A period, both days included, with hours of its own (Ramadan)."""

    name: str
    since: date
    until: date
    hours: WeekHours


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the office works.

    ``hours`` maps a weekday (Monday 0) to its open intervals in order, but for ``special`` periods; ``closed`` are
    holidays, *cuti bersama* and the office's own closures. With ``calendar_days`` a limit's days are days of the
    calendar (*hari kalender*); one that would end on a closed day ends on the next working day.
    """

    zone: tzinfo
    hours: WeekHours
    closed: Container[date]
    calendar_days: bool = False
    special: tuple[SpecialHours, ...] = ()
    _counted: dict[int, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Of each year that was asked for, how many working days there are up to each of its days; lists ask often."""

    def hours_on(self, day: date) -> tuple[tuple[time, time], ...]:
        """Return the hours of a day, closed or not."""
        hours = next((s.hours for s in self.special if s.since <= day <= s.until), self.hours)
        return hours.get(day.weekday(), ())

    def is_working_day(self, day: date) -> bool:
        """Say whether the office works at all that day."""
        return bool(self.hours_on(day)) and day not in self.closed

    def is_office_day(self, moment: datetime) -> bool:
        """Say whether it is a working day between the office's opening and its closing; midday belongs to it."""
        local = moment.astimezone(self.zone)
        hours = self.hours_on(local.date())
        return self.is_working_day(local.date()) and hours[0][0] <= local.time() < hours[-1][1]

    def after(self, start: datetime, limit: Limit) -> datetime:
        """Return when a limit that begins at ``start`` ends.

        Raises:
            ValueError: the calendar has no working day within ten years.
        """
        end = self.forward(start, timedelta(minutes=limit.minutes)) if limit.minutes else start
        return self._after_days(end, limit.days) if limit.days else end

    def forward(self, start: datetime, span: timedelta) -> datetime:
        """Return when so much office time has passed since ``start``.

        Raises:
            ValueError: the calendar has no working day within ten years.
        """
        local, left = start.astimezone(self.zone), span
        if not left:
            return local
        for opens, closes in self._intervals(local.date()):
            begin = max(opens, local)
            if closes - begin >= left:
                return begin + left
            left -= max(closes - begin, timedelta(0))
        raise ValueError("no working time left")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much office time lies between two moments; none if the end is not after the start."""
        first, last = start.astimezone(self.zone), end.astimezone(self.zone)
        total = timedelta(0)
        for opens, closes in self._intervals(first.date()):
            if opens >= last:
                break
            total += max(min(closes, last) - max(opens, first), timedelta(0))
        return total

    def working_days(self, start: datetime, end: datetime) -> int:
        """Return how many working days lie after the day of ``start`` up to and including that of ``end``."""
        first, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        if last <= first:
            return 0
        whole = sum(self._count(year)[-1] for year in range(first.year, last.year))
        return whole + self._up_to(last) - self._up_to(first)

    def _up_to(self, day: date) -> int:
        """Return how many working days the year of ``day`` has up to and including it."""
        return self._count(day.year)[day.timetuple().tm_yday - 1]

    def _count(self, year: int) -> tuple[int, ...]:
        if year not in self._counted:
            first = date(year, 1, 1)
            days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
            self._counted[year] = tuple(accumulate(int(self.is_working_day(day)) for day in days))
        return self._counted[year]

    def _after_days(self, start: datetime, days: int) -> datetime:
        day = start.astimezone(self.zone).date()
        if self.calendar_days:
            day, days = day + timedelta(days=days - 1), 1
        for _ in range(_FAR):
            day += timedelta(days=1)
            days -= self.is_working_day(day)
            if not days:
                return datetime.combine(day, self.hours_on(day)[-1][1], self.zone)
        raise ValueError("no working day left")

    def _intervals(self, first: date) -> Iterator[tuple[datetime, datetime]]:
        for offset in range(_FAR):
            day = first + timedelta(days=offset)
            if self.is_working_day(day):
                for opens, closes in self.hours_on(day):
                    yield datetime.combine(day, opens, self.zone), datetime.combine(day, closes, self.zone)
