"""Draws the recommendation (``06-surat-rekomendasi``), and what letters to the agency have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import (
    DOTS,
    addressee,
    chapter,
    copies,
    each,
    lines,
    listing,
    paper,
    reference,
    signature,
)
from template_drawings.paper import BOTH, TEXT_WIDTH, Look

from pipeline.letters.sheets.recommendation import RECOMMENDATION

CHAPTERS = {
    "Bab": Look(11, bold=True, before=6, after=3, left=7, first=-7, keep=True),
    "Isi Bab": Look(11, align=BOTH, after=4, left=7, leading=1.15),
    "Pengantar Bab": Look(11, align=BOTH, after=4, left=7, leading=1.15, keep=True),
    "Butir Bab": Look(11, align=BOTH, after=3, left=14, first=-7, leading=1.15),
}
LEAD = {"Pengantar": Look(11, align=BOTH, after=6, first=10, leading=1.15, keep=True)}
ADVICE = (
    (10.0, "No.", "{{ loop.index }}"),
    (42.0, "Kepada", "{{ baris.instansi }}"),
    (TEXT_WIDTH - 88, "Tindakan", "{{ baris.tindakan }}"),
    (36.0, "Tenggat", "{{ baris.tenggat }}"),
)
COMPLAINT = (
    "pengaduan masyarakat dari pelapor (identitas pada kami){% if nomor_surat %} dengan surat Nomor {{ nomor_surat }}"
    "{% endif %}{% if tanggal_surat %} tanggal {{ tanggal_surat }}{% endif %}"
    "{% if pokok_pengaduan %} hal {{ pokok_pengaduan }}{% endif %}, yang kami terima pada tanggal "
    "{{ tanggal_terima }} dan terdaftar dengan nomor register {{ nomor_register }}"
)
THANKS = "Atas perhatian dan kerja sama Bapak/Ibu, kami ucapkan terima kasih."


def draw_recommendation() -> Any:
    """Draw the recommendation: basis, summary, what clarification found, analysis, who is to do what until when."""
    document = paper("Surat Rekomendasi", extra=CHAPTERS)
    reference(document, "Rekomendasi atas pengaduan nomor register {{ nomor_register }}")
    addressee(document)
    opening = (
        "Dalam rangka {{ layanan }}, kami telah menelaah pengaduan dugaan pelanggaran hak asasi manusia dan dengan "
        "hormat menyampaikan rekomendasi sebagai berikut."
    )
    lines(document, "Isi Surat", [opening])
    _basis(document)
    chapter(document, "2.\tRingkasan pengaduan", "ringkasan")
    chapter(document, "3.\tHasil klarifikasi/koordinasi", "hasil")
    lines(document, "Bab", ["4.\tAnalisis hak asasi manusia"])
    lines(document, "Pengantar Bab", ["{%p if hak %}", "Hak yang berkaitan dengan pengaduan ini adalah:"])
    right = (
        "{{ loop.index }})\t{{ butir.hak }} ({{ butir.pasal }} Undang-Undang Nomor 39 Tahun 1999)"
        "{% if loop.last %}.{% else %};{% endif %}"
    )
    each(document, "Butir Bab", "hak", right)
    lines(document, "Isi Bab", ["{%p endif %}"])
    each(document, "Isi Bab", "analisis")
    lines(document, "Bab", ["5.\tRekomendasi"])
    lines(document, "Pengantar Bab", ["Berdasarkan hal tersebut di atas, kami merekomendasikan:"])
    listing(document, ADVICE, "rekomendasi", least=8)
    lines(document, "Sela", [""])
    _reporting(document)
    return closed(document, THANKS)


def _basis(document: Any) -> None:
    lines(document, "Bab", ["1.\tDasar"])
    basis = (
        "a.\tUndang-Undang Nomor 39 Tahun 1999 tentang Hak Asasi Manusia;",
        f"b.\tStandar Operasional Prosedur Nomor {{{{ nomor_sop or '{DOTS}' }}}} tentang "
        "{{ nama_sop or 'Pelayanan Komunikasi Masyarakat' }};",
        f"c.\t{COMPLAINT}{{% if tanggal_audiensi %}};{{% else %}}.{{% endif %}}",
        "{%p if tanggal_audiensi %}",
        "d.\thasil audiensi/koordinasi pada tanggal {{ tanggal_audiensi }}"
        "{% if tempat_audiensi %}, bertempat di {{ tempat_audiensi }}{% endif %}.",
        "{%p endif %}",
    )
    lines(document, "Butir Bab", basis)


def _reporting(document: Any) -> None:
    lines(document, "Bab", ["6.\tPelaporan"])
    report = (
        "Mohon pelaksanaan rekomendasi tersebut dilaporkan kepada kami secara tertulis, disertai bukti pelaksanaannya, "
        "paling lambat pada tenggat masing-masing. Apabila terdapat kendala, mohon disampaikan sebelum tenggat itu."
    )
    protect = (
        "Kami mohon pula agar pelapor dan para pihak yang memberikan keterangan tidak mengalami perlakuan yang "
        "merugikan karena pengaduan ini."
    )
    lines(document, "Isi Bab", [report, protect])


def closed(document: Any, thanks: str) -> Any:
    """Close a letter; the paragraph before the thanks stays with them, so that no signature has only one line above."""
    last = document.paragraphs[-1].paragraph_format
    last.keep_with_next = last.keep_together = True
    lines(document, "Penutup", [thanks])
    signature(document)
    copies(document)
    return document


DRAWINGS: Mapping[str, Callable[[], Any]] = {RECOMMENDATION: draw_recommendation}
