"""Revise: a person edited a drafted sheet in Word or on the desk; it becomes the next version, the old one stays."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from pipeline.cases.actor import Actor, holding
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.cleared_words import check_entries
from pipeline.cases.decide_parts import DecideParts
from pipeline.cases.duties import DRAFT, duties
from pipeline.cases.events import Document, Drafted
from pipeline.cases.letter_life import letters
from pipeline.cases.numbering import check_unapproved
from pipeline.cases.ports import Blob, content
from pipeline.cases.separation import acting_person
from pipeline.cases.sop import Sop, title_of
from pipeline.errors import Incomplete, NotAllowed, Refused, Superseded
from pipeline.letters.identity import check_origin, identity_of
from pipeline.letters.issue import with_fields_of
from pipeline.letters.page_codes import Origin, page_code
from pipeline.letters.ports import MOST_WORD_BYTES, LetterFiles


@dataclass(frozen=True, slots=True)
class ReviseParts:
    """What revising needs.

    ``unsafe`` finds what makes a Word file unfit to be taken in, as (fact, remedy); ``elsewhere`` knows the letters of
    other cases by their codes.
    """

    deciding: DecideParts
    files: LetterFiles
    unsafe: Callable[[bytes], Iterable[tuple[str, str]]]
    elsewhere: Callable[[str], Origin | None]


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited Word file: the version that it was made from, and the newest one that its editor has seen.

    ``sure``: the editor said that it is this letter, where the file itself does not say what it is. ``cleared`` are
    words that the editor said name nobody (:mod:`pipeline.cases.cleared_words`).
    """

    docx: bytes
    base: int
    seen: int
    sure: bool = False
    cleared: tuple[str, ...] = ()


def edited_file(file: Blob) -> bytes:
    """Return the bytes of a Word file that was sent, if it is no larger than any letter.

    Raises:
        Incomplete: it is larger.
    """
    if file.size > MOST_WORD_BYTES:
        most = f"Batasnya {MOST_WORD_BYTES // 1_000_000} MB"
        raise Incomplete("Berkas Word itu terlalu besar.", f"{most}; kecilkan gambarnya.")
    return content(file)


def revise(number: CaseNumber, template: str, edit: Edit, *, by: Actor, parts: ReviseParts) -> Case:
    """Take an edited Word file in as the next version of a drafted sheet; its PDF is owed then. Return the case.

    What stands in the fields that the machine fills (number, date, mark) is that of the newest version, whatever the
    file says. Initials given to earlier versions hold no more (:mod:`pipeline.cases.letter_life`).

    Raises:
        NotAllowed: the case has no such draft, this role has no part in it, it is signed already, the place of its
            number is gone, or it was passed on as it stands (:func:`pipeline.cases.numbering.check_unapproved`).
        Incomplete: a word is said to name nobody, and no reason is given.
        Superseded: there is a newer version than the editor has seen.
        Refused: it is no Word file, or one that carries macros, links, comments or tracked changes; or it is not what
            it is said to be; or it names who must not be named.
    """
    deciding = parts.deciding
    check_entries(edit.cleared)
    _check_may_edit(number, template, edit, by, deciding)
    for fact, remedy in parts.unsafe(edit.docx):
        raise Refused("suntingan", f"{fact}.", remedy)
    with deciding.cabinet.held(number) as folder:
        case, sop = folder.case, deciding.sop(folder.case)
        draft = _editable(case, sop, template, edit.seen, by)
        check_unapproved(case, sop, template)
        identity = parts.files.identity(edit.docx)
        check_origin(case, template, edit.base, identity, parts.elsewhere, sure=edit.sure)
        newest = content(deciding.cabinet.blob(number, draft.documents[0]))
        version, sheet = draft.version + 1, sop.sheet(template)
        docx = with_fields_of(newest, edit.docx, files=parts.files)
        docx = parts.files.impersonal(docx, title_of(template))
        deciding.naming.check_file(case, template, docx, edit.cleared)
        docx = parts.files.identified(docx, identity_of(case, template, version))
        at = deciding.clock.now()
        holding(by, at, deciding.office)
        name = f"{template}-v{version}.docx"
        document = Document(name, template, sheet.step, hashlib.sha256(docx).hexdigest(), len(docx), version)
        event = Drafted(
            template=template,
            version=version,
            template_sha256="",
            inputs_sha256="",
            page_code=page_code(case, template, version) if sheet.coded else "",
            trigger=draft.trigger,
            documents=(document,),
            editor=by.login,
            person=acting_person(by),
            cleared=edit.cleared,
        )
        return folder.append(event, {name: docx}, by=by.role, at=at)


def _check_may_edit(number: CaseNumber, template: str, edit: Edit, by: Actor, deciding: DecideParts) -> None:
    """Make sure, before a byte of the file is looked at, that this actor may edit the letter as it stands.

    What a newer version supersedes is looked at: who sent it is shown what differs.

    Raises:
        NotAllowed: they may not.
    """
    case = deciding.cabinet.case(number)
    with suppress(Superseded):
        _editable(case, deciding.sop(case), template, edit.seen, by)
    holding(by, deciding.clock.now(), deciding.office)


def _editable(case: Case, sop: Sop, template: str, seen: int, by: Actor) -> Drafted:
    draft = case.drafts.get(template)
    if draft is None:
        raise NotAllowed(f"Perkara {case.number} tidak memiliki konsep {template!r}.", "Periksa nama naskahnya.")
    if by.role not in sop.editors(template):
        raise NotAllowed(
            f"Peran {by.role!r} tidak menyunting {template}.", f"Yang berwenang: {', '.join(sop.editors(template))}."
        )
    if template in case.signed:
        raise NotAllowed(f"{template} sudah ditandatangani.", "Naskah yang sudah ditandatangani tidak diubah lagi.")
    letter = next((one for one in reversed(letters(case, sop)) if one.template == template), None)
    if letter and letter.over:
        raise NotAllowed(f"{title_of(template)} sudah dibatalkan.", "Susun naskah yang baru dengan gerak perkaranya.")
    if letter and letter.decided:
        raise NotAllowed(
            f"{title_of(template)} sudah diputuskan; yang diputuskan tidak diubah lagi.",
            "Bila keliru, kembalikan perkaranya ke langkah itu dahulu.",
        )
    if any(d.action == DRAFT and d.subject == template for d in duties(case, sop)):
        raise Superseded(f"{template} sedang dikonsep lagi.", "Tunggu versi barunya jadi, lalu bandingkan dan simpan.")
    if draft.version != seen:
        raise Superseded(
            f"{title_of(template)} sudah dikonsep lagi sejak versi {seen}: kini versi {draft.version}.",
            "Bandingkan keduanya, lalu pilih yang disimpan; tidak ada yang hilang.",
        )
    return draft
