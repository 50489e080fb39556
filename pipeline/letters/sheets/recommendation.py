"""The papers of SOP steps 6 and 7: the recommendation, the letter to the complainant, and how it is followed.

What the respondent's agency reads says *pelapor*, never who it is; the complainant has a letter of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.cases.register_words import register_words, rights
from pipeline.letters.sheets import form_texts as texts
from pipeline.letters.sheets.official_letter import (
    HIDDEN,
    internal,
    issued,
    masked,
    names_complainant,
    post,
    to_complainant,
)
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, SheetFacts
from pipeline.letters.sheets.texts import LIMITS, capital
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

RECOMMENDATION = "06-surat-rekomendasi"
NOTICE = "06-pemberitahuan-pelapor"
REQUEST = "07-permintaan-tindak-lanjut"
EVALUATION = "07-hasil-evaluasi"

DIRECTOR_GENERAL = "Direktur Jenderal Hak Asasi Manusia"
_DRAFTED, _MET = "susun-rekomendasi", "laksanakan"
_ADVICE = ("instansi", "tindakan", "tenggat")
_RESULT = ("rekomendasi", "penanggung_jawab", "tenggat", "tindak_lanjut", "bukti", "status")
#: The widest a subject may be inside a sentence, in average letters.
SUBJECT = 300
#: What may have become of a recommendation, in the order of the evaluation's summary.
STATES = ("dilaksanakan", "sebagian", "belum", "ditolak")


def _recommendation(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, hide = facts.last(_DRAFTED), facts.fields
    copies = [DIRECTOR_GENERAL, *(c for c in texts.items(move, "tembusan") if not names_complainant(c, hide))]
    return {
        **issued(facts, office, "kakanwil"),
        **_addressee(move),
        **_about(facts),
        "ringkasan": _hidden(facts, move, "ringkasan_pengaduan"),
        "hasil": _hidden(facts, move, "hasil_klarifikasi"),
        "hak": _rights(facts),
        "analisis": _hidden(facts, move, "analisis"),
        "rekomendasi": _advice(move, hide),
        "tembusan": _distinct(copies),
    }


def _addressee(move: MoveMade | None) -> dict[str, Any]:
    to = texts.line(move, "tujuan_surat")
    return {
        "yth": [to] if to else ["................................"],
        "di": texts.line(move, "tempat_tujuan") or "Tempat",
    }


def _about(facts: SheetFacts) -> dict[str, Any]:
    """Return what a letter to the agency rests on: the complaint without who complains, the SOP and the meeting."""
    met, hide = facts.last(_MET), facts.fields
    day = texts.day(met, "tanggal_pelaksanaan")
    subject = wording.shortened(masked(said(hide.get("perihal")), hide), SUBJECT)
    return {
        "pelapor": HIDDEN,
        "hal": wording.shortened(subject, LIMITS["hal"]),
        "nomor_surat": wording.shortened(masked(said(hide.get("nomor_surat")), hide), LIMITS["nomor_surat"]),
        "pokok_pengaduan": subject,
        "nomor_sop": facts.sop_number,
        "nama_sop": facts.sop_title,
        "tanggal_audiensi": wording.long_date(day) if day else "",
        "tempat_audiensi": masked(texts.line(met, "tempat_pelaksanaan"), hide),
    }


def _hidden(facts: SheetFacts, move: MoveMade | None, name: str) -> list[str]:
    return [capital(masked(text, facts.fields)) for text in texts.paragraphs(move, name)]


def _rights(facts: SheetFacts) -> list[dict[str, str]]:
    named = rights(facts.fields)
    granted = [right for right in register_words().rights if right.word in named]
    return [{"hak": f"{right.name[0].lower()}{right.name[1:]}", "pasal": right.articles} for right in granted]


def _advice(move: MoveMade | None, hide: Mapping[str, Any] | None = None) -> list[dict[str, str]]:
    """Return who is to do what until when; without what tells who complains, if ``hide`` has the case's fields."""
    rows = [{**row, "tenggat": texts.as_date(row["tenggat"])} for row in texts.rows(move, "rekomendasi", _ADVICE)]
    return [{key: capital(masked(text, hide or {})) for key, text in row.items()} for row in rows]


def _distinct(texts: list[str]) -> list[str]:
    """Return the texts without those that came before, whatever their capitals and last full stop."""
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(text.casefold().rstrip(". "), text)
    return list(first.values())


def _notice(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, day = facts.last(_DRAFTED), texts.day(facts.last(_MET), "tanggal_pelaksanaan")
    return {
        **issued(facts, office, "kakanwil"),
        **to_complainant(facts),
        "tanggal_audiensi": wording.long_date(day) if day else "",
        "tujuan_rekomendasi": texts.line(move, "tujuan_surat"),
        "rekomendasi": _advice(move),
        "cara_bertanya": office.asking,
        "tembusan": [post("kadiv", facts.letter_date, office)],
    }


def _sent(facts: SheetFacts) -> dict[str, Any]:
    """Return number and date of the recommendation, and when the agency got it."""
    numbered, received = facts.last("nomori"), facts.last("terima")
    day = texts.day(received, "tanggal_terima")
    return {
        "nomor_rekomendasi": facts.numbers.get(RECOMMENDATION) or texts.line(numbered, "nomor_naskah"),
        "tanggal_rekomendasi": wording.long_date(numbered.at) if numbered else "",
        "tanggal_diterima": wording.long_date(day) if day else "",
    }


def _request(facts: SheetFacts, office: Office) -> dict[str, Any]:
    drafted, noted = facts.last(_DRAFTED), facts.last("catat-pemantauan")
    until, hide = texts.day(noted, "batas_jawaban"), facts.fields
    return {
        **issued(facts, office, "kakanwil"),
        **_addressee(drafted),
        **_about(facts),
        **_sent(facts),
        "rekomendasi": _advice(drafted, hide),
        "catatan": _hidden(facts, noted, "catatan"),
        "batas_jawaban": wording.long_date(until) if until else "",
        "tembusan": [DIRECTOR_GENERAL],
    }


def _evaluation(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last("evaluasi")
    results = [
        {**row, "tenggat": texts.as_date(row["tenggat"]), "status": row["status"].lower().rstrip(".")}
        for row in texts.rows(move, "hasil_evaluasi", _RESULT)
    ]
    return {
        **internal(facts, office, "kabid"),
        **_about(facts),
        **_sent(facts),
        "tujuan_rekomendasi": texts.line(facts.last(_DRAFTED), "tujuan_surat"),
        "kegiatan": texts.paragraphs(move, "kegiatan"),
        "jawaban": [_answer(answer) for answer in facts.made("jawaban-instansi")],
        "hasil": results,
        "rekapitulasi": _summary(results),
        "simpulan": texts.paragraphs(move, "simpulan"),
    }


def _answer(move: MoveMade) -> dict[str, str]:
    day = texts.day(move, "tanggal_jawaban")
    return {
        "nomor": texts.line(move, "nomor_jawaban"),
        "tanggal": wording.long_date(day or move.at),
        "isi": " ".join(texts.paragraphs(move, "isi_jawaban")),
    }


def _summary(results: list[dict[str, str]]) -> str:
    """Return how many recommendations stand how: ``2 (dua) dilaksanakan, 1 (satu) belum``."""
    counts = {state: sum(row["status"].startswith(state) for row in results) for state in STATES}
    return ", ".join(wording.counted(count, state) for state, count in counts.items() if count)


SHEETS: Mapping[str, Maker] = {
    RECOMMENDATION: _recommendation,
    NOTICE: _notice,
    REQUEST: _request,
    EVALUATION: _evaluation,
}
