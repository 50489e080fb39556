"""Asking the index: which cases, in which order, by what they can be narrowed, and where in them the answer stands."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.adapters.search.base import reading
from pipeline.adapters.search.matching import Match, matching
from pipeline.adapters.search.shelf import SEPARATOR, doc_of, texts
from pipeline.domain.finding.asking import Term
from pipeline.domain.finding.snippets import Snippet, snippets
from pipeline.domain.finding.written import FACETS, Written

#: Up to so many hits are put in order by how well they answer and counted for the facets; more are shown the newest
#: first, and the newest so many are counted.
MOST = 10_000
#: How much a word counts in each column of the index; the last is what a list is narrowed by.
_WEIGHTS = "12.0, 6.0, 8.0, 1.0, 0.6, 0.0"
_LATE = "due < :now"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: a page of an answer.

    ``late`` keeps cases that are late at second ``now``; ``personal``: who asks may see names; ``secret``: also what is
    *rahasia*.
    """

    terms: tuple[Term, ...] = ()
    narrow: Mapping[str, Sequence[str]] = field(default_factory=dict)
    late: bool = False
    now: int = 0
    first: int = 0
    count: int = 20
    personal: bool = True
    secret: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that answers; ``exact`` unless only a misread word makes it one."""

    written: Written
    exact: bool
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: how many cases, a page of them, and for each facet how many have each value, the most first.

    ``counted`` is over how many hits (the newest) the facets were counted; ``complete`` unless the index is being made.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Sequence[tuple[str, int]]]
    late: int
    counted: int
    complete: bool


def search(path: Path, wanted: Wanted) -> Found:
    """Return the answer.

    Raises:
        NotFound: there is no index yet.
        ArchiveFault: it cannot be read.
    """
    with reading(path) as base:
        base.execute("BEGIN")  # one state of the index for all that follows
        match = matching(base, wanted.terms, wanted.narrow, personal=wanted.personal)
        asking = _Asking(base, match, wanted)
        total = asking.count(match.tolerant)
        exact = asking.count(match.exact) if match.exact != match.tolerant else total
        docs = asking.page(exact, total)
        hits = [_hit(written, match, exact=at < len(docs.exact)) for at, written in enumerate(texts(base, docs.all))]
        facets, late = asking.facets(total)
        complete = base.execute("SELECT position FROM progress").fetchone()[0] is not None
    return Found(total, tuple(hits), facets, late, min(total, MOST), complete)


@dataclass(frozen=True, slots=True)
class _Docs:
    """A page of cases: the exact ones and the believed ones."""

    exact: list[int]
    believed: list[int]

    @property
    def all(self) -> list[int]:
        return [*self.exact, *self.believed]


@dataclass(frozen=True, slots=True)
class _Asking:
    """One question to one state of the index."""

    base: sqlite3.Connection
    match: Match
    wanted: Wanted

    def count(self, expression: str) -> int:
        return int(self._rows("count(*)", expression)[0][0])

    def page(self, exact: int, total: int) -> _Docs:
        """Return the page's cases: the one asked for by its number, the exact ones, those with misread words."""
        first, count = self.wanted.first, self.wanted.count
        found = self._ordered(self.match.exact, exact, first, count)
        if exact == total or len(found) == count:
            return _Docs(found, [])
        believed = f"({self.match.tolerant}) NOT ({self.match.exact})"
        return _Docs(found, self._ordered(believed, total - exact, max(0, first - exact), count - len(found)))

    def facets(self, total: int) -> tuple[Mapping[str, Sequence[tuple[str, int]]], int]:
        """Return for each facet how many of the hits have each value, and how many are late."""
        late = self.count_late()
        if not self.match.tolerant and not self.wanted.late and self.wanted.secret:
            return self._of_all(), late
        names = ", ".join(f"f{n}" for n in range(len(FACETS)))
        newest = "" if total <= MOST else f" ORDER BY {self._key} DESC LIMIT {MOST}"
        columns = zip(*self._rows(names, self.match.tolerant, joined=True, behind=newest), strict=True)
        counted = {name: _counted(column) for name, column in zip(FACETS, columns, strict=False)}
        return {name: counted.get(name, []) for name in FACETS}, late

    def count_late(self) -> int:
        return int(self._rows("count(*)", self.match.tolerant, joined=True, also=(_LATE,))[0][0])

    def _of_all(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Return the facets of the whole archive: how many cases have a word, the index knows by itself."""
        rows = self.base.execute("SELECT name, value, doc FROM facets CROSS JOIN terms ON term = word").fetchall()
        return {name: _sorted((v, n) for at, v, n in rows if at == place) for place, name in enumerate(FACETS)}

    @property
    def _key(self) -> str:
        return "hits.rowid" if self.match.tolerant else "doc"

    def _ordered(self, expression: str, total: int, first: int, count: int) -> list[int]:
        own = doc_of(self.match.cases[0]) if self.match.cases else 0
        ranked = f"bm25(hits, {_WEIGHTS}), " if expression and total <= MOST else ""
        behind = f" ORDER BY {self._key} = {own} DESC, {ranked}{self._key} DESC LIMIT {count} OFFSET {first}"
        behind = behind.replace(f"{self._key} = 0 DESC, ", "")
        return [doc for (doc,) in self._rows(self._key, expression, behind=behind)] if total else []

    def _rows(
        self, columns: str, expression: str, *, joined: bool = False, also: Sequence[str] = (), behind: str = ""
    ) -> list[tuple[Any, ...]]:
        """Return rows of the cases that answer the expression; an empty one is answered by all."""
        conditions = [*also, *[_LATE] * self.wanted.late, *["NOT secret"] * (not self.wanted.secret)]
        if not expression:
            source = "cases"
        elif conditions or joined:
            source, conditions = "hits JOIN cases ON doc = hits.rowid", ["hits MATCH :asked", *conditions]
        else:
            source, conditions = "hits", ["hits MATCH :asked"]
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        statement = f"SELECT {columns} FROM {source}{where}{behind}"  # noqa: S608 - nothing of the question is in it
        return self.base.execute(statement, {"asked": expression, "now": self.wanted.now}).fetchall()


def _counted(column: Sequence[str]) -> Sequence[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for values, count in Counter(column).items():
        for value in filter(None, values.split(SEPARATOR)):
            counts[value] += count
    return _sorted(counts.items())


def _sorted(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))


def _hit(written: Written, match: Match, *, exact: bool) -> Hit:
    passages = [p for p in written.passages if match.personal or not p.personal] if match.groups else []
    return Hit(written, exact, snippets(passages, match.answers))
