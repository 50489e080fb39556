"""Small numbers veiled: a count of one or two can be a neighbour whom everybody knows."""

from __future__ import annotations

from dataclasses import replace

from pipeline.register.summary.figures import Breakdown, Count, Summary

#: Smaller counts than this are not shown.
LEAST = 3


def veiled(summary: Summary) -> Summary:
    """Return the summary without counts below :data:`LEAST` in its breakdowns.

    Where one line alone would be hidden, its count could be had by taking the others from the whole: then the next
    smallest is hidden with it. The whole, steps and times stay: they tell of the office, not of people.
    """
    return replace(
        summary,
        outcomes=_veiled(summary.outcomes),
        breakdowns=tuple(_veiled(b) for b in summary.breakdowns),
    )


def _veiled(breakdown: Breakdown) -> Breakdown:
    now = _hidden([line.count for line in breakdown.lines])
    before = _hidden([line.before for line in breakdown.lines])
    lines = (Count(line.label, n, b) for line, n, b in zip(breakdown.lines, now, before, strict=True))
    return replace(breakdown, lines=tuple(lines))


def _hidden(counts: list[int | None]) -> list[int | None]:
    small = {n for n, count in enumerate(counts) if count is not None and 0 < count < LEAST}
    if len(small) == 1:
        others = [(count, n) for n, count in enumerate(counts) if count and n not in small]
        small |= {min(others)[1]} if others else set()
    return [None if n in small else count for n, count in enumerate(counts)]
