"""The figures of a year that an office hands up to the directorate: counts, and none that could be somebody. Pure.

Small counts are left out before anything leaves the office, by the rule and the threshold of its own summary for those
who do not work on cases (:mod:`pipeline.register.summary.small_cell_suppression`, decision 24): fewer than three are
not told, noughts neither. That holds here for the whole too, as the directorate sees many small offices side by side.
How many were open at the beginning is not told: with what came and what ended it would give away what runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.register.summary.figures import Summary
from pipeline.register.summary.small_cell_suppression import LEAST

#: What is told of a year, in order, and what each is called.
FIGURES: Mapping[str, str] = {
    "diterima": "Diterima",
    "berakhir": "Berakhir",
    "berjalan": "Berjalan",
    "terlambat": "Terlambat",
}


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """What an office handed up of a year, and when. A count of None is not told."""

    office: str
    year: int
    at: str
    counts: Mapping[str, int | None]
    breakdowns: Mapping[str, Mapping[str, int | None]]


def figures_up(summary: Summary) -> dict[str, Any]:
    """Return what is handed up of a year's summary, which was made for somebody who works on no case.

    *Rahasia* cases are among what came, and among nothing else. By traits only years that have ended are told.
    """
    assert not summary.exact
    counts = {
        "diterima": summary.flow.received + summary.secret,
        "berakhir": summary.flow.closed,
        "berjalan": summary.running.total,
        "terlambat": summary.running.late,
    }
    breakdowns = {
        b.title: {line.label: line.count for line in b.lines}
        for b in (summary.outcomes, *summary.breakdowns)
        if b.lines
    }
    return {"angka": {name: told(count) for name, count in counts.items()}, "rincian": breakdowns}


def told(count: int) -> int | None:
    """Return a count, or None if it is too small to be told."""
    return count if count >= LEAST else None


def totals(offices: Iterable[OfficeFigures]) -> dict[str, tuple[int, bool]]:
    """Return the sum of what is told of each figure, and whether every office told it.

    What is left out is in no sum, so that no sum gives it away.
    """
    rows = list(offices)
    return {name: total([row.counts.get(name) for row in rows]) for name in FIGURES}


def total(counts: Sequence[int | None]) -> tuple[int, bool]:
    """Return the sum of the counts that are told, and whether all are."""
    return sum(count for count in counts if count is not None), all(count is not None for count in counts)


def breakdown_totals(offices: Iterable[OfficeFigures]) -> dict[str, dict[str, tuple[int, bool]]]:
    """Return the same by trait and line; a line that an office does not have is none of its."""
    found: dict[str, dict[str, list[int | None]]] = {}
    for row in offices:
        for title, lines in row.breakdowns.items():
            for label, count in lines.items():
                found.setdefault(title, {}).setdefault(label, []).append(count)
    return {title: {label: total(counts) for label, counts in lines.items()} for title, lines in found.items()}
