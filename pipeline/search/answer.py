"""What was found, as front ends show it. Highlighted words are data: each piece of a place says whether it is a hit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from pipeline.register.row import Row
from pipeline.search.case_text import FACET_LABELS, FACETS
from pipeline.search.snippets import Snippet


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit(Row):
    """A case that was found."""

    exact: bool
    """Whether no misread word was needed to find it."""
    places: tuple[Snippet, ...]

    @classmethod
    def of(cls, row: Row, places: tuple[Snippet, ...], *, exact: bool) -> Self:
        """Return the case of a row as a hit."""
        return cls(**{name: getattr(row, name) for name in Row.__slots__}, exact=exact, places=places)

    def as_json(self) -> dict[str, Any]:
        """Return the row as books keep it, with ``exact`` and ``places`` beside."""
        row = Row.as_json(self)
        return {**row, "exact": self.exact, "places": [asdict(place) for place in self.places]}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value by which hits can be narrowed."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """By what hits can be narrowed."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """How many cases answer, a page of them, by what they can be narrowed, and how many are late.

    ``counted`` is over how many hits (the newest) facets and late ones were counted; ``complete`` unless the index is
    being made.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    late: int
    counted: int
    complete: bool


def facets_of(
    counts: Mapping[str, Sequence[tuple[str, int]]], narrow: Mapping[str, Sequence[str]]
) -> tuple[Facet, ...]:
    """Return the facets of hits that have these values so often, narrowed by those: what was chosen in vain last."""
    facets = []
    for name in FACETS:
        chosen, there = narrow.get(name, ()), dict(counts[name])
        values = {**there, **{value: 0 for value in chosen if value not in there}}
        facets.append(Facet(name, FACET_LABELS[name], tuple(FacetValue(v, n, v in chosen) for v, n in values.items())))
    return tuple(facets)
