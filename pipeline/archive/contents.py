"""What lies in a folder for those who open it: its papers in the order of the SOP, one of each.

Of a scan the copy that people open stands for the original; of a sheet the signed one for the printed one, and the
newest version for those before it. A signed paper stays a paper of the case, whatever was drafted after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from pipeline.cases.case import Case
from pipeline.cases.events import Document, documents_in
from pipeline.cases.sop import Sop

#: Kinds of documents that say what a paper holds, and are none themselves.
_ABOUT = frozenset({"teks", "pembacaan", "salinan"})
_LETTER, _WORD, _TYPED = "surat", ".docx", ".txt"
MEDIA = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    _TYPED: "text/plain",
}


class How(Enum):
    """How a paper gets into a bound folder: its pages carried over, drawn as pictures, or its text set."""

    CARRIED = "halaman"
    DRAWN = "gambar"
    SET = "teks"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a folder: its title, the step it belongs to, the day it came to lie there, its file.

    ``original`` is the file as it came, where ``document`` is a copy of it.
    """

    title: str
    step: int
    day: date
    document: Document
    how: How
    original: Document | None = None

    @property
    def media(self) -> str:
        """The kind of file, by its name: names are ours."""
        return MEDIA.get(_suffix(self.document), "")


def contents(case: Case, sop: Sop) -> tuple[Paper, ...]:
    """Return the papers, by step and then as they came."""
    days = {d.name: entry.at.date() for entry in case.entries for d in documents_in(entry.data)}
    papers = [paper for document in case.documents if (paper := _paper(case, sop, document, days[document.name]))]
    steps = {step.number: n for n, step in enumerate(sop.steps)}
    return tuple(sorted(papers, key=lambda paper: steps.get(paper.step, len(steps))))


def _paper(case: Case, sop: Sop, document: Document, day: date) -> Paper | None:
    if document.kind in _ABOUT or _suffix(document) in (_WORD, ".json"):
        return None
    if document.kind in case.drafts:
        return _sheet(case, sop, document, day)
    letter = "Catatan pengaduan" if _suffix(document) == _TYPED else "Surat pengaduan"
    title = letter if document.kind == _LETTER else titled(document.kind)
    return _scanned(case, document, title, day)


def _sheet(case: Case, sop: Sop, document: Document, day: date) -> Paper | None:
    """Return a sheet that is signed, or the newest print of one that is not; only what is to be signed is called so."""
    newest = case.drafts[document.kind].version
    name = titled(document.kind)
    if document.name == f"{document.kind}-v{document.version}.pdf":
        if document.version < newest or document.kind in case.signed:
            return None
        awaits = " (belum bertanda tangan)" if sop.sheet(document.kind).signed else ""
        return Paper(f"{name}{awaits}", document.step, day, document, How.CARRIED)
    version = f", versi {document.version}" if document.version < newest else ""
    return _scanned(case, document, f"{name} (bertanda tangan{version})", day)


def _scanned(case: Case, document: Document, title: str, day: date) -> Paper:
    copy = next(_copies(case, document), None)
    if copy:
        return Paper(title, document.step, day, copy, How.CARRIED, original=document)
    how = How.SET if _suffix(document) == _TYPED else How.DRAWN
    return Paper(title, document.step, day, document, how)


def _copies(case: Case, document: Document) -> Iterator[Document]:
    read = case.attachments_read.get(document.name)
    events = [read] if read else [case.reading] if document == case.original and case.reading else []
    for event in events:
        yield from (d for d in event.documents if d.kind == "salinan")


def titled(kind: str) -> str:
    """Return what a kind of document is called: ``06-surat-rekomendasi`` is *Surat rekomendasi*."""
    words = kind.lstrip("0123456789-").replace("-", " ").strip() or kind
    return words[:1].upper() + words[1:]


def _suffix(document: Document) -> str:
    head, dot, tail = document.name.rpartition(".")
    return f".{tail.lower()}" if dot and head else ""
