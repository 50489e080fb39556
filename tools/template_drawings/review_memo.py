"""Draws the review memo (pipeline/letters/sheets/review_memo.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import (
    chapter,
    each,
    each_to_closing,
    last_of,
    lines,
    listing,
    memo_head,
    paper,
    signature,
)
from template_drawings.paper import BOTH, TEXT_WIDTH, Look

from pipeline.letters.sheets import review_memo

_CHAPTER = Look(11, align=BOTH, after=4, left=7, leading=1.1)
_MEMO = {
    "Bab": Look(11, bold=True, before=6, after=3, left=7, first=-7, keep=True),
    "Anak Bab": Look(11, before=2, after=2, left=14, first=-7, keep=True),
    "Isi Bab": _CHAPTER,
    "Isi Bab Akhir": last_of(_CHAPTER),
    "Isi Anak Bab": Look(11, align=BOTH, before=2, after=3, left=14, leading=1.1),
    "Butir Bab": Look(11, align=BOTH, after=2, left=21, first=-7, leading=1.1),
    "Butir Simpulan": Look(11, align=BOTH, after=2, left=14, first=-7, leading=1.1),
    "Pilihan": Look(11, after=1, left=14, first=-7, keep=True),
    "Penutup Nota": Look(11, align=BOTH, before=4, after=8, left=7, leading=1.1, keep=True),
}


def draw_memo() -> Any:
    """Draw the nota telaahan: a nota dinas that carries a telaahan staf, in its six chapters."""
    document = paper("Nota Telaahan", extra=_MEMO)
    memo_head(document, "NOTA DINAS", "Telaahan atas pengaduan nomor register {{ nomor_register }}")
    opening = (
        "Menindaklanjuti disposisi atas pengaduan masyarakat{% if hal %} hal {{ hal }}{% endif %}, yang diterima "
        "pada tanggal {{ tanggal_terima }}, bersama ini kami sampaikan hasil telaahan sebagai berikut."
    )
    lines(document, "Isi Rata", [opening])
    chapter(document, "1.\tPersoalan", "persoalan")
    chapter(document, "2.\tPraanggapan", "praanggapan")
    _facts(document)
    lines(document, "Bab", ["4.\tAnalisis", "{%p for bagian in analisis %}"])
    lines(document, "Anak Bab", ["({{ bagian.huruf }})\t{{ bagian.judul }}"])
    each(document, "Isi Anak Bab", "bagian.alinea")
    lines(document, "Bab", ["{%p endfor %}", "5.\tSimpulan"])
    conclusions = (
        "a.\t{{ indikasi or '....................' }} indikasi pelanggaran hak asasi manusia.",
        "b.\tKantor ini {{ kewenangan or '....................' }} menangani pengaduan tersebut.",
    )
    lines(document, "Butir Simpulan", conclusions)
    lines(document, "Bab", ["6.\tSaran tindakan"])
    each(document, "Pilihan", "pilihan_saran", "{{ butir.kotak }}\t{{ butir.teks }}")
    each_to_closing(document, "Isi Bab", "uraian_saran")
    lines(document, "Penutup Nota", ["Demikian disampaikan, mohon arahan dan petunjuk lebih lanjut."])
    signature(document, initialled=True)
    return document


def _facts(document: Any) -> None:
    """Draw chapter 3: the parties, what happened when, and the evidence."""
    lines(document, "Bab", ["3.\tFakta yang memengaruhi"])
    lines(document, "Anak Bab", ["a.\tPara pihak"])
    lines(document, "Isi Anak Bab", ["Pelapor:"])
    told = "{{ loop.index }}.\t{{ butir.nama }}{% if butir.keterangan %} ({{ butir.keterangan }}){% endif %}"
    _entries(document, "para_pelapor", told)
    lines(document, "Isi Anak Bab", ["Terlapor:"])
    _entries(document, "para_terlapor", "{{ loop.index }}.\t{{ butir }}")
    lines(document, "Isi Anak Bab", ["{%p if tempat_kejadian %}", "Tempat kejadian: {{ tempat_kejadian }}"])
    lines(document, "Isi Anak Bab", ["{%p endif %}", "{%p if hak %}"])
    lines(document, "Isi Anak Bab", ["Hak yang diduga dilanggar: {{ hak|join('; ') }}", "{%p endif %}"])
    lines(document, "Anak Bab", ["b.\tKronologi", "{%p if kronologi %}"])
    listing(
        document,
        (
            (10, "No.", "{{ loop.index }}"),
            (38, "Tanggal", "{{ baris.tanggal }}"),
            (TEXT_WIDTH - 62, "Kejadian", "{{ baris.kejadian }}"),
        ),
        "kronologi",
        left=14,
    )
    lines(document, "Sela", [""])
    lines(document, "Isi Anak Bab", ["{%p else %}", "–", "{%p endif %}"])
    lines(document, "Anak Bab", ["c.\tBukti yang ada"])
    _entries(document, "bukti", "{{ loop.index }}.\t{{ butir }}")


def _entries(document: Any, name: str, text: str) -> None:
    each(document, "Butir Bab", name, text)
    lines(document, "Isi Anak Bab", [f"{{%p if not {name} %}}", "–", "{%p endif %}"])


DRAWINGS: Mapping[str, Callable[[], Any]] = {review_memo.MEMO: draw_memo}
