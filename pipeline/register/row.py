"""A case as one row of the Buku Register Aduan: what lists, look-ups and exports show of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.deadlines import current_state, deadlines, ended_at, step_times
from pipeline.cases.duties import state_label
from pipeline.cases.register_words import rights
from pipeline.cases.sop import Sop
from pipeline.office.worktime import Calendar

#: The register's fields that a row carries as plain values.
_PLAIN = (
    "tanggal_surat",
    "nomor_surat",
    "perihal",
    "lembaga_pelapor",
    "tempat_kejadian",
    "kelas_terlapor",
    "cara_penyampaian",
    "nomor_agenda",
    "sifat",
    "klasifikasi",
    "kapasitas",
)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Edition:
    """What rows are made by: the program and the SOP's editions (all rows), the working time (those still running)."""

    program: str = "-"
    calendar: str = "-"


def row(case: Case, sop: Sop, calendar: Calendar) -> dict[str, Any]:
    """Return the row; times are ISO 8601 with the office's offset, unknown values are None."""
    fields = case.fields
    here = current_state(case, sop)
    due = deadlines(case, sop, calendar)
    return {
        "number": str(case.number),
        "year": case.number.year,
        "serial": case.number.serial,
        "register_number": case.received.register_number,
        "received_at": case.received_at.isoformat(),
        "channel": case.received.channel,
        "step": sop.step(here.step).number,
        "state_key": here.key,
        "state": state_label(case, sop),
        "awaits": list(here.awaits),
        "final": here.final,
        "paused": here.paused,
        "due_at": due.step.isoformat() if due.step else None,
        "case_due_at": None if here.final else due.case.isoformat(),
        "confirmed": here.key != sop.first,
        **_course(case, sop, calendar, due.case),
        **{name: value(fields.get(name)) for name in _PLAIN},
        "pelapor": [value(p.get("nama")) for p in fields.get("pelapor") or [] if value(p.get("nama"))],
        "terlapor": [value(t) for t in fields.get("terlapor") or []],
        "korban": [value(k) for k in fields.get("korban") or []],
        "hak": rights(fields) or [value(h) for h in fields.get("hak") or []],
        "kerentanan": [value(k) for k in fields.get("kerentanan") or []],
        "naskah": sorted(case.numbers_given),
        "pages": case.received.pages,
        "documents": len(case.documents),
        "page_codes": sorted(case.page_codes),
        "signature": case.reading.signature if case.reading else "",
        "claim": case.received.claim,
        "sha256": case.original.sha256,
        "handled_by": sorted({made.role for made in case.made}),
        "head": case.head,
    }


def _course(case: Case, sop: Sop, calendar: Calendar, limit: datetime) -> dict[str, Any]:
    """Return when the case ended and whether that was too late, and the same of every step that it has left."""
    closed = ended_at(case, sop)
    return {
        "closed_at": closed.isoformat() if closed else None,
        "closed_late": closed > limit if closed else None,
        "steps": [
            {
                "step": time.step.number,
                "until": time.until.isoformat(),
                "late": time.until > time.due,
                "minutes": int(time.spent / _MINUTE),
            }
            for time in step_times(case, sop, calendar)
            if time.until is not None
        ],
    }


def value(field: Mapping[str, Any] | None) -> Any:
    """Return a field's proposed value, or None."""
    return field.get("nilai") if field else None
