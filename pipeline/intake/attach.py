"""Attach: further papers of a case came - an attachment, a follow-up letter. They are filed beside the others."""

from __future__ import annotations

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deadlines import current_state
from pipeline.cases.decide import Chamber, attached_document
from pipeline.cases.events import Attached
from pipeline.cases.journal import MACHINE
from pipeline.cases.ports import content
from pipeline.intake.outcomes import Added, Duplicate
from pipeline.intake.papers import Papers

#: The kind under which they are filed.
KIND = "lampiran"


def attach(papers: Papers, number: CaseNumber, how: str, chamber: Chamber) -> Added | Duplicate:
    """File the papers with a case; a case that has ended takes them too, and says so.

    Doing it again for the same claim changes nothing; the same bytes again are a duplicate.

    Raises:
        NotFound: there is no such case.
        Changed: the bytes are no longer those that were claimed.
    """
    claim, data = papers.claim, content(papers.claim.blob)
    with chamber.cabinet.held(number) as folder:
        case, sop = folder.case, chamber.sop(folder.case)
        if known := next((a for a in case.attachments if a.claim == claim.id), None):
            return Added(number, known.documents[0].name, again=True)
        if any(d.sha256 == claim.blob.sha256 for d in case.documents):
            return Duplicate(number)
        here = current_state(case, sop)
        note = f"perkara sudah berakhir ({here.label}); pertimbangkan gerak buka-kembali" if here.final else ""
        document = attached_document(case, sop, KIND, data, papers.extension)
        event = Attached(
            how=how,
            claim=claim.id,
            file_name=claim.blob.name,
            media=papers.media,
            pages=papers.pages,
            documents=(document,),
            codes=papers.codes,
            warnings=(*papers.told, *([f"Lampiran datang ketika {note}."] if note else [])),
            source=papers.source,
        )
        folder.append(event, {document.name: data}, by=MACHINE, at=chamber.clock.now())
        return Added(number, document.name, note=note)
