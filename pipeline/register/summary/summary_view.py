"""The summary of a period, for the head of the office: made from the register book, shown as plain data."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pipeline.cases.sop import in_force
from pipeline.register.store.book_cache import Book
from pipeline.register.summary import Period, Summary, summarise
from pipeline.register.summary.small_cell_suppression import veiled
from pipeline.wiring import Root

#: How many summaries are kept: the periods that some people look at within a minute.
_KEPT = 32


def summary_of(
    root: Root, rows: Iterable[Mapping[str, Any]], period: Period, now: datetime, *, exact: bool = True
) -> Summary:
    """Return the figures of a period from the register's rows; ``exact`` also with counts too small to be shown."""
    summary = summarise(
        rows,
        period,
        now,
        sop=in_force(root.editions, now.date()),
        regions=root.settings.office.regions,
        calendar=root.calendar,
    )
    return summary if exact else veiled(summary)


class Summaries:
    """Summaries of one root, kept while the register stays as it is, for a minute at most. Safe for many threads."""

    def __init__(self, root: Root, book: Book) -> None:
        self._root, self._book = root, book
        self._turn = threading.Lock()
        self._kept: dict[tuple[object, ...], Summary] = {}

    def of(self, period: Period, now: datetime, *, exact: bool) -> Summary:
        """Return the figures of a period as of this minute."""
        key = (period, exact, now.replace(second=0, microsecond=0), self._book.mark())
        with self._turn:
            if key not in self._kept:
                if len(self._kept) >= _KEPT:
                    self._kept.clear()
                self._kept[key] = summary_of(self._root, self._book.rows(), period, now, exact=exact)
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
