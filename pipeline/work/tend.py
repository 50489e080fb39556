"""Tend: the machine does what it owes a case - reads the complaint, drafts its sheets, makes them PDF."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from pipeline.backoff import CUT_OFFS, TRIES
from pipeline.cases.becoming import becomings
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.duties import BECOME, DRAFT, LINK, PRINT, READ, SPLIT, VALIDATE, Duty, duties
from pipeline.cases.events import (
    CAME_OF,
    FROM,
    INTO,
    SPLIT_FROM,
    AttachmentRead,
    Drafted,
    Event,
    Failed,
    Linked,
    Printed,
    Recognised,
    Validated,
)
from pipeline.cases.journal import MACHINE
from pipeline.cases.ports import Cabinet, content
from pipeline.cases.secrecy_level import is_secret_now
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.splitting import own_pages, source_of, splits
from pipeline.cases.versions import approved_draft
from pipeline.errors import Busy, HeldUp, Passing, Refused, TemplateFault, TooCostly, YankomasError
from pipeline.letters.case_values import CaseValues
from pipeline.letters.identity import identity_of
from pipeline.letters.issue import issued
from pipeline.letters.naming_guard import LetterNamingGuard
from pipeline.letters.page_codes import page_code
from pipeline.letters.ports import LetterFiles, PageCode, Press, Typist
from pipeline.letters.sheets.readers import leaves_the_office
from pipeline.office.office import Office
from pipeline.office.placeholders import placeholders
from pipeline.office.ports import Clock
from pipeline.office.worktime import Calendar
from pipeline.reading.filed_reading import attachment_read, canonical, complaint_read, document_of
from pipeline.reading.ports import Reader
from pipeline.register.enrol import EnrolParts
from pipeline.signing.ports import Validator
from pipeline.signing.wording import sentences
from pipeline.work.become import become
from pipeline.work.split import split_off

_log = logging.getLogger(__name__)

#: An event with the bytes of its documents.
Done = tuple[Event, Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class TendParts:
    """What tending needs: cabinet, what enrols, the machines, time, office, its calendar, the case's SOP.

    ``letters`` fills approved letters, ``naming`` keeps those who must not be named out of them.
    ``version`` returns the template's file for cases registered on a day.
    ``doing`` is told what is done for a case now, in Indonesian; nothing for one that is *rahasia*.
    ``progress`` is told how many pages of a case's complaint are read, and of how many; it may raise ``Unfinished``.
    ``archival`` says of a print of ours what is noted of it as PDF/A.
    ``seal`` says in words which seal of the archive was the newest before a day.
    """

    cabinet: Cabinet
    enrolling: EnrolParts
    reader: Reader
    typist: Typist
    letters: LetterFiles
    press: Press
    validator: Validator
    naming: LetterNamingGuard
    clock: Clock
    office: Office
    calendar: Calendar
    sop: Callable[[Case], Sop]
    seal: Callable[[date], str]
    archival: Callable[[bytes], str]
    version: Callable[[str, date], str] = lambda template, day: template
    progress: Callable[[CaseNumber, int, int], None] = lambda number, done, of: None
    doing: Callable[[CaseNumber, str], None] = lambda number, words: None


def tend(number: CaseNumber, parts: TendParts) -> Case:
    """Do everything that is owed to a case; return it when nothing is, or what is left waits for a person.

    Work runs outside the case's lock; under it the duty is looked for again before its result is committed. A template
    that cannot be used holds up its own sheet, which stays owed, and nothing else.

    Raises:
        HeldUp: sheets wait until their template is mended; all the rest is done.
        Passing: the machine cannot go on now; nothing is lost and no attempt is counted.
        ArchiveFault: the case contradicts itself.
    """
    with parts.cabinet.held(number) as folder:  # a crash may have left a committed document beside its folder
        case = folder.case
    held_up: dict[str, TemplateFault] = {}
    while owed := [duty for duty in duties(case, parts.sop(case)) if duty.key not in held_up]:
        try:
            case = _do(case, owed[0], parts)
        except TemplateFault as fault:
            held_up[owed[0].key] = fault
            parts.cabinet.hold_up(number, owed[0].key, str(fault))
    if first := next(iter(held_up.values()), None):
        raise HeldUp(first.message, first.remedy) from first
    with parts.cabinet.held(number) as folder:
        if not duties(folder.case, parts.sop(folder.case)):
            folder.settle()
        return folder.case


def _do(case: Case, duty: Duty, parts: TendParts) -> Case:
    before = parts.cabinet.attempt(case.number, duty.key)
    if before.cut_off >= CUT_OFFS:
        failed = Failed(duty.key, "program berhenti setiap kali mengerjakannya", before.cut_off)
        return _commit(case, duty, failed, {}, parts)
    parts.doing(case.number, "" if is_secret_now(case, parts.cabinet.case) else _WORDS[duty.action])
    try:
        return _attempt(case, duty, parts)
    except (Passing, Busy):
        parts.cabinet.forgive(case.number, duty.key)
        raise


def _attempt(case: Case, duty: Duty, parts: TendParts) -> Case:
    try:
        event, files = _PERFORM[duty.action](case, duty, parts)
    except (Passing, Busy, TemplateFault):  # the last is the office's fault, not the complaint's
        raise
    except Exception as fault:  # one complaint that breaks an engine must not stop the others
        # A file that is too heavy, or refused for what it is, would be so again.
        certain = isinstance(fault, TooCostly | Refused)
        failed = max(parts.cabinet.failed(case.number, duty.key), TRIES if certain else 0)
        # What went wrong is told without repeating anything of the complaint.
        said = str(fault) if isinstance(fault, YankomasError) else f"kesalahan program ({type(fault).__name__})"
        _log.warning("%s: %s gagal (percobaan %d): %s", case.number, duty.key, failed, said)
        if failed < TRIES:
            return parts.cabinet.case(case.number)
        event, files = Failed(duty.key, said, failed), {}
    return _commit(case, duty, event, files, parts)


def _commit(case: Case, duty: Duty, event: Event, files: Mapping[str, bytes], parts: TendParts) -> Case:
    with parts.cabinet.held(case.number) as folder:
        if duty not in duties(folder.case, parts.sop(folder.case)):
            return folder.case
        return folder.append(event, files, by=MACHINE, at=parts.clock.now())


def _read(case: Case, duty: Duty, parts: TendParts) -> Done:
    scan = source_of(case, duty.subject)
    document = next(d for d in case.documents if d.name == scan.document)
    blob, own = parts.cabinet.blob(case.number, document), own_pages(case, scan.document)
    if len(own) < scan.pages:  # the others became a case of their own
        blob = parts.enrolling.blob(document.name, parts.reader.extract(blob, scan.media, own))
    reading = parts.reader.read(blob, scan.received_at, partial(parts.progress, case.number))
    kind = AttachmentRead if duty.subject else Recognised
    before = sum(e.kind == kind.kind and e.data.get("source", "") == duty.subject for e in case.entries)
    return (attachment_read if duty.subject else complaint_read)(document, reading, before + 1)


def _draft(case: Case, duty: Duty, parts: TendParts) -> Done:
    sop = parts.sop(case)
    sheet = sop.sheet(duty.subject)
    if approved := approved_draft(case, sop, duty):
        return _issue(case, approved, duty, parts)
    # Its day is that of the line that called for it, so that it can be made again.
    day = case.entries[max(duty.trigger, 1) - 1].at.date()
    _require_letterhead(sheet.template, parts.office.on(day))
    sheets = CaseValues(parts.office, parts.calendar, parts.cabinet.case, parts.seal)
    facts = sheets.facts(case, sop, sheet.template, day)
    values = sheets.values(sheet.template, facts)
    parts.naming.check_values(case, sheet.template, facts, values)
    version = parts.version(sheet.template, case.entries[0].at.date())
    draft = parts.typist.draft(version, values, identity_of(case, sheet.template, duty.version))
    name = f"{sheet.template}-v{duty.version}.docx"
    event = Drafted(
        template=sheet.template,
        version=duty.version,
        template_sha256=draft.template_sha256,
        inputs_sha256=hashlib.sha256(canonical(values)).hexdigest(),
        page_code=page_code(case, duty.subject, duty.version) if sheet.coded else "",
        trigger=duty.trigger,
        documents=(document_of(name, sheet.template, sheet.step, duty.version, draft.docx),),
    )
    return event, {name: draft.docx}


def _require_letterhead(template: str, office: Office) -> None:
    """Let nobody outside read what asks the office to fill it in; the office's own sheets do not wait for that.

    Raises:
        TemplateFault: the letterhead still has words of the example.
    """
    if (missing := placeholders(office)) and leaves_the_office(template):
        raise TemplateFault(
            f"{title_of(template)} menunggu kop kantor: {', '.join(missing)} masih isian contoh.",
            "Admin mengisinya di Pengaturan, Kop dan alamat; lembarnya lalu dibuat sendiri.",
        )


def _issue(case: Case, approved: Drafted, duty: Duty, parts: TendParts) -> Done:
    """Fill number and date into the version that was approved; nothing else of it changes."""
    sheet, made = parts.sop(case).sheet(duty.subject), case.numbered[duty.subject]
    docx = content(parts.cabinet.blob(case.number, approved.documents[0]))
    number = str(made.decision.numbers[duty.subject])
    docx = issued(docx, number, made.at.date(), dated=sheet.outgoing, files=parts.letters)
    docx = parts.letters.identified(docx, identity_of(case, sheet.template, duty.version))
    name = f"{sheet.template}-v{duty.version}.docx"
    event = Drafted(
        template=sheet.template,
        version=duty.version,
        template_sha256="",
        inputs_sha256="",
        page_code=page_code(case, duty.subject, duty.version) if sheet.coded else "",
        trigger=duty.trigger,
        documents=(document_of(name, sheet.template, sheet.step, duty.version, docx),),
        issued_from=approved.version,
    )
    return event, {name: docx}


def _print(case: Case, duty: Duty, parts: TendParts) -> Done:
    draft = case.drafts[duty.subject]
    source = draft.documents[0]
    with parts.cabinet.blob(case.number, source).local() as path:
        docx = path.read_bytes()
    edits = (line.event for line in case.about_letters if isinstance(line.event, Drafted) and line.event.editor)
    if any(edit.template == draft.template for edit in edits) and parts.letters.unsafe(docx):
        raise _unprintable()  # an earlier version of this program took it in, or gave its number to what it took in
    pdf = parts.press.print(docx, PageCode(draft.page_code) if draft.page_code else None)
    name = source.name.removesuffix(".docx") + ".pdf"
    document = document_of(name, draft.template, source.step, draft.version, pdf)
    return Printed(draft.template, draft.version, source.name, (document,), parts.archival(pdf)), {name: pdf}


def _unprintable() -> Refused:
    """Return what is said of a file that cannot be printed; it stands in journal and log, so it repeats no comment."""
    return Refused(
        "suntingan",
        "Berkas Word versi ini memuat komentar, perubahan terlacak, atau isi lain yang tidak dapat dicetak.",
        "Unduh Word-nya; di tab Tinjau hapus semua komentar dan terima atau tolak semua perubahan; simpan, lalu kirim "
        "lagi sebagai suntingan.",
    )


def _validate(case: Case, duty: Duty, parts: TendParts) -> Done:
    document = next(d for d in case.documents if d.name == duty.subject)
    found = parts.validator.validate(parts.cabinet.blob(case.number, document), parts.clock.now())
    return Validated(document.name, found.as_json(), sentences(found)), {}


def _link(case: Case, duty: Duty, parts: TendParts) -> Done:
    """Tell the case that this one was merged into; both say so then."""
    parent = read_number(duty.subject)
    with parts.cabinet.held(parent) as folder:
        if not any(link.other == str(case.number) and link.how == FROM for link in folder.case.links):
            folder.append(Linked(str(case.number), FROM), {}, by=MACHINE, at=parts.clock.now())
    return Linked(duty.subject, INTO), {}


def _split(case: Case, duty: Duty, parts: TendParts) -> Done:
    """Make pages a case; one that had these bytes before is told where they lay, as the first line of others tells."""
    split = next(s for s in splits(case) if s.subject == duty.subject)
    told = split_off(case, split, parts.cabinet, parts.enrolling, parts.reader)
    with parts.cabinet.held(read_number(told.other)) as folder:
        if not any(link.other == str(case.number) and link.how == SPLIT_FROM for link in folder.case.links):
            origin = Linked(str(case.number), SPLIT_FROM, source=told.source)
            folder.append(origin, {}, by=MACHINE, at=parts.clock.now())
    return told, {}


def _become(case: Case, duty: Duty, parts: TendParts) -> Done:
    """Register the letter for another service; the case there says in its first line where it came from."""
    becoming = next(b for b in becomings(case, parts.sop(case)) if b.seq == duty.trigger)
    told = become(case, becoming, parts.cabinet, parts.enrolling)
    with parts.cabinet.held(read_number(told.other)) as folder:
        if not any(link.other == str(case.number) for link in folder.case.links):  # it was registered there before
            origin = Linked(str(case.number), CAME_OF, source={"sha256": case.original.sha256})
            folder.append(origin, {}, by=MACHINE, at=parts.clock.now())
    return told, {}


#: What is being done, as those who wait for it are told.
_WORDS: Mapping[str, str] = {
    READ: "membaca",
    DRAFT: "menyusun lembar",
    PRINT: "mencetak",
    VALIDATE: "memeriksa tanda tangan",
    LINK: "memberi tahu perkara lain",
    SPLIT: "memisahkan halaman",
    BECOME: "mendaftarkan bagi layanan lain",
}
_PERFORM: Mapping[str, Callable[[Case, Duty, TendParts], Done]] = {
    READ: _read,
    DRAFT: _draft,
    PRINT: _print,
    VALIDATE: _validate,
    LINK: _link,
    SPLIT: _split,
    BECOME: _become,
}
