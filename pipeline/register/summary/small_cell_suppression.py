"""Small counts kept from those who do not work on the cases: one or two can be a neighbour whom everybody knows.

A count that is left out must not come back by a sum, by the period beside, or by knowing this very rule. So:

* Letters are not counted at all: each belongs to a case, and few cases get one of a kind.
* Traits are told of years that have ended, and of nothing else. Years share no complaint: there is no month that could
  be taken from a quarter, and no yesterday that could be taken from today.
* Of a year every count below :data:`LEAST` is left out, also noughts, and looks like any other that is left out.
* Where the whole would give away what is left out, the smallest of the others is left out too, with all that equal it.
  The rule looks at counts alone and at no line's name; so whatever is left out could as well be exchanged.

Which is proved by going through every table of some size (``tests/register/test_small_cells_hold.py``).
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.register.summary.figures import Breakdown, Count, Summary

#: Smaller counts than this are not shown.
LEAST = 3


def suppressed(summary: Summary) -> Summary:
    """Return the summary as those may have it who do not work on the cases; the whole, steps and times stay."""
    if summary.period.months < _YEAR or summary.unfinished:
        nothing = replace(summary.outcomes, lines=())
        return replace(summary, exact=False, outcomes=nothing, breakdowns=(), letters=())
    now, before = summary.flow, summary.flow_before
    return replace(
        summary,
        exact=False,
        letters=(),
        outcomes=_of(summary.outcomes, now.closed, before.closed),
        breakdowns=tuple(_of(b, now.received, before.received) for b in summary.breakdowns),
    )


_YEAR = 12  # months


def _of(breakdown: Breakdown, whole: int, before: int) -> Breakdown:
    now = shown([line.count or 0 for line in breakdown.lines], whole)
    earlier = shown([line.before or 0 for line in breakdown.lines], before)
    lines = (Count(line.label, n, b) for line, n, b in zip(breakdown.lines, now, earlier, strict=True))
    return replace(breakdown, lines=tuple(lines))


def shown(counts: list[int], whole: int) -> list[int | None]:
    """Return the counts of ``whole`` complaints by the lines of one trait, None for each that is left out.

    A complaint stands in one line, or in more than one: then they sum up to more than the whole. A trait of a single
    line tells nothing but the whole.
    """
    most = LEAST - 1
    if whole == most * len(counts):  # every line could be just below: then nothing could be exchanged
        return [None] * len(counts)
    hidden = {n for n, count in enumerate(counts) if count < LEAST}
    rest = whole - sum(count for n, count in enumerate(counts) if n not in hidden)
    if rest > 0 and (len(hidden) == 1 or rest >= most * len(hidden)):
        others = [count for n, count in enumerate(counts) if n not in hidden]
        hidden |= {n for n, count in enumerate(counts) if count == min(others, default=None)}
    return [None if n in hidden else count for n, count in enumerate(counts)]
