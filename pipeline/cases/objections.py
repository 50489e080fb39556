"""What is said of a scan that was filed as the signed letter: disputed, confirmed, withdrawn.

These are no moves of the SOP: they hold in every edition and in every state of a case, also of one that has ended. The
file stays; the letter is unsigned again until the dispute is settled, or for good.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.cases.actor import Actor, holder
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.decide_parts import DecideParts
from pipeline.cases.events import Confirmed, Disputed, Withdrawn
from pipeline.cases.signed_files import SignedFile
from pipeline.cases.sop import Sop, title_of
from pipeline.errors import Incomplete, NotAllowed
from pipeline.office.wording import shows, unprintable


@dataclass(frozen=True, slots=True)
class Objecting:
    """One of the things that may be said: its key in addresses and commands, its label, its event."""

    key: str
    label: str
    event: type[Disputed | Confirmed | Withdrawn]


DISPUTE = Objecting("sanggah", "Sanggah tanda tangan", Disputed)
CONFIRM = Objecting("kukuhkan", "Kukuhkan tanda tangan", Confirmed)
WITHDRAW = Objecting("tarik", "Tarik berkas bertanda tangan", Withdrawn)
ALL = {what.key: what for what in (DISPUTE, CONFIRM, WITHDRAW)}


def object_to(number: CaseNumber, name: str, what: Objecting, reason: str, *, by: Actor, parts: DecideParts) -> Case:
    """Say something of a signed file, named by its document, or by its letter (the newest file of it). Return the case.

    Raises:
        NotAllowed: there is no such file, it was withdrawn, it is disputed already or is not, or this role has no say.
        Incomplete: no reason is given, or one that no sheet can hold.
    """
    if wrong := (unprintable(reason) if shows(reason) else "wajib diisi"):
        said = f"{what.label} perlu alasan: {wrong}."
        raise Incomplete(said, "Tulis alasannya.", {"alasan": ("Alasan", wrong)})
    with parts.cabinet.held(number) as folder:
        case, sop, at = folder.case, parts.sop(folder.case), parts.clock.now()
        signed = _named(case, name)
        _check(signed, what, by.role, sop)
        holder(by, at, parts.office)
        event = what.event(signed.documents[0], signed.template, signed.version, reason.strip(), by.login)
        return folder.append(event, {}, by=by.role, at=at)


def possible(signed: SignedFile, role: str, sop: Sop) -> tuple[Objecting, ...]:
    """Return what somebody in that role may say of a file now."""
    if signed.withdrawn or role not in _speakers(signed, sop):
        return ()
    own = (CONFIRM if signed.disputed else DISPUTE,) if role in _signers(signed, sop) else ()
    return (*own, WITHDRAW)


def _named(case: Case, name: str) -> SignedFile:
    found = [s for s in case.signatures if name in (s.template, *s.documents)]
    if not found:
        raise NotAllowed(
            f"Perkara {case.number} tidak menyimpan berkas bertanda tangan {name!r}.",
            "Sebut naskahnya (misalnya 04-nota-telaahan) atau nama berkasnya.",
        )
    return next((s for s in reversed(found) if not s.withdrawn), found[-1])


def _check(signed: SignedFile, what: Objecting, role: str, sop: Sop) -> None:
    title = title_of(signed.template)
    if signed.withdrawn:
        raise NotAllowed(f"Berkas {signed.documents[0]} sudah ditarik.", "Sertakan pindaian yang benar.")
    if what is DISPUTE and signed.disputed:
        raise NotAllowed(f"Tanda tangan pada {title} sudah disanggah.", "Kukuhkan, atau tarik berkasnya.")
    if what is CONFIRM and not signed.disputed:
        raise NotAllowed(f"Tanda tangan pada {title} tidak disanggah.", "Tidak ada yang perlu dikukuhkan.")
    if what not in possible(signed, role, sop):
        may = _speakers(signed, sop) if what is WITHDRAW else _signers(signed, sop)
        raise NotAllowed(
            f"Peran {role!r} tidak berwenang: {what.label.lower()} {title}.", f"Yang berwenang: {', '.join(may)}."
        )


def _signers(signed: SignedFile, sop: Sop) -> tuple[str, ...]:
    """Return who signs a sheet; for one that nobody signs, on which officials only write, the head of all speaks."""
    return sop.sheet(signed.template).signers or (sop.head,)


def _speakers(signed: SignedFile, sop: Sop) -> tuple[str, ...]:
    """Return who may withdraw a file: those who sign, and those who may have filed it wrongly."""
    return tuple(dict.fromkeys((*_signers(signed, sop), *sop.clerks)))
