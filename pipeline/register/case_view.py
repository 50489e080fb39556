"""What front ends show of a case, as plain data. The shape is a public contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from types import MappingProxyType
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.deadlines import current_state, current_step, deadlines
from pipeline.cases.duties import state_label
from pipeline.cases.events import Attached
from pipeline.cases.journal import Entry
from pipeline.cases.nik_check import doubtful_niks
from pipeline.cases.register_words import register_words
from pipeline.cases.sop import Sop
from pipeline.office.wording import long_date
from pipeline.office.worktime import Calendar
from pipeline.register.resembling import Resembling

_LABELS = {
    "tanggal_surat": "Tanggal surat",
    "nomor_surat": "Nomor surat",
    "perihal": "Perihal",
    "pelapor": "Pelapor",
    "lembaga_pelapor": "Lembaga",
    "terlapor": "Terlapor",
    "kuasa": "Kuasa",
    "tempat_kejadian": "Tempat kejadian",
    "waktu_kejadian": "Waktu kejadian",
    "permintaan": "Dimohon",
    "hak": "Hak",
    "tujuan": "Tujuan",
    "tembusan": "Tembusan",
    "lampiran": "Lampiran",
    "ringkasan": "Ringkasan",
}


def case_view(case: Case, sop: Sop, calendar: Calendar, alike: Sequence[Resembling], folder: str) -> dict[str, Any]:
    """Return a case as ``case --json`` shows it; ``alike`` are the letters that who asks may know to resemble it."""
    step = current_step(case, sop)
    due = deadlines(case, sop, calendar)
    return {
        "number": str(case.number),
        "register_number": case.received.register_number,
        "received_at": case.received_at.isoformat(),
        "step": step.number,
        "activity": step.activity,
        "state": state_label(case, sop),
        "due_at": due.step.isoformat() if due.step else None,
        "case_due_at": due.case.isoformat(),
        "sop": sop.number,
        "status_code": case.received.status_code,
        "state_key": current_state(case, sop).key,
        "awaits": list(current_state(case, sop).awaits),
        "naskah": dict(case.numbers),
        "linked": [asdict(link) for link in case.links],
        "given_up": dict(case.given_up),
        "warnings": [*_warnings(case), *map(str, alike)],
        "resembling": [{**asdict(found), "same": list(found.same)} for found in alike],
        "attachments": [_attachment(a) for a in case.attachments],
        "suspected": [dict(page) for page in case.suspected],
        "cited": [dict(found) for found in case.reading.cited] if case.reading else [],
        "fields": dict(case.fields),
        "documents": [asdict(d) for d in case.documents],
        "events": [_event(entry) for entry in case.entries],
        "folder": folder,
    }


def _warnings(case: Case) -> list[str]:
    """Return what the clerk should know of the scan and its reading, as sentences."""
    read = case.reading
    return [
        *case.received.warnings,
        *(read.warnings if read else ()),
        *(_suspicion(page) for page in case.suspected),
        *(
            f"Surat ini menyebut perkara {c['number']} (halaman {c['page']}: {c['teks']}); mungkin surat susulan."
            for c in (read.cited if read else ())
        ),
        *(f"{a.documents[0].name}: {warning}" for a in case.attachments for warning in a.warnings),
        *doubtful_niks(case.fields),
    ]


def _suspicion(page: Mapping[str, Any]) -> str:
    """Return why another letter may begin on a page, and the move that would make it a case."""
    move = f"gerak pisahkan, halaman={page['page']}"
    return f"Halaman {page['page']}: {page['reason']}. Bila memang surat lain: {move}."


def _attachment(attached: Attached) -> dict[str, Any]:
    return {
        "document": attached.documents[0].name,
        "how": attached.how,
        "file_name": attached.file_name,
        "pages": attached.pages,
        "source": dict(attached.source),
    }


def _event(entry: Entry) -> dict[str, Any]:
    """Return a line of the journal as lists show it; ``what`` says which move, sheet or duty it is about."""
    data = entry.data
    what = data.get("move") or data.get("template") or data.get("duty") or data.get("other") or ""
    if entry.kind == Attached.kind:
        what = data["documents"][0]["name"]
    return {"seq": entry.seq, "at": entry.at.isoformat(), "by": entry.by, "kind": entry.kind, "what": what}


def readable(view: dict[str, Any], further: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the fields of a reading or a case as lines for people.

    ``further`` are the labels of fields that are told only where they say something.
    """
    lines = []
    for letter in view["letters"]:
        for name, label in (dict(further) | _LABELS).items():
            told = _TOLD.get(name, _words)(letter["fields"].get(name))
            if told or name in _LABELS:
                lines.append(f"{label:<16} {told or '-'}")
    return "\n".join(lines)


def _rights(value: Any) -> str:
    """Return rights by name; those that nobody chose yet with the letter's words that suggest them."""
    found = value if isinstance(value, list) else []
    return "; ".join(str(r["nilai"]) if r["nilai"] == r["teks"] else _suggested(r) for r in found)


def _suggested(right: Mapping[str, Any]) -> str:
    known = register_words().right(right["nilai"])
    return f"{known.name if known else right['nilai']} (saran: {right['teks']})"


def _day(value: Any) -> str:
    """Return a day in words; what is no whole date as it was written."""
    words = _words(value)
    try:
        return long_date(date.fromisoformat(words))
    except ValueError:
        return words


#: How fields are told that are not simply their words.
_TOLD: Mapping[str, Callable[[Any], str]] = {"hak": _rights, "tanggal_surat": _day}


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(w for w in map(_words, value) if w)
    if not isinstance(value, dict):
        return ""
    if "nilai" in value:
        return str(value["nilai"])
    return _words(value.get("nama"))
