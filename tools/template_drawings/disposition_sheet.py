"""Draws the disposition sheet (``03-lembar-disposisi``).

It is one A4, not A5: four officials write their instruction by hand into it, and on A5 each would
have 8 mm. Its bottom margin is left free for the page code, which is stamped on the PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import letterhead
from template_drawings.paper import (
    CENTRE,
    FAINT,
    KOP_SMALL,
    MIDDLE,
    PALE,
    TEXT_WIDTH,
    THIN,
    Look,
    heading,
    height,
    lines,
    page,
    shade,
    table,
    write,
)

from pipeline.letters.sheets.disposition_sheet import AUDIENCE_ROW, DISPOSITION, INSTRUCTIONS, tick_box


def draw_disposition() -> Any:
    """Draw the disposition sheet: what came, who passes it to whom with which words, and room to write."""
    looks = {
        **KOP_SMALL,
        "Judul": Look(13, bold=True, align=CENTRE, before=5, after=5, spacing=1),
        "Label": Look(8),
        "Isian": Look(9),
        "Kepala Tabel": Look(8.5, bold=True, align=CENTRE, keep=True),
        "Jabatan": Look(9),
        "Isi Disposisi": Look(8.5),
        "Pilihan": Look(9),
        "Kaki Lembar": Look(9, italic=True, align=CENTRE, before=4),
    }
    document = page("Lembar Disposisi", "Pengaduan masyarakat", top=10, bottom=25, looks=looks)
    letterhead(document)
    lines(document, "Judul", ["LEMBAR DISPOSISI"])
    _particulars(document)
    lines(document, "Sela", [""])
    _hops(document)
    lines(document, "Sela", [""])
    _instructions(document)
    lines(document, "Kaki Lembar", ["Mohon tidak memisahkan lembar disposisi ini dari suratnya."])
    return document


def _particulars(document: Any) -> None:
    pairs = (
        ("No. register", "{{ nomor_register }}", "No. agenda", "{{ nomor_agenda }}"),
        ("Indeks", "{{ indeks }}", "Kode klasifikasi", "{{ kode_klasifikasi }}"),
        ("Tgl./jam diterima", "{{ tanggal_terima }} pukul {{ jam_terima }}", "Tgl. penyelesaian", "{{ tenggat }}"),
        ("Surat dari", "{{ pelapor }}"),
        ("No. surat", "{{ nomor_surat }}", "Tgl. surat", "{{ tanggal_surat }}"),
        ("Lampiran", "{{ lampiran }}", "Tenggat telaahan", "{{ tenggat_telaahan }}"),
        (
            "Sifat",
            "{{ kotak_biasa }}\u00a0Biasa  {{ kotak_terbatas }}\u00a0Terbatas  {{ kotak_rahasia }}\u00a0Rahasia",
            "Derajat",
            "{{ kotak_derajat_biasa }}\u00a0Biasa  {{ kotak_derajat_segera }}\u00a0Segera  "
            "{{ kotak_derajat_amat_segera }}\u00a0Amat\u00a0segera",
        ),
        ("Hal", "{{ hal }}"),
        ("Isi ringkas", "{{ isi_ringkas }}"),
    )
    grid = table(document, (25, 55, 25, 55), len(pairs), lines=FAINT)
    for row, texts in zip(grid.rows, pairs, strict=True):
        cells = row.cells
        if len(texts) == 2:
            cells = (cells[0], cells[1].merge(cells[3]))
        for number, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            write(cell, "Isian" if number % 2 else "Label", text)
            cell.vertical_alignment = MIDDLE
            if number % 2 == 0:
                shade(cell, PALE)
    for row, least in zip(grid.rows, (6.3, 6.3, 6.3, 6.3, 6.3, 6.3, 6.3, 9, 17), strict=True):
        height(row, least)


def _hops(document: Any) -> None:
    grid = table(document, (21, 34, 34, 53, 18), 6, lines=THIN)
    head = grid.rows[0]
    heading(head)
    height(head, 6)
    for cell, text in zip(head.cells, ("Tanggal", "Dari", "Kepada", "Isi disposisi", "Paraf"), strict=True):
        write(cell, "Kepala Tabel", text)
        cell.vertical_alignment = MIDDLE
        shade(cell, PALE)
    opening, hop, closing, *blank = grid.rows[1:]
    write(opening.cells[0], "Jabatan", "{%tr for langkah in alur %}")
    write(hop.cells[0], "Isi Disposisi", "{{ langkah.tanggal }}")
    write(hop.cells[1], "Jabatan", "{{ langkah.dari }}")
    write(hop.cells[2], "Jabatan", "{{ langkah.kepada }}")
    write(hop.cells[3], "Isi Disposisi", "{{ langkah.isi }}")
    write(closing.cells[0], "Jabatan", "{%tr endfor %}")
    height(hop, 15.5)
    for cell in hop.cells:
        cell.vertical_alignment = MIDDLE
    for cell, name, look in zip(
        blank[0].cells, AUDIENCE_ROW, ("Isi Disposisi", "Jabatan", "Jabatan", "Isi Disposisi"), strict=False
    ):
        write(cell, look, f"{{{{ {name} }}}}")
        cell.vertical_alignment = MIDDLE
    for row in blank:
        height(row, 12)


def _instructions(document: Any) -> None:
    columns = 3
    deep = len(INSTRUCTIONS) // columns
    grid = table(document, (55, 56, 49), deep, pad=1.5)
    for number, text in enumerate(INSTRUCTIONS):
        write(
            grid.rows[number % deep].cells[number // deep], "Pilihan", f"{{{{ {tick_box(text)} }}}}\u00a0\u00a0{text}"
        )
    lines(document, "Sela", [""])
    box = table(document, (TEXT_WIDTH,), 1, lines=THIN)
    write(box.rows[0].cells[0], "Label", "Catatan:")
    height(box.rows[0], 19)


DRAWINGS: Mapping[str, Callable[[], Any]] = {DISPOSITION: draw_disposition}
