"""How cases are put into the index of an office of many and taken out again; one process at a time does.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pipeline.cases.case_number import CaseNumber
from pipeline.search.case_text import COLUMNS, FACETS, PERSONAL, Written, due_second, facet_word
from pipeline.search.ocr_confusions import shape
from pipeline.search.ranking import WEIGHTS
from pipeline.search.store.kindred_words import EDGE, LOOKED_AT, MOST, stem, worth_learning
from pipeline.search.store.packing import doc_of, facet_columns, number_of, packed, unpacked
from pipeline.storage.postgres import Database, Row, Transaction

#: Places of a column; no column has so many words.
PLACES = 2**26
#: Weights are kept in tenths: whole numbers add up to the same in any order.
UNIT = 10
#: A longer word (a row of dots, a scanner's dream) is kept by its beginning: an index takes no row of any length.
_LONGEST = 200


class PostgresWords:
    """The words of an index (see :class:`~pipeline.search.store.kindred_words.IndexWords`)."""

    def __init__(self, running: Transaction) -> None:
        self._running = running

    def beginning(self, start: str) -> list[str]:
        """Return the longer words that begin so."""
        where = "kata ^@ %s AND kata <> %s AND akar IS NOT NULL ORDER BY kata LIMIT %s"
        return self._column(where, (start, start, MOST + 1))

    def with_stem(self, stem: str) -> list[str]:
        """Return the words of a stem."""
        return self._column("akar = %s ORDER BY id LIMIT %s", (stem, MOST))

    def with_shape(self, shape: str) -> list[str]:
        """Return the words of a shape."""
        return self._column("bentuk = %s ORDER BY id LIMIT %s", (shape, MOST))

    def among(self, words: Sequence[str]) -> list[str]:
        """Return those of these words that are there."""
        return self._column("kata = ANY(%s) AND akar IS NOT NULL ORDER BY kata", (list(words),))

    def holding(self, pieces: Sequence[str], shortest: int, longest: int) -> list[str]:
        """Return the words of so many letters that have one of the pieces in them (letters and digits, and ends)."""
        like = [f"%{piece}%" for piece in pieces]
        return self._column(
            "tepi LIKE ANY(%s) AND length(kata) BETWEEN %s AND %s ORDER BY id LIMIT %s",
            (like, shortest, longest, LOOKED_AT),
        )

    def _column(self, where: str, values: tuple[object, ...]) -> list[str]:
        return [word for (word,) in self._running.execute(f"SELECT kata FROM cari_kata WHERE {where}", values)]  # noqa: S608


def kept(word: str) -> str:
    """Return a word as it is kept."""
    return word[:_LONGEST]


def put(running: Transaction, cases: Iterable[Written]) -> None:
    """Take cases in, each in place of what was known of it."""
    for written in cases:
        doc = doc_of(written.number)
        _count(running, doc, written)
        *columns, narrow = written.columns
        size = _place(running, doc, [column.split() for column in columns]) + len(narrow.split())
        values = (doc, written.head, written.row.received_at, due_second(written.row), written.row.secret, size)
        running.execute(
            "INSERT INTO cari_perkara VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (perkara) DO UPDATE"
            " SET head = excluded.head, diterima = excluded.diterima, batas = excluded.batas,"
            " rahasia = excluded.rahasia, panjang = excluded.panjang, saring = excluded.saring,"
            " faset = excluded.faset, isi = excluded.isi",
            (*values, narrow.split(), [*map(_storable, facet_columns(written))], packed(written)),
        )


def drop(running: Transaction, numbers: Iterable[CaseNumber]) -> None:
    """Take cases out."""
    for number in numbers:
        doc = doc_of(number)
        _count(running, doc, None)
        running.execute("DELETE FROM cari_letak WHERE perkara = %s", (doc,))
        running.execute("DELETE FROM cari_perkara WHERE perkara = %s", (doc,))


def indexed(database: Database) -> dict[CaseNumber, str]:
    """Return the head that each case had when it was taken in."""
    return {number_of(doc): head for doc, head in database.rows("SELECT perkara, head FROM cari_perkara")}


def running_on(database: Database) -> set[CaseNumber]:
    """Return the cases that have not ended and have a deadline."""
    return {number_of(doc) for (doc,) in database.rows("SELECT perkara FROM cari_perkara WHERE batas IS NOT NULL")}


def texts(running: Transaction, docs: Sequence[int]) -> list[tuple[int, Written]]:
    """Return these cases with what is written on them, in this order; one that is gone meanwhile is left out."""
    question = "SELECT perkara, isi FROM cari_perkara WHERE perkara = ANY(%s)"
    found: dict[int, bytes] = dict(running.execute(question, (list(docs),)).fetchall())
    return [(doc, unpacked(found[doc])) for doc in docs if doc in found]


def _storable(text: str) -> str:
    """Return a text without what PostgreSQL keeps in none (NUL, halves of characters)."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _place(running: Transaction, doc: int, columns: Sequence[Sequence[str]]) -> int:
    """Note where each word stands, and change none that stands where it stood; return how many words there are."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(columns):
        for place, word in enumerate(words):
            places[kept(word)].append(at * PLACES + place)
    ids = _learned(running, list(places))
    rows = [(ids[word], *_weighed(found), "{" + ",".join(map(str, found)) + "}") for word, found in places.items()]
    running.execute("DELETE FROM cari_letak WHERE perkara = %s AND kata <> ALL(%s)", (doc, list(ids.values())))
    running.execute(
        "INSERT INTO cari_letak SELECT kata, %s, bobot, umum, letak::integer[] FROM"
        " unnest(%s::integer[], %s::integer[], %s::integer[], %s::text[]) AS ini(kata, bobot, umum, letak)"
        " ON CONFLICT (kata, perkara)"
        " DO UPDATE SET bobot = excluded.bobot, umum = excluded.umum, letak = excluded.letak"
        " WHERE (cari_letak.letak, cari_letak.bobot) IS DISTINCT FROM (excluded.letak, excluded.bobot)",
        (doc, *([list(column) for column in zip(*rows, strict=True)] or [[], [], [], []])),
    )
    return sum(map(len, columns))


def _weighed(places: Sequence[int]) -> tuple[int, int]:
    """Return how often a word stands there, by the weight of each column; and in those that name nobody."""
    counts = Counter(COLUMNS[place // PLACES] for place in places)
    weights = {column: round(WEIGHTS[column] * UNIT) * count for column, count in counts.items()}
    return sum(weights.values()), sum(weight for column, weight in weights.items() if column not in PERSONAL)


def _learned(running: Transaction, words: list[str]) -> dict[str, int]:
    """Take words in; return the id of each. Those that are known stay as they are."""
    question = "SELECT kata, id FROM cari_kata WHERE kata = ANY(%s)"
    known: dict[str, int] = dict(running.execute(question, (words,)).fetchall())
    if fresh := sorted(set(words) - known.keys()):
        learned = set(worth_learning(fresh))
        told: list[Row] = [(w, stem(w), shape(w), EDGE + w + EDGE if w[0] != "_" else None) for w in sorted(learned)]
        told += [(w, None, None, None) for w in fresh if w not in learned]
        running.many("INSERT INTO cari_kata (kata, akar, bentuk, tepi) VALUES (%s, %s, %s, %s)", told)
        known |= dict(running.execute(question, (fresh,)).fetchall())
    return known


def _count(running: Transaction, doc: int, written: Written | None) -> None:
    """Count a case among those that have each of its values to narrow by, and no more among those it had before."""
    found = running.execute("SELECT isi FROM cari_perkara WHERE perkara = %s", (doc,)).fetchone()
    counts: Counter[tuple[str, str]] = Counter()
    for case, by in ((written, 1), (unpacked(found[0]) if found else None, -1)):
        for name, values in case.facets.items() if case else ():
            for value in values:
                counts[name, value] += by
    changed = [(facet_word(*of), FACETS.index(of[0]), _storable(of[1]), by) for of, by in counts.items() if by]
    running.many(
        "INSERT INTO cari_faset VALUES (%s, %s, %s, %s) ON CONFLICT (kata)"
        " DO UPDATE SET banyak = cari_faset.banyak + excluded.banyak",
        list(changed),
    )
