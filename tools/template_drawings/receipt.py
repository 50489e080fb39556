"""Draws the receipt (``01-tanda-terima``): two copies on a page, one to cut off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm
from template_drawings.official_letter import letterhead
from template_drawings.paper import (
    CENTRE,
    DOTTED,
    KOP_SMALL,
    MIDDLE,
    PALE,
    RIGHT,
    TEXT_WIDTH,
    THIN,
    Look,
    borders,
    height,
    lines,
    page,
    shade,
    table,
    write,
)

from pipeline.letters.sheets.receipt import RECEIPT


def draw_receipt() -> Any:
    """Draw the receipt: one copy, drawn once and repeated by the template for the office's file."""
    looks = {
        **KOP_SMALL,
        "Judul": Look(12, bold=True, align=CENTRE, before=3, spacing=0.5),
        "Rangkap": Look(8, italic=True, align=RIGHT, before=2),
        "Pembuka": Look(9, before=2, after=2),
        "Label": Look(9),
        "Isian": Look(9),
        "Butir Berkas": Look(9, left=4, first=-4),
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
    write(papers.cells[2], "Butir Berkas", "{%p for lembar in berkas %}", "–\t{{ lembar }}", "{%p endfor %}")
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


DRAWINGS: Mapping[str, Callable[[], Any]] = {RECEIPT: draw_receipt}
