"""What is written on a case, as an index keeps it: packed small, under a number that grows with year and serial."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from pipeline.cases.case_number import CaseNumber, Volume, in_volume
from pipeline.register.row import Row
from pipeline.search.case_text import FACETS, CaseText, Written

#: The number of a year's case 0; a year has fewer cases.
YEAR = 10**9
#: Between several values of a facet in one column.
SEPARATOR = "\x1f"


def doc_of(number: CaseNumber) -> int:
    """Return a case's number as one integer that grows with year and serial."""
    return number.volume * YEAR + number.serial


def number_of(doc: int) -> CaseNumber:
    """Return the case's number."""
    return in_volume(*divmod(doc, YEAR))


def docs_of(first: Volume, last: Volume) -> tuple[int, int]:
    """Return the least and the greatest number that a case of these volumes can have."""
    return first * YEAR, last * YEAR + YEAR - 1


def facet_columns(written: Written) -> list[str]:
    """Return what a case may be narrowed by, a text for each facet in their order."""
    return [SEPARATOR.join(written.facets.get(name, ())) for name in FACETS]


def facet_values(column: str) -> Sequence[str]:
    """Return the values of a facet that :func:`facet_columns` joined."""
    return column.split(SEPARATOR) if column else ()


def packed(written: Written) -> bytes:
    """Return all that is written on a case, small."""
    told = {
        "number": [written.number.volume, written.number.serial],
        "head": written.head,
        "row": written.row.as_json(),
        "entry": dict(written.entry),
        "facets": dict(written.facets),
        "signs": written.signs,
        "passages": [asdict(passage) for passage in written.passages],
    }
    return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"), 3)


def unpacked(body: bytes) -> Written:
    """Return what :func:`packed` made small."""
    told: dict[str, Any] = json.loads(zlib.decompress(body))
    return Written(
        number=in_volume(*told["number"]),
        head=told["head"],
        row=Row.from_json(told["row"]),
        entry=told["entry"],
        facets=told["facets"],
        signs=tuple(told["signs"]),
        passages=tuple(CaseText(**passage) for passage in told["passages"]),
    )
