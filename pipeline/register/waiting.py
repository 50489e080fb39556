"""What waits for somebody: the register's rows of the roles they hold, by deadline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pipeline.office.worktime import Calendar
from pipeline.register.due import remaining

#: A deadline within so many hours of office time is near: half a working day.
_NEAR = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody, the longest overdue first, and how many of it are late or nearly so."""

    rows: Sequence[Mapping[str, Any]]
    late: int
    near: int


def waiting_for(
    roles: Collection[str], rows: Iterable[Mapping[str, Any]], now: datetime, calendar: Calendar
) -> Waiting:
    """Return the running cases that wait for one of the roles; those that are shown go through :func:`timed`."""
    mine = [(_due(row), row) for row in rows if not row["final"] and not set(row["awaits"]).isdisjoint(roles)]
    mine.sort(key=lambda pair: (pair[0], pair[1]["year"], pair[1]["serial"]))
    horizon = calendar.forward(now, _NEAR).timestamp()
    late = sum(due < now.timestamp() for due, _ in mine)
    return Waiting([row for _, row in mine], late, sum(due <= horizon for due, _ in mine) - late)


def timed(row: Mapping[str, Any], now: datetime, calendar: Calendar) -> dict[str, Any]:
    """Return the row with ``late``, ``near`` and ``remaining`` (in words, empty without a deadline)."""
    if not row["due_at"]:
        return {**row, "late": False, "near": False, "remaining": ""}
    due = datetime.fromisoformat(row["due_at"])
    late = due < now
    near = not late and due <= calendar.forward(now, _NEAR)
    return {**row, "late": late, "near": near, "remaining": remaining(now, due, calendar)}


def _due(row: Mapping[str, Any]) -> float:
    return datetime.fromisoformat(row["due_at"]).timestamp() if row["due_at"] else float("inf")
