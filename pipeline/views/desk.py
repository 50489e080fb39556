"""What waits for somebody: the register's rows of the roles they hold, by deadline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from pipeline.domain.due import remaining
from pipeline.domain.worktime import Calendar

#: A deadline within so many hours of office time is near: half a working day.
_NEAR = timedelta(hours=4)


def waiting_for(
    roles: Collection[str], rows: Iterable[Mapping[str, Any]], now: datetime, calendar: Calendar
) -> list[dict[str, Any]]:
    """Return the running cases that wait for one of the roles, the longest overdue first; each with :func:`timed`."""
    mine = [row for row in rows if not row["final"] and not set(row["awaits"]).isdisjoint(roles)]
    mine.sort(key=_urgency)
    return [timed(row, now, calendar) for row in mine]


def timed(row: Mapping[str, Any], now: datetime, calendar: Calendar) -> dict[str, Any]:
    """Return the row with ``late``, ``near`` and ``remaining`` (in words, empty without a deadline)."""
    if not row["due_at"]:
        return {**row, "late": False, "near": False, "remaining": ""}
    due = datetime.fromisoformat(row["due_at"])
    late = due < now
    near = not late and calendar.between(now, due) <= _NEAR
    return {**row, "late": late, "near": near, "remaining": remaining(now, due, calendar)}


def _urgency(row: Mapping[str, Any]) -> tuple[float, int, int]:
    due = datetime.fromisoformat(row["due_at"]).timestamp() if row["due_at"] else float("inf")
    return due, row["year"], row["serial"]
