"""The letter of SOP step 7 that tells the complainant what came of the complaint, and that its file is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pipeline.letters.sheets import phrasing, texts
from pipeline.letters.sheets.evaluation import EVALUATION
from pipeline.letters.sheets.follow_up import LETTERS, SENT_ON, sent
from pipeline.letters.sheets.notice import NOTICE
from pipeline.letters.sheets.recommendation import DRAFTED, DRAFTS, advice_as_read, rights_found, with_moves
from pipeline.letters.sheets.recommendation_states import DONE, RESULT, state_of
from pipeline.letters.sheets.sheet_facts import Maker, NumberedLetter, SheetFacts
from pipeline.letters.sheets.specimens import WIB, Cases, made
from pipeline.letters.sheets.to_complainant import alone, letter_to_complainant
from pipeline.letters.sheets.warning_letters import SECOND
from pipeline.office import wording
from pipeline.office.office import Office

CLOSING = "07-pemberitahuan-penutupan"
#: The moves that may call for the letter.
_ENDING = ("siapkan-penutupan", "selesai")


def _closing(facts: SheetFacts, office: Office) -> dict[str, Any]:
    drafted = facts.last(DRAFTED)
    met = texts.day(facts.last("laksanakan"), "tanggal_pelaksanaan")
    told, evaluated = facts.letters_of(NOTICE), facts.letters_of(EVALUATION)
    count = len(advice_as_read(facts))
    came = [phrasing.sentence(t) for t in texts.paragraphs(facts.composed(CLOSING, *_ENDING), "hasil_bagi_pelapor")]
    return {
        **letter_to_complainant(facts, office),
        **sent(facts),
        "hak_terindikasi": rights_found(facts, office),
        "tanggal_audiensi": wording.long_date(met) if met else "",
        "tujuan_rekomendasi": texts.line(drafted, "tujuan_surat"),
        "banyak_rekomendasi": wording.counted(count, "rekomendasi") if count else "",
        "nomor_pemberitahuan": told[-1].number if told else "",
        "tanggal_pemberitahuan": wording.long_date(told[-1].at) if told else "",
        "nomor_evaluasi": evaluated[-1].number if evaluated else "",
        "tanggal_evaluasi": wording.long_date(evaluated[-1].at) if evaluated else "",
        "hasil": came,
        "satu_hasil": phrasing.begun_small(alone(came)),
        "yang_belum": _undone(facts),
        "dilaporkan": "ya" if facts.letters_of(SECOND) else "",
    }


def _undone(facts: SheetFacts) -> str:
    """Return what the evaluation found to be left undone, to begin a sentence; empty where all was carried out."""
    states = [state_of(row["status"]) for row in texts.rows(facts.last("evaluasi"), "hasil_evaluasi", RESULT)]
    if DONE not in states and len(set(states)) == 1:
        return f"Rekomendasi yang {phrasing.within(states[0])}"
    return "Rekomendasi yang belum seluruhnya dilaksanakan" if set(states) - {DONE} else ""


SHEETS: Mapping[str, Maker] = {CLOSING: _closing}

_CAME_OF_IT = (
    "Pemerintah Kabupaten Contoh memeriksa air sumur warga setiap bulan dan menyediakan air bersih sampai sumur dapat "
    "dipakai kembali.\nKolam limbah sudah diperbaiki; pemeriksaan bulan Januari 2027 menunjukkan bahwa air di RT 2 "
    "memenuhi baku mutu."
)
_CLOSED = replace(made("siapkan-penutupan", "tim-yankomas", hasil_bagi_pelapor=_CAME_OF_IT), sheets=(CLOSING,))
_LEAST = replace(_CLOSED, values={"hasil_bagi_pelapor": "Rekomendasi tersebut belum dilaksanakan."})
_NOT_DONE = made("evaluasi", "tim-yankomas", hasil_evaluasi=["Memulihkan sumur | Bupati Contoh | – | – | – | belum"])
_LONGEST = replace(_CLOSED, values={"hasil_bagi_pelapor": "\n".join([_CAME_OF_IT] * 7)})

CASES: Cases = {
    CLOSING: with_moves(
        (*DRAFTS[0], _NOT_DONE, _LEAST),
        (*DRAFTS[1], *SENT_ON, _CLOSED),
        (*DRAFTS[2], *SENT_ON, _LONGEST),
        letters=(*LETTERS, NumberedLetter(NOTICE, "W.8-HA.01.07-0015", datetime(2026, 12, 4, 9, 5, tzinfo=WIB))),
        naskah_number="W.8-HA.01.07-0003",
        naskah_date=date(2027, 1, 25),
    ),
}
