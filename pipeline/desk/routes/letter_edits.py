"""A letter's words changed: on the desk or in Word; what was typed is kept until it is saved, and versions compared."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.archive.papers import Paper
from pipeline.cases.case import Case
from pipeline.cases.cleared_words import CLEARED, QUESTION, entries_in
from pipeline.cases.versions import open_versions
from pipeline.desk.case_file import open_file
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.routes.papers import draft_of, may_edit, page_count, shown_paper
from pipeline.desk.visit import Visit, number_in
from pipeline.errors import Incomplete, NotAllowed, NotFound, Refused, Superseded, YankomasError
from pipeline.letters.differences import Difference, differences
from pipeline.letters.editable import editable
from pipeline.letters.identity import OLDER, UNSAID
from pipeline.letters.naming_guard import NAMES
from pipeline.letters.ports import SENT, TYPED, Passage, Unsaved
from pipeline.letters.revise import Edit, edited_file, revise
from pipeline.letters.sheets.readers import is_for_others

pages = Pages()
_LETTER = "/kasus/{year}/{serial}"


@pages.get(_LETTER + "/isi/{template}", Right.MOVE_CASES, Lane.PAPERS)
def words(visit: Visit) -> Response:
    """Show the paragraphs of a version (``?dasar=``; else the newest) to be written over, as typed so far."""
    case = open_file(visit).case
    paper = _editable(visit, case)
    kept = visit.desk.root.unsaved_edits.kept(case.number, paper.key, visit.who.login, TYPED)
    base = _version_of(visit.asked("dasar"), paper)
    typed = _typed(kept.content) if kept and kept.base == base else {}
    return _editor(visit, case, paper, base, typed, kept=kept)


@pages.post(_LETTER + "/isi/{template}", Right.MOVE_CASES, Lane.PAPERS)
def write(visit: Visit) -> Response:
    """Take the changed paragraphs in as the letter's next version; nothing that was typed is lost if that cannot be."""
    case = open_file(visit).case
    paper = _editable(visit, case)
    base, seen = _version_of(visit.text("dasar") or visit.text("versi"), paper), number_in(visit.text("versi"), 9) or 0
    typed = _posted(visit)
    try:
        docx = _rewritten(visit, case, paper, base, typed)
        return _taken_in(visit, case, paper, Edit(docx, base, seen, sure=True, cleared=entries_in(visit.text(CLEARED))))
    except (Incomplete, Refused, NotAllowed) as fault:
        kept = _keep(visit, case, paper, TYPED, base, json.dumps(typed).encode())
        return _editor(visit, case, paper, base, typed, fault=fault, kept=kept)


@pages.post(_LETTER + "/isi/{template}/simpanan", Right.MOVE_CASES, Lane.QUICK, personal=False)
def keep(visit: Visit) -> Response:
    """Keep what has been typed so far, for its editor alone; the page sends it by itself."""
    case = open_file(visit).case
    paper = _editable(visit, case)
    _keep(visit, case, paper, TYPED, _version_of(visit.text("dasar"), paper), json.dumps(_posted(visit)).encode())
    return Response(status_code=204)


@pages.post(_LETTER + "/sunting/{template}", Right.MOVE_CASES, Lane.PAPERS, uploads="state")
def edit(visit: Visit) -> Response:
    """Take an edited Word file in as the next version, the one that is sent or the one that is kept (``titipan``)."""
    case = open_file(visit).case
    paper = draft_of(visit, case)
    seen = number_in(visit.text("versi"), 9) or 0  # 0: that is no version's number
    base, sure = number_in(visit.text("dasar"), 9) or seen, bool(visit.text("yakin"))
    docx = b""
    try:
        docx = _kept_file(visit, case, paper).content if visit.text("titipan") else _sent(visit)
        return _taken_in(visit, case, paper, Edit(docx, base, seen, sure=sure, cleared=entries_in(visit.text(CLEARED))))
    except (Incomplete, Refused, NotAllowed) as fault:
        asks = isinstance(fault, Superseded) or (isinstance(fault, Refused) and fault.code in (OLDER, UNSAID, NAMES))
        if not asks or not may_edit(visit, case, paper):
            return shown_paper(visit, case, paper.shown or paper.word, fault)
        said = visit.desk.root.letter_documents.identity(docx)
        kept = _keep(visit, case, paper, SENT, said.version if said else base, docx)
        return _asked_about(visit, case, paper, kept, fault)


@pages.get(_LETTER + "/titipan/{template}", Right.MOVE_CASES, Lane.PAPERS)
def held(visit: Visit) -> Response:
    """Show a Word file that was sent and not saved, beside the newest version."""
    case = open_file(visit).case
    paper = _editable(visit, case)
    return _asked_about(visit, case, paper, _kept_file(visit, case, paper), None)


@pages.post(_LETTER + "/buang/{template}", Right.MOVE_CASES, Lane.QUICK)
def drop(visit: Visit) -> Response:
    """Forget what was typed (``jenis=isi``) or sent (``berkas``) and not saved."""
    case = open_file(visit).case
    paper = draft_of(visit, case)
    kind = SENT if visit.text("jenis") == SENT else TYPED
    visit.desk.root.unsaved_edits.drop(case.number, paper.key, visit.who.login, kind)
    return visit.go(f"/kasus/{case.number}/lihat/{paper.shown or paper.word}", "Yang belum disimpan dibuang.")


@pages.get(_LETTER + "/beda/{template}", Right.READ_CASES, Lane.PAPERS)
def compare(visit: Visit) -> Response:
    """Show two versions side by side (``?dari=1&ke=2``; else the newest and the one before)."""
    case = open_file(visit).case
    paper = draft_of(visit, case)
    there, newer = open_versions(case, paper.key), _version_of(visit.asked("ke"), paper)
    before = max((v.version for v in there if v.version < newer), default=newer)
    older = _version_of(visit.asked("dari"), paper) if visit.asked("dari") else before
    return visit.show(
        "beda.html",
        title=f"Beda versi {paper.title}",
        case=case,
        paper=paper,
        older=older,
        newer=newer,
        versions=there,
        rows=visit.desk.root.letter_versions.differences(case, paper.key, older, newer),
        edits=may_edit(visit, case, paper),
    )


def _editable(visit: Visit, case: Case) -> Paper:
    paper = draft_of(visit, case)
    if not may_edit(visit, case, paper):
        raise NotAllowed(
            f"{paper.title} tidak dapat Anda sunting.", "Naskah itu sudah bertanda tangan, atau bukan tugas Anda."
        )
    return paper


def _version_of(text: str, paper: Paper) -> int:
    """Return the version that a text names; the newest for none.

    Raises:
        NotFound: the letter has no such version.
    """
    version = number_in(text, 9) if text else paper.version
    if version is None or not 1 <= version <= paper.version:
        raise NotFound(f"{paper.title} tidak memiliki versi {text}.", f"Versi terbarunya {paper.version}.")
    return version


def _posted(visit: Visit) -> dict[int, str]:
    named = ((number_in(name[2:], 7), name) for name in visit.form if name.startswith("p."))
    return {number: visit.text(name) for number, name in named if number is not None}


def _typed(kept: bytes) -> dict[int, str]:
    return {int(number): str(text) for number, text in json.loads(kept).items()}


def _keep(visit: Visit, case: Case, paper: Paper, kind: str, base: int, data: bytes) -> Unsaved:
    unsaved = Unsaved(base, visit.desk.now(), data)
    visit.desk.root.unsaved_edits.keep(case.number, paper.key, visit.who.login, kind, unsaved)
    return unsaved


def _kept_file(visit: Visit, case: Case, paper: Paper) -> Unsaved:
    kept = visit.desk.root.unsaved_edits.kept(case.number, paper.key, visit.who.login, SENT)
    if kept is None:
        raise NotFound("Tidak ada berkas unggahan yang menunggu keputusan Anda.", "Unggah lagi berkasnya.")
    return kept


def _sent(visit: Visit) -> bytes:
    return edited_file(visit.sent_file("Pilih berkas .docx hasil suntingan Anda."))


def _taken_in(visit: Visit, case: Case, paper: Paper, edit: Edit) -> Response:
    """Take an edited Word file in as the next version of a draft, and go to its page, or else to the case's.

    Raises:
        NotAllowed, Superseded, Refused: as :func:`pipeline.letters.revise.revise` does.
    """
    root = visit.desk.root
    may = [role for role in root.sop_of(case).editors(paper.key) if role in visit.who.acts_in]
    role = (may or sorted(visit.who.roles))[0]  # any of theirs if none may, so that the refusal names it
    after = revise(case.number, paper.key, edit, by=visit.who.acting(role), parts=visit.desk.revise_parts())
    for kind in (TYPED, SENT):
        root.unsaved_edits.drop(case.number, paper.key, visit.who.login, kind)
    visit.desk.wake()
    version = after.drafts[paper.key].version
    there = f"/surat/{paper.key}" if root.sop_of(case).sheet(paper.key).signers else ""
    return visit.go(f"/kasus/{case.number}{there}", f"Suntingan {paper.title} diterima sebagai versi {version}.")


def _passages(visit: Visit, docx: bytes) -> tuple[Passage, ...]:
    return editable(visit.desk.root.sheet_editor.passages(docx))


def _rewritten(visit: Visit, case: Case, paper: Paper, base: int, typed: Mapping[int, str]) -> bytes:
    """Return a version with what was typed into it.

    Raises:
        Incomplete: nothing was changed in the newest one.
    """
    docx = visit.desk.root.letter_versions.file(case, paper.key, base)
    changed = _changes(visit, docx, typed)
    if not changed and base == paper.version:
        raise Incomplete("Belum ada yang diubah.", "Ubah isinya, lalu simpan.")
    return visit.desk.root.sheet_editor.rewritten(docx, changed)


def _changes(visit: Visit, docx: bytes, typed: Mapping[int, str]) -> dict[int, str]:
    found = {p.number: p.text for p in _passages(visit, docx) if not p.locked}
    return {n: _framed(found[n], text) for n, text in typed.items() if n in found and text != found[n].strip()}


def _framed(before: str, text: str) -> str:
    """Return new words with the blanks and tabs that stood around the old ones: nobody sees them on a page."""
    bare = before.strip()
    lead, _, trail = before.partition(bare)
    return f"{lead}{text}{trail}" if text else ""


def _editor(
    visit: Visit,
    case: Case,
    paper: Paper,
    base: int,
    typed: Mapping[int, str],
    *,
    kept: Unsaved | None = None,
    fault: YankomasError | None = None,
) -> Response:
    """Show the paragraphs beside the sheet; of an older version also what differs from the newest."""
    root = visit.desk.root
    docx = root.letter_versions.file(case, paper.key, base)
    found = _passages(visit, docx)
    shown = [replace(p, text=typed.get(p.number, p.text) if not p.locked else p.text) for p in found]
    sheet = f"{paper.key}-v{base}.pdf"
    rows: tuple[Difference, ...] = ()
    if base != paper.version:
        mine = root.sheet_editor.rewritten(docx, _changes(visit, docx, typed))
        rows = differences(
            root.letter_versions.words(case, paper.key, paper.version), root.letter_versions.words_of(mine)
        )
    return visit.show(
        "isi.html",
        422 if fault else 200,
        title=f"Sunting {paper.title}",
        case=case,
        paper=paper,
        fault=fault,
        lines=_lines(shown),
        base=base,
        kept=kept,
        restored=kept is not None and kept.base == base and bool(typed),
        rows=rows,
        cleared=_asked_cleared(visit, paper),
        sheet=sheet,
        pages=page_count(visit, case, sheet) if case.document(sheet) else 0,
    )


def _asked_about(visit: Visit, case: Case, paper: Paper, kept: Unsaved, fault: YankomasError | None) -> Response:
    """Show a Word file that was sent beside the newest version, and ask what is to become of it."""
    root = visit.desk.root
    newest = root.letter_versions.words(case, paper.key, paper.version)
    return visit.show(
        "titipan.html",
        422 if fault else 200,
        title=f"Unggahan {paper.title}",
        case=case,
        paper=paper,
        kept=kept,
        fault=fault,
        unsaid=root.letter_documents.identity(kept.content) is None,
        cleared=_asked_cleared(visit, paper),
        rows=differences(newest, root.letter_versions.words_of(kept.content)),
    )


def _asked_cleared(visit: Visit, paper: Paper) -> dict[str, str] | None:
    """Return the question for words that name nobody, with what was answered; None for a letter nobody else reads."""
    if not is_for_others(paper.key):
        return None
    return {"name": CLEARED, "label": QUESTION.label, "answer": visit.text(CLEARED)}


def _lines(found: Sequence[Passage]) -> list[list[list[Passage]]]:
    """Return paragraphs line by line, each line by its cells: those of a table row side by side, others alone."""
    lines: list[list[list[Passage]]] = []
    for row, some in groupby(found, lambda passage: passage.row):
        if row:
            lines.append([list(cell) for _, cell in groupby(some, lambda passage: passage.cell)])
        else:
            lines += [[[passage]] for passage in some]
    return lines
