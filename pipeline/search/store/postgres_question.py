"""A question as the index of an office of many understands it: one statement finds, ranks and counts.

Where few ways of spelling stand for it, each is a column (``postgres_few_ways.py``), otherwise a row of each case that
has it (``postgres_many_ways.py``); both tell which cases answer (``kena``), how many, and how well (``nilai``).
BM25 as SQLite has it (k1 1.2, b 0.75): a spelling weighs by how many of the cases that are not *rahasia* have it; how
often it stands in a case counts by the weight of the column. Nothing that anybody typed is among the statement's words.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.access.secrecy import ANYBODY, readers_opened_by
from pipeline.cases.case_number import YEARS
from pipeline.search.case_text import reader_word
from pipeline.search.query import Wanted
from pipeline.search.ranking import COUNTED, RANKED, By, comparable, order
from pipeline.search.store.packing import YEAR, doc_of
from pipeline.search.store.postgres_few_ways import FEW
from pipeline.search.store.postgres_few_ways import found_by as few_ways
from pipeline.search.store.postgres_many_ways import found_by as many_ways
from pipeline.search.store.postgres_shelf import PostgresWords
from pipeline.search.store.postgres_ways import ways_of
from pipeline.search.store.spellings import Group, groups_of, narrowing_words
from pipeline.storage.postgres import Transaction

_ANYBODY = reader_word(ANYBODY)
#: How many cases answer, a page of them, and the newest.
_SHOWN = """
SELECT semua,
    ARRAY(SELECT (perkara, tepat)::text FROM (
        SELECT perkara, tepat, nilai FROM nilai ORDER BY tepat DESC, {order} LIMIT %(count)s OFFSET %(first)s
    ) AS nilai ORDER BY tepat DESC, {order}),
    ARRAY(SELECT perkara FROM kena ORDER BY perkara DESC LIMIT {counted})::text
FROM banyak
"""
#: Whether no more answer than can be weighed: of the exact ones, or of the misread ones, as a case is; of either.
_RANKED = (
    "CASE WHEN tepat THEN (SELECT tepat <= %(ranked)s FROM banyak)"
    " ELSE (SELECT semua - tepat <= %(ranked)s FROM banyak) END"
)
_ANY_RANKED = "(SELECT tepat BETWEEN 1 AND %(ranked)s OR semua - tepat BETWEEN 1 AND %(ranked)s FROM banyak)"
#: Nothing was asked but a list, the newest first: those open to all who read complaints are counted by their own index.
_LISTED = """
SELECT (SELECT count(*) FROM cari_perkara{complaints}) + (SELECT count(*) FROM cari_perkara{closed}),
    ARRAY(SELECT (perkara, true)::text FROM cari_perkara{where}
          ORDER BY perkara DESC LIMIT %(count)s OFFSET %(first)s),
    ARRAY(SELECT perkara FROM cari_perkara{where} ORDER BY perkara DESC LIMIT {counted})::text
"""
#: Compiling would take longer than answering, and so would sorting on the disk, and a plan that is made for any word:
#: how many cases have these ones the planner knows.
_AT_ONCE = (
    "SELECT set_config('jit', 'off', true), set_config('work_mem', '32MB', true),"
    " set_config('plan_cache_mode', 'force_custom_plan', true)"
)
#: How many cases weigh, and how long they are on average.
_WEIGHING = (
    "SELECT count(*), coalesce(sum(panjang), 0)::float8 / greatest(count(*), 1) FROM cari_perkara WHERE NOT rahasia"
)
#: A case that whoever asks is named as a reader of.
_READABLE = "saring && %(readers)s::text[]"
#: One that is open to all who read complaints: neither *rahasia* nor of another service (whose numbers are higher).
_COMPLAINT = f"NOT rahasia AND perkara < {YEARS * YEAR}"
_CLOSED = f"(rahasia OR perkara >= {YEARS * YEAR})"
_BUT_CLOSED = f" WHERE perkara NOT IN (SELECT perkara FROM cari_perkara WHERE {_CLOSED} AND NOT {_READABLE})"  # noqa: S608
#: How well a case answers; those that are a secret come behind.
_BEST = f"-{comparable('coalesce(nilai, 0)')}"


@dataclass(frozen=True, slots=True)
class Weighing:
    """By what words weigh: how many cases the index has that are no secret, and how many words each has on average."""

    cases: int
    length: float

    @classmethod
    def now(cls, running: Transaction) -> Weighing:
        """Return it as it is now; every case is looked at."""
        cases, length = running.execute(_WEIGHING).fetchone() or (0, 0.0)
        return cls(int(cases), float(length))


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found: how many in all, a page of cases, each with whether it is exact.

    ``newest`` are the newest of all as the database writes a list: two thousand go back to it as they came.
    """

    total: int
    page: tuple[tuple[int, bool], ...]
    newest: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, with what stands for it in this index."""

    wanted: Wanted
    groups: tuple[Group, ...]

    @classmethod
    def of(cls, running: Transaction, wanted: Wanted) -> Question:
        """Return what stands for the terms."""
        return cls(wanted, groups_of(PostgresWords(running), wanted.terms))

    def ask(self, running: Transaction, weighing: Weighing) -> Found:
        """Find, rank and count; ``weighing`` says of how many cases the index is, and how long they are."""
        running.execute(_AT_ONCE)
        conditions, values = self._conditions()
        more: dict[str, Any] = {"first": self.wanted.first, "count": self.wanted.count}
        readers: list[str] | None = values.get("readers")
        opened = [] if readers is None else [opened_by(readers)]
        theirs_alone = readers is not None and _ANYBODY not in readers
        where = _all_of([*conditions, *opened])
        if self.groups:
            narrowed = f" JOIN cari_perkara USING (perkara){where}" if conditions or opened else ""
            if opened and not conditions and not theirs_alone:
                narrowed = _BUT_CLOSED
            ways = ways_of(running, self.groups)
            found_by = few_ways if len(ways) <= FEW else many_ways
            weighed = {"ranked": _RANKED, "any_ranked": _ANY_RANKED}
            found, spelled = found_by(ways, narrowed, **weighed, personal=self.wanted.personal)
            statement = found + _SHOWN.format(order=self._order(), counted=COUNTED)
            more |= spelled | {"ranked": RANKED, "cases": weighing.cases, "length": weighing.length or 1.0}
        else:
            complaints = _all_of([*conditions, _COMPLAINT, *(opened if theirs_alone else ())])
            closed = _all_of([*conditions, _CLOSED, *([_READABLE] if opened else ())])
            statement = _LISTED.format(complaints=complaints, closed=closed, where=where, counted=COUNTED)
        total, page, newest = running.execute(statement, values | more).fetchone() or (0, (), "{}")
        pairs = (text.strip("()").split(",") for text in page)
        return Found(total, tuple((int(doc), exact == "t") for doc, exact in pairs), newest)

    def _order(self) -> str:
        """Return by what hits are put in order, exact ones and misread ones each among themselves."""
        own = next((doc_of(group.case) for group in self.groups if group.case), 0)
        keys = {By.OWN_NUMBER: f"perkara = {own} DESC", By.ANSWER: _BEST, By.NEWEST: "perkara DESC"}
        asked = bool(self.groups) or any(self.wanted.narrow.values())
        return ", ".join(keys[by] for by in order(0, numbered=own > 0, asked=asked))

    def _conditions(self) -> tuple[list[str], dict[str, Any]]:
        """Return the conditions on a case besides what was asked, and their values, also who may read it."""
        conditions, values = [], dict[str, Any]()
        for n, words in enumerate(narrowing_words(self.wanted.narrow)):
            conditions.append(f"saring && %(narrow{n})s::text[]")
            values[f"narrow{n}"] = words
        if self.wanted.roles is not None:
            values["readers"] = [reader_word(reader) for reader in sorted(readers_opened_by(self.wanted.roles))]
        if self.wanted.late:
            conditions.append("batas < %(now)s")
            values["now"] = self.wanted.now
        return conditions, values


def opened_by(readers: Collection[str]) -> str:
    """Return the condition that a case is open to somebody who stands for these readers, as words of the index."""
    return f"({_COMPLAINT} OR {_READABLE})" if _ANYBODY in readers else _READABLE


def _all_of(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
