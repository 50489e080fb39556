"""Which column of an old register is what: its row of headings is found, and each heading matched with a field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline.errors import UsageFault
from pipeline.moving_in.old_book import BookRow, BookSheet, Kind, letters
from pipeline.office.wording import hinted

#: The field without which a row cannot become a case.
NUMBER = "nomor"
#: Typed for a column that is to be no field, though its heading looks like one.
NOTHING = "-"
_DEEPEST = 40  # rows in which the headings are looked for
_FEWEST = 2  # headings that are known, for a row to be that of the headings


@cache
def vocabulary() -> Mapping[str, Any]:
    """Return how headings, states and months are written."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def fields() -> tuple[str, ...]:
    """Return the fields that a column can be."""
    return tuple(vocabulary()["columns"])


def labelled() -> tuple[tuple[str, str], ...]:
    """Return the fields that a column can be, each with what people call it."""
    return tuple(vocabulary()["labels"].items())


@dataclass(frozen=True, slots=True)
class Column:
    """A column (from 0) with its heading, and which field it is (empty: none; it is kept all the same)."""

    index: int
    heading: str
    field: str = ""

    @property
    def letters(self) -> str:
        """The column as spreadsheets call it."""
        return letters(self.index)


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a sheet: in which row (the last of them) they stand, and every column."""

    row: int
    columns: tuple[Column, ...]

    def of(self, field: str) -> int | None:
        """Return the column of a field, or None."""
        return next((c.index for c in self.columns if c.field == field), None)


#: How headings are written, by the field that they mean; what is surer stands first.
Names = Mapping[str, Sequence[str]]


def headings(
    sheet: BookSheet,
    row: int = 0,
    said: Mapping[str, str] = MappingProxyType({}),
    names: Names | None = None,
) -> Headings | None:
    """Return the headings of a sheet; None if there are none that are known.

    Args:
        sheet: the sheet.
        row: where a person says that they stand (0: they are looked for).
        said: by field, which column (``C``, or its heading) a person says that it is, or :data:`NOTHING`.
        names: how its headings are written (default: as those of old registers).

    Raises:
        UsageFault: a person named a field, column or row that is not there.
    """
    if strange := next((name for name in said if name not in fields()), None):
        hint = hinted("tidak dikenal", strange, fields())
        raise UsageFault(f"Isian {strange!r} {hint}.", f"Isian yang ada: {', '.join(fields())}.")
    rows = [r for r in sheet.rows if r.number == row] if row else list(sheet.rows[:_DEEPEST])
    if row and not rows:
        raise UsageFault(f"Baris {row} lembar {sheet.name!r} kosong.", "Sebut baris yang berisi judul kolom.")
    written = _plain_names() if names is None else _plain_all(names)
    best: tuple[int, list[str], int] = (-1, [], 0)
    for here in rows:
        below = next((r for r in sheet.rows if r.number == here.number + 1), None)
        for texts, last in _labels(here, below):
            known = len(_matched(texts, written))
            if known > best[0]:
                best = (known, texts, last)
        if best[0] >= _FEWEST and here.number > best[2]:  # what else looks like headings parts its rows
            break
    if best[0] < _FEWEST and not row and not said:
        return None
    return Headings(best[2], _columns(best[1], _said_columns(best[1], said), written))


def _labels(row: BookRow, below: BookRow | None) -> list[tuple[list[str], int]]:
    """Return the headings that a row would be, alone and with the row below it, where headings of groups are merged."""
    alone = [cell.text if cell.holds else "" for cell in row.cells]
    found = [(alone, row.number)]
    if below is not None and any(cell.kind is Kind.COVERED for cell in (*row.cells, *below.cells)):
        upper = ""
        both = []
        for index in range(max(len(row.cells), len(below.cells))):
            above, under = row.cell(index), below.cell(index)
            upper = above.text if above.holds else upper if above.kind is Kind.COVERED else ""
            both.append(" ".join(part for part in (upper, under.text if under.holds else "") if part))
        found.append((both, below.number))
    return found


def _columns(texts: Sequence[str], said: Mapping[str, int | None], names: Names) -> tuple[Column, ...]:
    matched = {index: field for index, field in _matched(texts, names).items() if field not in said}
    matched = {index: field for index, field in matched.items() if index not in said.values()}
    matched |= {index: field for field, index in said.items() if index is not None}
    return tuple(
        Column(index, " ".join(text.split()) or letters(index), matched.get(index, ""))
        for index, text in enumerate(texts)
        if text.strip() or index in matched
    )


def _said_columns(texts: Sequence[str], said: Mapping[str, str]) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for field, named in said.items():
        if named == NOTHING:
            found[field] = None
            continue
        same = [n for n, text in enumerate(texts) if _plain(text) == _plain(named) and _plain(named)]
        by_letters = [n for n in range(len(texts)) if letters(n) == named.strip().upper()]
        if not (places := same or by_letters):
            there = "; ".join(f"{letters(n)} {' '.join(t.split())!r}" for n, t in enumerate(texts) if t.strip())
            raise UsageFault(f"Kolom {named!r} ({field}) tidak ada.", f"Kolom yang ada: {there}.")
        found[field] = places[0]
    return found


def _matched(texts: Sequence[str], names: Names) -> dict[int, str]:
    """Return which columns are which fields: the surest match of all first, each field and column once.

    ``names`` are plain already.
    """
    plain = [_plain(text) for text in texts]
    ranked = sorted(
        (rank, order, index, field)
        for order, (field, written) in enumerate(names.items())
        for rank, name in enumerate(written)
        for index, text in enumerate(plain)
        if text == name
    )
    found: dict[int, str] = {}
    for _, _, index, field in ranked:
        if index not in found and field not in found.values():
            found[index] = field
    return found


@cache
def _plain_names() -> Mapping[str, tuple[str, ...]]:
    return _plain_all(vocabulary()["columns"])


def _plain_all(names: Names) -> Mapping[str, tuple[str, ...]]:
    return {field: tuple(map(_plain, written)) for field, written in names.items()}


def _plain(text: str) -> str:
    """Return a heading without what says nothing: signs, capitals, how *nomor* and *tanggal* are shortened."""
    words = re.findall(r"[a-z]+", text.casefold())
    return " ".join({"no": "nomor", "tgl": "tanggal", "tg": "tanggal", "reg": "register"}.get(w, w) for w in words)
