"""Papers of a case: their pages as pictures, and the files."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.archive.papers import Paper, PaperStage, Shelved, papers, shelved
from pipeline.cases.case import Case
from pipeline.cases.ports import Blob
from pipeline.cases.redacted import REDACTED_COPY
from pipeline.cases.versions import open_versions
from pipeline.desk.case_file import open_file
from pipeline.desk.downloads import file_response
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.visit import Visit, number_in
from pipeline.errors import EngineFault, NotAllowed, NotFound, Refused, YankomasError
from pipeline.letters.ports import SENT
from pipeline.letters.sheets.receipt import RECEIPT

pages = Pages()
_USUAL, _SMALL = 900, 240  # pixels that a page is wide
_NO_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="28" height="38"/>'


@pages.get("/kasus/{year}/{serial}/lihat/{name}", Right.READ_CASES, Lane.PICTURES)
def look(visit: Visit) -> Response:
    """Show a paper's pages."""
    return shown_paper(visit, open_file(visit).case, str(visit.request.path_params["name"]))


@pages.get("/kasus/{year}/{serial}/tanda-terima", Right.READ_CASES, Lane.QUICK)
def receipt(visit: Visit) -> Response:
    """Go to the receipt for the complainant, its newest version."""
    case = open_file(visit).case
    paper = next((p for p in _papers(visit, case) if p.key == RECEIPT and p.shown), None)
    if paper is None:
        return visit.go(f"/kasus/{case.number}", "Tanda terimanya sedang disiapkan; coba sebentar lagi.", kind="gagal")
    return visit.go(f"/kasus/{case.number}/lihat/{paper.shown}")


def draft_of(visit: Visit, case: Case) -> Paper:
    """Return the draft of the template that the address names.

    Raises:
        NotFound: the case has none.
    """
    template = visit.request.path_params["template"]
    paper = next((p for p in _papers(visit, case) if p.key == template and p.word), None)
    if paper is None:
        raise NotFound("Konsep itu tidak ada pada perkara ini.", "Buka lagi dari daftar berkas perkara.")
    return paper


def may_edit(visit: Visit, case: Case, paper: Paper) -> bool:
    """Say whether the visitor may edit a draft as it stands."""
    sop = visit.desk.root.sop_of(case)
    return paper.stage is not PaperStage.SIGNED and not visit.who.acts_in.isdisjoint(sop.editors(paper.key))


def _papers(visit: Visit, case: Case) -> tuple[Paper, ...]:
    return papers(case, visit.desk.root.sop_of(case))


def shown_paper(visit: Visit, case: Case, name: str, fault: YankomasError | None = None) -> Response:
    """Show a paper's pages, its versions, and how it can be edited; a fault of what was sent stands above."""
    found = _shelved(visit, case, name)
    paper = next((p for p in _papers(visit, case) if name in (p.shown, p.word, p.pdf, *p.older)), None)
    count = _pages(visit, found)
    newest = paper is not None and name in (paper.shown, paper.word, paper.pdf)
    edits = newest and paper is not None and bool(paper.word) and may_edit(visit, case, paper)
    return visit.show(
        "lihat.html",
        422 if fault else 200,
        title=paper.title if paper else name,
        case=case,
        name=name,
        paper=paper,
        newest=newest,
        pages=count,
        edits=edits,
        versions=open_versions(case, paper.key) if paper and paper.word else (),
        held=edits
        and paper is not None
        and visit.desk.root.unsaved_edits.kept(case.number, paper.key, visit.who.login, SENT),
        downloads=found.ours or visit.who.may(Right.ORIGINALS),
        fault=fault,
        redacts=visit.who.may(Right.ORIGINALS) and found.document.kind != REDACTED_COPY and bool(count),
        redacted=[made for made in case.redacted if made.source == name],
        made_of=next((made for made in case.redacted if found.document in made.documents), None),
        judged=case.validated.get(name),
    )


def _pages(visit: Visit, found: Shelved) -> int:
    """Return how many pages can be shown; a Word file has none, its PDF does, and a broken file has none either."""
    if not found.media.startswith(("application/pdf", "image/")):
        return 0
    try:
        return visit.desk.previews.page(found.blob, 1, _USUAL).pages
    except (Refused, EngineFault, NotFound):
        return 0


def page_count(visit: Visit, case: Case, name: str) -> int:
    """Return how many pages of a case's document can be shown."""
    return _pages(visit, _shelved(visit, case, name))


@pages.get("/kasus/{year}/{serial}/naskah/{name}/halaman/{page}", Right.READ_CASES, Lane.PICTURES)
def page(visit: Visit) -> Response:
    """Show a page (from 1) of a document, about ``?lebar=`` pixels wide; ``X-Halaman`` says of how many."""
    found, number = _document(visit), number_in(visit.request.path_params["page"], 5)
    if number is None:
        raise NotFound("Halaman itu tidak ada.", "Halaman dihitung dari 1.")
    wide = number_in(visit.asked("lebar"), 5)
    picture = visit.desk.previews.page(found.blob, number, _USUAL if wide is None else wide)
    return Response(picture.webp, media_type="image/webp", headers={"x-halaman": str(picture.pages)})


@pages.get("/kasus/{year}/{serial}/gambar-surat", Right.READ_CASES, Lane.PICTURES)
def thumbnail(visit: Visit) -> Response:
    """Show the first page of what came, small: by that one knows a letter in a list."""
    case = open_file(visit).case
    letter = next(paper for paper in _papers(visit, case) if paper.key == "surat")
    return small_picture(visit, lambda: _shelved(visit, case, letter.shown).blob)


def small_picture(visit: Visit, document: Callable[[], Blob]) -> Response:
    """Return the first page of a document as a small picture; an empty one where none can be drawn."""
    try:
        return Response(visit.desk.previews.page(document(), 1, _SMALL).webp, media_type="image/webp")
    except (Refused, EngineFault, NotFound):
        return Response(_NO_PICTURE, media_type="image/svg+xml")


@pages.get("/kasus/{year}/{serial}/naskah/{name}", Right.READ_CASES, Lane.QUICK)
def download(visit: Visit) -> Response:
    """Give a document as a download: what the office made to all who read cases, what came from outside to fewer."""
    found = _document(visit)
    if not (found.ours or visit.who.may(Right.ORIGINALS)):
        raise NotAllowed("Berkas asli tidak dapat diunduh oleh peran Anda.", "Lihat halamannya di halaman perkara.")
    return file_response(found.blob, found.media)


def _document(visit: Visit) -> Shelved:
    return _shelved(visit, open_file(visit).case, visit.request.path_params["name"])


def _shelved(visit: Visit, case: Case, name: str) -> Shelved:
    return shelved(visit.desk.root.cabinet, case, name, visit.desk.told_to(visit.who.sees))
