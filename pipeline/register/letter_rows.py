"""A case's letters as the register's rows carry them: where each stands, since when, whose turn it is, how it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.access.masking import masked
from pipeline.cases.case import RECEIVED_ON, SENT_ON, Case
from pipeline.cases.letter_life import Act, Letter, letters
from pipeline.cases.proposals import proposals
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import Sheet

#: The question of the disposition that says how urgent the case is, and its answers from the least urgent.
_URGENCY, _DEGREES = "derajat", ("Biasa", "Segera", "Amat segera")
#: The questions of the dispatch that say how the letter went, with what, and who received it.
_MEANS, _ENCLOSED, _RECEIVER = "cara_kirim", "lampiran", "penerima"
#: Who received a letter to a complainant: themselves, or somebody whose name would tell theirs.
_COMPLAINANT_SIDE = "pelapor atau wakilnya"

#: The question that says to which agency the recommendation goes, and how the SOP's file names it as a recipient.
_AGENCY, _TO_AGENCY = "tujuan_surat", "instansi"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """A letter in lists; days and moments are ISO 8601, unknown ones None.

    ``act`` is what is due (empty: nothing), ``roles`` who may do it. ``urgency`` is 0 to 2, as the disposition says.
    ``voided`` are the roles whose initials an edit or its being given back undid.
    ``enclosed`` is what went with it, in the words of who sent it, without who complains. ``filed`` says what is known
    of the file that was last filed as signed (empty: none was), by ``signers``' hand; ``filed_by`` is who brought it.
    """

    template: str
    title: str
    version: int
    state: str
    since: str
    act: str
    roles: tuple[str, ...]
    number: str
    numbered_at: str | None
    signed_at: str | None
    sent_on: str | None
    means: str
    sent_by: str
    received_on: str | None
    received_by: str
    recipient: str
    urgency: int
    initialled: tuple[str, ...]
    voided: tuple[str, ...]
    given_back: bool
    signers: tuple[str, ...] = ()
    filed: str = ""
    filed_at: str | None = None
    filed_by: str = ""
    disputed: bool = False
    enclosed: str = ""

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> LetterRow:
        """Return the row that a book has."""
        lists = {name: tuple(values.get(name, ())) for name in ("roles", "initialled", "voided", "signers")}
        return cls(**{**values, **lists})


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A move that is proposed once a day (ISO) is over."""

    move: str
    label: str
    roles: tuple[str, ...]
    after: str

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> ProposalRow:
        """Return the row that a book has."""
        return cls(values["move"], values["label"], tuple(values["roles"]), values["after"])


def letter_rows(case: Case, sop: Sop) -> tuple[LetterRow, ...]:
    """Return the letters of a case, in the order in which they were drafted."""
    degree = urgency(case)
    return tuple(_row(letter, case, sop, degree) for letter in letters(case, sop))


def urgency(case: Case) -> int:
    """Return how urgent a case is, as its last disposition that says so has it: 0 to 2."""
    said = (made.decision.values.get(_URGENCY) for made in reversed(case.made))
    degree = next(filter(None, said), _DEGREES[0])
    return _DEGREES.index(degree) if degree in _DEGREES else 0


def proposal_rows(case: Case, sop: Sop) -> tuple[ProposalRow, ...]:
    """Return the moves that are or will be proposed."""
    return tuple(ProposalRow(p.move, p.label, p.roles, p.after.isoformat()) for p in proposals(case, sop))


def _row(letter: Letter, case: Case, sop: Sop, urgency: int) -> LetterRow:
    sent, received = letter.sent, letter.received
    files = [s for s in case.signatures if s.template == letter.template and s.at >= letter.drafted_at]
    file = files[-1] if files else None
    return LetterRow(
        template=letter.template,
        title=letter.title,
        version=letter.version,
        state=letter.state,
        since=letter.since.isoformat(),
        act=letter.turn.act if letter.turn else "",
        roles=letter.turn.roles if letter.turn else (),
        number=letter.number,
        numbered_at=letter.numbered_at.isoformat() if letter.numbered_at else None,
        signed_at=letter.signed.at.isoformat() if letter.signed else None,
        sent_on=str(sent.answers.get(SENT_ON) or sent.at.date().isoformat()) if sent else None,
        means=str(sent.answers.get(_MEANS) or "") if sent else "",
        sent_by=(sent.holder or sent.login) if sent else "",
        received_on=str(received.answers.get(RECEIVED_ON) or received.at.date().isoformat()) if received else None,
        received_by=_receiver(received, sop.sheet(letter.template)) if received else "",
        recipient=_recipient(letter, case, sop),
        urgency=urgency,
        initialled=tuple(by.role for by in letter.initials),
        voided=tuple(dict.fromkeys(by.role for by in letter.voided)),
        given_back=bool(letter.given_back),
        signers=sop.sheet(letter.template).signers,
        filed=file.words if file else "",
        filed_at=file.at.isoformat() if file else None,
        filed_by=file.delivered_by if file else "",
        disputed=bool(file and file.disputed),
        enclosed=masked(str(sent.answers.get(_ENCLOSED) or ""), case.fields) if sent else "",
    )


def _receiver(received: Act, sheet: Sheet) -> str:
    """Return who received a letter, as a book that lies open may say it; the letter's own page names them."""
    return _COMPLAINANT_SIDE if sheet.to_complainant else str(received.answers.get(_RECEIVER) or "")


def to_complainant(register_number: str) -> str:
    """Return how books name the recipient of a letter to a case's complainant: they lie open on a desk."""
    return f"Pelapor pada register nomor {register_number}"


def _recipient(letter: Letter, case: Case, sop: Sop) -> str:
    """Return to whom a letter goes, as a book that lies open may say it: nobody who complains is named."""
    sheet = sop.sheet(letter.template)
    if sheet.to_complainant:
        return to_complainant(case.received.register_number)
    agency = next((m.decision.values[_AGENCY] for m in reversed(case.made) if _AGENCY in m.decision.values), "")
    return str(agency) if sheet.recipient == _TO_AGENCY and agency else sheet.recipient
