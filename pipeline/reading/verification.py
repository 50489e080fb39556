"""What the machine read of a letter, beside its places on the scan: for the person who checks it (SOP step 2).

Fields are ranked by doubt: required ones that nobody could read, then the least sure ones, then what is sure; what the
letter does not say comes last.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.forms import FormField
from pipeline.cases.ports import Cabinet
from pipeline.cases.sop import Sop
from pipeline.office.wording import long_date

#: Below this a field is to be looked at before anything else.
SURE = 0.75
_MOST_CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a page (from 1): x, y, width and height as fractions of it; which field (and detail) stands there."""

    field: str
    page: int
    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A field to be checked: how sure it is (0..1; 0: not found), why, and other values with how they are shown."""

    field: FormField
    confidence: float
    reason: str
    candidates: tuple[tuple[str, str], ...]

    @property
    def rank(self) -> str:
        """``periksa`` (look at it), ``terbaca`` (sure), or ``kosong`` (not in the letter, and not required)."""
        if self.confidence:
            return "terbaca" if self.confidence >= SURE else "periksa"
        return "periksa" if self.field.required else "kosong"


def reading_of(cabinet: Cabinet, case: Case) -> Mapping[str, Any]:
    """Return the fields of the letter as they were read, with all their candidates; empty if it was not read."""
    document = next((d for d in case.reading.documents if d.kind == "pembacaan"), None) if case.reading else None
    if document is None:
        return {}
    with cabinet.blob(case.number, document).local() as path:
        letters = json.loads(path.read_bytes())["letters"]
    found: Mapping[str, Any] = letters[0]["fields"] if letters else {}
    return found


def checked(sop: Sop, read: Mapping[str, Any]) -> tuple[Checked, ...]:
    """Return the register's fields, the most doubtful first."""
    fields = [_checked(field, read.get(field.name)) for field in sop.register]
    order = {"periksa": 0, "terbaca": 1, "kosong": 2}
    return tuple(sorted(fields, key=lambda c: (order[c.rank], c.confidence)))


def marks(read: Mapping[str, Any]) -> tuple[Mark, ...]:
    """Return the places on the scan from which the fields were read."""
    return tuple(mark for name, value in read.items() for mark in _marks(name, value))


def _checked(field: FormField, value: Any) -> Checked:
    best = [c[0] for c in _candidate_lists(value)]
    sure = min((float(c["confidence"]) for c in best), default=0.0)
    reason = "; ".join(dict.fromkeys(str(c["reason"]) for c in best))
    return Checked(field, sure, reason, tuple(_others(field, value)))


def _others(field: FormField, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the values that a field of one answer may take instead, the likeliest first."""
    if not (isinstance(value, Mapping) and "candidates" in value):
        return
    seen = set()
    for candidate in value["candidates"][:_MOST_CANDIDATES]:
        text = str(candidate["nilai"])
        if text not in seen:
            seen.add(text)
            yield text, _shown(field, text)


def _shown(field: FormField, text: str) -> str:
    if field.kind == "tanggal":
        try:
            return long_date(date.fromisoformat(text))
        except ValueError:
            return text
    return text


def _candidate_lists(value: Any) -> Iterator[list[Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        if "candidates" in value:
            yield value["candidates"]
        else:
            for part in value.values():
                yield from _candidate_lists(part)
    elif isinstance(value, list):
        for part in value:
            yield from _candidate_lists(part)


def _marks(name: str, value: Any) -> Iterator[Mark]:
    for candidates in _candidate_lists(value):
        best = candidates[0]
        if best["box"]:
            x0, y0, x1, y1 = best["box"]
            yield Mark(name, int(best["page"]), x0, y0, x1 - x0, y1 - y0, str(best["teks"]))
