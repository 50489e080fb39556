"""Draws the receipt (``01-tanda-terima``) and the disposition sheet (``03-lembar-disposisi``), as ``naskah`` asks.

The disposition sheet is one A4, not A5: four officials write their instruction by hand into it, and on A5 each would
have 8 mm. Its bottom margin is left free for the page code, which is stamped on the PDF.
"""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm
from template_drawings.looks import KOP_SMALL, PALE
from template_drawings.official_letter import letterhead
from template_drawings.paper import (
    CENTRE,
    DOTTED,
    FAINT,
    RIGHT,
    TEXT_WIDTH,
    THIN,
    Look,
    borders,
    heading,
    height,
    lines,
    page,
    shade,
    table,
    write,
)

from pipeline.letters.sheets.disposition_sheet import AUDIENCE_ROW, INSTRUCTIONS, tick_box

MIDDLE, BOTTOM = WD_CELL_VERTICAL_ALIGNMENT.CENTER, WD_CELL_VERTICAL_ALIGNMENT.BOTTOM


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


def draw_receipt() -> Any:
    """Draw the receipt: one copy, drawn once and repeated by the template for the office's file."""
    looks = {
        **KOP_SMALL,
        "Judul": Look(12, bold=True, align=CENTRE, before=3, spacing=0.5),
        "Rangkap": Look(8, italic=True, align=RIGHT, before=2),
        "Pembuka": Look(9, before=2, after=2),
        "Label": Look(9),
        "Isian": Look(9),
        "Kode Status": Look(16, bold=True, align=CENTRE, spacing=0.5),
        "Kode Keterangan": Look(7.5, align=CENTRE),
        "Cara Bertanya": Look(8),
        "Tanda Tangan": Look(9, align=CENTRE, keep=True),
        "Garis Potong": Look(8, before=9, after=9),
    }
    document = page("Tanda Terima Pengaduan", "Pengaduan masyarakat", top=8, bottom=8, looks=looks)
    lines(document, "Sela", ["{%p for keterangan in rangkap %}"])
    letterhead(document)
    _title(document)
    _received(document)
    lines(document, "Sela", [""])
    _status(document)
    lines(document, "Sela", [""])
    _signatures(document)
    lines(document, "Sela", ["{%p if not loop.last %}"])
    _cut(document)
    lines(document, "Sela", ["{%p endif %}", "{%p endfor %}"])
    return document


def _title(document: Any) -> None:
    grid = table(document, (34, TEXT_WIDTH - 68, 34), 1, pad=0)
    write(grid.rows[0].cells[1], "Judul", "TANDA TERIMA PENGADUAN")
    write(grid.rows[0].cells[2], "Rangkap", "{{ keterangan }}")
    lines(document, "Pembuka", ["Telah diterima pengaduan melalui {{ layanan }}, dengan keterangan:"])


def _received(document: Any) -> None:
    rows = (
        ("Nomor register", "{{ nomor_register }}", 5.5),
        ("Diterima", "{{ diterima }}", 5.5),
        ("Cara penyampaian", "{{ cara_penyampaian }}", 5.5),
        ("Pelapor", "{{ pelapor }}", 5.5),
        ("Hal", "{{ hal }}", 9.5),
    )
    grid = table(document, (32, 4, TEXT_WIDTH - 36), len(rows) + 1, pad=0)
    for row, (label, value, least) in zip(grid.rows, rows, strict=False):
        write(row.cells[0], "Label", label)
        write(row.cells[1], "Label", ":")
        write(row.cells[2], "Isian", value)
        height(row, least)
    papers = grid.rows[-1]
    write(papers.cells[0], "Label", "Berkas diterima")
    write(papers.cells[1], "Label", ":")
    write(papers.cells[2], "Isian", "{%p for lembar in berkas %}", "{{ loop.index }}. {{ lembar }}", "{%p endfor %}")
    height(papers, 17.5)
    for row in grid.rows:
        borders(row.cells[2], bottom=DOTTED)


def _status(document: Any) -> None:
    grid = table(document, (74, TEXT_WIDTH - 74), 1, lines=THIN, pad=2)
    code, how = grid.rows[0].cells
    write(code, "Kode Keterangan", "Kode status pengaduan")
    write(code, "Kode Status", "{{ kode_status }}")
    write(code, "Kode Keterangan", "Simpan kode ini dan jangan berikan kepada orang lain.")
    write(how, "Cara Bertanya", "Tanyakan perkembangannya dengan nomor register dan kode ini: {{ cara_bertanya }}.")
    shade(code, PALE)
    height(grid.rows[0], 15)
    for cell in (code, how):
        cell.vertical_alignment = MIDDLE


def _signatures(document: Any) -> None:
    dots, short = "." * 44, "." * 36
    grid = table(document, (TEXT_WIDTH / 2, TEXT_WIDTH / 2), 3, pad=1)
    giver, officer = (list(column.cells) for column in grid.columns)
    write(giver[0], "Tanda Tangan", "", "Yang menyerahkan,")
    write(officer[0], "Tanda Tangan", "{{ tempat }}, {{ tanggal_dokumen }}", "{{ petugas_jabatan }},")
    write(giver[2], "Tanda Tangan", dots, "Nama jelas")
    name, nip = f"{{{{ petugas_nama or '{dots}' }}}}", f"NIP {{{{ petugas_nip or '{short}' }}}}"
    write(officer[2], "Tanda Tangan", name, nip)
    height(grid.rows[1], 13)


def _cut(document: Any) -> None:
    paragraph = document.add_paragraph(style="Garis Potong")
    stops = paragraph.style.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(65), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DASHES)
    stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DASHES)
    paragraph.add_run("✂\t  potong di sini  \t")
