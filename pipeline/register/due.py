"""What is late, what falls due, and what waits for whom: from the register's rows, in the office's working time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from pipeline.office.office import Office
from pipeline.office.worktime import Calendar, Limit

_MINUTE = timedelta(minutes=1)
#: A deadline within so many hours of office time is near: half a working day.
_NEAR = timedelta(hours=4)


def falling_due(
    rows: Iterable[Mapping[str, Any]], now: datetime, calendar: Calendar, office: Office, days: int
) -> list[dict[str, Any]]:
    """Return the rows that are late, or due within so many working days, the longest overdue first.

    Each has ``number``, ``register_number``, ``state``, ``step``, ``due_at``, ``late``, ``remaining`` (in words),
    ``remaining_minutes`` (of office time, negative when late), ``roles`` that are waited for, and their ``holders``
    today (``role``, ``title``, ``name``).
    """
    horizon = replace(calendar, calendar_days=False).after(now, Limit(days=days)) if days else now
    running = [row for row in rows if not row["final"] and row["due_at"]]
    due = [row for row in running if datetime.fromisoformat(row["due_at"]) <= horizon]
    due.sort(key=lambda row: (datetime.fromisoformat(row["due_at"]), row["year"], row["serial"]))
    return [_said(row, now, calendar, office) for row in due]


def _said(row: Mapping[str, Any], now: datetime, calendar: Calendar, office: Office) -> dict[str, Any]:
    due = datetime.fromisoformat(row["due_at"])
    late = due < now
    left = -calendar.between(due, now) if late else calendar.between(now, due)
    return {
        **{key: row[key] for key in ("number", "register_number", "state", "step", "due_at")},
        "late": late,
        "remaining": remaining(now, due, calendar),
        "remaining_minutes": int(left / _MINUTE),
        "roles": list(row["awaits"]),
        "holders": [_holder(role, now, office) for role in row["awaits"]],
    }


def remaining(now: datetime, due: datetime, calendar: Calendar) -> str:
    """Return ``2 hari kerja``, ``1 jam 5 menit kerja``, or how long it has been late (``terlambat 3 hari kerja``)."""
    if due < now:
        return f"terlambat {_time(due, now, calendar)}"
    return _time(now, due, calendar)


def _time(start: datetime, end: datetime, calendar: Calendar) -> str:
    days = calendar.working_days(start, end)
    if days > 1:
        return f"{days} hari kerja"
    hours, minutes = divmod(int(calendar.between(start, end) / _MINUTE), 60)
    parts = [f"{hours} jam"] * bool(hours) + [f"{minutes} menit"] * bool(minutes or not hours)
    return f"{' '.join(parts)} kerja"


def _holder(role: str, now: datetime, office: Office) -> dict[str, str]:
    held = office.holder(role, now.date())
    return {"role": role, "title": held.printed_title if held else "", "name": held.name if held else ""}


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
