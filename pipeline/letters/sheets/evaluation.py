"""The evaluation of SOP step 7: what became of each recommendation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pipeline.letters.sheets import texts
from pipeline.letters.sheets.audience import matter
from pipeline.letters.sheets.follow_up import ANSWER, LETTERS, NOTED, SENT_ON, answers, sent
from pipeline.letters.sheets.letter_subjects import subject
from pipeline.letters.sheets.recommendation import AGENCY, DRAFTED, DRAFTS, about, with_moves
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases, made
from pipeline.letters.sheets.texts import internal
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

EVALUATION = "07-hasil-evaluasi"

#: What may have become of a recommendation, in the order of the summary: how the form's answer begins, and the words.
STATES: Mapping[str, str] = {
    "sebagian": "Dilaksanakan sebagian",
    "dilaksanakan sebagian": "Dilaksanakan sebagian",
    "dilaksanakan": "Dilaksanakan",
    "belum": "Belum dilaksanakan",
    "ditolak": "Ditolak",
}
_ORDER = ("Dilaksanakan", "Dilaksanakan sebagian", "Belum dilaksanakan", "Ditolak")
_RESULT = ("rekomendasi", "penanggung_jawab", "tenggat", "tindak_lanjut", "bukti", "status")
#: Where nothing was done or nothing shows it; anything else that was left open stays blank.
_NOTHING, _MAY_BE_NOTHING = "Tidak ada", ("tindak_lanjut", "bukti")
_UNTOLD = "Belum dinilai"
#: The letters of the monitoring, in their order.
_ASKED = ("07-permintaan-tindak-lanjut", "07-teguran-pertama", "07-teguran-kedua")


def _evaluation(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last("evaluasi")
    results = [_result(row) for row in texts.rows(move, "hasil_evaluasi", _RESULT)]
    return {
        **internal(facts, office, "kabid"),
        **about(facts),
        **sent(facts),
        "pokok_pengaduan": matter(facts),
        "tujuan_rekomendasi": texts.line(facts.last(DRAFTED), "tujuan_surat"),
        "kegiatan": texts.paragraphs(move, "kegiatan"),
        "surat_pemantauan": _asked(facts),
        "jawaban": answers(facts),
        "hasil": results,
        "jumlah_rekomendasi": wording.counted(len(results), "rekomendasi"),
        "rekapitulasi": _summary(results),
        "simpulan": texts.paragraphs(move, "simpulan"),
    }


def _result(row: Mapping[str, str]) -> dict[str, str]:
    """Return what became of one recommendation, in words; a dash says nothing and is not printed."""
    told = {name: texts.capital(said(text)) for name, text in row.items()}
    empty = {name: _NOTHING for name in _MAY_BE_NOTHING if not told[name]}
    whole = {**told, **empty, "tenggat": wording.as_date(told["tenggat"]), "status": _status(row["status"])}
    return {name: wording.unbroken(text) for name, text in whole.items()}


def _status(text: str) -> str:
    """Return how a recommendation stands, in the sheet's words; an answer in other words stays as it was written."""
    answer = text.casefold().rstrip(". ")
    told = texts.capital(said(text)) or _UNTOLD
    return next((words for word, words in STATES.items() if answer.startswith(word)), told)


def _asked(facts: SheetFacts) -> list[dict[str, str]]:
    """Return the letters in which the agency was asked what it did: what each is, its number and date."""
    letters = (letter for template in _ASKED for letter in facts.letters_of(template))
    return [
        {
            "hal": texts.within(subject(letter.template, facts.register_number)),
            "nomor": letter.number,
            "tanggal": wording.long_date(letter.at),
        }
        for letter in letters
    ]


def _summary(results: Sequence[Mapping[str, str]]) -> str:
    """Return how many recommendations stand how: ``2 (dua) dilaksanakan dan 1 (satu) belum dilaksanakan``."""
    states = [row["status"] for row in results]
    told = [wording.counted(states.count(s), s.lower()) for s in dict.fromkeys((*_ORDER, *states)) if s in states]
    return f"{', '.join(told[:-1])}{',' * (len(told) > 2)} dan {told[-1]}" if len(told) > 1 else "".join(told)


SHEETS: Mapping[str, Maker] = {EVALUATION: _evaluation}

_EVALUATED: Mapping[str, Any] = {
    "kegiatan": "Tim Yankomas meninjau lokasi pada 14 Desember 2026 dan meminta laporan tertulis dari setiap instansi.",
    "hasil_evaluasi": [
        f"Memeriksa air sebelas sumur warga | {AGENCY} | 2026-12-31 | Diperiksa setiap bulan | Rekapitulasi hasil uji"
        " | dilaksanakan",
        "Memperbaiki kolam limbah | Direktur PT Contoh Sawit Makmur | 2026-12-18 | Kolam pertama selesai | Foto"
        " | sebagian",
        "Membentuk posko pengaduan | Camat Contoh | 2026-12-11 | – | – | belum",
    ],
    "simpulan": "Satu rekomendasi dilaksanakan, satu sebagian, dan satu belum.\nDisarankan peninjauan Januari 2027.",
}
_EVALUATED_LONG: Mapping[str, Any] = {
    "kegiatan": "\n".join([_EVALUATED["kegiatan"]] * 6),
    "hasil_evaluasi": [f"{n}: {entry}" for n in range(1, 9) for entry in _EVALUATED["hasil_evaluasi"]],
    "simpulan": "\n".join([_EVALUATED["simpulan"]] * 6),
}
_EVALUATED_LEAST: Mapping[str, Any] = {
    "kegiatan": "Peninjauan lokasi.",
    "hasil_evaluasi": ["Memulihkan sumur warga | Bupati Contoh | 2026-12-18 | – | – | ditolak"],
    "simpulan": "Rekomendasi tidak dilaksanakan.",
}
CASES: Cases = {
    EVALUATION: with_moves(
        (*DRAFTS[0], made("evaluasi", "tim-yankomas", **_EVALUATED_LEAST)),
        (*DRAFTS[1], *SENT_ON, NOTED, ANSWER, made("evaluasi", "tim-yankomas", **_EVALUATED)),
        (*DRAFTS[2], *SENT_ON, NOTED, *[ANSWER] * 5, made("evaluasi", "tim-yankomas", **_EVALUATED_LONG)),
        letters=LETTERS,
        naskah_date=date(2027, 1, 6),
        naskah_number="W.8-HA.01.07-0017",
    ),
}
