"""Papers of a case: their pages as pictures, the files, and a draft's words changed in Word or on the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.archive.papers import Paper, PaperStage, Shelved, papers, shelved
from pipeline.cases.case import Case
from pipeline.cases.decide import Actor
from pipeline.cases.ports import content
from pipeline.desk.gate import Pages
from pipeline.desk.visit import Visit, file_response, number_in, open_file
from pipeline.errors import EngineFault, Incomplete, NotAllowed, NotFound, Refused, YankomasError
from pipeline.letters.ports import MOST_WORD_BYTES, Passage
from pipeline.letters.revise import revise
from pipeline.letters.sheets.receipt import RECEIPT

pages = Pages()
_USUAL = 900  # pixels that a page is wide


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
    paper = _draft(visit, case)
    try:
        return _taken_in(visit, case, paper, _sent(visit))
    except (Incomplete, Refused, NotAllowed) as fault:
        return _paper(visit, case, paper.shown or paper.word, fault)


def _draft(visit: Visit, case: Case) -> Paper:
    """Return the draft of the template that the address names.

    Raises:
        NotFound: the case has none.
    """
    template = visit.request.path_params["template"]
    paper = next((p for p in _papers(visit, case) if p.key == template and p.word), None)
    if paper is None:
        raise NotFound("Konsep itu tidak ada pada perkara ini.", "Buka lagi dari daftar berkas perkara.")
    return paper


def _may_edit(visit: Visit, case: Case, paper: Paper) -> bool:
    """Say whether the visitor may edit a draft as it stands."""
    sop = visit.desk.root.sop_of(case)
    return paper.stage is not PaperStage.SIGNED and not visit.who.roles.isdisjoint(sop.editors(paper.key))


def _taken_in(visit: Visit, case: Case, paper: Paper, docx: bytes) -> Response:
    """Take an edited Word file in as the next version of a draft, and go back to the case.

    Raises:
        NotAllowed, Refused: as :func:`pipeline.letters.revise.revise` does.
    """
    root, version = visit.desk.root, number_in(visit.text("versi"), 9) or 0  # 0: that is no version's number
    may = [role for role in root.sop_of(case).editors(paper.key) if role in visit.who.roles]
    role = (may or sorted(visit.who.roles))[0]  # any of theirs if none may, so that the refusal names it
    by, faults = Actor(role, visit.who.login), root.sheet_editor.unsafe
    with visit.desk.decide_parts() as parts:
        revise(case.number, paper.key, version, docx, by=by, parts=parts, faults=faults)
    visit.desk.wake()
    return visit.go(f"/kasus/{case.number}", f"Suntingan {paper.title} diterima sebagai versi {paper.version + 1}.")


def _sent(visit: Visit) -> bytes:
    if not visit.uploads:
        raise Incomplete("Belum ada berkas yang dipilih.", "Pilih berkas .docx hasil suntingan Anda.")
    if visit.uploads[0].size > MOST_WORD_BYTES:
        most = f"Batasnya {MOST_WORD_BYTES // 1_000_000} MB"
        raise Incomplete("Berkas Word itu terlalu besar.", f"{most}; kecilkan gambarnya.")
    return content(visit.uploads[0].blob)


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
        edits=newest and paper is not None and bool(paper.word) and _may_edit(visit, case, paper),
        downloads=found.ours or visit.who.may(Right.ORIGINALS),
        fault=fault,
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
    return _pages(visit, shelved(visit.desk.root.cabinet, case, name))


@pages.get("/kasus/{year}/{serial}/naskah/{name}/halaman/{page}", Right.READ_CASES)
def page(visit: Visit) -> Response:
    """Show a page (from 1) of a document, about ``?lebar=`` pixels wide; ``X-Halaman`` says of how many."""
    found, number = _document(visit), number_in(visit.request.path_params["page"], 5)
    if number is None:
        raise NotFound("Halaman itu tidak ada.", "Halaman dihitung dari 1.")
    wide = number_in(visit.asked("lebar"), 5)
    picture = visit.desk.previews.page(found.blob, number, _USUAL if wide is None else wide)
    return Response(picture.webp, media_type="image/webp", headers={"x-halaman": str(picture.pages)})


@pages.get("/kasus/{year}/{serial}/naskah/{name}", Right.READ_CASES)
def download(visit: Visit) -> Response:
    """Give a document as a download: what the office made to all who read cases, what came from outside to fewer."""
    found = _document(visit)
    if not (found.ours or visit.who.may(Right.ORIGINALS)):
        raise NotAllowed("Berkas asli tidak dapat diunduh oleh peran Anda.", "Lihat halamannya di halaman perkara.")
    return file_response(found.blob, found.media)


def _document(visit: Visit) -> Shelved:
    return shelved(visit.desk.root.cabinet, open_file(visit).case, visit.request.path_params["name"])


@pages.get("/kasus/{year}/{serial}/isi/{template}", Right.MOVE_CASES)
def words(visit: Visit) -> Response:
    """Show a draft's paragraphs, each to be written over."""
    case = open_file(visit).case
    return _shown(visit, case, _editable(visit, case), {})


@pages.post("/kasus/{year}/{serial}/isi/{template}", Right.MOVE_CASES)
def write(visit: Visit) -> Response:
    """Take the changed paragraphs in as the draft's next version."""
    case = open_file(visit).case
    paper = _editable(visit, case)
    named = ((number_in(name[2:], 7), name) for name in visit.form if name.startswith("p."))
    typed = {number: visit.text(name) for number, name in named if number is not None}
    try:
        return _taken_in(visit, case, paper, _edited(visit, case, paper, typed))
    except (Incomplete, Refused, NotAllowed) as fault:
        return _shown(visit, case, paper, typed, fault)


def _editable(visit: Visit, case: Case) -> Paper:
    paper = _draft(visit, case)
    if not _may_edit(visit, case, paper):
        raise NotAllowed(
            f"{paper.title} tidak dapat Anda sunting.", "Naskah itu sudah bertanda tangan, atau bukan tugas Anda."
        )
    return paper


def _words(visit: Visit, case: Case, paper: Paper) -> bytes:
    return content(shelved(visit.desk.root.cabinet, case, paper.word).blob)


def _edited(visit: Visit, case: Case, paper: Paper, typed: Mapping[int, str]) -> bytes:
    docx = _words(visit, case, paper)
    found = {p.number: p.text for p in visit.desk.root.sheet_editor.passages(docx)}
    changed = {n: _framed(found[n], text) for n, text in typed.items() if n in found and text != found[n].strip()}
    if not changed:
        raise Incomplete("Belum ada yang diubah.", "Ubah isinya, lalu simpan.")
    return visit.desk.root.sheet_editor.rewritten(docx, changed)


def _framed(before: str, text: str) -> str:
    """Return new words with the blanks and tabs that stood around the old ones: nobody sees them on a page."""
    bare = before.strip()
    lead, _, trail = before.partition(bare)
    return f"{lead}{text}{trail}" if text else ""


def _shown(
    visit: Visit, case: Case, paper: Paper, typed: Mapping[int, str], fault: YankomasError | None = None
) -> Response:
    as_drafted = visit.desk.root.sheet_editor.passages(_words(visit, case, paper))
    found = [replace(p, text=typed.get(p.number, p.text)) for p in as_drafted]
    values = {"case": case, "paper": paper, "fault": fault, "lines": _lines(found)}
    return visit.show("isi.html", 422 if fault else 200, title=f"Sunting {paper.title}", **values)


def _lines(found: Sequence[Passage]) -> list[list[list[Passage]]]:
    """Return paragraphs line by line, each line by its cells: those of a table row side by side, others alone."""
    lines: list[list[list[Passage]]] = []
    for row, some in groupby(found, lambda passage: passage.row):
        if row:
            lines.append([list(cell) for _, cell in groupby(some, lambda passage: passage.cell)])
        else:
            lines += [[[passage]] for passage in some]
    return lines
