"""The summary of a period, for the head of the office: made from the register book, shown as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipeline.domain.sop import in_force
from pipeline.domain.summary import Period, Summary, summarise
from pipeline.domain.summary.veil import veiled
from pipeline.wiring import Root


def summary_of(root: Root, period: Period, *, exact: bool = True) -> Summary:
    """Return the figures of a period as of now; unless ``exact``, without counts that are too small to be shown."""
    root.book.refresh()
    now = root.clock.now()
    summary = summarise(
        root.book.rows(),
        period,
        now,
        sop=in_force(root.editions, now.date()),
        regions=root.settings.office.regions,
        calendar=root.calendar,
    )
    return summary if exact else veiled(summary)


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
