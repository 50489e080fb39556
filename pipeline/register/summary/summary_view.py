"""The summary of a period, for the head of the office: made from the register book, shown as plain data."""

from __future__ import annotations

import threading
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pipeline.cases.sop import Sop, in_force
from pipeline.office.office import Region
from pipeline.office.worktime import Calendar
from pipeline.register.ports import Register
from pipeline.register.summary import Period, Summary, summarise
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


def summary_view(summary: Summary) -> dict[str, Any]:
    """Return the figures as ``ringkasan --json`` and the API show them; days and moments are ISO 8601."""
    view = asdict(summary)
    return {
        **view,
        "period": _period(summary.period),
        "before": _period(summary.period.before),
        "unfinished": summary.unfinished,
        "at": summary.at.isoformat(),
        "flow": {**view["flow"], "left": summary.flow.left},
        "flow_before": {**view["flow_before"], "left": summary.flow_before.left},
        "months": [
            {"month": m.month.key, "label": m.month.label, "received": m.received, "closed": m.closed}
            for m in summary.months
        ],
    }


def _period(period: Period) -> dict[str, str]:
    ends = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return {"key": period.key, "label": period.label, **ends}
