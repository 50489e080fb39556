"""Revise: a person edited a drafted sheet in Word; it becomes the sheet's next version, the old one stays."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.decide import Actor, DecideParts, holder
from pipeline.cases.duties import DRAFT, duties
from pipeline.cases.events import Document, Drafted
from pipeline.cases.sop import Sop
from pipeline.errors import NotAllowed, Refused
from pipeline.letters.page_codes import page_code

#: Finds what makes a Word file unfit to be opened, as (fact, remedy).
Faults = Callable[[bytes], Iterable[tuple[str, str]]]


def revise(
    number: CaseNumber, template: str, version: int, docx: bytes, *, by: Actor, parts: DecideParts, faults: Faults
) -> Case:
    """Take an edited Word file in as the next version of a drafted sheet; its PDF is owed then. Return the case.

    ``version`` is the one that was edited.

    Raises:
        NotAllowed: the case has no such draft, this role has no part in it, it is signed already, or it was drafted
            anew since that version.
        Refused: it is no Word file, or one that carries macros or links.
    """
    for fact, remedy in faults(docx):
        raise Refused("suntingan", f"{fact}.", remedy)
    with parts.cabinet.held(number) as folder:
        case, sop = folder.case, parts.sop(folder.case)
        draft = _editable(case, sop, template, version, by)
        at, sheet = parts.clock.now(), sop.sheet(template)
        holder(by.role, at, parts.office)
        name = f"{template}-v{version + 1}.docx"
        document = Document(name, template, sheet.step, hashlib.sha256(docx).hexdigest(), len(docx), version + 1)
        event = Drafted(
            template=template,
            version=version + 1,
            template_sha256="",
            inputs_sha256="",
            page_code=page_code(case, template, version + 1) if sheet.signed else "",
            trigger=draft.trigger,
            documents=(document,),
            editor=by.login,
        )
        return folder.append(event, {name: docx}, by=by.role, at=at)


def _editable(case: Case, sop: Sop, template: str, version: int, by: Actor) -> Drafted:
    draft = case.drafts.get(template)
    if draft is None:
        raise NotAllowed(f"Perkara {case.number} tidak memiliki konsep {template!r}.", "Periksa nama naskahnya.")
    if by.role not in sop.editors(template):
        raise NotAllowed(
            f"Peran {by.role!r} tidak menyunting {template}.", f"Yang berwenang: {', '.join(sop.editors(template))}."
        )
    if template in case.signed:
        raise NotAllowed(f"{template} sudah ditandatangani.", "Naskah yang sudah ditandatangani tidak diubah lagi.")
    if draft.version != version or any(d.action == DRAFT and d.subject == template for d in duties(case, sop)):
        raise NotAllowed(
            f"{template} sudah dikonsep lagi sejak versi {version}.", "Unduh versi yang terbaru, lalu sunting itu."
        )
    return draft
