"""The register book of another service: what it says of a case is what its own SOP's register asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.cases.key_labels import choice_label
from pipeline.cases.public_service import PublicService
from pipeline.cases.secrecy_level import SECRECY
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import FormField
from pipeline.office.wording import all_said

#: Before the name of a question where its answer stands in a case's entry, apart from what every book says.
_ANSWER = "isian."


@dataclass(frozen=True, slots=True)
class BookColumn:
    """A column of a register as a file.

    Its words come from the entry (``kind`` ``teks``; there as ISO 8601 and to be shown as a day or a moment: ``hari``)
    or from the row (``baris``, as a day ``tanggal``, as a moment ``waktu``).
    """

    name: str
    label: str
    kind: str = "teks"


def answers_told(sop: Sop, fields: Mapping[str, Any]) -> dict[str, str]:
    """Return what the entry of a service's case says beside that of every case: the answers of its SOP's register."""
    return {f"{_ANSWER}{asked.name}": _told(asked, fields.get(asked.name)) for asked in sop.register}


def answers_in(entry: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that an entry tells, by the names of their questions."""
    return {name.removeprefix(_ANSWER): text for name, text in entry.items() if name.startswith(_ANSWER)}


def columns_of(service: PublicService) -> tuple[BookColumn, ...]:
    """Return the columns of a service's book: what its newest edition asks, then what only earlier ones did."""
    return (
        BookColumn("nomor_register", "No. register"),
        BookColumn("received_at", "Diterima", "waktu"),
        *(_column(asked) for asked in questions_of(service)),
        BookColumn("state", "Keadaan", "baris"),
        BookColumn("due_at", "Tenggat", "waktu"),
        BookColumn("closed_at", "Selesai", "waktu"),
    )


def questions_of(service: PublicService) -> Iterable[FormField]:
    """Return the questions of a service's registers: those of its newest edition, then what only earlier ones asked."""
    newest_first = sorted(service.editions, key=lambda sop: sop.effective, reverse=True)
    found: dict[str, FormField] = {}
    for sop in newest_first:
        for asked in sop.register:
            found.setdefault(asked.name, asked)
    return found.values()


def _column(asked: FormField) -> BookColumn:
    if asked.name == SECRECY:  # also of a case that is closed to who reads, and of one that is not marked
        return BookColumn(SECRECY, asked.label)
    return BookColumn(f"{_ANSWER}{asked.name}", asked.label, "hari" if asked.kind in ("tanggal", "waktu") else "teks")


def _told(asked: FormField, known: Any) -> str:
    """Return an answer on one line; of people their names, days as ISO 8601."""
    parts = known if isinstance(known, list | tuple) else [known]
    bare = [part["nama"] if isinstance(part, Mapping) and "nama" in part else part for part in parts]
    texts = all_said(bare)
    return "; ".join(choice_label(text) if asked.choices else text for text in texts)
