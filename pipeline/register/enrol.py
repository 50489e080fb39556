"""Enrol: a new case gets the next number and its first line. The one door through which cases come into being."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Document, Received
from pipeline.cases.journal import MACHINE
from pipeline.cases.ports import MakeBlob
from pipeline.cases.sop import Sop, in_force
from pipeline.office.ports import Chance, Clock
from pipeline.register.ports import Claim, Numbers
from pipeline.register.register_numbers import RegisterPattern


@dataclass(frozen=True, slots=True)
class EnrolParts:
    """What enrolling needs: the numbers, time, chance, the SOP's editions, the number's pattern, a blob for bytes.

    ``my_turn`` waits until nobody who came before is still to be numbered, or returns at once.
    """

    numbers: Numbers
    clock: Clock
    chance: Chance
    editions: tuple[Sop, ...]
    pattern: RegisterPattern
    blob: MakeBlob
    my_turn: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What becomes a case: its claimed file, filed under ``name``; the rest as in :class:`Received`."""

    claim: Claim
    name: str
    media: str
    pages: int
    channel: str
    codes: tuple[Mapping[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()
    register: Mapping[str, Any] = field(default_factory=dict)
    source: Mapping[str, Any] = field(default_factory=dict)
    suspected: tuple[Mapping[str, Any], ...] = ()
    signatures: int = 0
    person: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The number of these bytes, the claim that brought them first, and whether they had it before."""

    number: CaseNumber
    claim: str
    again: bool


def enrol(newcomer: Newcomer, parts: EnrolParts, by: str = MACHINE) -> Enrolled:
    """Give the newcomer the next number; bytes that have one already keep it.

    Raises:
        Passing: the disk is full or the clock runs behind.
        Changed: the bytes are no longer those that were claimed.
    """
    claim = newcomer.claim
    parts.my_turn()
    with parts.numbers.staged(claim, newcomer.name) as staged, parts.numbers.numbering() as numbering:
        if known := numbering.holder_of(claim.blob.sha256):
            return Enrolled(known.number, known.claim, again=True)
        at = parts.clock.now()
        document = Document(newcomer.name, "surat", 1, staged.sha256, staged.size)
        sop = in_force(parts.editions, at.date())
        case = numbering.take(staged, at, lambda number: _first_line(number, newcomer, document, sop, parts), by)
        return Enrolled(case.number, claim.id, again=False)


def _first_line(number: CaseNumber, newcomer: Newcomer, document: Document, sop: Sop, parts: EnrolParts) -> Received:
    return Received(
        year=number.year,
        serial=number.serial,
        register_number=parts.pattern.write(number),
        sop=sop.key,
        claim=newcomer.claim.id,
        file_name=newcomer.claim.blob.name,
        media=newcomer.media,
        pages=newcomer.pages,
        status_code=parts.chance.code(),
        channel=newcomer.channel,
        documents=(document,),
        codes=newcomer.codes,
        warnings=newcomer.warnings,
        register=newcomer.register,
        source=newcomer.source,
        suspected=newcomer.suspected,
        signatures=(newcomer.name,) if newcomer.signatures else (),
        person=newcomer.person,
    )
