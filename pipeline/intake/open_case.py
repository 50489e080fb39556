"""Open: a case begins without a scan - told at the counter, opened from the news, written down by hand.

How it may begin is the SOP's to say (``[[pembukaan]]``); of another service than Yankomas that is named with it, as its
roles are: ``surat-masuk.tanpa-pindaian``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipeline.cases.actor import Actor, holder
from pipeline.cases.answers import answers
from pipeline.cases.duties import TYPED
from pipeline.cases.key_labels import PERSON_LABELS, role_name
from pipeline.cases.separation import acting_person
from pipeline.cases.sop import YANKOMAS, Sop, in_force
from pipeline.cases.sop_rows import Opening
from pipeline.errors import NotAllowed
from pipeline.intake.outcomes import Accepted
from pipeline.office.office import Office
from pipeline.office.roles import OfficeRoles
from pipeline.office.wording import cells_apart
from pipeline.register.enrol import EnrolParts, Newcomer, enrol, line_of
from pipeline.register.ports import Claim

_NOTE = "01-catatan.txt"


@dataclass(frozen=True, slots=True)
class OpenParts:
    """What opening needs: what enrols, and this office."""

    enrolling: EnrolParts
    office: Office


def way_of(service: str, channel: str) -> str:
    """Return how addresses and commands call an opening: ``lisan``, of another service ``surat-masuk.dicatat``."""
    return channel if service == YANKOMAS else f"{service}.{channel}"


def read_way(way: str) -> tuple[str, str]:
    """Return the service (empty: Yankomas) and the opening's key that such a word names."""
    service, _, channel = way.rpartition(".")
    return service, channel


def open_case(way: str, typed: Mapping[str, Any], *, by: Actor, parts: OpenParts) -> Accepted:
    """Give what was told the next number; its fields stand in the case's first line, so that no crash parts them.

    ``way`` is as :func:`way_of` writes it. The same told again by the same person is the same case.

    Raises:
        NotFound: the office has no such service in use.
        NotAllowed: the SOP knows no such opening, or not for this role, or nobody holds the role today.
        Incomplete: what must be told is missing or cannot be understood; names every field.
        Passing: the disk is full or the clock runs behind.
    """
    enrolling, (service, channel) = parts.enrolling, read_way(way)
    at = enrolling.clock.now()
    sop = in_force(line_of(service, enrolling).editions, at.date())
    opening = opening_for(sop, channel, by.role)
    register = opened_with(sop, opening, typed, at)
    text = note(sop, opening, register, _writer(by, holder(by, at, parts.office), parts.office.roles))
    blob = enrolling.blob(_NOTE, text.encode())
    claim = Claim(f"{way}-{blob.sha256[:16]}", blob)
    person = acting_person(by)
    newcomer = Newcomer(claim, _NOTE, TYPED, 0, channel, register=register, person=person, service=service)
    enrolled = enrol(newcomer, enrolling, by.role)
    return Accepted(enrolled.number, enrolled.again)


def _writer(by: Actor, held: Mapping[str, str], of: OfficeRoles) -> str:
    who, role = ", ".join(part for part in (held.get("jabatan"), held.get("nama")) if part), role_name(by.role, of)
    return f"{who} ({role}), login {by.login}" if who else f"{role}, login {by.login}"


def opening_for(sop: Sop, channel: str, role: str) -> Opening:
    """Return how a case of that channel is opened, for that role.

    Raises:
        NotAllowed: this edition knows no such opening, or not for this role; says which there are, and for whom.
    """
    there = "; ".join(f"{o.channel} ({', '.join(o.roles)})" for o in sop.openings) or "tidak ada"
    opening = sop.opening(channel)
    if opening is None:
        raise NotAllowed(f"SOP {sop.key} tidak mengenal pembukaan {channel!r}.", f"Yang ada: {there}.")
    if role not in opening.roles:
        raise NotAllowed(f"Peran {role!r} tidak berwenang membuka perkara {channel}.", f"Yang berwenang: {there}.")
    return opening


def opened_with(sop: Sop, opening: Opening, typed: Mapping[str, Any], now: datetime | None = None) -> dict[str, Any]:
    """Return the register's fields as told. ``now`` is the office's time: what has happened cannot be later.

    Raises:
        Incomplete: what must be told is missing, or something cannot be understood; names every field.
    """
    form = tuple(replace(f, required=f.name in opening.required) for f in sop.register)
    return answers(form, {**opening.preset, **typed}, f"Formulir {opening.label!r}", now)


def note(sop: Sop, opening: Opening, register: Mapping[str, Any], by: str) -> str:
    """Return the text that is kept as the case's original: what was told, in the register's order, and who wrote it.

    It holds no moment: written twice, it is the same text, and so the same case. That of another service is named, so
    that the same words told to two services are two cases.
    """
    head = opening.label if sop.service == YANKOMAS else f"{opening.label} ({sop.title}, {sop.service})"
    told = (line for f in sop.register if f.name in register for line in _told(f.label, register[f.name]))
    return "\n".join([head, f"Dicatat oleh: {by}", "", *told, ""])


def _told(label: str, value: Any) -> Iterator[str]:
    if isinstance(value, list):
        yield f"{label}:"
        for item in value:
            yield f"  - {_entry(item)}"
    elif "\n" in str(value):
        yield f"{label}:"
        yield from (f"  {line}" for line in str(value).split("\n"))
    else:
        yield f"{label}: {value}"


def _entry(item: Any) -> str:
    """Return a person by their details, or a row by its columns."""
    if isinstance(item, Mapping):
        return "; ".join(f"{PERSON_LABELS.get(key, key)}: {text}" for key, text in item.items())
    return cells_apart(str(item))
