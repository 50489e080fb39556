"""Take back: a sheet of ours came back signed. It becomes the signed version beside the unsigned one."""

from __future__ import annotations

from pipeline.cases.case import Case
from pipeline.cases.decide import Actor, Chamber, attached_document, decide
from pipeline.cases.events import Returned
from pipeline.cases.journal import MACHINE
from pipeline.cases.moves import LETTER, open_moves
from pipeline.cases.ports import content
from pipeline.cases.sop import CHOSEN, Move, Sop
from pipeline.errors import Incomplete, NotAllowed, Refused
from pipeline.intake.outcomes import TakenBack
from pipeline.intake.papers import Papers
from pipeline.letters.page_codes import Origin

#: Who is said to have been at the machine when the page code on the paper spoke.
BY_CODE = "kode-halaman"


def take_back(papers: Papers, origin: Origin, chamber: Chamber) -> TakenBack:
    """File a signed sheet; where the SOP has a move for its signature, that move is made.

    A sheet on which officials only write (the disposition sheet goes round while the machine drafts its next versions)
    is filed as the signed copy of the version that it is, however many there are since. One with a signer is not: whose
    newest version somebody must sign, a person decides about the older.

    Doing it again for the same bytes changes nothing.

    Raises:
        Refused: a newer version is to be signed instead, or the move cannot be made now (nobody holds the signer's role
            today); says why.
        Changed: the bytes are no longer those that were claimed.
    """
    case = chamber.cabinet.case(origin.number)
    blob = papers.claim.blob
    if any(d.sha256 == blob.sha256 for d in case.documents):
        return TakenBack(origin, again=True)
    sop = chamber.sop(case)
    if origin.version < origin.newest and sop.sheet(origin.template).signer:
        raise _superseded(origin)
    found = _signing_move(case, sop, origin.template)
    if found is None:
        _file(papers, origin, chamber)
        return TakenBack(origin)
    move, role = found
    typed = {LETTER: origin.template} if move.file_kind == CHOSEN else {}
    try:
        decide(case.number, move.key, typed, by=Actor(role, BY_CODE), chamber=chamber, file=blob)
    except (NotAllowed, Incomplete) as fault:
        raise Refused("kembali", fault.message, fault.remedy) from fault
    return TakenBack(origin)


def _superseded(origin: Origin) -> Refused:
    return Refused(
        "kembali",
        f"Ini naskah {origin.template} versi {origin.version} perkara {origin.number}, "
        f"yang sudah diganti versi {origin.newest}.",
        f"Tandatangani versi {origin.newest}; bila versi {origin.version} yang berlaku, catat dengan `yankomas do`.",
    )


def _signing_move(case: Case, sop: Sop, template: str) -> tuple[Move, str] | None:
    """Return the open move that takes this sheet's signed scan, and the role that makes it."""
    for opened in open_moves(case, sop):
        choices = {c for f in opened.move.form if f.name == LETTER for c in f.choices}
        if opened.move.file_kind == template:
            return opened.move, opened.roles[0]
        if opened.move.file_kind == CHOSEN and template in choices:
            return opened.move, sop.sheet(template).signer
    return None


def _file(papers: Papers, origin: Origin, chamber: Chamber) -> None:
    data = content(papers.claim.blob)
    with chamber.cabinet.held(origin.number) as folder:
        if any(d.sha256 == papers.claim.blob.sha256 for d in folder.case.documents):
            return
        sop = chamber.sop(folder.case)
        document = attached_document(folder.case, sop, origin.template, data, papers.extension, origin.version)
        event = Returned(origin.template, origin.version, (document,), papers.source)
        folder.append(event, {document.name: data}, by=MACHINE, at=chamber.clock.now())
