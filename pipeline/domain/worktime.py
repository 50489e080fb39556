"""Working time: office hours, working days, and where a time limit ends.

All arithmetic is on aware datetimes in the office's zone. Minutes run in office hours only; a limit of n days ends at
closing time of the n-th working day after the day it began (the SOP says neither *hari kerja* nor *hari kalender*;
working days are the office's setting, ``sop.md``).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

_FAR = 3660  # days; a calendar without any working day in ten years is a mistake, not a deadline


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit of the SOP: so many minutes of office time, then so many days."""

    minutes: int = 0
    days: int = 0

    def __add__(self, other: Limit) -> Limit:
        return Limit(self.minutes + other.minutes, self.days + other.days)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When the office works.

    ``hours`` maps a weekday (Monday 0) to its open intervals in order; ``closed`` are holidays, *cuti bersama* and the
    office's own closures.
    """

    zone: tzinfo
    hours: Mapping[int, tuple[tuple[time, time], ...]]
    closed: Container[date]

    def is_working_day(self, day: date) -> bool:
        """Say whether the office works at all that day."""
        return bool(self.hours.get(day.weekday())) and day not in self.closed

    def after(self, start: datetime, limit: Limit) -> datetime:
        """Return when a limit that begins at ``start`` ends.

        Raises:
            ValueError: the calendar has no working day within ten years.
        """
        end = self._after_minutes(start, limit.minutes) if limit.minutes else start
        return self._after_days(end, limit.days) if limit.days else end

    def _after_minutes(self, start: datetime, minutes: int) -> datetime:
        left = timedelta(minutes=minutes)
        local = start.astimezone(self.zone)
        for opens, closes in self._intervals(local.date()):
            begin = max(opens, local)
            if closes - begin >= left:
                return begin + left
            left -= max(closes - begin, timedelta(0))
        raise ValueError("no working time left")

    def _after_days(self, start: datetime, days: int) -> datetime:
        day = start.astimezone(self.zone).date()
        left = days
        for _ in range(_FAR):
            day += timedelta(days=1)
            left -= self.is_working_day(day)
            if not left:
                return datetime.combine(day, self.hours[day.weekday()][-1][1], self.zone)
        raise ValueError("no working day left")

    def _intervals(self, first: date) -> Iterator[tuple[datetime, datetime]]:
        for offset in range(_FAR):
            day = first + timedelta(days=offset)
            if self.is_working_day(day):
                for opens, closes in self.hours[day.weekday()]:
                    yield datetime.combine(day, opens, self.zone), datetime.combine(day, closes, self.zone)
