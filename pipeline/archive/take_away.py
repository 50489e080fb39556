"""A folder as somebody takes it away: bound into one PDF, as a ZIP of its papers, or as the bag it is. In pieces."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.archive import bagit
from pipeline.archive.contents import How, Paper, contents
from pipeline.archive.engines.folder_binder import Binder, Sheaf
from pipeline.archive.store.packing import bagged, zipped
from pipeline.cases.case_number import CaseNumber
from pipeline.office.wording import date_and_hour, said
from pipeline.register import row
from pipeline.wiring import Root

#: Of a longer typed text the rest is read in the PDF.
_LONGEST = 50_000


def papers_view(root: Root, number: CaseNumber, binder: Binder | None = None) -> list[dict[str, Any]]:
    """Return the papers of a case in the order of the SOP.

    Each has ``title``, ``step``, ``day``, ``name``, ``original``, ``media``, ``pages`` (0: none that can be shown, or
    nobody counted) and ``text`` (of a typed paper). ``name`` is the document that is opened, ``original`` the one that
    came where that is a copy of it (else None).
    """
    case = root.cabinet.case(number)
    return [
        {
            "title": paper.title,
            "step": paper.step,
            "day": paper.day.isoformat(),
            "name": paper.document.name,
            "original": paper.original.name if paper.original else None,
            "media": paper.media,
            "pages": _pages(root, number, paper, binder) if binder else 0,
            "text": _text(root, number, paper),
        }
        for paper in contents(case, root.sop_of(case))
    ]


def _text(root: Root, number: CaseNumber, paper: Paper) -> str:
    """Return the text of a typed paper."""
    if paper.how is not How.SET:
        return ""
    path = root.layout.case(number) / bagit.PAYLOAD / paper.document.name
    try:
        with open(path, encoding="utf-8", errors="replace") as reader:
            return reader.read(_LONGEST)
    except OSError:
        return ""


def _pages(root: Root, number: CaseNumber, paper: Paper, binder: Binder) -> int:
    if paper.how is How.SET or not paper.media:
        return 0
    path = root.layout.case(number) / bagit.PAYLOAD / paper.document.name
    return _counted(binder, path, paper.media, paper.document.sha256)


@lru_cache(maxsize=10_000)
def _counted(binder: Binder, path: Path, media: str, _sha256: str) -> int:
    return binder.pages(path, media)


def folder_pdf(root: Root, number: CaseNumber, binder: Binder) -> Iterator[bytes]:
    """Return the folder bound into one PDF, with a table of contents; what cannot be shown has a page that says so.

    Raises:
        NotFound: there is no such case.
        ArchiveFault: its journal is not as it was written.
    """
    case = root.cabinet.case(number)
    sop = root.sop_of(case)
    facts = (
        ("Hal", said(case.fields.get("perihal"))),
        ("Diterima", date_and_hour(case.received_at)),
        ("Keadaan", row.state(case, sop)),
        ("Disusun", date_and_hour(root.clock.now())),
    )
    sheaves = [_sheaf(root, number, paper) for paper in contents(case, sop)]
    return binder.bind(f"Berkas perkara {case.received.register_number}", facts, sheaves)


def _sheaf(root: Root, number: CaseNumber, paper: Paper) -> Sheaf:
    path = root.layout.case(number) / bagit.PAYLOAD / paper.document.name
    how = paper.how if paper.media else How.DRAWN
    return Sheaf(paper.title, paper.day, path, paper.media, how)


def folder_zip(root: Root, number: CaseNumber) -> Iterator[bytes]:
    """Return a ZIP of every document of the case.

    Raises:
        NotFound: there is no such case.
        ArchiveFault: a document is missing.
    """
    return zipped(root.layout, number, root.cabinet.case(number).documents)


def folder_bag(root: Root, number: CaseNumber) -> Iterator[bytes]:
    """Return a ZIP of the case's whole bag, with its journal.

    Raises:
        NotFound: there is no such case.
        ArchiveFault: a document is missing.
    """
    return bagged(root.layout, root.cabinet, number)
