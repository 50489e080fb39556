"""Old registers, each opened in a confined child of its own; what the child answers is held against its form."""

from __future__ import annotations

import json
from typing import Any

from pipeline.cases.ports import Blob, content
from pipeline.errors import EngineFault, Refused
from pipeline.moving_in.old_book import (
    LONGEST_CELL,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    BookRow,
    BookSheet,
    Cell,
    Kind,
    OldBook,
)
from pipeline.scans.confinement.budget import MemoryBudget
from pipeline.scans.confinement.child import ChildLimits
from pipeline.scans.confinement.pool import Pool

_LIMITS = ChildLimits(memory=2_000_000_000, own=1_200_000_000, seconds=120.0, cpu=60.0, requests=1)
_PLAIN = Kind.TEXT


class ConfinedBooks:
    """Implements the port Books."""

    def __init__(self, budget: MemoryBudget | None = None) -> None:
        self._budget = budget

    def read(self, blob: Blob) -> OldBook:
        """Return what stands in a file."""
        if blob.size > MOST_BYTES:
            fact = f"Buku ini {blob.size / 1e6:.0f} MB, lebih dari {MOST_BYTES / 1e6:.0f} MB."
            raise Refused("terlalu-besar", fact, "Salin tabelnya saja, tanpa gambar, atau bagilah per tahun.")
        pool = Pool("pipeline.moving_in.engines.book_child", size=1, limits=_LIMITS, budget=self._budget)
        try:
            answer = pool.call("read", {}, (content(blob),))
        finally:
            pool.close()
        try:
            sheets = tuple(_sheet(*told) for told in json.loads(answer.blobs[0]))
        except (TypeError, ValueError, IndexError, KeyError) as fault:
            raise EngineFault("Pembaca buku memberi jawaban yang tidak dapat dipahami.") from fault
        return OldBook(blob.name, blob.sha256, sheets)


def _sheet(name: str, rows: list[Any], told: list[str]) -> BookSheet:
    if len(rows) > MOST_ROWS + 1:
        raise ValueError("rows")
    return BookSheet(str(name)[:100], [_row(number, cells) for number, cells in rows], tuple(map(str, told)))


def _row(number: Any, cells: list[Any]) -> BookRow:
    if not isinstance(number, int) or len(cells) > MOST_COLUMNS:
        raise ValueError("row")
    return BookRow(number, tuple(map(_cell, cells)))


def _cell(told: Any) -> Cell:
    if isinstance(told, str):
        return Cell(told[:LONGEST_CELL], _PLAIN)
    kind, text = told
    return Cell(str(text)[:LONGEST_CELL], Kind(kind))
