"""Hits as they are shown, and what they can be narrowed by, of whatever index found them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.search.answer import Hit
from pipeline.search.case_text import Written
from pipeline.search.snippets import Answers, snippets
from pipeline.search.store.packing import facet_values


def hit(written: Written, answers: Answers, terms: int, *, personal: bool, exact: bool) -> Hit:
    """Return a case that was found, with the places that answer; without ``personal`` none that may name people."""
    passages = [p for p in written.passages if personal or not p.personal] if terms else []
    return Hit.of(written.row, snippets(passages, answers, terms), exact=exact)


def counted(columns: Iterable[tuple[str, int]]) -> Sequence[tuple[str, int]]:
    """Return how many cases have each value of a facet, of its columns and how many cases have each, the most first."""
    counts: Counter[str] = Counter()
    for values, count in columns:
        for value in facet_values(values):
            counts[value] += count
    return most_first(counts.items())


def most_first(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return counts, the most first; of equal ones by their value."""
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))
