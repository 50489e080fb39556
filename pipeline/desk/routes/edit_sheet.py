"""*Sunting isi*: a draft's words changed on the desk itself, paragraph by paragraph; they become its next version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.archive.documents import shelved
from pipeline.cases.case import Case
from pipeline.cases.papers import Paper
from pipeline.cases.ports import content
from pipeline.desk.case_file import open_file
from pipeline.desk.routes.paper import draft_of, edited_version, may_edit, taken_in
from pipeline.desk.routing import Pages
from pipeline.desk.visit import Visit
from pipeline.errors import Incomplete, NotAllowed, Refused, YankomasError
from pipeline.letters.ports import Passage

pages = Pages()


@pages.get("/kasus/{year}/{serial}/isi/{template}", Right.MOVE_CASES)
def words(visit: Visit) -> Response:
    """Show a draft's paragraphs, each to be written over."""
    case = open_file(visit).case
    return _shown(visit, case, _draft(visit, case), {})


@pages.post("/kasus/{year}/{serial}/isi/{template}", Right.MOVE_CASES)
def write(visit: Visit) -> Response:
    """Take the changed paragraphs in as the draft's next version."""
    case = open_file(visit).case
    paper = _draft(visit, case)
    typed = {n: visit.text(f"p.{n}") for n in _asked(visit)}
    try:
        taken_in(visit, case, paper, edited_version(visit), _edited(visit, case, paper, typed))
    except (Incomplete, Refused, NotAllowed) as fault:
        return _shown(visit, case, paper, typed, fault)
    visit.desk.wake()
    return visit.go(f"/kasus/{case.number}", f"Suntingan {paper.title} diterima sebagai versi {paper.version + 1}.")


def _draft(visit: Visit, case: Case) -> Paper:
    paper = draft_of(visit, case, str(visit.request.path_params["template"]))
    if not may_edit(visit, case, paper):
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


def _asked(visit: Visit) -> Sequence[int]:
    return [int(name[2:]) for name in visit.form if name.startswith("p.") and name[2:].isdecimal() and len(name) < 10]


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
