"""Draws the periodical report (pipeline/letters/sheets/report.py): figures in tables, charts, what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from template_drawings.official_letter import DOTS, letterhead, signature
from template_drawings.paper import (
    BOTH,
    CENTRE,
    LETTER,
    MIDDLE,
    PALE,
    RIGHT,
    TEXT_WIDTH,
    THIN,
    Look,
    heading,
    height,
    lines,
    page,
    page_number,
    shade,
    table,
    write,
)

from pipeline.letters.sheets.texts import REPORT

_LOOKS = {
    **LETTER,
    "Judul Laporan": Look(13, bold=True, align=CENTRE, keep=True),
    "Periode": Look(11, align=CENTRE, keep=True, after=8),
    "Bab": Look(11, bold=True, before=8, after=4, left=7, first=-7, keep=True),
    "Anak Bab": Look(10.5, bold=True, before=8, after=3, keep=True),
    "Isi": Look(10.5, align=BOTH, after=5, leading=1.15),
    "Bagan": Look(10, before=2, after=4),
    "Kepala Tabel": Look(9.5, bold=True, align=CENTRE, keep=True),
    "Isi Tabel": Look(9.5),
    "Angka": Look(9.5, align=RIGHT),
    "Keterangan": Look(8.5, italic=True, before=2, after=2),
    "Butir Catatan": Look(9, align=BOTH, after=2, left=6, first=-6, keep=True),
    "Ruang Tulis": Look(10.5, before=5),
}
_FIGURES = (
    (TEXT_WIDTH - 96, "Uraian", "{{ b.uraian }}", "Isi Tabel"),
    (32.0, "{{ periode }}", "{{ b.kini }}", "Angka"),
    (32.0, "{{ periode_lalu }}", "{{ b.lalu }}", "Angka"),
    (32.0, "Perubahan", "{{ b.perubahan }}", "Angka"),
)
_STEPS = (
    (10.0, "No.", "{{ b.nomor }}", "Angka"),
    (TEXT_WIDTH - 102, "Kegiatan", "{{ b.kegiatan }}", "Isi Tabel"),
    (20.0, "Waktu SOP", "{{ b.waktu }}", "Angka"),
    (32.0, "Median", "{{ b.median }}", "Angka"),
    (40.0, "Dalam waktu", "{{ b.tepat }}", "Angka"),
)
_HELD = (
    (TEXT_WIDTH - 64, "Uraian", "{{ b.uraian }}", "Isi Tabel"),
    (32.0, "Berjalan", "{{ b.berjalan }}", "Angka"),
    (32.0, "Melewati waktu", "{{ b.terlambat }}", "Angka"),
)


def draw_report() -> Any:
    """Draw the report."""
    document = page("Laporan Berkala", "Pengaduan masyarakat", top=12, bottom=22, looks=_LOOKS)
    _page_numbers(document)
    letterhead(document)
    lines(document, "Sela", ["", ""])
    lines(document, "Judul Laporan", ["LAPORAN PELAYANAN KOMUNIKASI MASYARAKAT"])
    lines(document, "Periode", ["{{ periode }} ({{ rentang }})"])
    lines(document, "Bab", ["1.\tRingkasan"])
    lines(document, "Isi", ["{{ pengantar }}"])
    _table(document, _FIGURES, "arus")
    lines(document, "Bab", ["2.\tAduan masuk dan selesai per bulan"])
    lines(document, "Bagan", ["{{ bagan_bulan }}"])
    lines(document, "Bab", ["3.\tHasil dan ketepatan waktu"])
    _table(document, _FIGURES, "hasil")
    lines(document, "Sela", [""])
    _table(document, _FIGURES, "ketepatan")
    lines(document, "Bab", ["4.\tLama tiap langkah SOP"])
    _table(document, _STEPS, "langkah")
    lines(document, "Bab", ["5.\tRincian aduan yang masuk"])
    _details(document)
    lines(document, "Bab", ["6.\tPerkara berjalan"])
    lines(document, "Isi", ["{{ berjalan }}"])
    lines(document, "Bagan", ["{{ bagan_pada }}"])
    _table(document, _HELD, "pada")
    lines(document, "Sela", [""])
    _table(document, _HELD, "posisi")
    _written(document)
    return document


def _page_numbers(document: Any) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style = "Nomor Halaman"
    page_number(number)
    for _ in range(2):
        section.header.add_paragraph(style="Nomor Halaman")


def _table(document: Any, columns: Sequence[tuple[float, str, str, str]], name: str) -> None:
    grid = table(document, [width for width, _, _, _ in columns], 4, lines=THIN, pad=1.5)
    head, opening, entry, closing = grid.rows
    heading(head)
    height(head, 6.5)
    for cell, (_, title, _, _) in zip(head.cells, columns, strict=True):
        write(cell, "Kepala Tabel", title)
        cell.vertical_alignment = MIDDLE
        shade(cell, PALE)
    write(opening.cells[0], "Isi Tabel", f"{{%tr for b in {name} %}}")
    for cell, (_, _, text, style) in zip(entry.cells, columns, strict=True):
        write(cell, style, text)
        cell.vertical_alignment = MIDDLE
    height(entry, 5.5)
    write(closing.cells[0], "Isi Tabel", "{%tr endfor %}")


def _details(document: Any) -> None:
    lines(document, "Anak Bab", ["{%p for r in rincian %}", "{{ r.judul }}"])
    lines(document, "Bagan", ["{%p if r.bagan %}", "{{ r.bagan }}", "{%p endif %}"])
    _table(document, _FIGURES, "r.baris")
    lines(document, "Keterangan", ["{%p if r.keterangan %}", "{{ r.keterangan }}", "{%p endif %}", "{%p endfor %}"])


def _written(document: Any) -> None:
    """Leave room for what only people know, then say how was counted, and sign."""
    for title in ("7.\tKegiatan dan capaian", "8.\tKendala dan tindak lanjut"):
        lines(document, "Bab", [title])
        lines(document, "Ruang Tulis", [DOTS * 4, DOTS * 4, DOTS * 4])
    lines(document, "Bab", ["9.\tCara menghitung"])
    for line in ("{%p for butir in catatan %}", "{{ loop.index }}.\t{{ butir }}", "{%p endfor %}"):
        document.add_paragraph(line, style="Butir Catatan")
    lines(document, "Penutup", ["Angka dihitung dari Buku Register Aduan per {{ per }}."])
    signature(document, "{{ tempat }}, {{ tanggal_dokumen }}")


DRAWINGS: Mapping[str, Callable[[], Any]] = {REPORT: draw_report}
