"""Receive: a file has come to rest in the inbox and was claimed. Prove it, route it, and only then number it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.actions.decide import Chamber
from pipeline.actions.ports import (
    Cabinet,
    Chance,
    Claim,
    Clock,
    Inspection,
    Numbering,
    PageCodes,
    Reader,
    Staged,
)
from pipeline.actions.take_back import TakenBack, take_back
from pipeline.domain.events import Document, Received
from pipeline.domain.numbering import CaseNumber, RegisterPattern
from pipeline.domain.routing import Mark, Puzzle, origin_of
from pipeline.domain.sop import Sop, in_force
from pipeline.errors import Refused

CHANNEL = "pindaian"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The letter has this number; the claimed file may go. ``again`` if it had it before a crash already."""

    number: CaseNumber
    again: bool = False


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The bytes are those of the letter that has this number."""

    number: CaseNumber


@dataclass(frozen=True, slots=True)
class SetAside:
    """The file is not taken in, for this reason."""

    reason: Refused


@dataclass(frozen=True, slots=True)
class Added:
    """The pages lie with this case now, as an attachment of this name. ``again`` if they did before a crash already."""

    number: CaseNumber
    document: str
    again: bool = False


Fate = Accepted | Added | TakenBack | Duplicate | SetAside


@dataclass(frozen=True, slots=True)
class Part:
    """What became of some pages (from 1, ascending) of a file that held several things."""

    pages: tuple[int, ...]
    fate: Fate


@dataclass(frozen=True, slots=True)
class Parted:
    """What became of a file that held several things; no page is missing: parts, separators and blanks make the file.

    The claimed file may go once no part is set aside. If one is, the whole file is set aside as it came; the parts
    that found their place are known again by their bytes when it is dropped once more.
    """

    parts: tuple[Part, ...]
    separators: tuple[int, ...] = ()
    blanks: tuple[int, ...] = ()


Outcome = Fate | Parted


@dataclass(frozen=True, slots=True)
class Desk:
    """What receiving needs: cabinet, reader, time, chance, the SOP's editions, the number's pattern, page codes.

    ``chamber`` is for the move that is made when a signed sheet comes back.
    """

    cabinet: Cabinet
    reader: Reader
    clock: Clock
    chance: Chance
    editions: tuple[Sop, ...]
    pattern: RegisterPattern
    page_codes: PageCodes
    chamber: Chamber


def receive(claim: Claim, desk: Desk) -> Outcome:
    """Take a claimed file in: a new case with the next number, a signed sheet to its case, or aside.

    Doing it again for the same claim gives the same number.

    Raises:
        Passing: the disk is full or the clock runs behind; the claim stays and is tried again.
        EngineFault: the file could not be looked into.
    """
    with desk.cabinet.numbering() as numbering:
        if known := _known(numbering, claim):
            return known
    try:
        inspection = desk.reader.inspect(claim.blob)
    except Refused as reason:
        return SetAside(reason)
    if marks := _marks(inspection, desk):
        return _signed(claim, inspection, marks, desk)
    name = f"01-surat.{inspection.extension}"
    with desk.cabinet.staged(claim, name) as staged, desk.cabinet.numbering() as numbering:
        return _known(numbering, claim) or _register(claim, inspection, staged, name, numbering, desk)


def _marks(inspection: Inspection, desk: Desk) -> tuple[Mark, ...]:
    return tuple(mark for code in inspection.codes if (mark := desk.page_codes.mark(code)))


def _signed(claim: Claim, inspection: Inspection, marks: tuple[Mark, ...], desk: Desk) -> TakenBack | SetAside:
    """Bring a sheet that came back to its case, or tell a person exactly what was found; it never gets a number."""
    origin = origin_of(marks, inspection.pages, desk.page_codes.origin)
    if isinstance(origin, Puzzle):
        return SetAside(Refused("kembali", origin.fact, origin.remedy))
    try:
        return take_back(claim, origin, inspection.extension, desk.chamber)
    except Refused as reason:
        return SetAside(reason)


def _known(numbering: Numbering, claim: Claim) -> Outcome | None:
    first = numbering.holder_of(claim.blob.sha256)
    if first is None:
        return None
    return Accepted(first.number, again=True) if first.claim == claim.id else Duplicate(first.number)


def _register(
    claim: Claim, inspection: Inspection, staged: Staged, name: str, numbering: Numbering, desk: Desk
) -> Accepted:
    at = desk.clock.now()
    sop = in_force(desk.editions, at.date())

    def received(number: CaseNumber) -> Received:
        return Received(
            year=number.year,
            serial=number.serial,
            register_number=desk.pattern.write(number),
            sop=sop.key,
            claim=claim.id,
            file_name=claim.blob.name,
            media=inspection.media,
            pages=inspection.pages,
            status_code=desk.chance.code(),
            channel=CHANNEL,
            documents=(Document(name, "surat", 1, staged.sha256, staged.size),),
            codes=tuple({"page": c.page, "kind": c.kind, "text": c.text} for c in inspection.codes),
            warnings=inspection.warnings,
        )

    return Accepted(numbering.take(staged, at, received).number)
