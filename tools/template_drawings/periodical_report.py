"""Draws the periodical report (pipeline/letters/sheets/report.py): figures in tables, charts, what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from template_drawings.official_letter import letterhead, signature
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
    "Bagan": Look(10, before=2, after=4, keep=True),
    "Kepala Tabel": Look(9.5, bold=True, align=CENTRE, keep=True),
    "Isi Tabel": Look(9.5),
    "Angka": Look(9.5, align=RIGHT),
    "Isi Tabel Tetap": Look(9.5, keep=True),
    "Angka Tetap": Look(9.5, align=RIGHT, keep=True),
    "Keterangan": Look(8.5, italic=True, before=2, after=2),
    "Butir Catatan": Look(9, align=BOTH, after=2, left=6, first=-6, keep=True),
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
    """Draw the report; where there is nothing to count it says so instead of printing noughts."""
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
    lines(document, "Bagan", ["{%p if bagan_bulan %}", "{{ bagan_bulan }}", "{%p else %}"])
    lines(document, "Isi", ["Tidak ada aduan yang masuk atau selesai.", "{%p endif %}"])
    lines(document, "Bab", ["3.\tHasil dan ketepatan waktu"])
    lines(document, "Anak Bab", ["Perkara yang berakhir, menurut hasilnya"])
    _table(document, _FIGURES, "hasil", none="Tidak ada aduan yang selesai pada kedua periode.")
    lines(document, "Sela", ["{%p if ketepatan %}"])
    lines(document, "Anak Bab", ["Ketepatan waktu perkara yang berakhir"])
    _table(document, _FIGURES, "ketepatan")
    lines(document, "Sela", ["{%p endif %}"])
    lines(document, "Bab", ["4.\tLama tiap langkah SOP"])
    _table(document, _STEPS, "langkah", none="Tidak ada langkah yang diselesaikan pada periode ini.")
    lines(document, "Bab", ["5.\tRincian aduan yang masuk"])
    _details(document)
    lines(document, "Bab", ["6.\tPerkara berjalan"])
    lines(document, "Isi", ["{{ berjalan }}"])
    lines(document, "Bagan", ["{%p if pada %}", "{{ bagan_pada }}"])
    lines(document, "Anak Bab", ["Menurut yang ditunggu"])
    _table(document, _HELD, "pada")
    lines(document, "Anak Bab", ["Menurut langkah"])
    _table(document, _HELD, "posisi")
    lines(document, "Sela", ["{%p endif %}"])
    _closing(document)
    return document


def _page_numbers(document: Any) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style = "Nomor Halaman"
    page_number(number)
    for _ in range(2):
        section.header.add_paragraph(style="Nomor Halaman")


def _table(document: Any, columns: Sequence[tuple[float, str, str, str]], name: str, *, none: str = "") -> None:
    """Draw a table that stays on one page with its heading; ``none``: what is said where it has no rows."""
    if none:
        lines(document, "Isi", [f"{{%p if not {name} %}}", none, "{%p else %}"])
    grid = table(document, [width for width, _, _, _ in columns], 8, lines=THIN, pad=1.5)
    head, opening, last, last_row, other, row, either, closing = grid.rows
    heading(head)
    height(head, 6.5)
    for cell, (_, title, _, _) in zip(head.cells, columns, strict=True):
        write(cell, "Kepala Tabel", title)
        cell.vertical_alignment = MIDDLE
        shade(cell, PALE)
    write(opening.cells[0], "Isi Tabel", f"{{%tr for b in {name} %}}")
    write(last.cells[0], "Isi Tabel", "{%tr if loop.last %}")
    write(other.cells[0], "Isi Tabel", "{%tr else %}")
    write(either.cells[0], "Isi Tabel", "{%tr endif %}")
    write(closing.cells[0], "Isi Tabel", "{%tr endfor %}")
    for entry, suffix in ((last_row, ""), (row, " Tetap")):
        for cell, (_, _, text, style) in zip(entry.cells, columns, strict=True):
            write(cell, style + suffix, text)
            cell.vertical_alignment = MIDDLE
        height(entry, 5.5)
    if none:
        lines(document, "Sela", ["{%p endif %}"])


def _details(document: Any) -> None:
    lines(document, "Isi", ["{%p if not rincian %}", "Tidak ada aduan yang masuk pada kedua periode.", "{%p endif %}"])
    lines(document, "Anak Bab", ["{%p for r in rincian %}", "{{ r.judul }}"])
    lines(document, "Bagan", ["{%p if r.bagan %}", "{{ r.bagan }}", "{%p endif %}"])
    _table(document, _FIGURES, "r.baris")
    lines(document, "Keterangan", ["{%p if r.keterangan %}", "{{ r.keterangan }}", "{%p endif %}", "{%p endfor %}"])


def _closing(document: Any) -> None:
    """Say what was achieved and what hindered, how was counted, and sign."""
    for title, name in (("7.\tCapaian", "capaian"), ("8.\tKendala", "kendala")):
        lines(document, "Bab", [title])
        lines(document, "Isi", [f"{{%p for alinea in {name} %}}", "{{ alinea }}", "{%p endfor %}"])
    lines(document, "Bab", ["9.\tCara menghitung"])
    for line in ("{%p for butir in catatan %}", "{{ loop.index }}.\t{{ butir }}", "{%p endfor %}"):
        document.add_paragraph(line, style="Butir Catatan")
    lines(document, "Isi", ["Angka dihitung dari Buku Register Aduan per {{ per }}."])
    signature(document, "{{ tempat }}, {{ tanggal_dokumen }}")


DRAWINGS: Mapping[str, Callable[[], Any]] = {REPORT: draw_report}
