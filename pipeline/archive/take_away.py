"""A folder as somebody looks through it, or takes it away bound into one PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.archive.contents import How, contents
from pipeline.archive.ports import Binder, Sheaf
from pipeline.cases.case import Case
from pipeline.cases.duties import state_label
from pipeline.cases.ports import Blob, Cabinet
from pipeline.cases.sop import Sop
from pipeline.office.wording import date_and_hour, said

#: Of a longer typed text the rest is read in the PDF.
_LONGEST = 50_000


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


def shown_papers(case: Case, sop: Sop, cabinet: Cabinet, binder: Binder | None = None) -> list[ShownPaper]:
    """Return the papers of a case in the order of the SOP; their pages are counted by ``binder``."""
    return [
        ShownPaper(
            title=paper.title,
            step=paper.step,
            day=paper.day,
            name=paper.document.name,
            original=paper.original.name if paper.original else None,
            media=paper.media,
            pages=binder.pages(blob, paper.media) if binder and paper.media and paper.how is not How.SET else 0,
            text=_text(blob) if paper.how is How.SET else "",
        )
        for paper in contents(case, sop)
        for blob in [cabinet.blob(case.number, paper.document)]
    ]


def _text(blob: Blob) -> str:
    try:
        with blob.local() as path, open(path, encoding="utf-8", errors="replace") as reader:
            return reader.read(_LONGEST)
    except OSError:
        return ""


def folder_pdf(case: Case, sop: Sop, cabinet: Cabinet, binder: Binder, now: datetime) -> Iterator[bytes]:
    """Return the folder bound into one PDF, with a table of contents; what cannot be shown has a page that says so."""
    facts = (
        ("Hal", said(case.fields.get("perihal"))),
        ("Diterima", date_and_hour(case.received_at)),
        ("Keadaan", state_label(case, sop)),
        ("Disusun", date_and_hour(now)),
    )
    sheaves = [
        Sheaf(
            title=paper.title,
            day=paper.day,
            blob=cabinet.blob(case.number, paper.document),
            media=paper.media,
            how=paper.how if paper.media else How.DRAWN,
        )
        for paper in contents(case, sop)
    ]
    return binder.bind(f"Berkas perkara {case.received.register_number}", facts, sheaves)
