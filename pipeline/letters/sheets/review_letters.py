"""The letters to the complainant of SOP step 4: what is missing, and how a complaint ends that goes no further here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pipeline.cases.case_kind import GROUP
from pipeline.cases.events import MERGED_INTO
from pipeline.letters.sheets import phrasing, texts, transfer_letter
from pipeline.letters.sheets.agency_letter import case_words, reviewed
from pipeline.letters.sheets.complainant import reader
from pipeline.letters.sheets.complaint_words import kind_of
from pipeline.letters.sheets.memo_analysis import granted_rights
from pipeline.letters.sheets.rights_in_law import reviewed_by
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, NumberedLetter, SheetFacts
from pipeline.letters.sheets.specimens import BASE, WIB, Cases, field, made
from pipeline.letters.sheets.to_complainant import alone, as_read, letter_to_complainant
from pipeline.letters.sheets.transfer_letter import TRANSFER
from pipeline.office import wording
from pipeline.office.laws import listing_order
from pipeline.office.office import Office

INCOMPLETE = "04-permintaan-kelengkapan"
NOT_COMPETENT = "04-pemberitahuan-tidak-berwenang"
NO_INDICATION = "04-pemberitahuan-tidak-ada-indikasi"
MERGED = "04-pemberitahuan-penggabungan"
#: The covering letter with which a complaint is handed on, and the move by which it is drafted.
_FORWARDED = "teruskan"


def _incomplete(facts: SheetFacts, office: Office) -> dict[str, Any]:
    to, asked = reader(facts), texts.items(facts.last("minta-kelengkapan"), "kekurangan")
    things = [phrasing.capital(item).rstrip(" .;,") for item in asked]
    # What a group lacks may be anybody's of it: its spokesman is not who is meant.
    missing = things if GROUP in kind_of(facts) else [as_read(thing, to) for thing in things]
    return {
        **letter_to_complainant(facts, office),
        "ada_surel": "ya" if "@" in office.letterhead.contact else "",
        "kekurangan": missing,
        "satu_kekurangan": phrasing.within(alone(missing)),
        "dasar_pencabutan": _withdrawn(facts, office),
        "batas_jawaban": wording.counted(facts.answer_days, "hari kerja" if facts.working_days else "hari kalender"),
    }


def _withdrawn(facts: SheetFacts, office: Office) -> str:
    """Return where it is laid down that a complaint which is not completed is held to be withdrawn; empty: nowhere."""
    law = office.laws.governing(facts.letter_date)
    return f"{law.withdrawn} {law.full}" if law and law.withdrawn else ""


def _not_competent(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, forwarded = facts.last("tidak-berwenang"), facts.last(_FORWARDED)
    sent = facts.letters_of(TRANSFER)[-1:]
    named = [*texts.paragraphs(move, "dasar_hukum"), *(transfer_letter.laws(forwarded) if sent else [])]
    return {
        **letter_to_complainant(facts, office),
        "ditelaah": reviewed(facts),
        "dasar_hukum": _legal_basis([], facts, office),
        "dasar_kewenangan": _once(named, facts, office),
        **_reasons(move),
        "instansi_berwenang": texts.line(move, "instansi_berwenang").rstrip(". "),
        "nomor_penerusan": sent[0].number if sent else "",
        "tanggal_penerusan": wording.long_date(sent[0].at) if sent else "",
        "tujuan_penerusan": texts.line(forwarded, "tujuan_surat") if sent else "",
        "identitas_dirahasiakan": case_words(facts)["identitas_dirahasiakan"],
    }


def _no_indication(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last("tidak-ada-indikasi")
    return {
        **letter_to_complainant(facts, office, unfounded=True),
        "dasar_hukum": _legal_basis(texts.paragraphs(move, "dasar_hukum"), facts, office),
        **_reasons(move),
    }


def _merged(facts: SheetFacts, office: Office) -> dict[str, Any]:
    """Of the other case nothing but its number; why the office merged them may tell of its people."""
    move = facts.merging
    return {
        **letter_to_complainant(facts, office),
        "perkara_induk": facts.merged_into or texts.line(move, MERGED_INTO),
        "tanggal_gabung": wording.long_date(move.at) if move else "",
    }


def _reasons(move: MoveMade | None) -> dict[str, Any]:
    """Return what the office gives as its reasons, each line of it one; an only one goes on the sentence before it."""
    reasons = [phrasing.sentence(reason) for reason in texts.paragraphs(move, "alasan")]
    return {"alasan": reasons, "satu_alasan": phrasing.begun_small(alone(reasons))}


def _legal_basis(named: list[str], facts: SheetFacts, office: Office) -> str:
    """Return the laws by which it was reviewed: those of the service, and of the rights as the memo cites them.

    And those that the office named, each once. What rules the respondent's work is no matter of this letter.
    """
    rights = granted_rights(facts, facts.last("telaah"), office)
    return _once([*named, *reviewed_by(rights, office.laws, facts.letter_date)], facts, office)


def _once(laws: list[str], facts: SheetFacts, office: Office) -> str:
    """Return laws as a sentence to a citizen lists them, each once and by rank and year, as briefly in every place."""
    told = (office.laws.in_brief(text.rstrip(" .;,"), facts.letter_date) for text in laws)
    once = {law.casefold(): law for law in told if law}
    return wording.enumerated(sorted(once.values(), key=listing_order))


SHEETS: Mapping[str, Maker] = {
    INCOMPLETE: _incomplete,
    NOT_COMPETENT: _not_competent,
    NO_INDICATION: _no_indication,
    MERGED: _merged,
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

_JUDICIARY = "Undang-Undang Nomor 48 Tahun 2009 tentang Kekuasaan Kehakiman"

#: The usual complaint of one person, whose address is known.
_AT_HOME = {
    **BASE["lazim"].fields,
    "pelapor": [
        {
            "nama": field("Sari Melati"),
            "alamat": field("Dusun Dua RT 2, Desa Contoh Jaya, Kecamatan Contoh, Kabupaten Contoh Utara 38999"),
        }
    ],
}


def _one(
    key: str, usual: dict[str, Any], longest: dict[str, Any], least: dict[str, Any], **known: Any
) -> dict[str, Any]:
    """Return the three cases of a letter that one move of the review makes; the emptiest is still a draft."""
    return {
        "kosong": {"moves": (made(key, "kasubbid", **least),)},
        "lazim": {"moves": (made(key, "kasubbid", **usual),), "fields": _AT_HOME, **_NUMBERED, **known},
        "panjang": {"moves": (made(key, "kasubbid", **longest),), **_LONG_NUMBER, **known},
    }


CASES: Cases = {
    INCOMPLETE: _one(
        "minta-kelengkapan",
        {"kekurangan": ["Salinan KTP pelapor", "Urutan kejadian beserta tanggalnya", "Surat kuasa bermeterai"]},
        {"kekurangan": [f"Bukti ke-{n}: {_LONG[:150]}" for n in range(1, 21)]},
        {"kekurangan": ["Salinan KTP pelapor"]},
    ),
    NOT_COMPETENT: {
        **_one(
            "tidak-berwenang",
            {"alasan": _REASONS, "instansi_berwenang": "Pengadilan Negeri Contoh", "dasar_hukum": _JUDICIARY},
            {},
            {"alasan": "Bukan wilayah kerja kantor ini.", "instansi_berwenang": "Kantor Wilayah Contoh"},
        ),
        "panjang": {
            "moves": (
                made(_FORWARDED, "kasubbid", tujuan_surat="Kepala Dinas Lingkungan Hidup Kabupaten Contoh " * 4),
                made("tidak-berwenang", "kasubbid", alasan=f"{_LONG}\n" * 7, instansi_berwenang="Dinas Contoh"),
            ),
            "letters": (NumberedLetter(TRANSFER, "W.8-HA.01.07-0011", datetime(2026, 11, 26, 9, 0, tzinfo=WIB)),),
            **_LONG_NUMBER,
        },
    },
    NO_INDICATION: _one(
        "tidak-ada-indikasi",
        {
            "alasan": "perbuatan yang diadukan telah diselesaikan secara damai oleh para pihak\n"
            "tidak ditemukan keterlibatan aparat negara, baik karena perbuatan maupun karena pembiaran"
        },
        {"alasan": f"{_LONG}\n" * 8},
        {"alasan": "Tidak ada hak yang dilanggar."},
    ),
    MERGED: _one(
        "gabung",
        {"perkara_induk": "2026/0003", "alasan": "Peristiwanya sama dengan pengaduan Hendra Gunawan."},
        {"perkara_induk": "2026/0003", "alasan": _LONG},
        {},
        merged_into="0003/YANKOMAS/2026",
    ),
}
