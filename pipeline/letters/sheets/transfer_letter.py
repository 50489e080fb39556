"""The covering letter of a side exit of SOP step 4: hands a case over to the agency that is competent for it.

The Kakanwil decides that it goes there (``teruskan``); the letter to the complainant then cites this one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.letters.sheets import agency_letter, phrasing, texts
from pipeline.letters.sheets.paper_names import count_of, kept_back
from pipeline.letters.sheets.recommendation import DIRECTOR_GENERAL, about, addressee, hidden, others, with_moves
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, SheetFacts
from pipeline.letters.sheets.specimens import Cases, made
from pipeline.letters.sheets.texts import issued
from pipeline.letters.sheets.to_complainant import alone
from pipeline.office import wording
from pipeline.office.office import Office

TRANSFER = "04-surat-penerusan"
HANDED_OVER = "teruskan"
#: Between phrases that were ticked in one answer.
_PHRASES = re.compile(r"\s*[;\n]\s*")


def _transfer(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last(HANDED_OVER)
    told, particulars = hidden(facts, move, "ringkasan_pengaduan"), agency_letter.particulars(facts)
    reasons = agency_letter.points(facts, move, "alasan")
    listed = [text.rstrip(" .;") for text in texts.items(move, "berkas_terlampir")]
    enclosed = [phrasing.within(text) for text in listed if not kept_back(text)]
    return {
        **issued(facts, office),
        **addressee(move),
        **about(facts),
        "lampiran_naskah": count_of(alone(enclosed)) or (wording.counted(len(enclosed), "berkas") if enclosed else "-"),
        "ditelaah": agency_letter.reviewed(facts),
        "ringkasan": told,
        "rincian": " ".join(particulars),
        "pokok": [*told, *particulars],
        "sebutan_pelapor": agency_letter.complainants(facts),
        "alasan": reasons,
        "satu_alasan": phrasing.begun_small(alone(reasons)),
        "dasar_hukum": [office.laws.in_full(law, facts.letter_date) for law in laws(move)],
        "berkas": enclosed,
        "berkas_dalam_kalimat": wording.enumerated(enclosed),
        "rekaman_ditahan": phrasing.capital(
            wording.enumerated([phrasing.within(text) for text in listed if kept_back(text)])
        ),
        "tembusan": texts.copies([DIRECTOR_GENERAL, *others(facts, move)], facts, office),
    }


def laws(move: MoveMade | None) -> list[str]:
    """Return by which regulations it is the agency's: ticked ones stand in the first line, one's own each in a line."""
    answer = move.values.get("dasar_hukum") if move else None
    return [text.rstrip(" .") for text in _PHRASES.split(str(answer or "")) if text.strip()]


SHEETS: Mapping[str, Maker] = {TRANSFER: _transfer}

_USUAL: Mapping[str, Any] = {
    "tujuan_surat": "Kepala Perwakilan Ombudsman Republik Indonesia Provinsi Contoh",
    "tempat_tujuan": "Contoh",
    "ringkasan_pengaduan": (
        "Pelapor menyampaikan bahwa permohonan izin usahanya tidak dijawab sejak Agustus 2026, walaupun berkasnya "
        "dinyatakan lengkap dan telah dua kali ditanyakan secara tertulis."
    ),
    "alasan": (
        "Pokok pengaduan merupakan dugaan penundaan berlarut dalam pelayanan publik oleh penyelenggara negara\n"
        "Tidak ditemukan indikasi pelanggaran hak asasi manusia di luar dugaan maladministrasi tersebut"
    ),
    "dasar_hukum": "Undang-Undang Nomor 37 Tahun 2008 tentang Ombudsman Republik Indonesia",
    "berkas_terlampir": [
        "Salinan bukti penerimaan berkas permohonan izin",
        "Salinan dua surat pertanyaan (identitas ditutup)",
    ],
    "tembusan": ["Gubernur Contoh", "Sari Melati"],
}
_LEAST: Mapping[str, Any] = {
    "tujuan_surat": "Kepala Kantor Pertanahan Kabupaten Contoh",
    "tempat_tujuan": "Contoh",
    "ringkasan_pengaduan": "Batas tanah pelapor digeser pada peta bidang.",
    "alasan": "Permasalahan itu mengenai pengukuran bidang tanah.",
    "dasar_hukum": "Peraturan Pemerintah Nomor 24 Tahun 1997 tentang Pendaftaran Tanah",
}
_LONGEST: Mapping[str, Any] = {
    **_USUAL,
    "tujuan_surat": f"{_USUAL['tujuan_surat']} selaku Ketua Forum Koordinasi Pengawasan Pelayanan Publik Daerah",
    "tempat_tujuan": "Ibu Kota Kabupaten Contoh Utara",
    "ringkasan_pengaduan": "\n".join([_USUAL["ringkasan_pengaduan"]] * 6),
    "alasan": "\n".join([_USUAL["alasan"]] * 5),
    "dasar_hukum": "; ".join([_USUAL["dasar_hukum"], _LEAST["dasar_hukum"]] * 4),
    "berkas_terlampir": [f"Salinan surat permohonan izin yang ke-{n}" for n in range(1, 16)],
    "tembusan": [f"Kepala Kantor Contoh Wilayah Kerja ke-{n}" for n in range(1, 13)],
}
CASES: Cases = {
    TRANSFER: with_moves(
        (made(HANDED_OVER, "kasubbid", **_LEAST),),
        (made(HANDED_OVER, "kasubbid", **_USUAL),),
        (made(HANDED_OVER, "kasubbid", **_LONGEST),),
        naskah_date=date(2026, 11, 27),
        naskah_number="W.8-HA.01.07-0026",
    )
}
