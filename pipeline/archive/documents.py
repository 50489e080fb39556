"""A document of a case for those who look at it: found by its name, and whether the office made it or somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.cases.case import Case
from pipeline.cases.events import Document, Drafted, Printed, Recognised, documents_in
from pipeline.cases.ports import Blob, Cabinet
from pipeline.errors import NotFound

#: What a browser is told that a file is, by its ending; anything else is just bytes.
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document and its bytes. ``ours``: the machine made it; else it came from outside, or back with a signature."""

    document: Document
    blob: Blob
    media: str
    ours: bool


def shelved(cabinet: Cabinet, case: Case, name: str) -> Shelved:
    """Return a document of a case.

    Raises:
        NotFound: the case has none of that name.
    """
    document = case.document(name)
    if document is None:
        raise NotFound("Berkas itu tidak ada pada perkara ini.", "Buka lagi dari daftar berkas perkara.")
    media = MEDIA.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    return Shelved(document, cabinet.blob(case.number, document), media, document.name in made_here(case))


def made_here(case: Case) -> frozenset[str]:
    """Return the names of the documents that the machine made: sheets, and what it read from the letter as text."""
    kinds = (Drafted.kind, Printed.kind)
    drawn = {d.name for e in case.entries if e.kind in kinds for d in documents_in(e.data)}
    read = {d.name for e in case.entries if e.kind == Recognised.kind for d in documents_in(e.data)}
    return frozenset(drawn | {name for name in read if not name.endswith(".pdf")})
