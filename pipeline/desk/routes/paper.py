"""A paper of a case on the screen: its pages as pictures, its versions, and an edited Word file as the next one."""

from __future__ import annotations

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.archive.documents import Shelved, shelved
from pipeline.cases.called_sheets import editors
from pipeline.cases.case import Case
from pipeline.cases.decide import Actor
from pipeline.cases.papers import Paper, papers
from pipeline.cases.ports import content
from pipeline.desk.case_file import open_file
from pipeline.desk.routing import Pages
from pipeline.desk.visit import Visit
from pipeline.errors import EngineFault, Incomplete, NotAllowed, NotFound, Refused, YankomasError
from pipeline.letters.ports import MOST_WORD_BYTES
from pipeline.letters.revise import revise
from pipeline.letters.sheets.receipt import RECEIPT

pages = Pages()


@pages.get("/kasus/{year}/{serial}/lihat/{name}", Right.READ_CASES)
def look(visit: Visit) -> Response:
    """Show a paper's pages."""
    return _paper(visit, open_file(visit).case, str(visit.request.path_params["name"]))


@pages.get("/kasus/{year}/{serial}/tanda-terima", Right.READ_CASES)
def receipt(visit: Visit) -> Response:
    """Go to the receipt for the complainant, its newest version."""
    case = open_file(visit).case
    paper = next((p for p in _papers(visit, case) if p.key == RECEIPT and p.shown), None)
    if paper is None:
        return visit.go(f"/kasus/{case.number}", "Tanda terimanya sedang disiapkan; coba sebentar lagi.", kind="gagal")
    return visit.go(f"/kasus/{case.number}/lihat/{paper.shown}")


@pages.post("/kasus/{year}/{serial}/sunting/{template}", Right.MOVE_CASES, uploads="state")
def edit(visit: Visit) -> Response:
    """Take an edited Word file in as the next version of a draft."""
    case = open_file(visit).case
    paper = draft_of(visit, case, str(visit.request.path_params["template"]))
    try:
        taken_in(visit, case, paper, edited_version(visit), _sent(visit))
    except (Incomplete, Refused, NotAllowed) as fault:
        return _paper(visit, case, paper.shown or paper.word, fault)
    visit.desk.wake()
    return visit.go(f"/kasus/{case.number}", f"Suntingan {paper.title} diterima sebagai versi {paper.version + 1}.")


def draft_of(visit: Visit, case: Case, template: str) -> Paper:
    """Return the draft of a template.

    Raises:
        NotFound: the case has none.
    """
    paper = next((p for p in _papers(visit, case) if p.key == template and p.word), None)
    if paper is None:
        raise NotFound("Konsep itu tidak ada pada perkara ini.", "Buka lagi dari daftar berkas perkara.")
    return paper


def may_edit(visit: Visit, case: Case, paper: Paper) -> bool:
    """Say whether the visitor may edit a draft as it stands."""
    sop = visit.desk.root.sop_of(case)
    return paper.state != "bertanda tangan" and not visit.who.roles.isdisjoint(editors(sop, paper.key))


def taken_in(visit: Visit, case: Case, paper: Paper, version: int, docx: bytes) -> None:
    """Take an edited Word file in as the next version of a draft.

    Raises:
        NotAllowed, Refused: as :func:`pipeline.letters.revise.revise` does.
    """
    by, faults = Actor(_editor(visit, case, paper), visit.who.login), visit.desk.root.sheet_editor.unsafe
    with visit.desk.chamber() as chamber:
        revise(case.number, paper.key, version, docx, by=by, chamber=chamber, faults=faults)


def edited_version(visit: Visit) -> int:
    """Return which version a form says was edited; 0 for what is no number of a version."""
    version = visit.text("versi")
    return int(version) if version.isdecimal() and len(version) < 10 else 0


def _sent(visit: Visit) -> bytes:
    if not visit.uploads:
        raise Incomplete("Belum ada berkas yang dipilih.", "Pilih berkas .docx hasil suntingan Anda.")
    if visit.uploads[0].size > MOST_WORD_BYTES:
        most = f"Batasnya {MOST_WORD_BYTES // 1_000_000} MB"
        raise Incomplete("Berkas Word itu terlalu besar.", f"{most}; kecilkan gambarnya.")
    return content(visit.uploads[0].blob)


def _editor(visit: Visit, case: Case, paper: Paper) -> str:
    """Return the role in which the visitor edits the paper; any of theirs if none may, so that the refusal names it."""
    may = [role for role in editors(visit.desk.root.sop_of(case), paper.key) if role in visit.who.roles]
    return (may or sorted(visit.who.roles))[0]


def _papers(visit: Visit, case: Case) -> tuple[Paper, ...]:
    return papers(case, visit.desk.root.sop_of(case))


def _paper(visit: Visit, case: Case, name: str, fault: YankomasError | None = None) -> Response:
    found = shelved(visit.desk.root.cabinet, case, name)
    paper = next((p for p in _papers(visit, case) if name in (p.shown, p.word, p.pdf, *p.older)), None)
    newest = paper is not None and name in (paper.shown, paper.word, paper.pdf)
    return visit.show(
        "lihat.html",
        422 if fault else 200,
        title=paper.title if paper else name,
        case=case,
        name=name,
        paper=paper,
        newest=newest,
        pages=_pages(visit, found),
        edits=newest and paper is not None and bool(paper.word) and may_edit(visit, case, paper),
        downloads=found.ours or visit.who.may(Right.ORIGINALS),
        fault=fault,
    )


def _pages(visit: Visit, found: Shelved) -> int:
    """Return how many pages can be shown; a Word file has none, its PDF does, and a broken file has none either."""
    if not found.media.startswith(("application/pdf", "image/")):
        return 0
    try:
        return visit.desk.previews.page(found.blob, 1, 900).pages
    except (Refused, EngineFault):
        return 0
