"""The recommendation of SOP step 6, and what all letters to the respondent's agency have in common.

What the agency reads says *pelapor*, never who it is; the complainant has a letter of their own (``notice``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import ceil
from typing import Any

from pipeline.access.masking import masked, masked_within, names_complainant
from pipeline.cases.case_kind import REPRESENTED
from pipeline.letters.sheets import agency_letter, oral_complaint, phrasing, texts
from pipeline.letters.sheets.complaint_words import kind_of
from pipeline.letters.sheets.corrected_letters import as_read
from pipeline.letters.sheets.memo_analysis import granted_rights
from pipeline.letters.sheets.recommended_acts import concerns_person, reports_regularly
from pipeline.letters.sheets.rights_in_law import resting_on
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, NumberedLetter, SheetFacts
from pipeline.letters.sheets.specimens import WIB, Cases, made
from pipeline.letters.sheets.texts import issued
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

RECOMMENDATION = "06-surat-rekomendasi"

DIRECTOR_GENERAL = "Direktur Jenderal Hak Asasi Manusia"
DRAFTED, MET = "susun-rekomendasi", "laksanakan"
_ADVICE = ("instansi", "tindakan", "tenggat")
_REVIEWED = "telaah"
#: An analysis of the memo that is a citation of articles, no prose.
_ARTICLES = re.compile(r"Pasal \d")
#: What an analysis says that concludes already what the review found.
_CONCLUDED = re.compile(r"\bindikasi\s+(?:adanya\s+)?pelanggaran\b", re.IGNORECASE)
#: How many average letters a line of the table holds, by column.
_LINE = {"instansi": 27, "tindakan": 34, "tenggat": 20}
#: Who else is protected.
_WITNESSES = "para pihak yang memberikan keterangan"
#: The most lines of the table that stand in the letter itself, and that surely fit on one page of its own.
LINES_IN_LETTER, LINES_ON_PAGE = 24, 34


def _recommendation(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, hide = facts.last(DRAFTED), facts.fields
    copies = [DIRECTOR_GENERAL, *others(facts, move)]
    rows, basis = _told(_advised(move), hide), about(facts)
    rights, analysis = _rights(facts, office), hidden(facts, move, "analisis")
    return {
        **issued(facts, office),
        **addressee(move),
        **basis,
        **_attached(rows),
        "dasar": [
            *resting_on(rights, facts.fields, office.laws, facts.letter_date, _called_on(move)),
            *_basis(facts, basis, office),
        ],
        "ringkasan": hidden(facts, move, "ringkasan_pengaduan"),
        "rincian": " ".join(agency_letter.particulars(facts)),
        "hasil": hidden(facts, move, "hasil_klarifikasi"),
        "hak": rights,
        "analisis": analysis,
        "simpulan_telaahan": _conclusion(facts, rights, analysis),
        "rekomendasi": rows,
        "dilindungi": _protected(facts, basis),
        "menyangkut_orang": "ya" if basis["identitas_dirahasiakan"] and concerns_person(rows) else "",
        "laporan_berkala": "ya" if reports_regularly(facts.last(MET)) else "",
        "pelaksana": _duty(masked(texts.line(move, "tujuan_surat"), hide), rows),
        "tembusan": texts.copies(copies, facts, office),
    }


def _called_on(move: MoveMade | None) -> str:
    """Return the agencies that are to act: whom the recommendation is addressed to, and who carries it out."""
    return "; ".join([texts.line(move, "tujuan_surat"), *(row["instansi"] for row in _advised(move))])


def _basis(facts: SheetFacts, about_case: Mapping[str, Any], office: Office) -> list[str]:
    """Return what the recommendation rests on beside laws: SOP, complaint, review, and audience.

    The memo of the review stays in the office: whoever reads its number asks for a copy, which names who complains.
    """
    case, came = phrasing.capital(about_case["pokok_perkara"]), "terima" if about_case["pelapor"] else "catat"
    received, register = wording.long_date(facts.received_at), facts.register_number
    met, place = about_case["tanggal_audiensi"], about_case["tempat_audiensi"]
    there = f" di {place}" if place else ""
    held = texts.day(facts.last(MET), "tanggal_pelaksanaan")
    minutes = agency_letter.cited(facts, "05-berita-acara", "Berita Acara", held)
    if met:
        told = [f"{minute} mengenai audiensi/koordinasi{there}" for minute in minutes]
        minutes = told or [f"Audiensi/koordinasi pada tanggal {met}{there}"]
    reviewed = [f"Hasil telaahan {office.name} tanggal {wording.long_date(at)}" for at in _reviewed_on(facts)]
    return [
        *agency_letter.procedure(about_case),
        f"{case}, yang kami {came} pada tanggal {received} dan terdaftar dengan nomor register {register}",
        *reviewed,
        *minutes,
    ]


def _reviewed_on(facts: SheetFacts) -> list[datetime]:
    """Return when the newest memo of the review was numbered, or nothing."""
    return [memo.at for memo in facts.letters_of("04-nota-telaahan")[-1:]]


def _protected(facts: SheetFacts, about_case: Mapping[str, Any]) -> str:
    """Return who may suffer no harm for what they told; a child is named where it is the case, not one of a group."""
    kind = kind_of(facts)
    child = bool(about_case["korban_anak"])
    person = about_case["pelapor"] and not about_case["instansi_melimpahkan"]
    people = [agency_letter.complainants(facts)] if person else []
    proxies = ["kuasanya"] if person and REPRESENTED in kind else []
    victims = ["anak yang menjadi korban", "keluarganya"] if child else [] if person else ["korban", "keluarganya"]
    return wording.enumerated([*people, *proxies, *victims, _WITNESSES])


def _duty(addressed: str, rows: list[dict[str, str]]) -> str:
    """Return what the addressee is to do: carry out what is theirs, see to it that others carry out the rest."""
    own = [row["instansi"].casefold() in ("", addressed.casefold()) for row in rows]
    deeds = ["melaksanakan"] * any(own) + ["memastikan pelaksanaan"] * (not all(own))
    return " ".join(part for part in (addressed, " dan ".join(deeds)) if part)


def _attached(rows: list[dict[str, str]]) -> dict[str, str]:
    """Return whether the recommendations stand on pages of their own, and what the letter says to be attached."""
    printed = sum(max(ceil(wording.width(text) / _LINE[name]) for name, text in row.items()) for row in rows)
    if printed <= LINES_IN_LETTER:
        return {"rekomendasi_terlampir": "", "lampiran_naskah": "-"}
    return {
        "rekomendasi_terlampir": "ya",
        "lampiran_naskah": wording.counted(1, "lembar" if printed <= LINES_ON_PAGE else "berkas"),
    }


def others(facts: SheetFacts, move: MoveMade | None) -> list[str]:
    """Return who else gets a copy, as the form says, without whoever tells who complains."""
    return [name for name in texts.items(move, "tembusan") if not names_complainant(name, facts.fields)]


def addressee(move: MoveMade | None) -> dict[str, Any]:
    """Return to whom the recommendation goes, or room to write it."""
    to = texts.line(move, "tujuan_surat")
    return {
        "yth": [to] if to else ["................................"],
        "di": texts.line(move, "tempat_tujuan") or "Tempat",
    }


def about(facts: SheetFacts) -> dict[str, Any]:
    """Return what a letter to the agency rests on: the case without who complains, the SOP and the meeting."""
    met = facts.last(MET)
    day = texts.day(met, "tanggal_pelaksanaan")
    words = agency_letter.case_words(facts)
    return {
        **words,
        "hal": words["pokok_pengaduan"],
        "nomor_surat": said(facts.fields.get("nomor_surat")),
        "nomor_sop": facts.sop_number,
        "nama_sop": facts.sop_title,
        "tanggal_audiensi": wording.long_date(day) if day else "",
        "tempat_audiensi": masked(texts.line(met, "tempat_pelaksanaan"), facts.fields),
    }


def hidden(facts: SheetFacts, move: MoveMade | None, name: str) -> list[str]:
    """Return what was written into a form, paragraph by paragraph, without who complains."""
    return [phrasing.capital(text) for text in masked_within(texts.paragraphs(move, name), facts.fields)]


def _rights(facts: SheetFacts, office: Office) -> list[dict[str, str]]:
    """Return the rights, each with what grants it: as the memo cites it, else the articles that the law has of it.

    Articles that the memo cites without saying of which right are the only right's; of several they say nothing.
    """
    memo, hide = facts.last(_REVIEWED), facts.fields
    rights, analysis = granted_rights(facts, memo, office), texts.line(memo, "analisis_hak")
    if len(rights) == 1 and not texts.items(memo, "dasar_hak") and _ARTICLES.match(analysis):
        rights = [{**rights[0], "pasal": analysis}]
    return [_cited(row, hide) for row in rights]


def _conclusion(facts: SheetFacts, rights: Sequence[Mapping[str, str]], analysis: Sequence[str]) -> str:
    """Return what the review found, as the memo concludes it; empty where the analysis says so, or none was."""
    if not _indicated(facts) or any(_CONCLUDED.search(text) for text in analysis):
        return ""
    of = f", yaitu {wording.enumerated([row['hak'] for row in rights])}" if rights else ""
    return f"Berdasarkan hasil telaahan dan klarifikasi, terdapat indikasi pelanggaran hak asasi manusia{of}."


def rights_found(facts: SheetFacts, office: Office) -> str:
    """Return of which rights the review found an indication of violation, as a sentence lists them; empty: of none."""
    return wording.enumerated([row["hak"] for row in _rights(facts, office)]) if _indicated(facts) else ""


def _indicated(facts: SheetFacts) -> bool:
    return texts.line(facts.last(_REVIEWED), "indikasi").lower() == "ya"


def _cited(row: Mapping[str, str], hide: Mapping[str, Any]) -> dict[str, str]:
    """Return a right and what grants it as they stand within a sentence, without who complains."""
    told = {key: text.rstrip(" .;") for key, text in masked_within(row, hide).items()}
    articles = wording.unbroken(told["pasal"]).replace("ayat (", "ayat\N{NO-BREAK SPACE}(")
    return {"hak": phrasing.within(told["hak"]), "pasal": articles}


def advice_due(facts: SheetFacts, on: date, hide: Mapping[str, Any] | None = None) -> list[dict[str, str]]:
    """Return the recommendations whose deadline is a day before this one; one that is told in words is never due."""
    return [row for row in advice_as_read(facts, hide) if wording.is_before(row["tenggat"], on)]


def advice_as_read(facts: SheetFacts, hide: Mapping[str, Any] | None = None) -> list[dict[str, str]]:
    """Return who is to do what until when, as the letter that said so is read since it was corrected."""
    return _told(as_read(_advised(facts.last(DRAFTED)), facts, RECOMMENDATION), hide)


def _advised(move: MoveMade | None) -> list[dict[str, str]]:
    return [{**row, "tenggat": wording.as_date(row["tenggat"])} for row in texts.rows(move, "rekomendasi", _ADVICE)]


def _told(rows: Sequence[Mapping[str, str]], hide: Mapping[str, Any] | None) -> list[dict[str, str]]:
    """Return rows without what tells who complains, if ``hide`` has the case's fields."""
    return [{key: phrasing.capital(text) for key, text in row.items()} for row in masked_within(rows, hide or {})]


SHEETS: Mapping[str, Maker] = {RECOMMENDATION: _recommendation}

AGENCY = "Kepala Dinas Lingkungan Hidup Kabupaten Contoh"
_USUAL: Mapping[str, Any] = {
    "tujuan_surat": "Bupati Contoh",
    "tempat_tujuan": "Contoh",
    "ringkasan_pengaduan": (
        "Sari Melati bersama 39 (tiga puluh sembilan) warga Desa Contoh Jaya mengadukan bahwa sejak September 2026 air "
        "sumur di RT 2 dan RT 3 berubah warna dan berbau setelah kolam limbah pabrik PT Contoh Sawit Makmur meluap.\n"
        "Warga telah meminta penjelasan kepada perusahaan, tetapi belum memperoleh tanggapan."
    ),
    "hasil_klarifikasi": (
        "Dalam audiensi, perusahaan mengakui bahwa kolam limbah bocor dan menyatakan sanggup memperbaikinya. Dinas "
        "Lingkungan Hidup menerangkan bahwa sebelas sumur tidak memenuhi baku mutu air bersih."
    ),
    "analisis": (
        "Air bersih adalah bagian dari penghidupan yang layak dan dari lingkungan hidup yang baik dan sehat. Pembiaran "
        "atas pencemaran mengurangi penikmatan hak tersebut; pemerintah daerah wajib melindungi dan memulihkannya."
    ),
    "rekomendasi": [
        f"{AGENCY} | Memeriksa air sebelas sumur warga dan mengumumkan hasilnya | 2026-12-31",
        "Direktur PT Contoh Sawit Makmur | Memperbaiki kolam limbah dan menyediakan air bersih | 2026-12-18",
        "Camat Contoh | Membentuk posko pengaduan warga | 2026-12-11",
    ],
    "tembusan": ["Gubernur Bengkulu", "Sari Melati", "direktur jenderal hak asasi manusia."],
}
_LEAST: Mapping[str, Any] = {
    "tujuan_surat": "Bupati Contoh",
    "tempat_tujuan": "Contoh",
    "ringkasan_pengaduan": "Sumur tercemar.",
    "hasil_klarifikasi": "Kolam limbah bocor.",
    "analisis": "Hak atas kesejahteraan.",
    "rekomendasi": ["Bupati Contoh | Memulihkan sumur warga | 2026-12-18"],
}
_LONGEST: Mapping[str, Any] = {
    **_USUAL,
    "tujuan_surat": f"{AGENCY} selaku Ketua Tim Koordinasi Pengawasan Pengelolaan Limbah dan Pemulihan Lingkungan",
    "tempat_tujuan": "Ibu Kota Kabupaten Contoh Utara",
    "ringkasan_pengaduan": "\n".join([_USUAL["ringkasan_pengaduan"]] * 5),
    "hasil_klarifikasi": "\n".join([_USUAL["hasil_klarifikasi"]] * 6),
    "analisis": "\n".join([_USUAL["analisis"]] * 6),
    "rekomendasi": [entry.replace(" | ", f" {n} | ", 1) for n in range(1, 7) for entry in _USUAL["rekomendasi"]],
    "tembusan": [f"Kepala Kantor Contoh Wilayah Kerja ke-{n}" for n in range(1, 13)],
}


_MEETING = made(
    "laksanakan",
    "kabid",
    tanggal_pelaksanaan="2026-12-02",
    tempat_pelaksanaan="Ruang Rapat Kantor Wilayah, Bengkulu",
    hadir=["Eko Contoh | Kepala Bidang HAM"],
    hasil=["Perusahaan akan memperbaiki kolam limbah."],
)
#: The moves of the emptiest, a typical and the longest case until the recommendation is drafted.
DRAFTS = (
    (made("susun-rekomendasi", "kasubbid", **_LEAST),),
    (_MEETING, made("susun-rekomendasi", "kasubbid", **_USUAL)),
    (_MEETING, made("susun-rekomendasi", "kasubbid", **_LONGEST)),
)


def with_moves(
    least: tuple[MoveMade, ...], usual: tuple[MoveMade, ...], longest: tuple[MoveMade, ...], **changes: Any
) -> Mapping[str, Mapping[str, Any]]:
    """Return the invented cases with their moves and what is otherwise; the emptiest has nothing but its moves."""
    sop = {"sop_number": "W.8.OT.02.01-74", "sop_title": "Pelayanan Komunikasi Masyarakat"}
    return {
        "kosong": {"moves": least},
        "lazim": {"moves": usual, "fields": oral_complaint.TOLD, **sop, **changes},
        "panjang": {"moves": longest, "fields": oral_complaint.WORDY, **sop, **changes},
    }


_SENT_ON = date(2026, 12, 4)
_BEFORE = (
    NumberedLetter("04-nota-telaahan", "W.8.HA.01.07/ND-7/2026", datetime(2026, 11, 27, 9, 0, tzinfo=WIB)),
    NumberedLetter("05-berita-acara", "W.8.HA.01.07/BA-2/2026", datetime(2026, 12, 2, 13, 0, tzinfo=WIB)),
)
CASES: Cases = {
    RECOMMENDATION: with_moves(*DRAFTS, naskah_date=_SENT_ON, naskah_number="W.8-HA.01.07-0014", letters=_BEFORE),
}
