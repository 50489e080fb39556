"""How cases are put into the index of an office of many and taken out again; one process at a time does.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from pipeline.cases.case_number import CaseNumber
from pipeline.search.case_text import COLUMNS, FACETS, PERSONAL, Written, due_second, facet_word
from pipeline.search.ocr_confusions import shape
from pipeline.search.ranking import WEIGHTS
from pipeline.search.store.kindred_words import EDGE, LOOKED_AT, MOST, stem, worth_learning
from pipeline.search.store.packing import doc_of, facet_columns, number_of, packed, unpacked
from pipeline.storage.postgres import Database, Row, Transaction
from pipeline.storage.postgres_texts import storable

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
    """Take cases in, each in place of what was known of it; all of them by few statements."""
    told = {doc_of(written.number): written for written in cases}
    known = _known(running, told)
    _count(running, told.values(), known.values())
    sizes = _place(running, {doc: [column.split() for column in one.columns[:-1]] for doc, one in told.items()}, known)
    rows: list[Row] = []
    for doc, written in told.items():
        narrow, facets = written.columns[-1].split(), [*map(storable, facet_columns(written))]
        received, size = written.row.received_at, sizes[doc] + len(narrow)
        due, secret, text = due_second(written.row), written.row.secret, packed(written)
        rows.append((doc, written.head, received, due, secret, size, narrow, facets, text))
    running.many(
        "INSERT INTO cari_perkara VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (perkara) DO UPDATE"
        " SET head = excluded.head, diterima = excluded.diterima, batas = excluded.batas,"
        " rahasia = excluded.rahasia, panjang = excluded.panjang, saring = excluded.saring,"
        " faset = excluded.faset, isi = excluded.isi",
        rows,
    )


def drop(running: Transaction, numbers: Iterable[CaseNumber]) -> None:
    """Take cases out."""
    docs = [doc_of(number) for number in numbers]
    _count(running, (), _known(running, docs).values())
    running.execute("DELETE FROM cari_letak WHERE perkara = ANY(%s)", (docs,))
    running.execute("DELETE FROM cari_perkara WHERE perkara = ANY(%s)", (docs,))


def indexed(database: Database) -> dict[CaseNumber, str]:
    """Return the head that each case had when it was taken in."""
    return {number_of(doc): head for doc, head in database.rows("SELECT perkara, head FROM cari_perkara")}


def running_on(database: Database) -> set[CaseNumber]:
    """Return the cases that have not ended and have a deadline."""
    return {number_of(doc) for (doc,) in database.rows("SELECT perkara FROM cari_perkara WHERE batas IS NOT NULL")}


def texts(running: Transaction, docs: Sequence[int]) -> list[tuple[int, Written]]:
    """Return these cases with what is written on them, in this order; one that is gone meanwhile is left out."""
    found = _known(running, docs)
    return [(doc, found[doc]) for doc in docs if doc in found]


def _known(running: Transaction, docs: Iterable[int]) -> dict[int, Written]:
    question = "SELECT perkara, isi FROM cari_perkara WHERE perkara = ANY(%s)"
    return {doc: unpacked(text) for doc, text in running.execute(question, (list(docs),))}


def _place(
    running: Transaction, texts: Mapping[int, Sequence[Sequence[str]]], known: Collection[int]
) -> dict[int, int]:
    """Note where each word stands, and change none that stands where it stood; return how many words each case has."""
    placed = {doc: _places(columns) for doc, columns in texts.items()}
    ids = _learned(running, sorted({word for places in placed.values() for word in places}))
    rows = [
        (ids[word], doc, *_weighed(found), "{" + ",".join(map(str, found)) + "}")
        for doc, places in placed.items()
        for word, found in places.items()
    ]
    gone = "DELETE FROM cari_letak WHERE perkara = %s AND kata <> ALL(%s)"
    running.many(gone, [(doc, [ids[word] for word in placed[doc]]) for doc in known])
    running.execute(
        "INSERT INTO cari_letak SELECT kata, perkara, bobot, umum, letak::integer[] FROM"
        " unnest(%s::integer[], %s::bigint[], %s::integer[], %s::integer[], %s::text[])"
        " AS ini(kata, perkara, bobot, umum, letak) ON CONFLICT (kata, perkara)"
        " DO UPDATE SET bobot = excluded.bobot, umum = excluded.umum, letak = excluded.letak"
        " WHERE (cari_letak.letak, cari_letak.bobot) IS DISTINCT FROM (excluded.letak, excluded.bobot)",
        [list(column) for column in zip(*rows, strict=True)] or [[], [], [], [], []],
    )
    return {doc: sum(map(len, columns)) for doc, columns in texts.items()}


def _places(columns: Sequence[Sequence[str]]) -> Mapping[str, list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(columns):
        for place, word in enumerate(words):
            places[kept(word)].append(at * PLACES + place)
    return places


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
        learning = (
            "INSERT INTO cari_kata (kata, akar, bentuk, tepi)"
            " SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) RETURNING kata, id"
        )
        known |= dict(running.execute(learning, [list(column) for column in zip(*told, strict=True)]).fetchall())
    return known


def _count(running: Transaction, cases: Iterable[Written], before: Iterable[Written]) -> None:
    """Count cases among those that have each of their values to narrow by, and no more among those they had before."""
    counts: Counter[tuple[str, str]] = Counter()
    for some, by in ((cases, 1), (before, -1)):
        for case in some:
            for name, values in case.facets.items():
                for value in values:
                    counts[name, value] += by
    changed = [(facet_word(*of), FACETS.index(of[0]), storable(of[1]), by) for of, by in counts.items() if by]
    running.many(
        "INSERT INTO cari_faset VALUES (%s, %s, %s, %s) ON CONFLICT (kata)"
        " DO UPDATE SET banyak = cari_faset.banyak + excluded.banyak",
        list(changed),
    )
