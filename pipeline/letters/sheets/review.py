"""The letters to the complainant of SOP step 4: what is missing, and the side exits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.letters.sheets import texts
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases, made
from pipeline.letters.sheets.texts import letter_to_complainant
from pipeline.office import wording
from pipeline.office.office import Office

INCOMPLETE = "04-permintaan-kelengkapan"
NOT_COMPETENT = "04-pemberitahuan-tidak-berwenang"
NO_INDICATION = "04-pemberitahuan-tidak-ada-indikasi"


def _incomplete(facts: SheetFacts, office: Office) -> dict[str, Any]:
    return {
        **letter_to_complainant(facts, office),
        "kekurangan": texts.items(facts.last("minta-kelengkapan"), "kekurangan"),
        "batas_jawaban": wording.counted(facts.answer_days, "hari kerja" if facts.working_days else "hari kalender"),
    }


def _not_competent(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last("tidak-berwenang")
    return {
        **letter_to_complainant(facts, office),
        "alasan": texts.paragraphs(move, "alasan"),
        "instansi_berwenang": texts.line(move, "instansi_berwenang").rstrip(". "),
    }


def _no_indication(facts: SheetFacts, office: Office) -> dict[str, Any]:
    return {
        **letter_to_complainant(facts, office),
        "alasan": texts.paragraphs(facts.last("tidak-ada-indikasi"), "alasan"),
    }


SHEETS: Mapping[str, Maker] = {
    INCOMPLETE: _incomplete,
    NOT_COMPETENT: _not_competent,
    NO_INDICATION: _no_indication,
}

_LONG = (
    "Warga menyampaikan bahwa air sumur berbau, berwarna, dan tidak dapat dipakai sejak kolam limbah dibangun di atas "
    "permukiman; pemeriksaan oleh petugas puskesmas pada bulan yang sama menyebut kadar besi di atas baku mutu. "
) * 4
_NUMBERED = {"naskah_number": "W.8-HA.01.07-0012", "naskah_date": date(2026, 11, 26)}
_LONG_NUMBER = {**_NUMBERED, "naskah_number": "W.8-HA.01.07-1234567/KANWIL-BENGKULU/YANKOMAS/2026"}
_REASONS = "Permasalahan yang diadukan merupakan sengketa batas tanah antarwarga yang bersifat perdata.\n" + (
    "Penyelesaiannya menjadi kewenangan pengadilan negeri di wilayah letak tanah tersebut."
)


def _one(key: str, usual: dict[str, Any], longest: dict[str, Any], least: dict[str, Any]) -> dict[str, Any]:
    """Return the three cases of a letter that one move of the review makes; the emptiest is still a draft."""
    return {
        "kosong": {"moves": (made(key, "kasubbid", **least),)},
        "lazim": {"moves": (made(key, "kasubbid", **usual),), **_NUMBERED},
        "panjang": {"moves": (made(key, "kasubbid", **longest),), **_LONG_NUMBER},
    }


CASES: Cases = {
    INCOMPLETE: _one(
        "minta-kelengkapan",
        {"kekurangan": ["Salinan KTP pelapor", "Urutan kejadian beserta tanggalnya", "Surat kuasa bermeterai"]},
        {"kekurangan": [f"Bukti ke-{n}: {_LONG[:150]}" for n in range(1, 21)]},
        {"kekurangan": ["Salinan KTP pelapor"]},
    ),
    NOT_COMPETENT: _one(
        "tidak-berwenang",
        {"alasan": _REASONS, "instansi_berwenang": "Pengadilan Negeri Contoh"},
        {"alasan": f"{_LONG}\n" * 7, "instansi_berwenang": "Dinas Lingkungan Hidup Kabupaten Contoh " * 6},
        {"alasan": "Bukan wilayah kerja kantor ini.", "instansi_berwenang": "Kantor Wilayah Contoh"},
    ),
    NO_INDICATION: _one(
        "tidak-ada-indikasi",
        {"alasan": "Perbuatan yang diadukan telah diselesaikan secara damai dan tidak melibatkan aparat negara."},
        {"alasan": f"{_LONG}\n" * 8},
        {"alasan": "Tidak ada hak yang dilanggar."},
    ),
}
