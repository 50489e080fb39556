"""The statement of a question for which many ways of spelling stand: each is a row of every case that has it.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.search.store.postgres_shelf import UNIT
from pipeline.search.store.postgres_ways import HOW_MANY, K1, LEAST, UNWEIGHED, B, Way, weight

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
{how_many},
frasa AS MATERIALIZED (SELECT cara, perkara, w::float8 / {unit} AS w FROM ({sources}) AS letak WHERE {any_ranked}),
bobot AS MATERIALIZED (
    SELECT cara, bit, tepat,
        greatest(ln((greatest(%(cases)s - terbuka, 0) + 0.5) / (terbuka + 0.5)), {least})::float8 AS idf
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
    {unweighed}
)
"""


def found_by(
    ways: Sequence[Way], narrowed: str, *, ranked: str, any_ranked: str, personal: bool
) -> tuple[str, dict[str, Any]]:
    """Return how ``kena``, ``banyak`` and ``nilai`` come to be (see ``postgres_question.py``), and the values for it.

    ``narrowed`` narrows the cases down, ``ranked`` is the condition that a case is weighed, ``any_ranked`` that any is.
    Each way of spelling is known by its position, its group by a bit.
    """
    values = dict[str, Any]()
    for name, alone in (("once", True), ("often", False)):
        rows = [
            (way.at, word) for way in ways if not way.beside and (len(way.words) == 1) is alone for word in way.words
        ]
        values |= {name: [word for _, word in rows], f"{name}_at": [at for at, _ in rows]}
    once, often = (_WORDS.format(weight=weight(personal=personal), name=name) for name in ("once", "often"))
    several = [often] if values["often"] else []
    for way in ways:
        if way.beside:
            places, more = way.places(personal=personal)
            several.append(f"SELECT {way.at} AS cara, perkara, w FROM ({places}) AS letak")  # noqa: S608 - our own words
            values |= more
    exact = "true" if all(way.exact for way in ways) else _EXACT
    # Two add up to the same in any order; of more, the database would round as it comes upon them.
    added = "n" if len(ways) <= 2 else "n ORDER BY cara"
    statement = _FOUND.format(
        sources=once + (_AND_ADDED_UP if several else ""),
        added_up=_ADDED_UP.format(sources=" UNION ALL ".join(several)) if several else "",
        exact=exact,
        score=_OF_EXACT.format(n=added, exact=_EXACT) if exact == _EXACT else f"sum({added})",
        narrowed=narrowed,
        how_many=HOW_MANY,
        unweighed=UNWEIGHED.format(ranked=ranked),
        ranked=ranked,
        any_ranked=any_ranked,
        unit=UNIT,
        k1=K1,
        b=B,
        least=LEAST,
    )
    return statement, values | {
        "ways": [way.at for way in ways],
        "bits": [1 << way.group for way in ways],
        "exact": [way.exact for way in ways],
        "mask": sum({1 << way.group for way in ways}),
    }
