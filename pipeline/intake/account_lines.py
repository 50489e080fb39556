"""The lines of the inbox account as they are written down: JSON, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.deliveries import Delivery
from pipeline.errors import UsageFault
from pipeline.intake.account import AccountPart, Delivered, GoneBack, Line, PutAway, Settled, State, Taken

_KINDS: Mapping[str, type[Line]] = {
    "diambil": Taken,
    "selesai": Settled,
    "kembali": GoneBack,
    "ditangani": PutAway,
    "dikirim": Delivered,
}


def write_line(line: Line) -> bytes:
    """Return a line as JSON, with its newline."""
    kind = next(name for name, cls in _KINDS.items() if isinstance(line, cls))
    values = {k: v for k, v in asdict(line).items() if k != "parts"}
    taken = values if isinstance(line, Taken) else values.get("taken", {})
    if not taken.get("folder", True):  # earlier versions know none, and read lines without one
        del taken["folder"]
    if isinstance(line, Settled):
        values["parts"] = [{k: v for k, v in asdict(part).items() if v} for part in line.parts]
    text = json.dumps({"kind": kind, **values}, ensure_ascii=False, default=datetime.isoformat)
    return text.encode() + b"\n"


def read_line(text: bytes) -> Line | None:
    """Return the line, or None for one that a power cut left torn."""
    try:
        values = json.loads(text)
        kind = values.pop("kind")
        if kind == "selesai":
            parts = tuple(AccountPart(**{**part, "state": State(part["state"])}) for part in values["parts"])
            return Settled(_taken(values["taken"]), parts, datetime.fromisoformat(values["at"]))
        if kind == "dikirim":
            delivery = values.pop("delivery")
            return Delivered(**values, delivery=Delivery(**{**delivery, "at": datetime.fromisoformat(delivery["at"])}))
        if kind == "ditangani":
            return PutAway(values["file"], datetime.fromisoformat(values["at"]), values["by"])
        return _taken(values) if kind == "diambil" else GoneBack(values["claim"], datetime.fromisoformat(values["at"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def given_numbers(text: bytes) -> Iterator[tuple[CaseNumber, str]]:
    """Yield the numbers that a line says were given, each with the claim of the file."""
    if b'"registered"' not in text:  # nine lines of ten are not worth reading
        return
    if not isinstance(line := read_line(text), Settled):
        return
    for part in line.parts:
        if part.state is State.REGISTERED:
            with suppress(UsageFault):
                yield read_number(part.number), line.taken.claim


def _taken(values: dict[str, Any]) -> Taken:
    return Taken(**{**values, "at": datetime.fromisoformat(values["at"])})
