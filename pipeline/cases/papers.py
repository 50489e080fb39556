"""The papers of a case in the order of the SOP: each sheet with its versions, its number, whether it is signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.cases.case import Case
from pipeline.cases.events import Document
from pipeline.cases.sop import Sop

#: What the machine keeps of a letter besides the letter: nothing that anybody opens by itself.
_INSIDE = ("teks", "pembacaan", "salinan", "teks-lampiran", "salinan-lampiran")
_TITLES = {"surat": "Surat pengaduan", "lampiran": "Lampiran"}
_SIGNED_MARK = "-bertanda-tangan"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the case: its key (a template's, or a kind of file), title, state, naskah number.

    ``shown`` is the document whose pages are looked at, ``word`` the editable file and ``pdf`` the sheet to print
    (empty where there is none); ``older`` are its earlier versions' documents, newest first.
    """

    key: str
    title: str
    step: int
    state: str
    number: str
    version: int
    shown: str
    word: str
    pdf: str
    older: tuple[str, ...]


def title_of(key: str) -> str:
    """Return how people call a sheet or kind of file: ``03-lembar-disposisi`` is ``Lembar disposisi``."""
    if key in _TITLES:
        return _TITLES[key]
    words = key.split("-")
    return " ".join(words[1:] if words[0].isdigit() else words).capitalize()


def papers(case: Case, sop: Sop) -> tuple[Paper, ...]:
    """Return the papers, those of earlier steps first."""
    found = (*_letters(case), *_sheets(case, sop), *_others(case))
    return tuple(sorted(found, key=lambda p: (p.step, p.key != "surat", p.key)))


def _letters(case: Case) -> Iterator[Paper]:
    original = case.original
    copy = next((d.name for d in case.documents if d.kind == "salinan" and d.step <= 2), original.name)
    yield Paper("surat", title_of("surat"), original.step, "asli", "", 1, copy, "", "", ())


def _sheets(case: Case, sop: Sop) -> Iterator[Paper]:
    for template, draft in case.drafts.items():
        files = [d for d in case.documents if d.kind == template]
        word, pdf = f"{template}-v{draft.version}.docx", f"{template}-v{draft.version}.pdf"
        printed = next((d.name for d in files if d.name == pdf), "")
        signed = [d.name for d in files if _SIGNED_MARK in d.name and d.version == draft.version]
        older = tuple(d.name for d in reversed(files) if d.version < draft.version)
        state = _state(case, sop, template, bool(printed))
        shown = signed[-1] if signed else printed
        yield Paper(
            template,
            title_of(template),
            sop.sheet(template).step,
            state,
            case.numbers.get(template, ""),
            draft.version,
            shown,
            word,
            printed,
            older,
        )


def _state(case: Case, sop: Sop, template: str, printed: bool) -> str:
    if template in case.signed:
        return "bertanda tangan"
    if older := case.returned.get(template):
        return f"versi {older} bertanda tangan"
    if not printed:
        return "sedang disiapkan"
    if sop.sheet(template).outgoing and template not in case.numbers:
        return "konsep"
    return "menunggu tanda tangan" if sop.sheet(template).signed else "siap cetak"


def _others(case: Case) -> Iterator[Paper]:
    known = {*_INSIDE, "surat", *case.drafts}
    for document in case.documents:
        if document.kind not in known:
            yield _file(document)


def _file(document: Document) -> Paper:
    title = title_of(document.kind)
    name = document.name
    return Paper(document.kind, title, document.step, "diterima", "", document.version, name, "", "", ())
