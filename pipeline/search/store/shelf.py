"""How cases are put into the index and taken out again.

The words of a case are not kept as they lie in the index: to take a case out they are made again from its text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from pipeline.cases.case_number import CaseNumber
from pipeline.search.case_text import COLUMNS, FACETS, Written, due_second, facet_word
from pipeline.search.store.database import Broken
from pipeline.search.store.packing import doc_of, number_of, packed, unpacked
from pipeline.search.store.vocabulary import learn

_ALL = ", ".join((*COLUMNS, "saring"))
_MARKS = ", ".join("?" * (len(COLUMNS) + 1))


def indexed(base: sqlite3.Connection) -> dict[CaseNumber, str]:
    """Return the head that each case had when it was taken in."""
    return {number_of(doc): head for doc, head in base.execute("SELECT doc, head FROM cases")}


def running(base: sqlite3.Connection) -> set[CaseNumber]:
    """Return the cases that have not ended and have a deadline."""
    return {number_of(doc) for (doc,) in base.execute("SELECT doc FROM cases WHERE due IS NOT NULL")}


def put(base: sqlite3.Connection, cases: Iterable[Written]) -> None:
    """Take cases in, each in place of what was known of it, all or none.

    Raises:
        Broken: a case of which nothing may be told any more was told of here. What a database lets go of stays in its
            file (freed pages, merged segments, the words that ever were): the index has to be made anew.
    """
    with _transaction(base):
        for written in cases:
            doc = doc_of(written.number)
            before = _drop(base, doc)
            if written.row.top_secret and before and not before.row.top_secret:
                raise Broken
            columns = written.columns
            base.execute(f"INSERT INTO {_table(written)} (rowid, {_ALL}) VALUES (?, {_MARKS})", (doc, *columns))  # noqa: S608
            learn(base, {word for column in columns for word in column.split()})
            base.execute("INSERT INTO texts VALUES (?, ?)", (doc, packed(written)))
            _line(base, doc, written)


def drop(base: sqlite3.Connection, numbers: Iterable[CaseNumber]) -> None:
    """Take cases out, all or none."""
    with _transaction(base):
        for number in numbers:
            _drop(base, doc_of(number))


def put_together(base: sqlite3.Connection) -> None:
    """Lay out as one what came in piece by piece: every question looks through each piece. A second for 7,000 cases."""
    for table in ("hits", "secret_hits", "grams"):
        base.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - our own words alone


def texts(base: sqlite3.Connection, docs: Sequence[int]) -> list[Written]:
    """Return what is written on these cases, in this order; one that is gone meanwhile is left out."""
    found = (base.execute("SELECT body FROM texts WHERE doc = ?", (doc,)).fetchone() for doc in docs)
    return [unpacked(row[0]) for row in found if row]


def _line(base: sqlite3.Connection, doc: int, written: Written) -> None:
    state = " ".join(written.facets.get("keadaan", ()))
    tags = " ".join(map(str, _count(base, written, 1)))
    line = (doc, written.head, written.row.received_at, due_second(written.row), state, tags)
    base.execute("INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?)", line)


def _count(base: sqlite3.Connection, written: Written, by: int) -> list[int]:
    """Count a case among those that have each of its values to narrow by, or no more; return their ids."""
    return [
        base.execute(
            "INSERT INTO facets (word, name, value, cases) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET cases = cases + excluded.cases RETURNING id",
            (facet_word(name, value), FACETS.index(name), value, by),
        ).fetchone()[0]
        for name, values in written.facets.items()
        for value in values
    ]


def _drop(base: sqlite3.Connection, doc: int) -> Written | None:
    """Take a case out; return what was known of it."""
    row = base.execute("SELECT body FROM texts WHERE doc = ?", (doc,)).fetchone()
    if row is None:
        return None
    known = unpacked(row[0])
    _count(base, known, -1)
    table, old = _table(known), known.columns
    base.execute(f"INSERT INTO {table} ({table}, rowid, {_ALL}) VALUES ('delete', ?, {_MARKS})", (doc, *old))  # noqa: S608
    base.execute("DELETE FROM texts WHERE doc = ?", (doc,))
    base.execute("DELETE FROM cases WHERE doc = ?", (doc,))
    return known


def _table(written: Written) -> str:
    return "secret_hits" if written.row.secret else "hits"


@contextmanager
def _transaction(base: sqlite3.Connection) -> Iterator[None]:
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")
