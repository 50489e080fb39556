"""Draws the letter that asks what became of a recommendation, and the evaluation (``07-``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import (
    DOTS,
    addressee,
    each,
    lines,
    listing,
    number_line,
    paper,
    reference,
    signature,
)
from template_drawings.paper import CENTRE, Look
from template_drawings.recommendation import ADVICE, CHAPTERS, COMPLAINT, LEAD, THANKS, closed

from pipeline.letters.sheets.follow_up import EVALUATION, REQUEST

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
#: Until when the agency is to report, and what.
UNTIL = (
    "{% if batas_jawaban %}, paling lambat tanggal {{ batas_jawaban }}{% else %} pada kesempatan pertama{% endif %}, "
    "dengan menyebutkan nomor register di atas, mengenai:"
)
_WANTED = (
    "a.\ttindak lanjut yang telah dilaksanakan atas setiap rekomendasi;",
    "b.\tbukti pelaksanaannya; dan",
    "c.\tkendala serta rencana penyelesaian atas rekomendasi yang belum dilaksanakan.",
)
_SENT = (
    "surat rekomendasi Nomor {{ nomor_rekomendasi or '" + DOTS + "' }}"
    "{% if tanggal_rekomendasi %} tanggal {{ tanggal_rekomendasi }}{% endif %}"
)


def draw_request() -> Any:
    """Draw the letter that asks the agency what it did: the recommendation, what is noted so far, until when."""
    document = paper("Permintaan Tindak Lanjut", extra=LEAD)
    reference(document, "Permintaan laporan tindak lanjut rekomendasi")
    addressee(document)
    about = (
        f"Menindaklanjuti {_SENT}"
        "{% if tanggal_diterima %}, yang diterima pada tanggal {{ tanggal_diterima }}{% endif %}, atas "
        "{{ pokok_perkara }} dengan nomor register {{ nomor_register }}, dengan ini kami sampaikan bahwa kami memantau "
        "pelaksanaan rekomendasi berikut:"
    )
    lines(document, "Pengantar", [about])
    listing(document, ADVICE, "rekomendasi", least=8)
    lines(document, "Sela", ["", ""])
    lines(document, "Pengantar", ["{%p if catatan %}", "Hasil pemantauan kami sampai dengan tanggal surat ini:"])
    each(document, "Isi Surat", "catatan")
    lines(document, "Isi Surat", ["{%p endif %}"])
    until = f"Sehubungan dengan hal tersebut, mohon Bapak/Ibu menyampaikan laporan kepada kami secara tertulis{UNTIL}"
    lines(document, "Pengantar", [until])
    reported(document)
    return closed(document, THANKS)


def reported(document: Any) -> None:
    """List what the agency is to report; the list stays whole."""
    lines(document, "Butir", _WANTED)
    for paragraph in document.paragraphs[-len(_WANTED) : -1]:
        paragraph.paragraph_format.keep_with_next = True


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
        f"{_SENT}"
        "{% if tujuan_rekomendasi %} kepada {{ tujuan_rekomendasi }}{% endif %}"
        "{% if tanggal_diterima %}, yang diterima pada tanggal {{ tanggal_diterima }}{% endif %}."
    )
    what = f"Rekomendasi tersebut disampaikan atas {COMPLAINT}{{% if tanggal_audiensi %}}, setelah audiensi/koordinasi "
    lines(document, "Isi Bab", [why, what + "pada tanggal {{ tanggal_audiensi }}{% endif %}."])


DRAWINGS: Mapping[str, Callable[[], Any]] = {REQUEST: draw_request, EVALUATION: draw_evaluation}
