"""The register as the index has it: cases by number, of a year, a month of it, or in a state. Nothing is looked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from pipeline.access.secrecy import readers_opened_by
from pipeline.register.ports import Extent
from pipeline.search.case_text import FACETS, Written, reader_word
from pipeline.search.store.shelf import texts

_BATCH = 200
_STATE = f"f{FACETS.index('keadaan')}"
#: A case that has one of the readers.
_OPEN = "doc IN (SELECT rowid FROM hits WHERE hits MATCH :readers)"


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
