"""The first and the second warning (*teguran*) to an agency that does not say what became of a recommendation.

They cite what was asked before and never answered, and name no complainant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pipeline.letters.sheets import texts
from pipeline.letters.sheets.agency_letter import cited_subject
from pipeline.letters.sheets.corrected_letters import amended
from pipeline.letters.sheets.follow_up import ANSWER, LETTERS, NOTED, REQUEST, SENT_ON, answers, executors, sent
from pipeline.letters.sheets.monitoring_notes import notes
from pipeline.letters.sheets.recommendation import (
    DIRECTOR_GENERAL,
    DRAFTED,
    DRAFTS,
    RECOMMENDATION,
    about,
    addressee,
    advice_as_read,
    advice_due,
    others,
    with_moves,
)
from pipeline.letters.sheets.sheet_facts import Maker, NumberedLetter, SheetFacts
from pipeline.letters.sheets.specimens import WIB, Cases, made
from pipeline.letters.sheets.texts import issued
from pipeline.office import wording
from pipeline.office.office import Office

FIRST, SECOND = "07-teguran-pertama", "07-teguran-kedua"
WARNED, _NOTED = "tegur", "catat-pemantauan"
#: What the letters that were not answered are called.
_CALLED = {RECOMMENDATION: "surat rekomendasi", REQUEST: "surat permintaan laporan", FIRST: "surat teguran pertama"}


def _warning(template: str) -> Maker:
    def values(facts: SheetFacts, office: Office) -> dict[str, Any]:
        move = facts.composed(template, WARNED)
        until = texts.day(move, "batas_jawaban")
        named, day = others(facts, move), facts.letter_date
        due, called_on = advice_due(facts, day, facts.fields), advice_due(facts, day) or advice_as_read(facts)
        copies = texts.copies([DIRECTOR_GENERAL, *named, *executors(facts, called_on)], facts, office)
        above = [name for name in copies if name in named and name != DIRECTOR_GENERAL]
        return {
            **issued(facts, office),
            **addressee(facts.last(DRAFTED)),
            **about(facts),
            **sent(facts),
            "surat_terdahulu": _unanswered(facts, template),
            "rekomendasi": due,
            "satu_rekomendasi": "ya" if len(called_on) == 1 else "",
            "jawaban": answers(facts),
            "catatan": notes(facts, move),
            "batas_jawaban": wording.long_date(until) if until else "",
            "tembusan_atasan": above,
            "atasan": wording.enumerated(above),
            "tembusan": copies,
        }

    return values


def _unanswered(facts: SheetFacts, template: str) -> list[dict[str, str]]:
    """Return the letters that were not answered: the recommendation, every request, before a second warning the first.

    Each is ``sebutan``, ``nomor``, ``tanggal``, ``hal``, ``keterangan`` and ``ralat``; the recommendation is there also
    without a number.
    """
    basis = sent(facts)
    received = basis["tanggal_diterima"]
    rows = [
        {
            "sebutan": _CALLED[RECOMMENDATION],
            "nomor": basis["nomor_rekomendasi"],
            "tanggal": basis["tanggal_rekomendasi"],
            "hal": cited_subject(facts, RECOMMENDATION),
            "keterangan": f"yang diterima pada tanggal {received}" if received else "",
            "ralat": basis["ralat_rekomendasi"],
        }
    ]
    asked = [(letter, _NOTED) for letter in facts.letters_of(REQUEST)]
    if template == SECOND:
        asked += [(letter, WARNED) for letter in facts.letters_of(FIRST)]
    return rows + [_cited(facts, letter, key) for letter, key in asked]


def _cited(facts: SheetFacts, letter: NumberedLetter, key: str) -> dict[str, str]:
    """Return a letter that asked for an answer; until when is what the newest move of the key before it said."""
    moves = [move for move in facts.made(key) if move.at <= letter.at]
    until = texts.day(moves[-1] if moves else None, "batas_jawaban")
    return {
        "sebutan": _CALLED[letter.template],
        "nomor": letter.number,
        "tanggal": wording.long_date(letter.at),
        "hal": cited_subject(facts, letter.template),
        "keterangan": f"yang meminta laporan paling lambat tanggal {wording.long_date(until)}" if until else "",
        "ralat": amended(facts, letter),
    }


SHEETS: Mapping[str, Maker] = {FIRST: _warning(FIRST), SECOND: _warning(SECOND)}

_SUPERIOR = "Gubernur Contoh (selaku atasan Bupati Contoh)"
_FIRST = replace(
    made(
        WARNED,
        "tim-yankomas",
        catatan="Peninjauan pada 21 Desember 2026 menunjukkan bahwa kolam limbah belum diperbaiki.",
        batas_jawaban="2027-01-08",
    ),
    at=datetime(2026, 12, 21, 9, 0, tzinfo=WIB),
    sheets=(FIRST,),
)
_SECOND = replace(
    made(WARNED, "tim-yankomas", batas_jawaban="2027-01-22", tembusan=[_SUPERIOR, "Sari Melati"]),
    at=datetime(2027, 1, 11, 9, 0, tzinfo=WIB),
    sheets=(SECOND,),
)
_LONG_NOTE = "Peninjauan bersama kepala desa menunjukkan bahwa kolam limbah belum diperbaiki dan air masih berbau. " * 3
_LONG = {
    "catatan": "\n".join([_LONG_NOTE] * 5),
    "tembusan": [f"Kepala Kantor Contoh Wilayah Kerja ke-{n}" for n in range(1, 9)],
}
_ASKED = NumberedLetter(REQUEST, "W.8-HA.01.07-0016", datetime(2026, 12, 14, 9, 0, tzinfo=WIB))
_ASKED_AGAIN = NumberedLetter(REQUEST, "W.8-HA.01.07-0018", datetime(2026, 12, 17, 9, 0, tzinfo=WIB))
_WARNED = NumberedLetter(FIRST, "W.8-HA.01.07-0019", datetime(2026, 12, 21, 10, 0, tzinfo=WIB))


def _three(template: str, letters: tuple[NumberedLetter, ...], number: str, day: date) -> Mapping[str, Any]:
    least = replace(made(WARNED, "tim-yankomas"), sheets=(template,))
    usual = (*SENT_ON, NOTED, _FIRST, *([_SECOND] if template == SECOND else []))
    long = replace(usual[-1], values={**usual[-1].values, **_LONG})
    cases = with_moves(
        (*DRAFTS[0], least),
        (*DRAFTS[1], *usual),
        (*DRAFTS[2], *usual[:-1], ANSWER, long),
        letters=(*LETTERS, *letters),
        naskah_number=number,
        naskah_date=day,
    )
    return {**cases, "panjang": {**cases["panjang"], "letters": (*LETTERS, *[_ASKED_AGAIN] * 3, *letters)}}


CASES: Cases = {
    FIRST: _three(FIRST, (_ASKED,), _WARNED.number, date(2026, 12, 21)),
    SECOND: _three(SECOND, (_ASKED, _WARNED), "W.8-HA.01.07-0021", date(2027, 1, 11)),
}
