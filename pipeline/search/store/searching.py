"""Asking the index: which cases, in which order, by what they can be narrowed, and where in them the answer stands.

And listing it: cases by number, of a year, a month of it, or in a state, without anything being looked for.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.access.secrecy import ANYBODY, readers_opened_by
from pipeline.cases.case_number import YEARS
from pipeline.register.ports import Extent
from pipeline.search.answer import Answer, facets_of
from pipeline.search.case_text import FACETS, Written
from pipeline.search.query import Wanted
from pipeline.search.ranking import COUNTED, By, comparable, misread_part, order, weights
from pipeline.search.store.hits import hit, most_first
from pipeline.search.store.matching import Match, apart, matching, readers_expression
from pipeline.search.store.packing import YEAR, doc_of, docs_of
from pipeline.search.store.shelf import texts

_WEIGHTS = ", ".join(map(str, weights()))
_SCORE = comparable(f"bm25(hits, {_WEIGHTS})")

#: How many cases are unpacked at once.
_BATCH = 200
#: A case that is not secret, or has one of the readers: those that are secret and have none are the fewest.
_CLOSED = "FROM secret_hits WHERE rowid NOT IN (SELECT rowid FROM secret_hits WHERE secret_hits MATCH :readers)"
#: One of another service in which who asks has no part.
_APART = "FROM hits WHERE hits MATCH :apart"
_OPEN = f"doc NOT IN (SELECT rowid {_CLOSED}) AND doc NOT IN (SELECT rowid {_APART})"
#: What is open to those who have a part in other services alone.
_THEIRS = (
    "doc IN (SELECT rowid FROM hits WHERE hits MATCH :readers"
    " UNION ALL SELECT rowid FROM secret_hits WHERE secret_hits MATCH :readers)"
)
#: The cases that answer, with how well; secret ones behind the others, for what they say is not to weigh.
_FOUND = (
    "(SELECT rowid AS found, {score} AS score FROM hits WHERE hits MATCH :asked"
    " UNION ALL SELECT rowid, 0 FROM secret_hits WHERE secret_hits MATCH :asked_of_secret)"
)
_FOUND_ANY = _FOUND.format(score=0)
#: The newest of the cases that answer, so many: each table gives them in this order by itself, and stops.
_NEWEST = (
    "SELECT found FROM (SELECT * FROM (SELECT rowid AS found FROM hits WHERE hits MATCH :asked"
    " ORDER BY rowid DESC LIMIT {0}) UNION ALL SELECT * FROM (SELECT rowid FROM secret_hits"
    " WHERE secret_hits MATCH :asked_of_secret ORDER BY rowid DESC LIMIT {0})) ORDER BY found DESC LIMIT {0}"
)
#: Keeps what is late of it. Those with a deadline are told by a word of theirs, so that few are looked up.
_LATE = " JOIN cases ON doc = found WHERE due < :now"
#: How many cases are open: not looked at one by one, for the closed ones are few.
_OPEN_COUNT = f"SELECT (SELECT count(*) FROM cases) - (SELECT count(*) {_CLOSED}) - (SELECT count(*) {_APART})"  # noqa: S608


def search(base: sqlite3.Connection, wanted: Wanted) -> Answer:
    """Return the answer."""
    base.execute("BEGIN")  # one state of the index for all that follows
    match = matching(base, wanted.terms, wanted.narrow, late=wanted.late, personal=wanted.personal, roles=wanted.roles)
    asking = _Asking(base, match, wanted)
    newest = asking.newest()
    total = asking.total(newest)
    exact, misread = asking.page(total, newest)
    found = texts(base, [*exact, *misread])
    terms = len(match.groups)
    hits = [
        hit(written, match.answers, terms, personal=match.personal, exact=at < len(exact))
        for at, written in enumerate(found)
    ]
    counts, late = asking.facets(newest[:COUNTED])
    return Answer(total, tuple(hits), facets_of(counts, wanted.narrow), late, min(total, COUNTED), complete(base))


def complete(base: sqlite3.Connection) -> bool:
    """Say whether the index has all cases, and is not just being made."""
    return base.execute("SELECT position FROM progress").fetchone()[0] is not None


@dataclass(frozen=True, slots=True)
class _Asking:
    """One question to one state of the index."""

    base: sqlite3.Connection
    match: Match
    wanted: Wanted

    def newest(self) -> list[int]:
        """Return the newest of the cases that answer: one more than are counted, of late ones all."""
        expression = self.match.tolerant
        if self.wanted.late:
            return self._docs(f"SELECT found FROM {_FOUND_ANY}{_LATE} ORDER BY found DESC", expression)  # noqa: S608
        if expression:
            return self._docs(_NEWEST.format(COUNTED + 1), expression)
        return self._docs(f"SELECT doc FROM cases{self._open} ORDER BY doc DESC LIMIT {COUNTED + 1}")  # noqa: S608

    def total(self, newest: Sequence[int]) -> int:
        """Return how many cases answer, of which these are the newest."""
        if self.wanted.late or len(newest) <= COUNTED:
            return len(newest)
        if self.match.tolerant:
            return self._docs(f"SELECT count(*) FROM {_FOUND_ANY}", self.match.tolerant)[0]  # noqa: S608
        if self.match.readers and not self.match.theirs_alone:
            return self._docs(_OPEN_COUNT)[0]
        return self._docs(f"SELECT count(*) FROM cases{self._open}")[0]  # noqa: S608 - our own words alone

    def page(self, total: int, newest: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return the page's cases: the exact ones, those with misread words."""
        first, count, match = self.wanted.first, self.wanted.count, self.match
        if match.exact == match.tolerant:
            return self._ordered(match.exact, total, first, count, newest), []
        found = self._ordered(match.exact, total, first, count)
        if len(found) == count:
            return found, []
        exact = first + len(found) if found or not first else self._count(match.exact)
        start, room = misread_part(first, count, exact)
        return found, self._ordered(f"({match.tolerant}) NOT ({match.exact})", total - exact, start, room)

    def facets(self, newest: Sequence[int]) -> tuple[Mapping[str, Sequence[tuple[str, int]]], int]:
        """Return how many of these cases have each value of each facet, and how many are late.

        Of all cases if nothing was asked for: how many have what is counted as they come in.
        """
        if not (self.match.tolerant or self.match.readers):
            rows = self.base.execute("SELECT name, value, cases FROM facets WHERE cases > 0").fetchall()
            return _by_facet(rows), self._docs("SELECT count(*) FROM cases WHERE due < :now")[0]
        rows = self.base.execute(
            "SELECT due, tags FROM json_each(?) CROSS JOIN cases ON doc = value", (json.dumps(newest),)
        ).fetchall()
        counts = Counter(" ".join(tags for _, tags in rows).split())
        values = self.base.execute("SELECT name, value, id FROM facets").fetchall()
        late = sum(due is not None and due < self.wanted.now for due, _ in rows)
        return _by_facet([(name, value, counts[str(tag)]) for name, value, tag in values if str(tag) in counts]), late

    def _count(self, expression: str) -> int:
        late = _LATE * self.wanted.late
        return self._docs(f"SELECT count(*) FROM {_FOUND_ANY}{late}", expression)[0]  # noqa: S608

    def _ordered(self, expression: str, total: int, first: int, count: int, newest: Sequence[int] = ()) -> list[int]:
        """Return a page of the cases that answer an expression; of the newest first, from the ``newest``."""
        own = doc_of(self.match.cases[0]) if self.match.cases else 0
        by_what = [*order(total, numbered=own > 0, asked=bool(expression))]
        if not total or (by_what == [By.NEWEST] and first + count <= len(newest)):
            return list(newest[first : first + count])
        if not expression:
            source, key = f"cases{self._open}", "doc"
        elif by_what == [By.NEWEST] and not self.wanted.late:
            source, key = f"({_NEWEST.format(first + count)})", "found"
        else:
            found = _FOUND.format(score=_SCORE) if By.ANSWER in by_what else _FOUND_ANY
            source, key = found + _LATE * self.wanted.late, "found"
        keys = {By.OWN_NUMBER: f"{key} = {own} DESC", By.ANSWER: "score", By.NEWEST: f"{key} DESC"}
        sorting = ", ".join(keys[by] for by in by_what)
        statement = f"SELECT {key} FROM {source} ORDER BY {sorting} LIMIT {count} OFFSET {first}"  # noqa: S608
        return self._docs(statement, expression)

    @property
    def _open(self) -> str:
        if not self.match.readers:
            return ""
        return f" WHERE {_THEIRS if self.match.theirs_alone else _OPEN}"

    def _docs(self, statement: str, expression: str = "") -> list[int]:
        """Return the numbers of a statement's only column, in which the expression is what was asked."""
        readers = self.match.readers
        of_secret = f"({expression}) AND {readers}" if readers else expression
        asked = {
            "asked": self.match.within(expression),
            "asked_of_secret": of_secret,
            "readers": readers,
            "apart": self.match.apart,
            "now": self.wanted.now,
        }
        return [number for (number,) in self.base.execute(statement, asked)]


def _by_facet(rows: Iterable[tuple[int, str, int]]) -> Mapping[str, Sequence[tuple[str, int]]]:
    """Return the values of each facet with how many cases have each, the most first, of (facet, value, cases)."""
    values = defaultdict[int, list[tuple[str, int]]](list)
    for name, value, cases in rows:
        values[name].append((value, cases))
    return {name: most_first(values[place]) for place, name in enumerate(FACETS)}


def page(base: sqlite3.Connection, extent: Extent, first: int, count: int) -> tuple[int, list[Written]]:
    """Return how many cases there are, and so many from the ``first`` (0: the newest), the newest first."""
    base.execute("BEGIN")
    where, values = _where(extent)
    total = base.execute(f"SELECT count(*) FROM cases{where}", values).fetchone()[0]  # noqa: S608 - our own words
    behind = f"{where} ORDER BY doc DESC LIMIT {count} OFFSET {first}"
    return total, texts(base, _docs(base, behind, values))


def every(base: sqlite3.Connection, extent: Extent) -> Iterator[Written]:
    """Yield the cases by number, some hundred at a time."""
    where, values = _where(extent)
    docs = _docs(base, f"{where} ORDER BY doc", values)
    for start in range(0, len(docs), _BATCH):
        yield from texts(base, docs[start : start + _BATCH])


def states(base: sqlite3.Connection, extent: Extent) -> list[tuple[str, int]]:
    """Return the states in which cases of an extent stand, and how many each, the most first."""
    where, values = _where(extent, told=True)
    statement = f"SELECT state, count(*) FROM cases{where} GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608
    return [(str(state), int(count)) for state, count in base.execute(statement, values)]


def _docs(base: sqlite3.Connection, behind: str, values: dict[str, object]) -> list[int]:
    return [doc for (doc,) in base.execute(f"SELECT doc FROM cases{behind}", values)]  # noqa: S608


def _where(extent: Extent, *, told: bool = False) -> tuple[str, dict[str, object]]:
    """Return the conditions, and the values they name: no text that anybody typed is among their words.

    ``told``: the states of the cases are told, so that closed ones are left out even if none was asked for.
    """
    conditions = []
    if extent.series is not None:
        first, last = docs_of(*extent.volumes)
        conditions.append(f"doc BETWEEN {first} AND {last}")
    elif extent.year is not None:
        conditions.append(f"doc / {YEAR} % {YEARS} = :year")
    if extent.month is not None:
        conditions.append("substr(received, 6, 2) = :month")
    if extent.state:
        conditions.append("state = :state")
    readers = readers_opened_by(extent.roles or ())
    if extent.roles is not None and (extent.state or told):
        conditions.append(_OPEN if ANYBODY in readers else _THEIRS)
    values: dict[str, object] = {
        "year": extent.year,
        "month": f"{extent.month or 0:02d}",
        "state": extent.state,
        "readers": readers_expression(extent.roles or ()),
        "apart": apart(readers_expression(extent.roles or ())),
    }
    return f" WHERE {' AND '.join(conditions)}" if conditions else "", values
