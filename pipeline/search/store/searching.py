"""Asking the index: which cases, in which order, by what they can be narrowed, and where in them the answer stands.

And listing it: cases by number, of a year, a month of it, or in a state, without anything being looked for.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.access.secrecy import readers_opened_by
from pipeline.register.ports import Extent
from pipeline.search.answer import Answer, Hit, facets_of
from pipeline.search.case_text import FACETS, Written, reader_word
from pipeline.search.query import Wanted
from pipeline.search.ranking import COUNTED, By, misread_part, order, weights
from pipeline.search.snippets import snippets
from pipeline.search.store.matching import Match, matching
from pipeline.search.store.shelf import SEPARATOR, doc_of, texts

_WEIGHTS = ", ".join(map(str, weights()))
#: The late cases are few: whether a hit is among them is looked up in a small table of their own, before it is weighed.
_LATE = "WITH late AS MATERIALIZED (SELECT doc AS late FROM cases WHERE due < :now) "
_LATE_ALONE = "CROSS JOIN late ON late = rowid "

#: How many cases are unpacked at once.
_BATCH = 200
_STATE = f"f{FACETS.index('keadaan')}"
#: A case that is not secret, or has one of the readers: those that are secret and have none are the fewest.
_CLOSED = "FROM secret_hits WHERE rowid NOT IN (SELECT rowid FROM secret_hits WHERE secret_hits MATCH :readers)"
_OPEN = f"doc NOT IN (SELECT rowid {_CLOSED})"
#: The cases that answer, with how well; secret ones behind the others, for what they say is not to weigh.
_FOUND = (
    "(SELECT rowid AS found, {0} AS score FROM hits {1}WHERE hits MATCH :asked"
    " UNION ALL SELECT rowid, 0 FROM secret_hits {1}WHERE secret_hits MATCH :asked_of_secret)"
)
#: All cases that are open.
_ALL_OPEN = f"(SELECT * FROM cases WHERE {_OPEN}) AS cases"  # noqa: S608 - our own words alone
#: The newest of the cases that answer, so many: each table gives them in this order by itself, and stops.
_NEWEST = (
    "(SELECT found FROM (SELECT * FROM (SELECT rowid AS found FROM hits WHERE hits MATCH :asked"
    " ORDER BY rowid DESC LIMIT {0}) UNION ALL SELECT * FROM (SELECT rowid FROM secret_hits"
    " WHERE secret_hits MATCH :asked_of_secret ORDER BY rowid DESC LIMIT {0})) ORDER BY found DESC LIMIT {0})"
)
#: How many cases are open: not looked at one by one, for the closed ones are few.
_OPEN_COUNT = f"SELECT (SELECT count(*) FROM cases) - (SELECT count(*) {_CLOSED})"  # noqa: S608 - our own words alone
_SCORE = f"bm25(hits, {_WEIGHTS})"


def search(base: sqlite3.Connection, wanted: Wanted) -> Answer:
    """Return the answer."""
    base.execute("BEGIN")  # one state of the index for all that follows
    match = matching(base, wanted.terms, wanted.narrow, personal=wanted.personal, roles=wanted.roles)
    asking = _Asking(base, match, wanted)
    total = asking.count(match.tolerant)
    exact, misread = asking.page(total)
    found = texts(base, [*exact, *misread])
    hits = [_hit(written, match, exact=at < len(exact)) for at, written in enumerate(found)]
    counts, late = asking.facets(total)
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

    def count(self, expression: str) -> int:
        if not (expression or self.wanted.late) and self.match.readers:
            return int(self.base.execute(_OPEN_COUNT, {"readers": self.match.readers}).fetchone()[0])
        return int(self._rows("count(*)", expression)[0][0])

    def page(self, total: int) -> tuple[list[int], list[int]]:
        """Return the page's cases: the exact ones, those with misread words."""
        first, count, match = self.wanted.first, self.wanted.count, self.match
        found = self._ordered(match.exact, total, first, count)
        if match.exact == match.tolerant or len(found) == count:
            return found, []
        exact = self.count(match.exact)
        start, room = misread_part(first, count, exact)
        return found, self._ordered(f"({match.tolerant}) NOT ({match.exact})", total - exact, start, room)

    def facets(self, total: int) -> tuple[Mapping[str, Sequence[tuple[str, int]]], int]:
        """Return for each facet how many of the hits have each value, and how many are late."""
        if not (self.match.tolerant or self.match.readers or self.wanted.late):
            return self._of_all(), int(self._rows("count(*)", "", late=True)[0][0])
        names = ", ".join(["due", *(f"f{n}" for n in range(len(FACETS)))])
        newest = COUNTED if total > COUNTED else 0
        columns = list(zip(*self._rows(names, self.match.tolerant, joined=True, newest=newest), strict=True))
        due, *values = columns or [()] * (1 + len(FACETS))
        late = sum(moment is not None and moment < self.wanted.now for moment in due)
        return {name: _counted(column) for name, column in zip(FACETS, values, strict=True)}, late

    def _of_all(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Return the facets of the whole archive, which are counted as cases come in."""
        rows = self.base.execute("SELECT name, value, cases FROM facets WHERE cases > 0").fetchall()
        return {name: _sorted((v, n) for at, v, n in rows if at == place) for place, name in enumerate(FACETS)}

    @property
    def _key(self) -> str:
        return "found" if self.match.tolerant else "cases.doc"

    def _ordered(self, expression: str, total: int, first: int, count: int) -> list[int]:
        own = doc_of(self.match.cases[0]) if self.match.cases else 0
        keys = {
            By.OWN_NUMBER: f"{self._key} = {own} DESC",
            By.ANSWER: "score",
            By.NEWEST: f"{self._key} DESC",
        }
        by_what = [*order(total, numbered=own > 0, asked=bool(expression))]
        sorting = ", ".join(keys[by] for by in by_what)
        behind = f" ORDER BY {sorting} LIMIT {count} OFFSET {first}"
        newest = first + count if by_what == [By.NEWEST] else 0
        scored = By.ANSWER in by_what
        rows = self._rows(self._key, expression, behind=behind, newest=newest, scored=scored) if total else []
        return [doc for (doc,) in rows]

    def _rows(
        self,
        columns: str,
        expression: str,
        *,
        joined: bool = False,
        late: bool = False,
        behind: str = "",
        newest: int = 0,
        scored: bool = False,
    ) -> list[tuple[Any, ...]]:
        """Return rows of the cases that answer the expression; an empty one is answered by all.

        ``joined``: columns of the cases are asked for; ``late``: of late ones alone; ``newest``: of so many alone (0:
        of all); ``scored``: how well they answer.
        """
        late = late or self.wanted.late
        readers = self.match.readers
        among = _LATE_ALONE if late else ""
        found = _FOUND.format(_SCORE if scored else "0", among)
        source = found if expression else _ALL_OPEN if readers else "cases"
        if newest and expression and not late:
            source = _NEWEST.format(newest)
        elif newest and not behind:
            behind = f" ORDER BY {self._key} DESC LIMIT {newest}"
        if late and not expression:
            source = f"late CROSS JOIN {source} ON doc = late"
        if joined and expression:
            source += " JOIN cases ON doc = found"
        statement = f"{_LATE * late}SELECT {columns} FROM {source}{behind}"  # noqa: S608 - our own words alone
        of_secret = f"({expression}) AND {readers}" if readers else expression
        asked = {"asked": expression, "asked_of_secret": of_secret, "readers": readers, "now": self.wanted.now}
        return self.base.execute(statement, asked).fetchall()


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
    return Hit.of(written.row, snippets(passages, match.answers, len(match.groups)), exact=exact)


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


def states(base: sqlite3.Connection, year: int | None, roles: frozenset[str] | None) -> list[tuple[str, int]]:
    """Return the states in which cases of a year stand, and how many each, the most first."""
    where, values = _where(Extent(year, roles=roles), told=True)
    statement = f"SELECT {_STATE}, count(*) FROM cases{where} GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608
    return [(str(state), int(count)) for state, count in base.execute(statement, values)]


def _docs(base: sqlite3.Connection, behind: str, values: dict[str, object]) -> list[int]:
    return [doc for (doc,) in base.execute(f"SELECT doc FROM cases{behind}", values)]  # noqa: S608


def _where(extent: Extent, *, told: bool = False) -> tuple[str, dict[str, object]]:
    """Return the conditions, and the values they name: nothing that anybody typed is among their words.

    ``told``: the states of the cases are told, so that closed ones are left out even if none was asked for.
    """
    conditions = []
    if extent.year is not None:
        conditions.append("doc BETWEEN :year * 1000000000 AND :year * 1000000000 + 999999999")
    if extent.month is not None:
        conditions.append("substr(received, 6, 2) = :month")
    if extent.state:
        conditions.append(f"{_STATE} = :state")
    if extent.roles is not None and (extent.state or told):
        conditions.append(_OPEN)
    values: dict[str, object] = {
        "year": extent.year,
        "month": f"{extent.month or 0:02d}",
        "state": extent.state,
        "readers": " OR ".join(f'"{reader_word(reader)}"' for reader in sorted(readers_opened_by(extent.roles or ()))),
    }
    return f" WHERE {' AND '.join(conditions)}" if conditions else "", values
