"""Registers for tests: rows as the book has them; each names only what its test is about."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from cases import CALENDAR, case_of
from fakes import WIB

from pipeline.config import editions
from pipeline.domain import rows

SOP = editions()[0]
_SERIAL = count(1)
_USUAL = rows.row(case_of(), SOP, CALENDAR)


def entry(received: str, closed: str | None = None, **values: Any) -> dict[str, Any]:
    """The row of a case received on a day (and ended on a day), that stands with the head unless said otherwise."""
    serial = next(_SERIAL)
    at = datetime.fromisoformat(f"{received}T09:00").replace(tzinfo=WIB)
    row = {
        **_USUAL,
        "number": f"{at.year}/{serial:04d}",
        "year": at.year,
        "serial": serial,
        "received_at": at.isoformat(),
        "step": 4,
        "state_key": "disposisi-kakanwil",
        "awaits": ["kakanwil"],
        "due_at": (at + timedelta(days=2)).isoformat(),
        "case_due_at": (at + timedelta(days=40)).isoformat(),
        "confirmed": True,
        "channel": "pindaian",
    }
    if closed:
        row |= {
            "step": 7,
            "state_key": "selesai",
            "final": True,
            "awaits": [],
            "due_at": None,
            "case_due_at": None,
            "closed_at": f"{closed}T10:00:00+07:00",
            "closed_late": False,
        }
    return {**row, **values}


def left(step: int, until: str, minutes: int, *, late: bool = False) -> dict[str, Any]:
    """A step that a case has left."""
    return {"step": step, "until": f"{until}T11:00:00+07:00", "minutes": minutes, "late": late}
