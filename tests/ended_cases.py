"""An office with cases that have ended, for what archivists do with them."""

from __future__ import annotations

from offices import FakeOffice

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.records.retention import shipped_schedule, typed_row
from pipeline.records.schedule_versions import set_schedule

ARCHIVIST = Actor("arsiparis", "ita")
HEAD_OF_FIELD = Actor("kabid", "budi")
HEAD_OF_OFFICE = Actor("kakanwil", "rina")
_TOLD = {"perihal": "Tanah adat", "pelapor": "Siti Rekaan", "terlapor": "PT Contoh"}


def running(office: FakeOffice, **typed: str) -> CaseNumber:
    """Open a complaint that was told at the counter; the same words again would be the same complaint."""
    told = f"Kebun digusur, pengaduan ke-{len(office.root.cabinet.numbers()) + 1}."
    return office.open("lisan", {**_TOLD, "uraian": told, **typed})


def ended(office: FakeOffice, **typed: str) -> CaseNumber:
    """Open a complaint that was told at the counter, have it withdrawn, and return its number."""
    number = running(office, **typed)
    office.decide(number, "cabut", "tim-yankomas", {"sebab": "dianggap mencabut", "alasan": "x"})
    return number


def let_all_fall_due(office: FakeOffice) -> None:
    """Keep a schedule by which complaints are kept for no year: so what ended today is due today."""
    rows = [
        "* | Pengaduan | selesai | 0 | 0 | musnah",
        *(typed_row(r) for r in shipped_schedule().rows if r.code != "*"),
    ]
    typed = {"berlaku": office.clock.now().date().isoformat(), "baris": rows}
    set_schedule(typed, by=ARCHIVIST, rows=[], parts=office.root.record_parts)
