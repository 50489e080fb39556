"""Whether the folder of a case is complete: what the SOP's edition calls for on its way, and what of that is missing.

The checklist is worked out of the journal: the complaint, then every sheet that the case's own way called for, in the
order of the SOP, then what its register must say. A sheet that was never called for is not missed, nor is one that was
dropped with a reason; one that must be there before this end is missed even if nobody drafted it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.cases.case import Case, says
from pipeline.cases.disposition_way import awaits_ink
from pipeline.cases.duties import TYPED, awaited_drafts
from pipeline.cases.letter_life import Letter, current_letters
from pipeline.cases.owed_letters import owed_before
from pipeline.cases.sop import Sop, letter_title, title_of
from pipeline.cases.sop_rows import Sheet
from pipeline.cases.sop_words import VOID

#: What is wrong with a paper of a folder.
NOT_MADE, NOT_PRINTED, NOT_SIGNED = "belum dibuat", "belum dicetak", "belum kembali bertanda tangan"
NOT_SENT, NO_RECEIPT, DISPUTED = "belum tercatat dikirim", "tanda terimanya belum ada", "tanda tangannya disanggah"
NO_SCAN, BLANK, NO_PLACE = "pindaiannya tidak ada", "belum diisi", "belum diberkaskan"
#: How an attachment came that was scanned of an old register's letter.
_OLD_SCAN = "pindaian-lama"
#: The register's fields without which nobody finds the folder again.
_FILED = {"klasifikasi": "Kode klasifikasi", "boks": "Boks", "rak": "Rak"}


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the checklist: what should lie there, of which step (0: of none), and what is wrong with it."""

    title: str
    step: int
    lack: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """The checklist of a folder, in the order of the SOP."""

    items: tuple[Item, ...]

    @property
    def lacking(self) -> tuple[Item, ...]:
        """What is missing."""
        return tuple(item for item in self.items if item.lack)

    @property
    def told(self) -> str:
        """What is missing, in one line; empty if nothing is."""
        return "; ".join(f"{item.title} {item.lack}" for item in self.lacking)


def checklist(case: Case, sop: Sop) -> Checklist:
    """Return the checklist of a case's folder as it stands now."""
    return Checklist((*_complaint(case), *_sheets(case, sop), *_register(case, sop)))


def _complaint(case: Case) -> Iterator[Item]:
    if case.imported:
        scanned = any(attached.how == _OLD_SCAN for attached in case.attachments)
        yield Item("Surat pengaduan (dari buku lama)", 1, "" if scanned else NO_SCAN)
        return
    yield Item(letter_title(case.number, noted=case.received.media == TYPED), 1)
    for number, _ in enumerate(case.attachments, 1):
        yield Item(f"Lampiran {number}" if len(case.attachments) > 1 else title_of("lampiran"), 1)


def _sheets(case: Case, sop: Sop) -> Iterator[Item]:
    """Yield the sheets that the case's way called for, by step; each from one template once."""
    there, awaited = current_letters(case, sop), awaited_drafts(case, sop)
    owed = {} if _ended_before(case) else dict(owed_before(case, sop, case.state(sop.first)))
    for sheet in sop.sheets:
        letter = there.get(sheet.template)
        if letter:
            yield Item(letter.title, sheet.step, _letter_lack(letter, sheet, case))
        elif sheet.template in awaited or title_of(sheet.template) in owed:
            yield Item(title_of(sheet.template), sheet.step, NOT_MADE)
        elif sheet.template in case.drafts and not sheet.signers:
            yield Item(title_of(sheet.template), sheet.step, _sheet_lack(sheet, case, sop))


def _ended_before(case: Case) -> bool:
    """Say whether the case ended before it was taken over, as its old register tells: without letters of ours."""
    moved = any(made.decision.state != made.decision.start for made in case.made)
    return case.imported is not None and bool(case.imported.end) and not moved


def _letter_lack(letter: Letter, sheet: Sheet, case: Case) -> str:
    if any(s.template == sheet.template and s.disputed for s in case.signatures):
        return DISPUTED
    if letter.signed is None:
        return NOT_SIGNED
    if sheet.recipient and letter.sent is None:
        return NOT_SENT
    return NO_RECEIPT if sheet.receipt and not (letter.received or letter.waived) else ""


def _sheet_lack(sheet: Sheet, case: Case, sop: Sop) -> str:
    draft, printed = case.drafts[sheet.template], case.prints.get(sheet.template)
    if sheet.template in case.signed:
        return ""
    if awaits_ink(sheet, case, sop):
        return NOT_SIGNED
    return "" if printed and printed.version >= draft.version else NOT_PRINTED


def _register(case: Case, sop: Sop) -> Iterator[Item]:
    """Yield what the register must say and does not, and where the folder lies; of a void case nothing is asked."""
    known = case.fields
    if case.state(sop.first) == VOID:
        return
    opening = sop.opening(case.received.channel)
    exempt = (*(opening.exempt if opening else ()), *_FILED)
    blank = [f.label for f in sop.register if f.required and f.name not in exempt and not says(known.get(f.name))]
    if not case.imported:  # an old book says what it says
        yield Item("Isian register", 2, f"{BLANK}: {', '.join(blank)}" if blank else "")
    yield Item("Klasifikasi dan letak", 0, _unfiled(known))


def _unfiled(known: Mapping[str, object]) -> str:
    missing = [label for name, label in _FILED.items() if not says(known.get(name))]
    return f"{NO_PLACE}: {', '.join(missing)}" if missing else ""
