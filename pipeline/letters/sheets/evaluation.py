"""The evaluation of SOP step 7: what became of each recommendation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.letters.sheets import texts
from pipeline.letters.sheets.follow_up import ANSWER, LETTERS, NOTED, SENT_ON, answers, sent
from pipeline.letters.sheets.recommendation import AGENCY, DRAFTED, DRAFTS, about, with_moves
from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases, made
from pipeline.letters.sheets.texts import internal
from pipeline.office import wording
from pipeline.office.office import Office

EVALUATION = "07-hasil-evaluasi"

#: What may have become of a recommendation, in the order of the evaluation's summary.
STATES = ("dilaksanakan", "sebagian", "belum", "ditolak")
_RESULT = ("rekomendasi", "penanggung_jawab", "tenggat", "tindak_lanjut", "bukti", "status")


def _evaluation(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last("evaluasi")
    results = [
        {**row, "tenggat": wording.as_date(row["tenggat"]), "status": row["status"].lower().rstrip(".")}
        for row in texts.rows(move, "hasil_evaluasi", _RESULT)
    ]
    return {
        **internal(facts, office, "kabid"),
        **about(facts),
        **sent(facts),
        "tujuan_rekomendasi": texts.line(facts.last(DRAFTED), "tujuan_surat"),
        "kegiatan": texts.paragraphs(move, "kegiatan"),
        "jawaban": answers(facts),
        "hasil": results,
        "rekapitulasi": _summary(results),
        "simpulan": texts.paragraphs(move, "simpulan"),
    }


def _summary(results: list[dict[str, str]]) -> str:
    """Return how many recommendations stand how: ``2 (dua) dilaksanakan, 1 (satu) belum``."""
    counts = {state: sum(row["status"].startswith(state) for row in results) for state in STATES}
    return ", ".join(wording.counted(count, state) for state, count in counts.items() if count)


SHEETS: Mapping[str, Maker] = {EVALUATION: _evaluation}

_EVALUATED: Mapping[str, Any] = {
    "kegiatan": "Tim Yankomas meninjau lokasi pada 14 Desember 2026 dan meminta laporan tertulis dari setiap instansi.",
    "hasil_evaluasi": [
        f"Memeriksa air sebelas sumur warga | {AGENCY} | 2026-12-31 | Diperiksa bulanan | Hasil uji | dilaksanakan",
        "Memperbaiki kolam limbah | PT Contoh Sawit Makmur | 2026-12-18 | Kolam pertama selesai | Foto | sebagian",
        "Membentuk posko pengaduan | Camat Contoh | 2026-12-11 | Belum ada | – | belum",
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
