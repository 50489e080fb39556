"""An office with cases that have ended, for what archivists do with them."""

from __future__ import annotations

from offices import FakeOffice

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber

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
