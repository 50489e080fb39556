"""An office with cases that have ended, for what archivists do with them."""

from __future__ import annotations

from datetime import timedelta

from offices import FakeOffice

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.record_standing import RecordStanding
from pipeline.records.acting import act_on, standing_of
from pipeline.records.list_steps import begin, go_on
from pipeline.records.ports import RecordParts
from pipeline.records.record_list import RecordList
from pipeline.records.retention import shipped_schedule, typed_row
from pipeline.records.schedule_versions import set_schedule

ARCHIVIST = Actor("arsiparis", "ita")
HEAD_OF_FIELD = Actor("kabid", "budi")
HEAD_OF_OFFICE = Actor("kakanwil", "rina")
ASSESSED = {"panitia": ["Ita Contoh | arsiparis"], "pertimbangan": "Tidak bernilai guna lagi"}
DONE = {"berita_acara": "BA-1/2026", "cara": "dicacah", "saksi": ["Budi Contoh | kabid"]}
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


def standing(office: FakeOffice, number: CaseNumber) -> RecordStanding:
    """Return where a case stands as a record now."""
    case = office.root.cabinet.case(number)
    return standing_of(case, office.root.sop_of(case), office.clock.now())


def loan(office: FakeOffice, days: int = 7, **typed: str) -> dict[str, str]:
    """Return what is typed when a folder is lent to Eko for so many days."""
    due = (office.clock.now() + timedelta(days=days)).date().isoformat()
    usual = {"peminjam": "Eko Contoh", "peran_peminjam": "kabid", "unit_peminjam": "Bidang HAM"}
    usual |= {"keperluan": "Audiensi", "kembali_paling_lambat": due, "kondisi_keluar": "baik"}
    return {**usual, **typed}


def close_folder(office: FakeOffice, number: CaseNumber) -> None:
    """Have a folder closed although something is missing in it."""
    parts = office.root.record_parts
    act_on(number, "tutup-map", {"alasan": "Formulirnya tidak pernah kembali"}, by=ARCHIVIST, parts=parts)


def lend(office: FakeOffice, number: CaseNumber, days: int = 7) -> None:
    """Lend a folder to Eko."""
    act_on(number, "pinjamkan", loan(office, days), by=ARCHIVIST, parts=office.root.record_parts)


def approved(parts: RecordParts, *numbers: CaseNumber) -> RecordList:
    """Have two people approve of a list of cases to be destroyed; return it."""
    made = begin("musnah", numbers, {"dasar": "Jadwal retensi"}, by=ARCHIVIST, parts=parts)
    go_on(made.id, "nilai", ASSESSED, by=ARCHIVIST, parts=parts)
    go_on(made.id, "setuju-pertama", {}, by=HEAD_OF_FIELD, parts=parts)
    return go_on(made.id, "setuju-kedua", {"persetujuan": "W.8-9"}, by=HEAD_OF_OFFICE, parts=parts)


def destroyed(parts: RecordParts, *numbers: CaseNumber) -> RecordList:
    """Destroy the content of cases by such a list; return it."""
    return go_on(approved(parts, *numbers).id, "laksana", DONE, by=ARCHIVIST, parts=parts)


def let_all_fall_due(office: FakeOffice) -> None:
    """Keep a schedule by which complaints are kept for no year: so what ended today is due today."""
    rows = [
        "* | Pengaduan | selesai | 0 | 0 | musnah",
        *(typed_row(r) for r in shipped_schedule().rows if r.code != "*"),
    ]
    typed = {"berlaku": office.clock.now().date().isoformat(), "baris": rows}
    set_schedule(typed, by=ARCHIVIST, rows=[], parts=office.root.record_parts)
