"""Open: a case begins without a letter - told at the counter, or opened by the office from the news."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.cases.decide import Actor, holder
from pipeline.cases.duties import TYPED
from pipeline.cases.sop import in_force
from pipeline.intake.opening import note, opened_with, opening_for
from pipeline.intake.outcomes import Accepted
from pipeline.office.office import Office
from pipeline.register.enrol import Door, Newcomer, enrol
from pipeline.register.ports import Claim

_NOTE = "01-catatan.txt"


@dataclass(frozen=True, slots=True)
class OpenParts:
    """What opening needs: the door to numbers, and this office."""

    door: Door
    office: Office


def open_case(channel: str, typed: Mapping[str, Any], *, by: Actor, parts: OpenParts) -> Accepted:
    """Give what was told the next number; its fields stand in the case's first line, so that no crash parts them.

    The same told again by the same person is the same case.

    Raises:
        NotAllowed: the SOP knows no such opening, or not for this role, or nobody holds the role today.
        Incomplete: what must be told is missing or cannot be understood; names every field.
        Passing: the disk is full or the clock runs behind.
    """
    door = parts.door
    at = door.clock.now()
    sop = in_force(door.editions, at.date())
    opening = opening_for(sop, channel, by.role)
    register = opened_with(sop, opening, typed, at)
    text = note(sop, opening, register, _writer(by, holder(by.role, at, parts.office)))
    blob = door.blob(_NOTE, text.encode())
    claim = Claim(f"{channel}-{blob.sha256[:16]}", blob)
    enrolled = enrol(Newcomer(claim, _NOTE, TYPED, 0, channel, register=register), door, by.role)
    return Accepted(enrolled.number, enrolled.again)


def _writer(by: Actor, held: Mapping[str, str]) -> str:
    who = ", ".join(part for part in (held.get("jabatan"), held.get("nama")) if part)
    return f"{who} ({by.role}), login {by.login}" if who else f"{by.role}, login {by.login}"
