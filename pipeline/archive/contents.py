"""What lies in a folder for those who open it or take it away: its papers in the order of the SOP, one of each.

Of a scan the copy that people open stands for the original; of a sheet the signed one for the printed one, and the
newest version for those before it. A signed paper stays a paper of the case, whatever was drafted after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.archive.papers import COMPLAINTS, COPIES, INSIDE, MEDIA, OLD_ROW
from pipeline.archive.ports import Binder, How, Sheaf
from pipeline.cases.case import Case
from pipeline.cases.disposition_way import awaits_ink
from pipeline.cases.event_lines import documents_in
from pipeline.cases.events import Document
from pipeline.cases.kept_files import came_as
from pipeline.cases.ports import Blob, Cabinet, MakeBlob, content
from pipeline.cases.signed_files import UPRIGHT
from pipeline.cases.sop import Sop, letter_title, title_of
from pipeline.cases.standing import standing_state, state_label
from pipeline.office.wording import date_and_hour

_TYPED = "txt"
_LONGEST = 50_000  # signs; of a longer typed text the rest is read in the PDF


@dataclass(frozen=True, slots=True)
class FolderPaper:
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


def contents(case: Case, sop: Sop) -> tuple[FolderPaper, ...]:
    """Return the papers, by step and then as they came."""
    days = {d.name: entry.at.date() for entry in case.entries for d in documents_in(entry.data)}
    papers = [paper for document in case.documents if (paper := _paper(case, sop, document, days[document.name]))]
    steps = {step.number: n for n, step in enumerate(sop.steps)}
    return tuple(sorted(papers, key=lambda paper: steps.get(paper.step, len(steps))))


def _paper(case: Case, sop: Sop, document: Document, day: date) -> FolderPaper | None:
    if document.kind in INSIDE or _suffix(document) in ("docx", "json"):
        return None
    if document.name in case.shared:
        return _own_pages(case, document, day)
    if document.kind in case.drafts:
        return _sheet(case, sop, document, day)
    letter = letter_title(case.number, noted=_suffix(document) == _TYPED)
    if case.imported:
        letter = OLD_ROW
    title = letter if document.kind == "surat" else title_of(document.kind)
    return _scanned(case, document, title, day)


def _own_pages(case: Case, document: Document, day: date) -> FolderPaper | None:
    """Return the copy of those pages of a scan that stayed; a sheet that says of other people lies no more here.

    What was made before pages went stays in the archive.
    """
    read = case.reading if document == case.original else case.attachments_read.get(document.name)
    copy = next((d for d in read.documents if d.kind in COPIES), None) if read else None
    return FolderPaper(title_of(document.kind), document.step, day, copy, How.CARRIED) if copy else None


def _sheet(case: Case, sop: Sop, document: Document, day: date) -> FolderPaper | None:
    """Return a sheet that is signed, or the newest print of one that is not; only what is to be signed is called so."""
    newest = case.drafts[document.kind].version
    name = title_of(document.kind)
    if document.name == f"{document.kind}-v{document.version}.pdf":
        if document.version < newest or document.kind in case.signed:
            return None
        awaits = " (belum bertanda tangan)" if awaits_ink(sop.sheet(document.kind), case, sop) else ""
        return FolderPaper(f"{name}{awaits}", document.step, day, document, How.CARRIED)
    version = f", versi {document.version}" if document.version < newest else ""
    signed = next((s for s in case.signatures if document.name in s.documents), None)
    if signed is None:  # some pages of it, until all are there
        whole = any((s.template, s.version) == (document.kind, document.version) for s in case.signatures)
        return None if whole else _scanned(case, document, f"{name} (sebagian halaman{version})", day)
    if UPRIGHT not in document.name and any(UPRIGHT in other for other in signed.documents):
        return None  # its pages, upright and in order, stand for it
    doubt = ", ditarik" if signed.withdrawn else ", disanggah" if signed.disputed else ""
    doubt = doubt or (", tanpa bukti" if signed.unproven else "")
    return _scanned(case, document, f"{name} (bertanda tangan{version}{doubt})", day)


def _scanned(case: Case, document: Document, title: str, day: date) -> FolderPaper:
    """Return a paper that came as a file: its copy with searchable text where it was read."""
    read = case.attachments_read.get(document.name) or (case.reading if document == case.original else None)
    if copy := next((d for d in read.documents if d.kind in COPIES), None) if read else None:
        return FolderPaper(title, document.step, day, copy, How.CARRIED, original=came_as(case, document))
    how = How.SET if _suffix(document) == _TYPED else How.DRAWN
    return FolderPaper(title, document.step, day, document, how)


def _suffix(document: Document) -> str:
    head, _, tail = document.name.rpartition(".")
    return tail.lower() if head else ""


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper as it is shown in its folder.

    ``name`` is the document that is opened, ``original`` the one that came where that is a copy of it (else None);
    ``pages`` is 0 if there is none that can be shown, or nobody counted; ``text`` is that of a typed paper.
    """

    title: str
    step: int
    day: date
    name: str
    original: str | None
    media: str
    pages: int
    text: str


def shown_papers(
    case: Case, sop: Sop, cabinet: Cabinet, binder: Binder | None = None, told: Callable[[str], str] = str
) -> list[ShownPaper]:
    """Return the papers of a case in the order of the SOP; their pages are counted by ``binder``.

    ``told`` gives a typed text as those may read it who look at the folder.
    """
    return [
        ShownPaper(
            title=paper.title,
            step=paper.step,
            day=paper.day,
            name=paper.document.name,
            original=paper.original.name if paper.original else None,
            media=paper.media,
            pages=binder.pages(blob, paper.media) if binder and paper.media and paper.how is not How.SET else 0,
            text=told(_typed(blob)) if paper.how is How.SET else "",
        )
        for paper in contents(case, sop)
        for blob in [cabinet.blob(case.number, paper.document)]
    ]


def _typed(blob: Blob) -> str:
    try:
        with blob.local() as path, open(path, encoding="utf-8", errors="replace") as reader:
            return reader.read(_LONGEST)
    except OSError:
        return ""


@dataclass(frozen=True, slots=True)
class Covering:
    """How a folder is bound for those who may not have the complaint itself: what they are told of a typed text."""

    told: Callable[[str], str]
    blob: MakeBlob


def folder_pdf(
    case: Case,
    sop: Sop,
    cabinet: Cabinet,
    binder: Binder,
    now: datetime,
    subject: str,
    covering: Covering | None = None,
) -> Iterator[bytes]:
    """Return the folder bound into one PDF, with a table of contents; what cannot be shown has a page that says so.

    ``subject`` is what its first page says that the case is about, as the register's books say it: that page lies on
    top, and names no child. With a ``covering`` the complaint is there to be looked at alone: its pages as pictures,
    without their text.
    """
    facts = (
        ("Hal", covering.told(subject) if covering else subject),
        ("Diterima", date_and_hour(case.received_at)),
        ("Keadaan", state_label(standing_state(case, sop), case, sop)),
        ("Disusun", date_and_hour(now)),
    )
    sheaves = [_sheaf(paper, cabinet.blob(case.number, paper.document), covering) for paper in contents(case, sop)]
    return binder.bind(f"Berkas perkara {case.received.register_number}", facts, sheaves)


def _sheaf(paper: FolderPaper, blob: Blob, covering: Covering | None) -> Sheaf:
    how = paper.how if paper.media else How.DRAWN
    if covering and how is How.SET:
        with suppress(OSError):  # a file that is gone is told on its page
            blob = covering.blob(blob.name, covering.told(content(blob).decode(errors="replace")).encode())
    elif covering and (paper.original or paper.document.kind in COMPLAINTS | COPIES):
        how = How.DRAWN
    return Sheaf(title=paper.title, day=paper.day, blob=blob, media=paper.media, how=how)
