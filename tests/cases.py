"""Cases for tests: journals written as the archive writes them; each factory names only what its test is about."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from fakes import MORNING

from pipeline.domain.case import Case, fold
from pipeline.domain.events import Document, Drafted, Event, Failed, Printed, Received, Recognised, Retried, as_data
from pipeline.domain.journal import GENESIS, Entry, write_line


def document(name: str, content: bytes = b"isi", **values: Any) -> Document:
    """A document of these bytes."""
    known = {"kind": "surat", "step": 1, **values}
    return Document(name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content), **known)


def received(**values: Any) -> Received:
    """A letter that came in as 2026/0007."""
    usual = {
        "year": 2026,
        "serial": 7,
        "register_number": "0007/YANKOMAS/2026",
        "sop": "2024-05-06",
        "claim": "klaim",
        "file_name": "scan.pdf",
        "media": "application/pdf",
        "pages": 1,
        "status_code": "AAAA-BBBB-CCCC",
        "channel": "pindaian",
        "documents": (document("01-surat.pdf"),),
    }
    return Received(**{**usual, **values})


def recognised(fields: dict[str, Any] | None = None, **values: Any) -> Recognised:
    """The letter was read."""
    usual = {"engine": "palsu 1", "documents": (document("02-teks.txt", kind="teks", step=2),)}
    return Recognised(fields or {}, **{**usual, **values})


def drafted(template: str, version: int = 1, trigger: int = 2) -> Drafted:
    """A sheet was drafted."""
    docx = document(f"{template}-v{version}.docx", kind=template, version=version)
    return Drafted(template, version, "0" * 64, "0" * 64, "", trigger, (docx,))


def printed(template: str, version: int = 1) -> Printed:
    """A sheet was printed."""
    pdf = document(f"{template}-v{version}.pdf", kind=template, version=version)
    return Printed(template, version, f"{template}-v{version}.docx", (pdf,))


def failed(duty: str, reason: str = "Mesin mati.") -> Failed:
    """The machine gave a duty up."""
    return Failed(duty, reason, 3)


def retried(duty: str) -> Retried:
    """A person asked for another try."""
    return Retried(duty)


def lines(*events: Event, at: datetime = MORNING) -> tuple[bytes, tuple[Entry, ...]]:
    """Write the events a minute apart; return the journal's bytes and its entries."""
    text, entries, prev = b"", (), GENESIS
    for seq, event in enumerate(events, start=1):
        moment = at + timedelta(minutes=seq - 1)
        line, entry = write_line(seq, moment, "sistem", event.kind, as_data(event), prev)
        text, entries, prev = text + line, (*entries, entry), entry.hash
    return text, entries


def case_of(*events: Event, at: datetime = MORNING) -> Case:
    """The case of a letter that was received, to which these things then happened."""
    return fold(lines(received(), *events, at=at)[1])
