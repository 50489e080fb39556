"""The sheets of lists of records: the proposal to destroy, and the minutes of destroying (*berita acara*).

Which acts lists have is told by :mod:`pipeline.records.acts`; here stands what their sheets say. A list travels and
hangs on walls: it names no complainant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.letters.sheets.texts import RECORD_SHEETS, of_office
from pipeline.office import wording
from pipeline.office.office import Office

PROPOSAL, DESTRUCTION = RECORD_SHEETS


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """A record as a list names it: its number, code, what it is about, the years it spans, by which rule it is due."""

    number: str
    code: str
    about: str
    span: str
    rule: str


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: post, name, NIP, on which day they did at the desk (empty: they did not)."""

    post: str
    name: str = ""
    nip: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """What a sheet of a list says. ``answers`` are those of all its steps, ``approvals`` who has agreed."""

    name: str
    kind: str
    day: date
    records: Sequence[ListedRecord]
    maker: Signer
    approvals: Sequence[Signer]
    answers: dict[str, Any]


def values(sheet: RecordSheet, office: Office) -> dict[str, Any]:
    """Return what the templates of lists may use."""
    people = {key: [_person(text) for text in sheet.answers.get(key, ())] for key in ("panitia", "saksi")}
    texts = ("dasar", "pertimbangan", "persetujuan", "berita_acara", "cara")
    return {
        **of_office(sheet.day, office),
        **{key: str(sheet.answers.get(key, "")) for key in texts},
        **people,
        "tanda_konsep": "",
        "nama_kantor": office.on(sheet.day).name,
        "nomor_daftar": sheet.name,
        "nama_daftar": sheet.kind,
        "hari_terbilang": wording.date_in_words(sheet.day),
        "tanggal_angka": wording.date_in_figures(sheet.day),
        "jumlah": wording.counted(len(sheet.records), "berkas"),
        "daftar": [
            {
                "nomor_berkas": wording.one_line(one.number),
                "kode": wording.one_line(one.code) or "–",
                "uraian": wording.one_line(one.about) or "–",
                "kurun": one.span,
                "retensi": one.rule,
            }
            for one in sheet.records
        ],
        "penyetuju": [{"jabatan": s.post, "nama": s.name, "nip": s.nip, "tanggal": s.on} for s in sheet.approvals],
        "penandatangan_jabatan": sheet.maker.post,
        "penandatangan_nama": sheet.maker.name,
        "penandatangan_nip": sheet.maker.nip,
    }


def _person(text: str) -> dict[str, str]:
    name, _, post = (part.strip() for part in str(text).partition("|"))
    return {"nama": name, "jabatan": post}


_USUAL = RecordSheet(
    name="musnah-2026-1",
    kind="Daftar usul musnah",
    day=date(2026, 12, 7),
    records=(
        ListedRecord("0007/YANKOMAS/2019", "HA.01.07", "Sengketa tanah adat", "2019 – 2020", "musnah, HA.01"),
        ListedRecord("0011/YANKOMAS/2019", "HA.01.07", "Upah yang tidak dibayar", "2019", "musnah, HA.01"),
    ),
    maker=Signer("Arsiparis", "Ita Contoh", "19900101 201501 2 002"),
    approvals=(
        Signer("Kepala Bidang HAM", "Eko Contoh", "19780303 200212 1 001", "3 Desember 2026"),
        Signer("Kepala Kantor Wilayah", "Rina Contoh, S.H.", "19700101 199503 2 001", "4 Desember 2026"),
    ),
    answers={
        "dasar": "Jadwal retensi arsip Kantor Wilayah yang berlaku sejak 1 Januari 2026",
        "panitia": ["Ita Contoh | Arsiparis", "Budi Contoh | Kasubbid Pemajuan HAM"],
        "pertimbangan": "Tidak lagi bernilai guna dan tidak berkaitan dengan perkara yang berjalan.",
        "persetujuan": "W.8-HA.01.07-0014 tanggal 4 Desember 2026",
        "berita_acara": "W.8.HA.01.07/BA-3/2026",
        "cara": "dicacah dengan mesin pencacah",
        "saksi": ["Eko Contoh | Kepala Bidang HAM", "Dewi Contoh | Kepala Bagian Umum"],
    },
)


def specimen_values(office: Office = SPECIMEN_OFFICE) -> dict[str, dict[str, Any]]:
    """Return the templates' values for the emptiest, a typical and a long list. All of it is invented."""
    nobody, few = Signer("Arsiparis"), _USUAL.records[:1]
    empty = replace(_USUAL, records=few, maker=nobody, approvals=(), answers={"dasar": "JRA"})
    wide = ListedRecord(
        "0123456/YANKOMAS-KANWIL-BENGKULU/2019",
        "HA.01.07.03.12",
        "Penggusuran permukiman nelayan tanpa ganti rugi yang layak oleh sebuah badan usaha milik daerah",
        "2019 – 2021",
        "musnah, HA.01.07.03.12",
    )
    long = replace(_USUAL, records=(*_USUAL.records, wide) * 20)
    return {name: values(one, office) for name, one in (("kosong", empty), ("lazim", _USUAL), ("panjang", long))}
