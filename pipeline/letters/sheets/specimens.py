"""The office and the cases that every template must survive: the emptiest, a typical and the longest. All invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from pipeline.cases.sop_file import read_sop
from pipeline.letters.sheets.sheet_facts import MoveMade, SheetFacts
from pipeline.office.office import Letterhead, Office
from pipeline.office.officials import Official

SPECIMEN_OFFICE = Office(
    name="Kantor Wilayah Bengkulu",
    place="Bengkulu",
    letterhead=Letterhead(
        ministry=("KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA", "REPUBLIK INDONESIA"),
        office="KANTOR WILAYAH BENGKULU",
        address="Jalan Contoh Nomor 1, Bengkulu 38000",
        contact="Telepon (0736) 000000 · Laman contoh.example · Surel yankomas@contoh.example",
    ),
    officials=(
        Official("kakanwil", "Kepala Kantor Wilayah", "Budi Contoh", "19700101 199503 1 001"),
        Official("kadiv", "Kepala Divisi Pelayanan Hukum dan HAM", "Dewi Contoh", "19720202 199703 2 001"),
        Official("kabid", "Kepala Bidang HAM", "Eko Contoh", "19780303 200212 1 001"),
        Official("kasubbid", "Kepala Subbidang Pemajuan HAM", "Fitri Contoh", "19850404 200901 2 002"),
        Official("tim-yankomas", "Petugas Yankomas", "Rina Contoh, S.H.", "19900101 201501 2 001"),
    ),
    status_line="Loket Yankomas pada hari kerja pukul 08.00 s.d. 16.00 WIB atau telepon (0736) 000000",
)
WIB = timezone(timedelta(hours=7))
#: The lanes of the specimen office's SOP, and the way of the disposition through them.
LANES: Mapping[str, str] = {
    "tim-yankomas": "Tim Yankomas",
    "kakanwil": "Kakanwil",
    "kadiv": "Kadiv Yankum",
    "kabid": "Kabid HAM",
    "kasubbid": "Kasubbid Pemajuan HAM",
}
HOPS = tuple(pairwise(LANES))
_EMPTIEST = SheetFacts(
    register_number="0007/YANKOMAS/2026",
    number="2026/0007",
    received_at=datetime(2026, 11, 25, 8, 15, tzinfo=WIB),
    status_code="K7QM-2XPA-94TD",
    drafted_on=date(2026, 11, 25),
    fields={},
    pages=1,
    hops=HOPS,
    lanes=LANES,
    standing="menunggu konfirmasi",
    awaited=("tim-yankomas",),
)
_KNOWN_DATES = replace(
    _EMPTIEST,
    due_at=datetime(2027, 1, 8, 9, 0, tzinfo=WIB),
    review_due_at=datetime(2026, 11, 27, 9, 0, tzinfo=WIB),
)


_LONG_SUBJECT = "PENGADUAN PENCEMARAN SUMUR WARGA OLEH LIMBAH KOLAM PABRIK DAN PERMOHONAN PERLINDUNGAN HAK ASASI " * 9


#: By template and specimen: what of the base case is otherwise there (the names of ``SheetFacts``).
Cases = Mapping[str, Mapping[str, Mapping[str, Any]]]


def made(key: str, role: str, **values: Any) -> MoveMade:
    """Return a move of the specimen case, made on 25 November 2026."""
    return MoveMade(key, datetime(2026, 11, 25, 10, 0, tzinfo=WIB), role, values)


@cache
def as_in_the_sop() -> Mapping[str, Mapping[str, Any]]:
    """Return, by template, what the SOP's newest edition says of a sheet: who initials and signs it, its series."""
    editions = files("pipeline.cases") / "sop_files"
    newest = max((folder for folder in editions.iterdir() if folder.is_dir()), key=lambda folder: folder.name)
    texts = {file.name: file.read_text(encoding="utf-8") for file in newest.iterdir()}
    sop = read_sop(newest.name, texts, checked=False)
    templates = tuple(sheet.template for sheet in sop.sheets)
    return {
        s.template: {
            "initials": s.initials,
            "signers": s.signers,
            "head": sop.head,
            "chain": sop.between(s.signer) if s.signer else (),
            "series": s.series,
            "templates": templates,
        }
        for s in sop.sheets
    }


def field(value: Any) -> dict[str, Any]:
    """Return a field as the journal records it, with the value as its text."""
    return {"nilai": value, "teks": str(value), "confidence": 0.9, "page": 1, "box": None}


def _fields(times: int) -> dict[str, Any]:
    names = ["Sari Melati", "Hendra Gunawan", "Yusuf Pratama"]
    return {
        "tanggal_surat": field("2026-11-20"),
        "nomor_surat": field("07/FWS/XI/2026" * times),
        "perihal": field("Pengaduan pencemaran sumur warga oleh limbah kolam pabrik" if times == 1 else _LONG_SUBJECT),
        "lembaga_pelapor": field("Forum Warga Sumur Jernih Kecamatan Contoh " * times) if times > 1 else None,
        "pelapor": [{"nama": field(f"{name} " * times)} for name in names * times],
        "terlapor": [field("PT Contoh Sawit Makmur")] * times,
        "tempat_kejadian": field("Desa Contoh Jaya, Kecamatan Contoh " * times),
        "permintaan": [field("pemeriksaan air sumur"), field("penyediaan air bersih")] * times,
        "lampiran": {**field("1 (satu) berkas"), "daftar": [field("Foto sumur warga " * times)] * times},
    }


BASE: Mapping[str, SheetFacts] = {
    "kosong": _EMPTIEST,
    "lazim": replace(_KNOWN_DATES, fields=_fields(1), pages=2, channel="langsung"),
    "panjang": replace(
        _KNOWN_DATES,
        fields=_fields(9),
        pages=1234,
        channel="pelimpahan dari Direktorat Jenderal Hak Asasi Manusia",
        register_number="W.8-HA.01.07-12345/YANKOMAS/KANWIL-BENGKULU/2026",
    ),
}
SPECIMENS = tuple(BASE)
