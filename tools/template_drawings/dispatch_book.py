"""Draws the dispatch book (``buku-ekspedisi``), A4 across and bound at the left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm
from template_drawings.paper import (
    CENTRE,
    MIDDLE,
    PALE,
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

from pipeline.letters.sheets.texts import DISPATCHES

#: Columns of the book: width, heading, what stands in a row; the last is left free to be signed.
COLUMNS = (
    (9.0, "No.", "{{ b.urut }}"),
    (19.0, "Tanggal kirim", "{{ b.tanggal_kirim }}"),
    (42.0, "Nomor surat", "{{ b.nomor_surat }}"),
    (19.0, "Tanggal surat", "{{ b.tanggal_surat }}"),
    (54.0, "Kepada", "{{ b.kepada }}"),
    (18.0, "Cara kirim", "{{ b.cara_kirim }}"),
    (29.0, "Dikirim oleh", "{{ b.dikirim_oleh }}"),
    (19.0, "Tanggal diterima", "{{ b.tanggal_diterima }}"),
    (32.0, "Penerima", "{{ b.penerima }}"),
    (24.0, "Tanda terima", ""),
)
_WIDTH = sum(width for width, _, _ in COLUMNS)
_LOOKS = {
    "Judul Buku": Look(13, bold=True, align=CENTRE, spacing=0.5),
    "Masa": Look(9.5, align=CENTRE, after=4),
    "Kepala Tabel": Look(8, bold=True, align=CENTRE, keep=True),
    "Isi Buku": Look(8.5),
    "Angka Buku": Look(8.5, align=CENTRE),
    "Jumlah": Look(8.5, before=4),
    "Kaki Buku": Look(7.5),
}


def draw_dispatches() -> Any:
    """Draw the book: its name on every page, a row for every letter, room for whoever receives it to sign."""
    document = page("Buku Ekspedisi", "Surat keluar", top=24, bottom=15, looks=_LOOKS)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(12)
    section.header_distance, section.footer_distance = Mm(11), Mm(8)
    title = section.header.paragraphs[0]
    title.style = "Judul Buku"
    title.add_run("BUKU EKSPEDISI")
    section.header.add_paragraph(
        "{{ kop_kantor }} · {{ periode }}{% if bagian %} · {{ bagian }}{% endif %}", style="Masa"
    )
    _foot(section.footer.paragraphs[0])
    _dispatches(document)
    lines(document, "Jumlah", ["{%p if jumlah %}", "Jumlah: {{ jumlah }}.", "{%p endif %}"])
    return document


def _foot(paragraph: Any) -> None:
    paragraph.style = "Kaki Buku"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run("{{ layanan }} · dicetak {{ tanggal_dokumen }}{{ segel }}\tHalaman ")
    page_number(paragraph)
    paragraph.add_run(" dari ")
    page_number(paragraph, "NUMPAGES")


def _dispatches(document: Any) -> None:
    grid = table(document, [width for width, _, _ in COLUMNS], 7, lines=THIN, pad=1)
    head, opening, entry, closing, if_none, none, end = grid.rows
    heading(head)
    height(head, 10)
    height(entry, 12)
    for top, cell, (_, title, text) in zip(head.cells, entry.cells, COLUMNS, strict=True):
        write(top, "Kepala Tabel", title)
        top.vertical_alignment = MIDDLE
        shade(top, PALE)
        write(cell, "Angka Buku" if title == "No." or title.startswith("Tanggal") else "Isi Buku", text)
        cell.vertical_alignment = MIDDLE
    write(opening.cells[0], "Isi Buku", "{%tr for b in baris %}")
    write(closing.cells[0], "Isi Buku", "{%tr endfor %}")
    write(if_none.cells[0], "Isi Buku", "{%tr if not baris %}")
    whole = none.cells[0].merge(none.cells[-1])
    write(whole, "Angka Buku", "Tidak ada surat yang dikirim dalam masa ini.")
    whole.vertical_alignment = MIDDLE
    height(none, 12)
    write(end.cells[0], "Isi Buku", "{%tr endif %}")


DRAWINGS: Mapping[str, Callable[[], Any]] = {DISPATCHES: draw_dispatches}
