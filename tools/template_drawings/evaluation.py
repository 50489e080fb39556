"""Draws the evaluation of what became of a recommendation (``07-``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.follow_up import NUMBER_AND_DATE
from template_drawings.official_letter import (
    DOTS,
    each,
    each_to_closing,
    last_of,
    lines,
    listing,
    number_line,
    paper,
    signature,
)
from template_drawings.paper import CENTRE, Look
from template_drawings.recommendation import CHAPTERS

from pipeline.letters.sheets.evaluation import EVALUATION

_LOOKS = {
    **CHAPTERS,
    "Isi Bab Akhir": last_of(CHAPTERS["Isi Bab"]),
    "Kepala Tabel": Look(9, bold=True, align=CENTRE, keep=True),
    "Isi Tabel": Look(9),
    "Angka Tabel": Look(9, align=CENTRE),
}
#: Wide enough for the longest usual words (*Rekapitulasi*, *Dilaksanakan*, *pertanggungjawaban*).
_RESULTS = (
    (10.0, "No.", "{{ loop.index }}"),
    (36.0, "Rekomendasi", "{{ baris.rekomendasi }}"),
    (
        41.0,
        "Penanggung jawab dan tenggat",
        "{{ baris.penanggung_jawab }}{% if baris.penanggung_jawab and baris.tenggat %}\n{% endif %}{{ baris.tenggat }}",
    ),
    (27.0, "Tindak lanjut", "{{ baris.tindak_lanjut }}"),
    (22.0, "Bukti", "{{ baris.bukti }}"),
    (24.0, "Status", "{{ baris.status }}"),
)


def draw_evaluation() -> Any:
    """Draw the evaluation in its five chapters; its table says of each recommendation what became of it."""
    document = paper("Hasil Evaluasi", extra=_LOOKS)
    lines(document, "Judul Naskah", ["HASIL EVALUASI", "PELAKSANAAN REKOMENDASI"])
    number_line(document)
    _introduction(document)
    _activities(document)
    lines(document, "Bab", ["C.\tHasil"])
    listing(document, _RESULTS, "hasil", least=8)
    lines(document, "Sela", [""])
    count = "Dari {{ jumlah_rekomendasi }}, {{ rekapitulasi }}."
    lines(document, "Isi Bab", ["{%p if rekapitulasi %}", count, "{%p endif %}"])
    lines(document, "Bab", ["D.\tSimpulan dan saran"])
    each_to_closing(document, "Isi Bab", "simpulan", held=3)
    lines(document, "Bab", ["E.\tPenutup"])
    closing = "Demikian hasil evaluasi ini disusun sebagai bahan keputusan pimpinan."
    lines(document, "Pengantar Bab", [closing])
    signature(document, dated=True, initialled=True)
    return document


def _introduction(document: Any) -> None:
    lines(document, "Bab", ["A.\tPendahuluan"])
    why = (
        f"Evaluasi ini disusun berdasarkan Standar Operasional Prosedur Nomor {{{{ nomor_sop or '{DOTS}' }}}} tentang "
        "{{ nama_sop or 'Pelayanan Komunikasi Masyarakat' }}, untuk menilai pelaksanaan rekomendasi dalam surat "
        f"{NUMBER_AND_DATE}"
        "{% if tujuan_rekomendasi %} kepada {{ tujuan_rekomendasi }}{% endif %}"
        "{% if tanggal_diterima %}, yang diterima pada tanggal {{ tanggal_diterima }}{% endif %}. Rekomendasi tersebut "
        "disampaikan atas {{ pokok_pengaduan }}, yang terdaftar dengan nomor register {{ nomor_register }} pada "
        "tanggal {{ tanggal_terima }}{% if tanggal_audiensi %}, setelah audiensi/koordinasi pada tanggal "
        "{{ tanggal_audiensi }}{% endif %}."
    )
    lines(document, "Isi Bab", [why])


def _activities(document: Any) -> None:
    lines(document, "Bab", ["B.\tKegiatan"])
    each(document, "Isi Bab", "kegiatan")
    lines(document, "Pengantar Bab", ["{%p if surat_pemantauan %}", "Surat yang dikirim selama pemantauan:"])
    letter = (
        "{{ loop.index }}.\tSurat Nomor {{ butir.nomor }} tanggal {{ butir.tanggal }} mengenai "
        "{{ butir.hal }}{% if loop.last %}.{% else %};{% endif %}"
    )
    each(document, "Butir Bab", "surat_pemantauan", letter)
    lines(document, "Pengantar Bab", ["{%p endif %}", "{%p if jawaban %}", "Jawaban tertulis yang diterima:"])
    answer = (
        "{{ loop.index }}.\t{% if butir.nomor %}Surat Nomor {{ butir.nomor }} {% else %}Surat {% endif %}tanggal "
        "{{ butir.tanggal }}: {{ butir.isi }}"
    )
    each(document, "Butir Bab", "jawaban", answer)
    lines(document, "Isi Bab", ["{%p else %}", "Sampai evaluasi ini disusun belum ada jawaban tertulis yang diterima."])
    lines(document, "Isi Bab", ["{%p endif %}"])


DRAWINGS: Mapping[str, Callable[[], Any]] = {EVALUATION: draw_evaluation}
