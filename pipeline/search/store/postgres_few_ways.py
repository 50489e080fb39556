"""The statement of a question for which few ways of spelling stand: each way is a column of the cases that answer.

A row for each way and case, put together again (``postgres_question.py``), takes twice as long where thousands of cases
answer; but there may be hundreds of ways, of which a case has few.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.search.store.postgres_shelf import UNIT
from pipeline.search.store.postgres_ways import HOW_MANY, K1, LEAST, UNWEIGHED, B, Way, weight

#: More ways than these are rows: each further column is looked at for every case that answers.
FEW = 8
_OF_WORD = "SELECT perkara, {weight}::float8 / {unit} AS w FROM cari_letak WHERE kata = %(kata{at})s AND {weight} > 0"
#: What has several rows of a case is added up once for all.
_ADDED_UP = "SELECT perkara, sum(w)::float8 / {unit} AS w FROM ({several}) AS satu GROUP BY perkara"
_OF_WORDS = "SELECT perkara, {weight} AS w FROM cari_letak WHERE kata = ANY(%(kata{at})s::integer[]) AND {weight} > 0"
#: How many cases that are no secret have a spelling; not counted where nothing is weighed.
_COUNTED = (
    "CASE WHEN {any_ranked} THEN (SELECT count(*) FROM cara{n})"
    " - (SELECT count(*) FROM cara{n} JOIN cari_perkara USING (perkara) WHERE rahasia) END AS n{n}"
)
_IDF = "greatest(ln((greatest(%(cases)s - n{n}, 0) + 0.5)::float8 / (n{n} + 0.5)::float8), {least}::float8) AS idf{n}"
_WEIGHED = "idf{n} * w{n} * ({k1} + 1)::float8 / (w{n} + {k1}::float8 * panjangnya)"
#: The newest first: lists of the index are read so, and what is picked from the front of them is found sooner.
_FOUND = """
WITH {ways},
{groups},
kena AS MATERIALIZED (SELECT perkara, tepat, {columns} FROM (
    SELECT perkara, {exact} AS tepat, {columns} FROM {joined}
) AS cocok{narrowed} ORDER BY perkara DESC),
{how_many},
bobot AS MATERIALIZED (SELECT {idfs} FROM (SELECT {counted} OFFSET 0) AS dihitung),
nilai AS (
    SELECT perkara, tepat, {score} AS nilai FROM (
        SELECT kena.*, 1 - {b}::float8 + {b}::float8 * panjang / %(length)s::float8 AS panjangnya
        FROM kena JOIN cari_perkara USING (perkara) WHERE NOT rahasia AND {ranked}
    ) AS terbuka, bobot
    UNION ALL
    {unweighed}
)
"""


def found_by(
    ways: Sequence[Way], narrowed: str, *, ranked: str, any_ranked: str, personal: bool
) -> tuple[str, dict[str, Any]]:
    """Return how ``kena``, ``banyak`` and ``nilai`` come to be (see ``postgres_question.py``), and the values for it.

    ``narrowed`` narrows the cases down, ``ranked`` is the condition that a case is weighed, ``any_ranked`` that any is.
    """
    groups: dict[int, list[int]] = {}
    selecting, values = list[str](), dict[str, Any]()
    for way in ways:
        groups.setdefault(way.group, []).append(way.at)
        selected, known = _selected(way, personal=personal)
        selecting.append(f"cara{way.at} AS {selected}")
        values |= known
    columns = ", ".join(f"w{way.at}" for way in ways)
    statement = _FOUND.format(
        ways=",\n".join(selecting),
        groups=",\n".join(f"maksud{group} AS ({_group(those)})" for group, those in groups.items()),
        joined=" JOIN ".join(f"maksud{group}{' USING (perkara)' * (n > 0)}" for n, group in enumerate(groups)),
        columns=columns,
        exact=_exact(ways, groups),
        narrowed=narrowed,
        how_many=HOW_MANY,
        unweighed=UNWEIGHED.format(ranked=ranked),
        counted=", ".join(_COUNTED.format(n=way.at, any_ranked=any_ranked) for way in ways),
        idfs=", ".join(_IDF.format(n=way.at, least=LEAST) for way in ways),
        score=_score(ways),
        b=B,
        ranked=ranked,
    )
    return statement, values


def _selected(way: Way, *, personal: bool) -> tuple[str, dict[str, Any]]:
    """Return what selects the cases of a way with their weights, and the values for it."""
    of = {"weight": weight(personal=personal), "unit": UNIT, "at": way.at}
    if not way.beside and len(way.words) == 1:
        return f"NOT MATERIALIZED ({_OF_WORD.format(**of)})", {f"kata{way.at}": way.words[0]}
    if way.beside:
        several, values = way.places(personal=personal)
    else:
        several, values = _OF_WORDS.format(**of), {f"kata{way.at}": list(way.words)}
    return f"MATERIALIZED ({_ADDED_UP.format(several=several, unit=UNIT)})", values


def _group(ways: Sequence[int]) -> str:
    """Return what selects the cases that have any of these ways, each way's weight as a column."""
    first, *others = (f"(SELECT perkara, w AS w{n} FROM cara{n}) AS s{n}" for n in ways)  # noqa: S608 - our own words
    joined = first + "".join(f" FULL JOIN {one} USING (perkara)" for one in others)
    return f"SELECT perkara, {', '.join(f'w{n}' for n in ways)} FROM {joined}"  # noqa: S608


def _exact(ways: Sequence[Way], groups: Mapping[int, Sequence[int]]) -> str:
    """Return the condition that every term is met by a way that is meant."""
    if all(way.exact for way in ways):
        return "true"
    meant = ([f"w{at} IS NOT NULL" for at in those if ways[at].exact] for those in groups.values())
    return " AND ".join(f"({' OR '.join(conditions)})" for conditions in meant)


def _score(ways: Sequence[Way]) -> str:
    """Return how well a case answers: an exact one by what is meant alone. Added up in the ways' order."""
    each = [f"coalesce({_WEIGHED.format(n=way.at, k1=K1)}, 0)" for way in ways]
    meant = [one for one, way in zip(each, ways, strict=True) if way.exact]
    if len(meant) == len(each):
        return " + ".join(each)
    return f"CASE WHEN tepat THEN {' + '.join(meant)} ELSE {' + '.join(each)} END"
