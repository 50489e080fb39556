"""Letters that read like a case's: suggested with the evidence and the move that would join them, nothing more."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deadlines import current_state
from pipeline.errors import YankomasError
from pipeline.register.row import value
from pipeline.wiring import Root

_MOST = 5
#: Facts of two letters that are compared, beside their words.
_FACTS = {"nomor_surat": "nomor surat", "tanggal_surat": "tanggal surat", "perihal": "perihal"}


def resembling(case: Case, root: Root) -> list[dict[str, Any]]:
    """Return the cases that may be the same letter: number, share of the words, equal facts, and the move *gabung*.

    The later of two goes into the earlier. Cases that are tied to this one already are left out.
    """
    signed = case.reading.signature if case.reading else ""
    if not signed:
        return []
    tied = {str(case.number), *(link.other for link in case.links)}
    found = [(number, share) for number, share in _alike(signed, root) if str(number) not in tied]
    return [_suggested(case, root.case(number), share, root) for number, share in found[:_MOST]]


def _alike(signed: str, root: Root) -> list[tuple[CaseNumber, float]]:
    """Ask the look-ups as of the book's last refresh: whoever reads letters sees to that."""
    found = root.lookups.resembling(signed)
    if found is None:
        with suppress(OSError, YankomasError):  # a copy that cannot be written goes without suggestions
            root.book.refresh()
        found = root.lookups.resembling(signed)
    return found or []


def _suggested(case: Case, other: Case, share: float, root: Root) -> dict[str, Any]:
    earlier, later = sorted((case, other), key=lambda c: c.number)
    open_still = not any(current_state(c, root.sop_of(c)).final for c in (earlier, later))
    return {
        "number": str(other.number),
        "share": round(share, 2),
        "same": _same(case, other),
        "move": {"number": str(later.number), "key": "gabung", "perkara_induk": str(earlier.number)}
        if open_still
        else None,
    }


def told(suggestion: dict[str, Any]) -> str:
    """Return a suggestion as a sentence for the clerk."""
    same = f"; sama: {', '.join(suggestion['same'])}" if suggestion["same"] else ""
    said = f"Mirip surat {suggestion['number']} ({suggestion['share']:.0%} pasangan kata sama{same})."
    if move := suggestion["move"]:
        said += (
            f" Bila memang surat yang sama: `yankomas do {move['number']} {move['key']} --as tim-yankomas"
            f" --set perkara_induk={move['perkara_induk']} --set alasan=…`"
        )
    return said


def _same(case: Case, other: Case) -> list[str]:
    """Return in which facts two letters agree."""
    one, two = case.fields, other.fields
    same = [
        label for name, label in _FACTS.items() if value(one.get(name)) and value(one[name]) == value(two.get(name))
    ]
    return ["pelapor"] * bool(_names(case) & _names(other)) + same


def _names(case: Case) -> set[str]:
    people = case.fields.get("pelapor") or []
    return {str(name).casefold() for person in people if (name := value(person.get("nama")))}
