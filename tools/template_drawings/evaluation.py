"""Draws the evaluation of what became of a recommendation (``07-``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.follow_up import SENT
from template_drawings.official_letter import (
    DOTS,
    each,
    lines,
    listing,
    number_line,
    paper,
    signature,
)
from template_drawings.paper import CENTRE, Look
from template_drawings.recommendation import CHAPTERS, COMPLAINT

from pipeline.letters.sheets.evaluation import EVALUATION

_SMALL_TABLE = {
    "Kepala Tabel": Look(8.5, bold=True, align=CENTRE, keep=True),
    "Isi Tabel": Look(8.5),
    "Angka Tabel": Look(8.5, align=CENTRE),
}
_RESULTS = (
    (8.0, "No.", "{{ loop.index }}"),
    (36.0, "Rekomendasi", "{{ baris.rekomendasi }}"),
    (26.0, "Penanggung jawab", "{{ baris.penanggung_jawab }}"),
    (22.0, "Tenggat", "{{ baris.tenggat }}"),
    (28.0, "Tindak lanjut", "{{ baris.tindak_lanjut }}"),
    (18.0, "Bukti", "{{ baris.bukti }}"),
    (22.0, "Status", "{{ baris.status }}"),
)


def draw_evaluation() -> Any:
    """Draw the evaluation in its five chapters; its table says of each recommendation what became of it."""
    document = paper("Hasil Evaluasi", extra={**CHAPTERS, **_SMALL_TABLE})
    lines(document, "Judul Naskah", ["HASIL EVALUASI", "PELAKSANAAN REKOMENDASI"])
    number_line(document)
    _introduction(document)
    lines(document, "Bab", ["B.\tKegiatan"])
    each(document, "Isi Bab", "kegiatan")
    lines(document, "Pengantar Bab", ["{%p if jawaban %}", "Jawaban tertulis yang diterima:"])
    answer = (
        "{{ loop.index }}.\t{% if butir.nomor %}Nomor {{ butir.nomor }} {% endif %}tanggal {{ butir.tanggal }}: "
        "{{ butir.isi }}"
    )
    each(document, "Butir Bab", "jawaban", answer)
    lines(document, "Isi Bab", ["{%p else %}", "Sampai evaluasi ini disusun belum ada jawaban tertulis yang diterima."])
    lines(document, "Isi Bab", ["{%p endif %}"])
    lines(document, "Bab", ["C.\tHasil"])
    listing(document, _RESULTS, "hasil", least=8)
    lines(document, "Sela", [""])
    lines(document, "Isi Bab", ["{%p if rekapitulasi %}", "Rekapitulasi: {{ rekapitulasi }}.", "{%p endif %}"])
    lines(document, "Bab", ["D.\tSimpulan dan saran"])
    each(document, "Isi Bab", "simpulan")
    lines(document, "Bab", ["E.\tPenutup"])
    closing = (
        "Demikian hasil evaluasi ini disusun sebagai bahan pertimbangan pimpinan dan penyelesaian perkara ini "
        "dalam Buku Register Aduan."
    )
    lines(document, "Pengantar Bab", [closing])
    lines(document, "Sela", ["", ""])
    for paragraph in document.paragraphs[-2:]:  # the air above the signature goes with it
        paragraph.paragraph_format.keep_with_next = True
    signature(document, dated=True)
    return document


def _introduction(document: Any) -> None:
    lines(document, "Bab", ["A.\tPendahuluan"])
    why = (
        f"Evaluasi ini disusun berdasarkan Standar Operasional Prosedur Nomor {{{{ nomor_sop or '{DOTS}' }}}} tentang "
        "{{ nama_sop or 'Pelayanan Komunikasi Masyarakat' }}, untuk menilai pelaksanaan "
        f"{SENT}"
        "{% if tujuan_rekomendasi %} kepada {{ tujuan_rekomendasi }}{% endif %}"
        "{% if tanggal_diterima %}, yang diterima pada tanggal {{ tanggal_diterima }}{% endif %}."
    )
    what = f"Rekomendasi tersebut disampaikan atas {COMPLAINT}{{% if tanggal_audiensi %}}, setelah audiensi/koordinasi "
    lines(document, "Isi Bab", [why, what + "pada tanggal {{ tanggal_audiensi }}{% endif %}."])


DRAWINGS: Mapping[str, Callable[[], Any]] = {EVALUATION: draw_evaluation}
