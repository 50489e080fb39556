"""Draws the dispatch book (``buku-ekspedisi``), A4 across and bound at the left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm
from template_drawings.book_totals import attested, page_totals
from template_drawings.paper import (
    CENTRE,
    MIDDLE,
    PALE,
    RIGHT,
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

from pipeline.letters.sheets.dispatch_leaves import COLUMNS, LEAST, POINTS
from pipeline.letters.sheets.texts import DISPATCHES

_WIDTH = sum(width for width, _, _ in COLUMNS)
_LOOKS = {
    "Kantor": Look(8.5),
    "Judul Buku": Look(13, bold=True, align=CENTRE, spacing=0.5),
    "Masa": Look(9.5, align=CENTRE, after=4),
    "Kepala Tabel": Look(7.5, bold=True, align=CENTRE, keep=True),
    "Isi Buku": Look(POINTS),
    "Angka Buku": Look(POINTS, align=CENTRE),
    "Paraf": Look(8),
    "Jumlah": Look(8, align=RIGHT),
    "Jumlah Angka": Look(8, bold=True),
    "Kaki Buku": Look(7.5),
    "Penutup Buku": Look(8, before=3, after=3, keep=True),
    "Tanda Tangan": Look(8.5, keep=True),
    "Nomor Kolom": Look(6.5, align=CENTRE, keep=True),
    "Ganti Halaman": Look(2),
}


def draw_dispatches() -> Any:
    """Draw the book: office and name on every page, a row for every letter, room for whoever receives it to sign."""
    document = page("Buku Ekspedisi", "Surat keluar", top=26, bottom=15, looks=_LOOKS)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(12)
    section.header_distance, section.footer_distance = Mm(11), Mm(8)
    _head(section.header)
    _foot(section.footer.paragraphs[0])
    lines(document, "Ganti Halaman", ["{%p for lembar in halaman %}"])
    _dispatches(document)
    page_totals(document, (60, 60, _WIDTH - 194, 74))
    lines(document, "Penutup Buku", ["{%p if lembar.penutup %}", "{{ lembar.penutup }}"])
    attested(document, _WIDTH, "Yang mencatat,", "Mengetahui,")
    lines(document, "Ganti Halaman", ["{%p endif %}"])
    lines(document, "Ganti Halaman", ["{%p if not loop.last %}"])
    document.add_paragraph(style="Ganti Halaman").paragraph_format.page_break_before = True
    lines(document, "Ganti Halaman", ["{%p endif %}", "{%p endfor %}"])
    return document


def _head(header: Any) -> None:
    """Draw the office's name and the book's title; a header wants to be told how wide its table is."""
    sized = SimpleNamespace(add_table=lambda rows, columns: header.add_table(rows, columns, Mm(_WIDTH)))
    grid = table(sized, (80, _WIDTH - 160, 80), 1, pad=0)
    office, title, _ = grid.rows[0].cells
    write(office, "Kantor", "{{ kop_kementerian }}", "{{ kop_kantor }}")
    write(title, "Judul Buku", "BUKU EKSPEDISI")
    write(title, "Masa", "{{ periode }}{% if bagian %}, {{ bagian }}{% endif %}")
    above = header.paragraphs[0]
    above._p.getparent().remove(above._p)
    header.add_paragraph(style="Ganti Halaman")


def _foot(paragraph: Any) -> None:
    paragraph.style = "Kaki Buku"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run("{{ layanan }} · {{ kop_kantor }} · dicetak {{ tanggal_dokumen }}{{ segel }}\tHalaman ")
    page_number(paragraph)
    paragraph.add_run(" dari ")
    page_number(paragraph, "NUMPAGES")


def _dispatches(document: Any) -> None:
    grid = table(document, [width for width, _, _ in COLUMNS], 8, lines=THIN, pad=1)
    head, numbers, opening, entry, closing, if_none, none, end = grid.rows
    heading(head)
    heading(numbers)
    height(head, 10)
    height(entry, LEAST)
    for number, cell in enumerate(numbers.cells, 1):
        write(cell, "Nomor Kolom", str(number))
    for top, cell, (_, title, name) in zip(head.cells, entry.cells, COLUMNS, strict=True):
        write(top, "Kepala Tabel", title)
        top.vertical_alignment = MIDDLE
        shade(top, PALE)
        centred = title == "No." or title.startswith("Tanggal")
        write(cell, "Angka Buku" if centred else "Isi Buku", f"{{{{ b.{name} }}}}" if name else "")
        cell.vertical_alignment = MIDDLE
    write(opening.cells[0], "Isi Buku", "{%tr for b in lembar.baris %}")
    write(closing.cells[0], "Isi Buku", "{%tr endfor %}")
    write(if_none.cells[0], "Isi Buku", "{%tr if not lembar.baris %}")
    whole = none.cells[0].merge(none.cells[-1])
    write(whole, "Angka Buku", "Tidak ada surat yang dikirim pada {{ periode }}.")
    whole.vertical_alignment = MIDDLE
    height(none, LEAST)
    write(end.cells[0], "Isi Buku", "{%tr endif %}")


DRAWINGS: Mapping[str, Callable[[], Any]] = {DISPATCHES: draw_dispatches}
