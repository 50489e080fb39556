"""Draws the evaluation of what became of a recommendation (``07-``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.audience import running_title
from template_drawings.follow_up import NUMBER_AND_DATE
from template_drawings.official_letter import (
    DOTS,
    NUMBER_OR_DOTS,
    SIGNATURE,
    copies,
    each,
    each_to_closing,
    initials,
    last_of,
    lines,
    listing,
    number_line,
    paper,
    signature,
    together,
)
from template_drawings.paper import BOTTOM, CENTRE, TEXT_WIDTH, TOP, Look, control, table, write
from template_drawings.recommendation import CHAPTERS, ENDS

from pipeline.letters.approved_text import NUMBER
from pipeline.letters.sheets.evaluation import EVALUATION

_LOOKS = {
    **CHAPTERS,
    "Isi Bab Akhir": last_of(CHAPTERS["Isi Bab"]),
    "Butir Bab Akhir": last_of(CHAPTERS["Butir Bab"]),
    "Kepala Tabel": Look(9, bold=True, align=CENTRE, keep=True),
    "Isi Tabel": Look(9),
    "Angka Tabel": Look(9, align=CENTRE),
}
#: Wide enough for a date (*28 September 2026*) and for the longest usual words (*Rekapitulasi*, *Dilaksanakan*).
_RESULTS = (
    (8.5, "No.", "{{ loop.index }}"),
    (33.0, "Rekomendasi", "{{ baris.rekomendasi }}"),
    (
        32.0,
        "Penanggung jawab dan tenggat",
        "{{ baris.penanggung_jawab }}{% if baris.penanggung_jawab and baris.tenggat %}\n{% endif %}{{ baris.tenggat }}",
    ),
    (32.0, "Tindak lanjut", "{{ baris.tindak_lanjut }}"),
    (32.0, "Bukti", "{{ baris.bukti }}"),
    (22.5, "Status", "{{ baris.status }}"),
)


def draw_evaluation() -> Any:
    """Draw the evaluation in its five chapters; its table says of each recommendation what became of it."""
    document = paper("Hasil Evaluasi", extra=_LOOKS)
    control(running_title(document, "Hasil Evaluasi Pelaksanaan Rekomendasi Nomor "), NUMBER, NUMBER_OR_DOTS)
    lines(document, "Judul Naskah", ["HASIL EVALUASI", "PELAKSANAAN REKOMENDASI"])
    number_line(document)
    _introduction(document)
    _activities(document)
    _outcome(document)
    lines(document, "Bab", ["D.\tSimpulan dan saran"])
    lines(document, "Isi Bab", ["{%p if butir_simpulan|length == 1 %}"])
    each_to_closing(document, "Isi Bab", "butir_simpulan", held=3)
    lines(document, "Isi Bab", ["{%p else %}"])
    each_to_closing(document, "Butir Bab", "butir_simpulan", "a.\t{{ butir }}", held=3)
    lines(document, "Isi Bab", ["{%p endif %}"])
    lines(document, "Bab", ["E.\tPenutup"])
    closing = "Demikian hasil evaluasi ini disusun untuk dipergunakan sebagaimana mestinya."
    lines(document, "Pengantar Bab", [closing])
    _signatures(document)
    copies(document)
    return document


def _introduction(document: Any) -> None:
    lines(document, "Bab", ["A.\tPendahuluan"])
    why = (
        f"Evaluasi ini disusun untuk menilai pelaksanaan rekomendasi dalam surat {NUMBER_AND_DATE}"
        "{% if tujuan_rekomendasi %} kepada {{ tujuan_rekomendasi }}{% endif %}"
        "{% if tanggal_diterima %}, yang diterima pada tanggal {{ tanggal_diterima }}{% endif %}"
        "{% if ralat_rekomendasi %}, {{ ralat_rekomendasi }}{% endif %}. Rekomendasi tersebut "
        "disampaikan atas {{ pokok_pengaduan }}, yang terdaftar dengan nomor register {{ nomor_register }} pada "
        "tanggal {{ tanggal_terima }}{% if tanggal_audiensi %}, setelah audiensi/koordinasi pada tanggal "
        "{{ tanggal_audiensi }}{% endif %}."
    )
    lines(document, "Isi Bab", [why])
    lines(document, "Pengantar Bab", ["{%p if dasar %}", "Dasar evaluasi ini:"])
    each(document, "Butir Bab", "dasar", f"a.\t{{{{ butir }}}}{ENDS}")
    lines(document, "Pengantar Bab", ["{%p endif %}"])


def _activities(document: Any) -> None:
    """Draw what was done: of one letter or answer a sentence, of several a list."""
    lines(document, "Bab", ["B.\tKegiatan"])
    each(document, "Isi Bab", "kegiatan")
    letter = "urat Nomor {{ butir.nomor }} tanggal {{ butir.tanggal }} mengenai {{ butir.hal }}"
    lines(document, "Isi Bab", ["{%p if surat_pemantauan|length == 1 %}"])
    each(document, "Isi Bab", "surat_pemantauan", f"Surat yang dikirim selama pemantauan adalah s{letter}.")
    lines(document, "Pengantar Bab", ["{%p elif surat_pemantauan %}", "Surat yang dikirim selama pemantauan:"])
    each(document, "Butir Bab", "surat_pemantauan", f"a.\ts{letter}{ENDS}")
    lines(document, "Isi Bab", ["{%p endif %}", "{%p if jawaban_tertulis|length == 1 %}"])
    each(document, "Isi Bab", "jawaban_tertulis", "Jawaban tertulis yang diterima adalah {{ butir }}.")
    lines(document, "Pengantar Bab", ["{%p elif jawaban_tertulis %}", "Jawaban tertulis yang diterima:"])
    each(document, "Butir Bab", "jawaban_tertulis", f"a.\t{{{{ butir }}}}{ENDS}")
    lines(document, "Isi Bab", ["{%p else %}", "Sampai evaluasi ini disusun belum ada jawaban tertulis yang diterima."])
    lines(document, "Isi Bab", ["{%p endif %}"])


def _outcome(document: Any) -> None:
    """Draw what became of the recommendations: a table, and of several how many stand how."""
    lines(document, "Bab", ["C.\tHasil"])
    listing(document, _RESULTS, "hasil", least=8, held=together(6))
    lines(document, "Sela", [""])
    count = "Dari {{ jumlah_rekomendasi }}, {{ rekapitulasi }}."
    lines(document, "Isi Bab", ["{%p if hasil|length > 1 %}", count, "{%p endif %}"])


def _signatures(document: Any) -> None:
    """Draw who made it at the right, who approves at the left, and below each name who initials it for them."""
    signature(document, dated=True, wide=TEXT_WIDTH - SIGNATURE - 5)  # the longest title stands at the left
    block, beside = document.tables[-1].rows[0].cells
    block.vertical_alignment = beside.vertical_alignment = BOTTOM  # the names stand on one line, whatever the titles
    write(block, "Tanda Tangan", "Menyetujui,", "{{ penyetuju_jabatan }},", "", "", "", "")
    write(block, "Tanda Tangan", f"{{{{ penyetuju_nama or '{DOTS}' }}}}")
    write(block, "Tanda Tangan", f"NIP {{{{ penyetuju_nip or '{DOTS[:28]}' }}}}")
    below = table(document, (SIGNATURE + 5, TEXT_WIDTH - SIGNATURE - 5), 1, pad=0).rows[0].cells
    for cell, people in zip(below, ("paraf_atasan", "paraf_bawahan"), strict=True):
        write(cell, "Tanda Tangan", "")
        initials(cell, people)
        cell.vertical_alignment = TOP


DRAWINGS: Mapping[str, Callable[[], Any]] = {EVALUATION: draw_evaluation}
