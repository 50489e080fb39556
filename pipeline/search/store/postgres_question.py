"""A question as the index of an office of many understands it: one statement finds, ranks and counts.

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
from pipeline.search.case_text import COLUMNS, PERSONAL, reader_word
from pipeline.search.query import Wanted
from pipeline.search.ranking import COUNTED, RANKED, WEIGHTS, By, comparable, order
from pipeline.search.store.packing import YEAR, doc_of
from pipeline.search.store.postgres_shelf import PLACES, UNIT, PostgresWords, kept
from pipeline.search.store.spellings import Group, Spelling, groups_of, narrowing_words
from pipeline.storage.postgres import Transaction

_ANYBODY = reader_word(ANYBODY)
_K1, _B = 1.2, 0.75
#: What a spelling weighs at least that more than half of all cases have (as in SQLite).
_LEAST = 1e-6
_COLUMN_WEIGHTS = f"(ARRAY[{', '.join(str(round(WEIGHTS[column] * UNIT)) for column in COLUMNS)}])"
_PUBLIC = len([column for column in COLUMNS if column not in PERSONAL])
#: Words: their places in a case are weighed already.
_WORDS = (
    "SELECT f.cara, l.perkara, l.{weight} AS w FROM unnest(%({name}_at)s::integer[], %({name})s::integer[])"
    " AS f(cara, kata) JOIN cari_letak l ON l.kata = f.kata WHERE l.{weight} > 0"
)
#: What has more than one row for a case, of words that begin so or stand side by side, is added up once for all.
_ADDED_UP = "lekat AS MATERIALIZED (SELECT cara, perkara, sum(w) AS w FROM ({sources}) AS satu GROUP BY cara, perkara),"
_AND_ADDED_UP = " UNION ALL SELECT cara, perkara, w FROM lekat"
#: Every group is met by a way of spelling that is meant.
_EXACT = "coalesce(bit_or(bit) FILTER (WHERE tepat), 0) = %(mask)s"
#: How well a case answers: an exact one by what is meant alone.
_OF_EXACT = "CASE WHEN {exact} THEN sum({n}) FILTER (WHERE tepat) ELSE sum({n}) END"
#: Words side by side: where the first stands with the second behind it, then those behind these, place by place. Two
#: lists by case the index has in that order; sorting every place of every word took twice as long.
_SIDE_BY_SIDE = (
    " UNION ALL SELECT {at}, perkara, {weights}[awal / {places} + 1]"
    " FROM (SELECT perkara, letak FROM cari_letak WHERE kata = %(first{at})s) AS satu"
    " JOIN (SELECT perkara, letak FROM cari_letak WHERE kata = %(second{at})s) AS dua USING (perkara),"
    " unnest(satu.letak) AS awal WHERE awal < {end} AND awal + 1 = ANY(dua.letak){behind}"
)
_BEHIND = (
    " AND (SELECT count(*) FROM unnest(%(behind{at})s::integer[]) WITH ORDINALITY AS f(kata, n)"
    " JOIN cari_letak l ON l.kata = f.kata AND l.perkara = satu.perkara"
    " WHERE awal + 1 + n = ANY(l.letak)) = cardinality(%(behind{at})s::integer[])"
)
#: First which cases answer, whatever they weigh. What more answer to than can be weighed is listed the newest first,
#: and nothing more of it is read. Few cases are *rahasia*: the others are told apart by looking for those few. The
#: planner takes a thousand hits for one, and would join two lists of them row by row (IS TRUE keeps it).
_FOUND = """
WITH cara AS (
    SELECT * FROM unnest(%(ways)s::integer[], %(bits)s::integer[], %(exact)s::boolean[]) AS c(cara, bit, tepat)
),
{added_up}
cocok AS (
    SELECT perkara, {exact} AS tepat FROM ({sources}) AS letak JOIN cara USING (cara)
    GROUP BY perkara HAVING bit_or(bit) = %(mask)s
),
kena AS MATERIALIZED (SELECT perkara, tepat FROM cocok{narrowed}),
banyak AS MATERIALIZED (SELECT count(*) AS semua, count(*) FILTER (WHERE tepat) AS tepat FROM kena),
frasa AS MATERIALIZED (SELECT cara, perkara, w::float8 / {unit} AS w FROM ({sources}) AS letak WHERE {any_ranked}),
bobot AS MATERIALIZED (
    SELECT cara, bit, tepat, greatest(ln((%(cases)s - terbuka + 0.5) / (terbuka + 0.5)), {least}) AS idf
    FROM cara JOIN (
        SELECT cara, count(*) FILTER (WHERE tertutup IS NULL) AS terbuka
        FROM frasa LEFT JOIN (SELECT perkara, true AS tertutup FROM cari_perkara WHERE rahasia) AS r USING (perkara)
        GROUP BY cara
    ) AS dihitung USING (cara)
),
dinilai AS (
    SELECT perkara, {exact} AS tepat, {score} AS nilai
    FROM (
        SELECT perkara, cara, bit, tepat,
            idf * w * ({k1} + 1) / (w + {k1} * (1 - {b} + {b} * panjang / %(length)s)) AS n
        FROM frasa JOIN bobot USING (cara) JOIN cari_perkara USING (perkara)
        WHERE NOT rahasia AND (perkara IN (SELECT perkara FROM kena)) IS TRUE
    ) AS kata GROUP BY perkara
),
nilai AS (
    SELECT perkara, tepat, nilai FROM dinilai WHERE {ranked}
    UNION ALL
    SELECT perkara, tepat, 0 FROM kena
    WHERE NOT {ranked} OR perkara IN (SELECT perkara FROM cari_perkara WHERE rahasia)
)
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
#: Compiling would take longer than answering, and so would sorting on the disk.
_AT_ONCE = "SELECT set_config('jit', 'off', true), set_config('work_mem', '32MB', true)"
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
            terms, spelled = self._spelled(running)
            fixed: dict[str, Any] = {"unit": UNIT, "k1": _K1, "b": _B, "least": _LEAST, "counted": COUNTED}
            fixed |= {"ranked": _RANKED, "any_ranked": _ANY_RANKED}
            # Two add up to the same in any order; of more, the database would round as it comes upon them.
            added = "n" if len(spelled["ways"]) <= 2 else "n ORDER BY cara"
            fixed["score"] = _OF_EXACT.format(n=added, exact=_EXACT) if terms["exact"] == _EXACT else f"sum({added})"
            statement = _FOUND.format(**terms, narrowed=narrowed, **fixed, order=self._order())
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

    def _spelled(self, running: Transaction) -> tuple[dict[str, str], dict[str, Any]]:
        """Return from where rows come, and the values: each way of spelling by its position, its group as a bit."""
        ways = [
            (spelling, 1 << n, at < len(group.exact))
            for n, group in enumerate(self.groups)
            for at, spelling in enumerate((*group.exact, *group.believed))
        ]
        ids = _ids(running, [spelling for spelling, _, _ in ways])
        beside, once, often = "", list[tuple[int, int]](), list[tuple[int, int]]()
        values: dict[str, Any] = {}
        for way, (spelling, _, _) in enumerate(ways):
            if len(spelling.words) == 1:
                found = _beginning(running, spelling.words[0]) if spelling.begins else [ids.get(spelling.words[0], 0)]
                (once if len(found) == 1 else often).extend((way, word) for word in found)
                continue
            first, second, *behind = (ids.get(word, 0) for word in spelling.words)
            beside += self._side_by_side(way, more=bool(behind))
            values |= {f"first{way}": first, f"second{way}": second, f"behind{way}": behind}
        for name, rows in (("once", once), ("often", often)):
            values |= {name: [word for _, word in rows], f"{name}_at": [way for way, _ in rows]}
        words = _WORDS.format(weight="bobot" if self.wanted.personal else "umum", name="{name}")
        added_up = _ADDED_UP.format(sources=words.format(name="often") + beside) if often or beside else ""
        exact = "true" if all(each for _, _, each in ways) else _EXACT
        sources = words.format(name="once") + (_AND_ADDED_UP if added_up else "")
        return {"sources": sources, "added_up": added_up, "exact": exact}, values | {
            "ways": list(range(len(ways))),
            "bits": [bit for _, bit, _ in ways],
            "exact": [each for _, _, each in ways],
            "mask": (1 << len(self.groups)) - 1,
        }

    def _side_by_side(self, way: int, *, more: bool) -> str:
        """Return from where the places of words side by side come; ``more``: of more than two."""
        end = (len(COLUMNS) if self.wanted.personal else _PUBLIC) * PLACES
        behind = _BEHIND.format(at=way) if more else ""
        return _SIDE_BY_SIDE.format(at=way, weights=_COLUMN_WEIGHTS, places=PLACES, end=end, behind=behind)


def opened_by(readers: Collection[str]) -> str:
    """Return the condition that a case is open to somebody who stands for these readers, as words of the index."""
    return f"({_COMPLAINT} OR {_READABLE})" if _ANYBODY in readers else _READABLE


def _all_of(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _ids(running: Transaction, spellings: Sequence[Spelling]) -> dict[str, int]:
    """Return the ids of words, by the word as asked; those that the index does not know are missing."""
    asked = {word: kept(word) for spelling in spellings for word in spelling.words}
    question = "SELECT kata, id FROM cari_kata WHERE kata = ANY(%s)"
    known: dict[str, int] = dict(running.execute(question, (list(set(asked.values())),)).fetchall())
    return {word: known[as_kept] for word, as_kept in asked.items() if as_kept in known}


def _beginning(running: Transaction, beginning: str) -> list[int]:
    """Return the ids of all words that begin so."""
    return [word for (word,) in running.execute("SELECT id FROM cari_kata WHERE kata ^@ %s", (kept(beginning),))]
