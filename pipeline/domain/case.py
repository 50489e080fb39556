"""A case: the fold over its journal. Nothing of it is stored anywhere else; everything else is a view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipeline.domain.events import (
    Document,
    Drafted,
    Failed,
    Printed,
    Received,
    Recognised,
    Retried,
    documents_in,
    from_data,
)
from pipeline.domain.journal import Entry
from pipeline.domain.numbering import CaseNumber
from pipeline.errors import ArchiveFault


@dataclass(frozen=True, slots=True)
class Case:
    """Where a case stands: its first line's facts, and what has happened since.

    ``drafts`` and ``prints`` map a template's key to its newest version's event; ``given_up`` maps a duty's key to
    why the machine gave it up. ``read_at`` is None until the letter has been read.
    """

    number: CaseNumber
    received: Received
    received_at: datetime
    entries: tuple[Entry, ...]
    documents: tuple[Document, ...]
    reading: Recognised | None
    read_at: datetime | None
    drafts: Mapping[str, Drafted]
    prints: Mapping[str, Printed]
    given_up: Mapping[str, str]

    @property
    def head(self) -> str:
        """Hash of the last line."""
        return self.entries[-1].hash

    @property
    def fields(self) -> Mapping[str, Any]:
        """The proposed fields (shape of :func:`pipeline.domain.letter.proposed`), empty before the letter is read."""
        return self.reading.fields if self.reading else {}

    @property
    def original(self) -> Document:
        """The letter as it came."""
        return self.received.documents[0]

    def document(self, name: str) -> Document | None:
        """Return the document of that name."""
        return next((d for d in self.documents if d.name == name), None)


def fold(entries: tuple[Entry, ...]) -> Case:
    """Return the case that these lines make.

    Raises:
        ArchiveFault: the first line does not register a letter, or a line is not of the shape of its kind.
    """
    first = from_data(entries[0].kind, entries[0].data) if entries else None
    if not isinstance(first, Received) or not first.documents:
        raise ArchiveFault(
            "Jurnal tidak dimulai dengan penerimaan surat.",
            "Jalankan `yankomas verify` dan pulihkan map ini dari cadangan.",
        )
    case = Case(
        number=CaseNumber(first.year, first.serial),
        received=first,
        received_at=entries[0].at,
        entries=entries,
        documents=(),
        reading=None,
        read_at=None,
        drafts={},
        prints={},
        given_up={},
    )
    documents: list[Document] = []
    for entry in entries:
        case = _after(case, entry, documents)
    return replace(case, documents=tuple(documents))


def _after(case: Case, entry: Entry, documents: list[Document]) -> Case:
    event = from_data(entry.kind, entry.data)
    if event is None:
        documents.extend(documents_in(entry.data))
        return case
    documents.extend(event.documents)
    match event:
        case Recognised():
            return replace(case, reading=event, read_at=entry.at)
        case Drafted():
            return replace(case, drafts={**case.drafts, event.template: event})
        case Printed():
            return replace(case, prints={**case.prints, event.template: event})
        case Failed():
            return replace(case, given_up={**case.given_up, event.duty: event.reason})
        case Retried():
            return replace(case, given_up={k: v for k, v in case.given_up.items() if k != event.duty})
        case _:
            return case


def documents_of(entries: Iterable[Entry]) -> tuple[Document, ...]:
    """Return every document that these lines commit, oldest first, also those of kinds that are not known here.

    Raises:
        ArchiveFault: a line names documents in another way than they are written.
    """
    return tuple(d for e in entries for d in documents_in(e.data))
