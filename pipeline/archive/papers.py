"""The papers of a case for those who work on it: each sheet with its versions, number and signature, and its bytes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from pipeline.cases.case import Case
from pipeline.cases.disposition_way import awaits_ink
from pipeline.cases.document import AS_IT_CAME
from pipeline.cases.duties import TYPED
from pipeline.cases.event_lines import documents_in
from pipeline.cases.events import SPLIT_OFF, AttachmentRead, Document, Drafted, Printed, Recognised
from pipeline.cases.letter_life import Letter
from pipeline.cases.ports import Blob, Cabinet
from pipeline.cases.signed_files import UNCHECKED, awaited_parts
from pipeline.cases.sop import Sop, letter_title, title_of
from pipeline.errors import NotAllowed, NotFound
from pipeline.office.wording import shortened

#: What kind a file is, by the ending of its name: names are ours.
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "webp": "image/webp",
    "odt": "application/vnd.oasis.opendocument.text",
    "eml": "message/rfc822",
    "zip": "application/zip",
    "tiff": "image/tiff",
    "txt": "text/plain",
    "json": "application/json",
}
#: Kinds of documents that stand for what came: its copy with searchable text.
COPIES = frozenset({"salinan", "salinan-lampiran"})
#: What is kept of a paper besides its pages: no paper of its own.
INSIDE = COPIES | {"teks", "pembacaan", "teks-lampiran", AS_IT_CAME}
#: Sheets that are the complaint itself, as it was told.
COMPLAINTS = frozenset({"01-formulir-pengaduan"})
#: What the original of a case is called that was taken over from an old register.
OLD_ROW = "Baris buku register lama"
_LONGEST = 40  # letters of for whom a redacted copy was made, in a list
_SIGNED_MARK = "-bertanda-tangan"
#: The state of a sheet that was drafted before pages became another case, and that people made theirs.
_PARTED = "dibuat sebelum halaman perkara lain dipisahkan"


class PaperStage(Enum):
    """How far a paper is; the value is how screens say it, with the version where an older one was signed."""

    ORIGINAL = "asli"
    RECEIVED = "diterima"
    IN_WORK = "sedang disiapkan"
    DRAFT = "konsep"
    TO_PRINT = "siap cetak"
    TO_SIGN = "menunggu tanda tangan"
    SIGNED = "bertanda tangan"
    OLDER_SIGNED = "versi {} bertanda tangan"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the case: its key (a template's, or a kind of file), title, stage, naskah number.

    ``state`` is the stage in words.
    ``shown`` is the document whose pages are looked at, ``word`` the editable file and ``pdf`` the sheet to print
    (empty where there is none); ``older`` are its earlier versions' documents, newest first.
    """

    key: str
    title: str
    step: int
    stage: PaperStage
    state: str
    number: str
    version: int
    shown: str
    word: str
    pdf: str
    older: tuple[str, ...]


def papers(case: Case, sop: Sop) -> tuple[Paper, ...]:
    """Return the papers, those of earlier steps first."""
    letter = case.original
    copy = "" if case.gone else shown_copy(case.reading, letter, case.shared)
    stage = PaperStage.ORIGINAL
    title = OLD_ROW if case.imported else letter_title(case.number, noted=case.received.media == TYPED)
    original = Paper("surat", title, letter.step, stage, stage.value, "", 1, copy, "", "", ())
    found = (original, *_sheets(case, sop), *_others(case))
    return tuple(sorted(found, key=lambda p: (p.step, p.key != "surat", p.key)))


def in_hand(found: Iterable[Paper], letters: Iterable[Letter], roles: Collection[str]) -> Paper | None:
    """Return the paper that somebody with these roles decides about: a letter whose turn is theirs, else the complaint.

    None where neither has pages to be shown; a note that was typed has none.
    """
    shown = {paper.key: paper for paper in found if paper.shown and not paper.shown.endswith(".txt")}
    theirs = (one.template for one in letters if one.turn and not set(one.turn.roles).isdisjoint(roles))
    complaint = (key for key in shown if key in COMPLAINTS)
    return next((shown[key] for key in (*theirs, *complaint, "surat") if key in shown), None)


def _sheets(case: Case, sop: Sop) -> Iterator[Paper]:
    for template, draft in case.drafts.items():
        files = [d for d in case.documents if d.kind == template]
        word, pdf = f"{template}-v{draft.version}.docx", f"{template}-v{draft.version}.pdf"
        printed = next((d.name for d in files if d.name == pdf and pdf not in case.shared), "")
        fallen = {name for s in case.signatures if not s.stands for name in s.documents}
        here = [d.name for d in files if d.version == draft.version and d.name not in fallen | case.shared]
        signed = [name for name in here if _SIGNED_MARK in name]
        older = tuple(d.name for d in reversed(files) if d.version < draft.version and d.name not in case.shared)
        stage = _stage(case, sop, template, bool(printed))
        yield Paper(
            key=template,
            title=title_of(template),
            step=sop.sheet(template).step,
            stage=stage,
            state=_PARTED if word in case.shared else _state(case, template, stage),
            number=case.numbers.get(template, ""),
            version=draft.version,
            shown=signed[-1] if signed else printed,
            word=word,
            pdf=printed,
            older=older,
        )


def _state(case: Case, template: str, stage: PaperStage) -> str:
    """Return the stage in words, and of a signature that nobody looked at, or that is vouched for or disputed, that."""
    newest = next((s for s in reversed(case.signatures) if s.template == template), None)
    said = stage.value.format(case.signed_versions.get(template))
    if stage is PaperStage.SIGNED and newest:
        return f"{said} ({UNCHECKED})" if not newest.proof else f"{said}, tanpa bukti" if newest.unproven else said
    if newest and newest.disputed:
        return f"{said} (tanda tangan disanggah)"
    parts = awaited_parts(case.parts, case.signatures, template, case.drafts[template].version)
    if parts:
        return f"{said} (baru halaman {', '.join(str(p) for part in parts for p in part.pages)} yang kembali)"
    return said


def _stage(case: Case, sop: Sop, template: str, printed: bool) -> PaperStage:
    if template in case.signed:
        return PaperStage.SIGNED
    if template in case.signed_versions:
        return PaperStage.OLDER_SIGNED
    if not printed:
        return PaperStage.IN_WORK
    if sop.sheet(template).outgoing and template not in case.numbers:
        return PaperStage.DRAFT
    return PaperStage.TO_SIGN if awaits_ink(sop.sheet(template), case, sop) else PaperStage.TO_PRINT


def _others(case: Case) -> Iterator[Paper]:
    known, stage = {*INSIDE, "surat", *case.drafts}, PaperStage.RECEIVED
    redacted = {made.documents[0].name: made for made in case.redacted}
    for document in case.documents:
        if document.kind not in known:
            title, name = title_of(document.kind), shown_copy(None, document, case.shared)
            if document.name in case.shared:
                name = shown_copy(case.attachments_read.get(document.name), document, case.shared)
                if not name:
                    continue  # all of it is another case's
            state = stage.value
            if made := redacted.get(document.name):
                state = f"untuk {shortened(made.recipient, _LONGEST)}"
            yield Paper(document.kind, title, document.step, stage, state, "", document.version, name, "", "", ())


def shown_copy(read: Recognised | AttachmentRead | None, scan: Document, shared: Collection[str]) -> str:
    """Return the document in which a scan is looked at: its copy with text, else itself; nothing if that is shared."""
    copy = next((d.name for d in read.documents if d.kind in COPIES), "") if read else ""
    return copy or ("" if scan.name in shared else scan.name)


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document and its bytes. ``ours``: the machine made it; else it came from outside, or back with a signature."""

    document: Document
    blob: Blob
    media: str
    ours: bool


def shelved(cabinet: Cabinet, case: Case, name: str, told: Callable[[str], bool]) -> Shelved:
    """Return a document of a case; one that also holds pages of other cases only where these may be ``told``.

    Raises:
        NotFound: the case has none of that name.
        NotAllowed: it holds pages of a case that who asks may not read.
    """
    document = case.document(name)
    if document is None:
        raise NotFound("Berkas itu tidak ada pada perkara ini.", "Buka lagi dari daftar berkas perkara.")
    if name in case.shared and not all(told(link.other) for link in case.links if link.how == SPLIT_OFF):
        raise NotAllowed(
            "Berkas itu juga memuat halaman perkara lain yang tidak terbuka bagi Anda.",
            "Buka salinan halaman perkara ini dari daftar berkasnya.",
        )
    media = MEDIA.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    media += "; charset=utf-8" if media == "text/plain" else ""
    return Shelved(document, cabinet.blob(case.number, document), media, document.name in made_here(case))


def made_here(case: Case) -> frozenset[str]:
    """Return the names of the documents that the office made of its own words.

    What was read from a scan is the scan in other words, and the form of an oral complaint is the complaint: they hold
    a NIK in full, and are for those who may have the complaint itself.
    """
    kinds = (Drafted.kind, Printed.kind)
    drawn = (d for e in case.entries if e.kind in kinds for d in documents_in(e.data))
    return frozenset(d.name for d in drawn if d.kind not in COMPLAINTS)
