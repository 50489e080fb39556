"""Enrol: a new case gets the next number and its first line. The one door through which cases come into being."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.document import AS_IT_CAME, as_it_came
from pipeline.cases.events import Document, Received
from pipeline.cases.journal import MACHINE
from pipeline.cases.kept_files import MadePages
from pipeline.cases.ports import MakeBlob
from pipeline.cases.public_service import not_in_use
from pipeline.cases.sop import YANKOMAS, Sop, in_force
from pipeline.office.ports import Chance, Clock
from pipeline.register.ports import Claim, Numbers
from pipeline.register.register_numbers import RegisterPattern

_LETTER = "surat"


@dataclass(frozen=True, slots=True)
class EnrolParts:
    """What enrolling needs: the numbers, time, chance, the SOP's editions, the number's pattern, a blob for bytes.

    ``my_turn`` waits until nobody who came before is still to be numbered, or returns at once. ``services`` are the
    office's services besides Yankomas, by name.
    """

    numbers: Numbers
    clock: Clock
    chance: Chance
    editions: tuple[Sop, ...]
    pattern: RegisterPattern
    blob: MakeBlob
    my_turn: Callable[[], None] = lambda: None
    services: Mapping[str, ServiceLine] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """By what cases of another service are registered: the series of their numbers, the editions of its SOP."""

    series: str
    editions: tuple[Sop, ...]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What becomes a case: its claimed file, filed under ``name``; the rest as in :class:`Received`.

    ``pages_made`` are the pages of a file that is no scan: they are filed under ``name``, and the file, as it came,
    beside them. ``service`` is the one for which it came (empty: Yankomas); ``out_of`` the case of another service
    whose bytes these are, too: what it becomes has a number of its own.
    """

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
    pages_made: MadePages | None = None
    person: Mapping[str, Any] = field(default_factory=dict)
    service: str = ""
    out_of: CaseNumber | None = None


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
        NotFound: the office has no such service in use.
    """
    line = line_of(newcomer.service, parts)
    claim, made, name = newcomer.claim, newcomer.pages_made, newcomer.name
    filed_as = as_it_came(name, made.extension) if made else name
    parts.my_turn()
    with (
        parts.numbers.staged(claim, filed_as, {name: made.pages} if made else {}) as staged,
        parts.numbers.numbering() as numbering,
    ):
        # The same bytes may be sent to two services, or become a case of another: what counts is one of the service.
        if known := numbering.holder_of(claim.blob.sha256, line.series):
            return Enrolled(known.number, known.claim, again=True)
        at = parts.clock.now()
        came = Document(filed_as, AS_IT_CAME if made else _LETTER, 1, staged.sha256, staged.size)
        documents = (Document(name, _LETTER, 1, made.pages.sha256, made.pages.size), came) if made else (came,)
        sop = in_force(line.editions, at.date())
        event = partial(_first_line, newcomer=newcomer, documents=documents, sop=sop, at=at, parts=parts)
        case = numbering.take(staged, at, event, by, line.series)
        return Enrolled(case.number, claim.id, again=False)


def line_of(service: str, parts: EnrolParts) -> ServiceLine:
    """Return by what cases of a service are registered; that of Yankomas has no name.

    Raises:
        NotFound: the office has no such service in use.
    """
    if not service or service == YANKOMAS:
        return ServiceLine("", parts.editions)
    if line := parts.services.get(service):
        return line
    raise not_in_use(service, sorted(parts.services))


def _first_line(
    number: CaseNumber,
    newcomer: Newcomer,
    documents: tuple[Document, ...],
    sop: Sop,
    at: datetime,
    parts: EnrolParts,
) -> Received:
    return Received(
        year=number.year,
        serial=number.serial,
        register_number=parts.pattern.on(at.date()).write(number),
        sop=sop.key,
        claim=newcomer.claim.id,
        file_name=newcomer.claim.blob.name,
        media=newcomer.media,
        pages=newcomer.pages,
        status_code=parts.chance.code(),
        channel=newcomer.channel,
        documents=documents,
        codes=newcomer.codes,
        warnings=newcomer.warnings,
        register=newcomer.register,
        source=newcomer.source,
        suspected=newcomer.suspected,
        signatures=(newcomer.name,) if newcomer.signatures else (),
        person=newcomer.person,
        series=number.series,
        deliveries=tuple(one.as_data() for one in newcomer.claim.deliveries),
    )
