"""The PDFs of a case's letters, by their hash: prints of ours, and what came back or was signed."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.cases.case import Case
from pipeline.cases.event_lines import documents_in
from pipeline.cases.events import Decided, Document, Printed, Returned

#: Letters of a hash that books and look-ups keep: enough to find the case, where the whole hash is compared.
HASH_LENGTH = 16


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """Of which sheet a file is, in which version, and whether it is signed."""

    template: str
    version: int
    signed: bool


def issued_files(case: Case) -> dict[str, IssuedFile]:
    """Return the files of the case's sheets by their SHA-256."""
    found = {}
    for entry in case.entries:
        if entry.kind in (Printed.kind, Decided.kind, Returned.kind):
            for document in documents_in(entry.data):
                if document.kind in case.drafts:
                    found[document.sha256] = _issued(document, signed=entry.kind != Printed.kind)
    return found


def _issued(document: Document, *, signed: bool) -> IssuedFile:
    return IssuedFile(document.kind, document.version, signed)
