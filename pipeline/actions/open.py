"""Open: a case begins without a letter - told at the counter, or opened by the office from the news."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.actions.decide import Actor, holder
from pipeline.actions.ports import Blob, Cabinet, Chance, Claim, Clock
from pipeline.actions.receive import Accepted
from pipeline.domain.duties import TYPED
from pipeline.domain.events import Document, Received
from pipeline.domain.numbering import CaseNumber, RegisterPattern
from pipeline.domain.office import Office
from pipeline.domain.opening import note, opened_with, opening_for
from pipeline.domain.sop import Sop, in_force

_NOTE = "01-catatan.txt"


@dataclass(frozen=True, slots=True)
class Counter:
    """What opening needs: cabinet, time, chance, editions, the number's pattern, this office, a blob for a text."""

    cabinet: Cabinet
    clock: Clock
    chance: Chance
    editions: tuple[Sop, ...]
    pattern: RegisterPattern
    office: Office
    blob: Callable[[str, bytes], Blob]


def open_case(channel: str, typed: Mapping[str, Any], *, by: Actor, counter: Counter) -> Accepted:
    """Give what was told the next number; its fields stand in the case's first line, so that no crash parts them.

    The same told again by the same person is the same case.

    Raises:
        NotAllowed: the SOP knows no such opening, or not for this role, or nobody holds the role today.
        Incomplete: what must be told is missing or cannot be understood; names every field.
        Passing: the disk is full or the clock runs behind.
    """
    at = counter.clock.now()
    sop = in_force(counter.editions, at.date())
    opening = opening_for(sop, channel, by.role)
    register = opened_with(sop, opening, typed)
    text = note(sop, opening, register, _writer(by, holder(by.role, at, counter.office)))
    blob = counter.blob(_NOTE, text.encode())
    claim = Claim(f"{channel}-{blob.sha256[:16]}", blob)

    def received(number: CaseNumber) -> Received:
        return Received(
            year=number.year,
            serial=number.serial,
            register_number=counter.pattern.write(number),
            sop=sop.key,
            claim=claim.id,
            file_name=_NOTE,
            media=TYPED,
            pages=0,
            status_code=counter.chance.code(),
            channel=channel,
            documents=(Document(_NOTE, "surat", 1, blob.sha256, blob.size),),
            register=register,
        )

    with counter.cabinet.staged(claim, _NOTE) as staged, counter.cabinet.numbering() as numbering:
        if known := numbering.holder_of(blob.sha256):
            return Accepted(known.number, again=True)
        return Accepted(numbering.take(staged, at, received, by.role).number)


def _writer(by: Actor, held: Mapping[str, str]) -> str:
    who = ", ".join(part for part in (held.get("jabatan"), held.get("nama")) if part)
    return f"{who} ({by.role}), login {by.login}" if who else f"{by.role}, login {by.login}"
