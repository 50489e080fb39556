"""The ways of spelling that stand for a question in PostgreSQL: the ids of their words, and where they stand.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.search.case_text import COLUMNS, PERSONAL
from pipeline.search.ranking import WEIGHTS
from pipeline.search.store.postgres_shelf import PLACES, UNIT, kept
from pipeline.search.store.spellings import Group, Spelling
from pipeline.storage.postgres import Transaction

#: BM25 as SQLite has it; and what a way weighs at least that more than half of all cases have.
K1, B, LEAST = 1.2, 0.75, 1e-6
#: How statements of either form go on, once it is known which cases answer (``kena``): how many do, and, behind those
#: that are weighed (``nilai``), those that are not.
HOW_MANY = "banyak AS MATERIALIZED (SELECT count(*) AS semua, count(*) FILTER (WHERE tepat) AS tepat FROM kena)"
UNWEIGHED = (
    "SELECT perkara, tepat, 0 FROM kena"
    " WHERE NOT {ranked} OR perkara IN (SELECT perkara FROM cari_perkara WHERE rahasia)"
)
_COLUMN_WEIGHTS = f"(ARRAY[{', '.join(str(round(WEIGHTS[column] * UNIT)) for column in COLUMNS)}])"
_PUBLIC = len([column for column in COLUMNS if column not in PERSONAL])
#: Words side by side: where the first stands with the second behind it, then those behind these, place by place. Two
#: lists by case the index has in that order; sorting every place of every word took twice as long.
_SIDE_BY_SIDE = (
    "SELECT perkara, {weights}[awal / {places} + 1] AS w"
    " FROM (SELECT perkara, letak FROM cari_letak WHERE kata = %(first{at})s) AS satu"
    " JOIN (SELECT perkara, letak FROM cari_letak WHERE kata = %(second{at})s) AS dua USING (perkara),"
    " unnest(satu.letak) AS awal WHERE awal < {end} AND awal + 1 = ANY(dua.letak){behind}"
)
_BEHIND = (
    " AND (SELECT count(*) FROM unnest(%(behind{at})s::integer[]) WITH ORDINALITY AS f(kata, n)"
    " JOIN cari_letak l ON l.kata = f.kata AND l.perkara = satu.perkara"
    " WHERE awal + 1 + n = ANY(l.letak)) = cardinality(%(behind{at})s::integer[])"
)


@dataclass(frozen=True, slots=True)
class Way:
    """A way of spelling: its position, for which term it stands, whether it is meant, and its words' ids.

    The words stand ``beside`` one another, or any of them will do.
    """

    at: int
    group: int
    exact: bool
    words: tuple[int, ...]
    beside: bool

    def places(self, *, personal: bool) -> tuple[str, dict[str, Any]]:
        """Return what selects where words side by side stand (``perkara``, ``w``), and its values."""
        first, second, *behind = self.words
        end = (len(COLUMNS) if personal else _PUBLIC) * PLACES
        more = _BEHIND.format(at=self.at) if behind else ""
        said = _SIDE_BY_SIDE.format(at=self.at, weights=_COLUMN_WEIGHTS, places=PLACES, end=end, behind=more)
        return said, {f"first{self.at}": first, f"second{self.at}": second, f"behind{self.at}": behind}


def ways_of(running: Transaction, groups: Sequence[Group]) -> list[Way]:
    """Return the ways of spelling that stand for these terms; a word that the index does not know has the id 0."""
    spelled = [
        (spelling, n, at < len(group.exact))
        for n, group in enumerate(groups)
        for at, spelling in enumerate((*group.exact, *group.believed))
    ]
    ids = _ids(running, [spelling for spelling, _, _ in spelled])
    return [
        Way(
            at,
            group,
            exact,
            _beginning(running, spelling.words[0])
            if spelling.begins
            else tuple(ids.get(word, 0) for word in spelling.words),
            beside=len(spelling.words) > 1,
        )
        for at, (spelling, group, exact) in enumerate(spelled)
    ]


def weight(*, personal: bool) -> str:
    """Return the column that says what a word weighs in a case: anywhere, or where nobody is named."""
    return "bobot" if personal else "umum"


def _ids(running: Transaction, spellings: Sequence[Spelling]) -> dict[str, int]:
    """Return the ids of words, by the word as asked; those that the index does not know are missing."""
    asked = {word: kept(word) for spelling in spellings for word in spelling.words}
    question = "SELECT kata, id FROM cari_kata WHERE kata = ANY(%s)"
    known: dict[str, int] = dict(running.execute(question, (list(set(asked.values())),)).fetchall())
    return {word: known[as_kept] for word, as_kept in asked.items() if as_kept in known}


def _beginning(running: Transaction, beginning: str) -> tuple[int, ...]:
    """Return the ids of all words that begin so."""
    found = running.execute("SELECT id FROM cari_kata WHERE kata ^@ %s", (kept(beginning),))
    return tuple(word for (word,) in found)
