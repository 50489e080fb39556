"""The letter of SOP step 7 that asks the agency what became of a recommendation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pipeline.access.masking import names_complainant
from pipeline.letters.sheets import texts
from pipeline.letters.sheets.corrected_letters import amended
from pipeline.letters.sheets.monitoring_notes import notes
from pipeline.letters.sheets.recommendation import (
    AGENCY,
    DIRECTOR_GENERAL,
    DRAFTED,
    DRAFTS,
    RECOMMENDATION,
    about,
    addressee,
    advice_as_read,
    with_moves,
)
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, NumberedLetter, SheetFacts
from pipeline.letters.sheets.specimens import WIB, Cases, made
from pipeline.letters.sheets.texts import issued
from pipeline.office import wording
from pipeline.office.office import Office

REQUEST = "07-permintaan-tindak-lanjut"
#: So many who carry recommendations out are named among those who get a copy; what more of them are called.
_NAMED, _ALL_OF_THEM = 2, "Para pelaksana rekomendasi tersebut"


def sent(facts: SheetFacts) -> dict[str, Any]:
    """Return number and date of the recommendation, by which corrections it is read, and when the agency got it."""
    numbered, letters = facts.last("nomori"), facts.letters_of(RECOMMENDATION)
    at = letters[-1].at if letters else numbered.at if numbered else None
    day = texts.day(facts.last("terima"), "tanggal_terima")
    return {
        "nomor_rekomendasi": letters[-1].number if letters else texts.line(numbered, "nomor_naskah"),
        "tanggal_rekomendasi": wording.long_date(at) if at else "",
        "ralat_rekomendasi": amended(facts, letters[-1]) if letters else "",
        "tanggal_diterima": wording.long_date(day) if day else "",
    }


def executors(facts: SheetFacts, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Return who beside the addressee carries these recommendations out: each gets a copy of what is asked of them.

    Many are told together: the letter's table names them.
    """
    to = texts.line(facts.last(DRAFTED), "tujuan_surat").casefold()
    named = (row["instansi"] for row in rows if row["instansi"].casefold() not in ("", to))
    told = [name for name in dict.fromkeys(named) if not names_complainant(name, facts.fields)]
    return told if len(told) <= _NAMED else [_ALL_OF_THEM]


def _request(facts: SheetFacts, office: Office) -> dict[str, Any]:
    noted = facts.last("catat-pemantauan")
    until = texts.day(noted, "batas_jawaban")
    return {
        **issued(facts, office),
        **addressee(facts.last(DRAFTED)),
        **about(facts),
        **sent(facts),
        "rekomendasi": advice_as_read(facts, facts.fields),
        "catatan": notes(facts, noted),
        "batas_jawaban": wording.long_date(until) if until else "",
        "tembusan": texts.copies([DIRECTOR_GENERAL, *executors(facts, advice_as_read(facts))], facts, office),
    }


def answers(facts: SheetFacts) -> list[dict[str, str]]:
    """Return what the agencies answered: who did, number and date of each answer, and what it says."""
    return [_answer(move) for move in facts.made("jawaban-instansi")]


def _answer(move: MoveMade) -> dict[str, str]:
    day = texts.day(move, "tanggal_jawaban")
    return {
        "penjawab": texts.line(move, "penjawab"),
        "nomor": texts.line(move, "nomor_jawaban"),
        "tanggal": wording.long_date(day or move.at),
        "isi": " ".join(texts.paragraphs(move, "isi_jawaban")),
    }


SHEETS: Mapping[str, Maker] = {REQUEST: _request}

_NUMBERED_AT = datetime(2026, 12, 4, 9, 0, tzinfo=WIB)
#: How the recommendation of the invented cases went out, and its number.
SENT_ON = (
    replace(made("nomori", "tim-yankomas"), at=_NUMBERED_AT),
    made("terima", "tim-yankomas", tanggal_terima="2026-12-07", penerima="Petugas Tata Usaha"),
)
NOTED = made(
    "catat-pemantauan",
    "tim-yankomas",
    catatan="Air bersih sudah disalurkan kepada warga RT 2. Kolam limbah belum diperbaiki.",
    batas_jawaban="2026-12-18",
)
_NOTED_LONG = made("catat-pemantauan", "tim-yankomas", catatan="\n".join([str(NOTED.values["catatan"])] * 12))
ANSWER = made(
    "jawaban-instansi",
    "tim-yankomas",
    tanggal_jawaban="2026-12-16",
    penjawab=AGENCY,
    nomor_jawaban="660/12/DLH/2026",
    isi_jawaban="Pemeriksaan air sumur dilakukan setiap bulan; hasil bulan Desember terlampir pada surat tersebut.",
)
LETTERS = (NumberedLetter(RECOMMENDATION, "W.8-HA.01.07-0014", _NUMBERED_AT),)
CASES: Cases = {
    REQUEST: with_moves(
        DRAFTS[0],
        (*DRAFTS[1], *SENT_ON, NOTED),
        (*DRAFTS[2], *SENT_ON, _NOTED_LONG),
        letters=LETTERS,
        naskah_date=date(2026, 12, 14),
        naskah_number="W.8-HA.01.07-0016",
    ),
}
