"""Opening a case without a letter: who may, what must be told, and the note that stands for the letter. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pipeline.cases.forms import answers
from pipeline.cases.sop import Opening, Sop
from pipeline.errors import NotAllowed


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

    It holds no moment: written twice, it is the same text, and so the same case.
    """
    told = (line for f in sop.register if f.name in register for line in _told(f.label, register[f.name]))
    return "\n".join([opening.label, f"Dicatat oleh: {by}", "", *told, ""])


def _told(label: str, value: Any) -> Iterator[str]:
    if isinstance(value, list):
        yield f"{label}:"
        for item in value:
            yield f"  - {'; '.join(f'{k}: {v}' for k, v in item.items()) if isinstance(item, Mapping) else item}"
    elif "\n" in str(value):
        yield f"{label}:"
        yield from (f"  {line}" for line in str(value).split("\n"))
    else:
        yield f"{label}: {value}"
