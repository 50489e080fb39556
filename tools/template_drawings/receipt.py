"""Draws the receipt (``01-tanda-terima``): two copies on a page, one to cut off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm
from template_drawings.official_letter import letterhead_by_length
from template_drawings.paper import (
    CENTRE,
    DOTTED,
    KOP_BY_LENGTH,
    MIDDLE,
    PALE,
    RIGHT,
    TEXT_WIDTH,
    THIN,
    Look,
    borders,
    by_size,
    heading,
    height,
    lines,
    page,
    page_number,
    secret_mark,
    shade,
    table,
    write,
)

from pipeline.letters.sheets.receipt import RECEIPT

#: Points of the empty line at the foot of a further page, which keeps clear of the page code.
_FOOT = 50


def draw_receipt() -> Any:
    """Draw the receipt: one copy, drawn once and repeated by the template for the office's file."""
    looks = {
        **KOP_BY_LENGTH,
        "Judul": Look(12, bold=True, align=CENTRE, before=3, spacing=0.5),
        "Rangkap": Look(8, italic=True, align=RIGHT, before=2),
        "Pembuka": Look(9, before=2, after=2),
        "Label": Look(9),
        "Isian": Look(9),
        "Butir Berkas": Look(9, left=4, first=-4),
        "Label Kecil": Look(8),
        "Isian Kecil": Look(8),
        "Butir Berkas Kecil": Look(8, left=4, first=-4),
        "Kode Status": Look(16, bold=True, align=CENTRE, spacing=0.5),
        "Kode Keterangan": Look(7.5, align=CENTRE),
        "Cara Bertanya": Look(8),
        "Tanda Tangan": Look(9, align=CENTRE, keep=True),
        "Garis Potong": Look(8, before=7, after=7),
        "Judul Lanjutan": Look(10, bold=True, align=CENTRE, before=6, after=2),
        "Nomor Lanjutan": Look(9, align=CENTRE, after=2),
        "Anak Judul Lanjutan": Look(9.5, align=CENTRE, after=8),
        "Kaki Lanjutan": Look(_FOOT),
        "Bagian Lanjutan": Look(9.5, bold=True, before=8, after=3, keep=True),
        "Butir Lanjutan": Look(9.5, after=1.5, left=6, first=-6),
        "Penutup Lanjutan": Look(9.5, before=2),
        "Paraf Lanjutan": Look(9, before=14),
    }
    document = page("Tanda Terima Pengaduan", "Pengaduan masyarakat", top=8, bottom=8, looks=looks)
    lines(document, "Sela", ["{%p for keterangan in rangkap %}"])
    lines(document, "Tanda Rahasia", ["{%p if tanda_rahasia %}", "{{ tanda_rahasia }}", "{%p endif %}"])
    letterhead_by_length(document)
    _title(document)
    _received(document)
    lines(document, "Sela", [""])
    _status(document)
    lines(document, "Sela", [""])
    _signatures(document)
    lines(document, "Sela", ["{%p if not loop.last %}"])
    lines(document, "Sela", ["{%p if sela %}", "{{ sela }}", "{%p endif %}"])
    _cut(document)
    lines(document, "Sela", ["{%p endif %}", "{%p endfor %}"])
    _continued(document)
    _further_pages(document)
    return document


def _title(document: Any) -> None:
    grid = table(document, (34, TEXT_WIDTH - 68, 34), 1, pad=0)
    write(grid.rows[0].cells[1], "Judul", "TANDA TERIMA PENGADUAN")
    write(grid.rows[0].cells[2], "Rangkap", "{{ keterangan }}")
    lines(document, "Pembuka", ["Telah diterima {{ yang_diterima }} melalui {{ layanan }}:"])


def _received(document: Any) -> None:
    """Draw what was received: rows with air in the usual type, close ones in the small, which say much."""
    lines(document, "Sela", ["{%p if huruf == 'biasa' %}"])
    _answers(document, "", 5.5)
    lines(document, "Sela", ["{%p else %}"])
    _answers(document, " Kecil", 4.4)
    lines(document, "Sela", ["{%p endif %}"])
    name, colon, papers = table(document, _COLUMNS, 1, pad=0).rows[0].cells
    for cell, text in ((name, "Berkas diterima"), (colon, ":")):
        by_size(cell, "Label", text)
    write(papers, "Butir Berkas", "{%p if berkas|length == 1 %}")
    by_size(papers, "Isian", "{{ berkas[0] }}")
    write(papers, "Butir Berkas", "{%p else %}", "{%p for lembar in berkas %}")
    by_size(papers, "Butir Berkas", "–\t{{ lembar }}")
    write(papers, "Butir Berkas", "{%p endfor %}", "{%p endif %}")
    by_size(papers, "Isian", "{{ penutup_berkas }}")
    borders(papers, bottom=DOTTED)


#: Columns of the label, the colon and the answer, in millimetres.
_COLUMNS = (32, 4, TEXT_WIDTH - 36)


def _answers(document: Any, size: str, least: float) -> None:
    rows = (
        ("Nomor register", "{{ nomor_register }}"),
        ("Diterima", "{{ diterima }}"),
        ("Cara penyampaian", "{{ cara_penyampaian }}"),
        ("{{ sebutan_pelapor }}", "{{ pelapor }}"),
        ("Hal", "{{ hal }}"),
    )
    grid = table(document, _COLUMNS, len(rows), pad=0)
    for row, (label, value) in zip(grid.rows, rows, strict=True):
        for cell, style, text in zip(row.cells, ("Label", "Label", "Isian"), (label, ":", value), strict=True):
            write(cell, f"{style}{size}", text)
        height(row, least)
        borders(row.cells[2], bottom=DOTTED)


def _status(document: Any) -> None:
    """Draw the status code; the office's copy, which lies in the file, says only that it was given.

    An agency gets none: the letters to it, too, ask for nothing but the register number.
    """
    lines(document, "Sela", ["{%p if loop.first and not berkode %}"])
    (how,) = table(document, (TEXT_WIDTH,), 1, lines=THIN, pad=2).rows[0].cells
    write(how, "Cara Bertanya", f"{_ASK} dengan menyebutkan nomor register.")
    how.vertical_alignment = MIDDLE
    lines(document, "Sela", ["{%p elif loop.first %}"])
    _code(document)
    lines(document, "Sela", ["{%p elif berkode %}"])
    (given,) = table(document, (TEXT_WIDTH,), 1, lines=THIN, pad=2).rows[0].cells
    write(given, "Kode Keterangan", "Kode status hanya tercetak pada lembar untuk {{ pembaca }}.")
    given.vertical_alignment = MIDDLE
    lines(document, "Sela", ["{%p endif %}"])


#: How to learn how the complaint stands.
_ASK = "Perkembangannya dapat ditanyakan melalui {{ cara_bertanya }}"


def _code(document: Any) -> None:
    grid = table(document, (74, TEXT_WIDTH - 74), 1, lines=THIN, pad=2)
    code, how = grid.rows[0].cells
    write(code, "Kode Keterangan", "Kode status pengaduan")
    write(code, "Kode Status", "{{ kode_status }}")
    write(code, "Kode Keterangan", "Simpan kode ini dan jangan berikan kepada orang lain.")
    write(how, "Cara Bertanya", f"{_ASK} dengan menyebutkan nomor register dan kode ini.")
    shade(code, PALE)
    height(grid.rows[0], 15)
    for cell in (code, how):
        cell.vertical_alignment = MIDDLE


def _signatures(document: Any) -> None:
    dots, short = "." * 44, "." * 36
    grid = table(document, (TEXT_WIDTH / 2, TEXT_WIDTH / 2), 3, pad=1)
    giver, officer = (list(column.cells) for column in grid.columns)
    write(giver[0], "Tanda Tangan", "", "{{ cara_serah or yang_menyerahkan }}")
    write(officer[0], "Tanda Tangan", "{{ tempat }}, {{ tanggal_dokumen }}", "{{ petugas_jabatan }},")
    write(giver[1], "Tanda Tangan", "{{ surat_pengantar }}")
    write(giver[2], "Tanda Tangan", f"{{{{ '' if cara_serah else nama_penyerah or '{dots}' }}}}")
    write(giver[2], "Tanda Tangan", "{{ '' if cara_serah or nama_penyerah else 'Nama jelas' }}")
    name, nip = f"{{{{ petugas_nama or '{dots}' }}}}", f"NIP {{{{ petugas_nip or '{short}' }}}}"
    write(officer[2], "Tanda Tangan", name, nip)
    height(grid.rows[1], 12)


def _cut(document: Any) -> None:
    paragraph = document.add_paragraph(style="Garis Potong")
    stops = paragraph.style.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(65), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DASHES)
    stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DASHES)
    paragraph.add_run("✂\t  potong di sini  \t")


def _continued(document: Any) -> None:
    """Draw the second sheet of each copy: what the first had no room for, to be initialled by both."""
    lines(document, "Sela", ["{%p if lanjutan %}", "{%p for keterangan in rangkap %}"])
    document.add_paragraph(style="Sela").paragraph_format.page_break_before = True
    copy, opening, entry, closing = table(document, (TEXT_WIDTH,), 4, pad=0).rows
    heading(copy)  # repeated on the copy's next pages
    write(copy.cells[0], "Anak Judul Lanjutan", "{{ keterangan }}")
    write(opening.cells[0], "Butir Lanjutan", "{%tr for baris in lanjutan %}")
    write(entry.cells[0], "Bagian Lanjutan", "{%p if baris.judul %}", "{{ baris.judul }}", "{%p endif %}")
    write(entry.cells[0], "Butir Lanjutan", "{%p if baris.butir %}", "–\t{{ baris.teks }}", "{%p else %}")
    write(entry.cells[0], "Penutup Lanjutan", "{{ baris.teks }}", "{%p endif %}")
    write(closing.cells[0], "Butir Lanjutan", "{%tr endfor %}")
    document.styles["Butir Lanjutan"].paragraph_format.widow_control = True  # an entry of two lines stays whole
    entry._tr.trPr.remove(entry._tr.trPr.find(qn("w:cantSplit")))  # a subject may be longer than a page
    dots = "." * 24
    giver = f"{{% if not cara_serah %}}Paraf yang menyerahkan: {dots}     {{% endif %}}"
    lines(document, "Paraf Lanjutan", [f"{giver}Paraf petugas: {dots}"])
    lines(document, "Sela", ["{%p endfor %}", "{%p endif %}"])


def _further_pages(document: Any) -> None:
    """Draw what stands on every page but the first: a heading, and at the foot the room for the page code."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    title = section.header.paragraphs[0]
    title.style = "Judul Lanjutan"
    title.add_run("Lanjutan Tanda Terima Pengaduan")
    number = section.header.add_paragraph("Nomor register {{ nomor_register }}, halaman ", style="Nomor Lanjutan")
    page_number(number)
    secret_mark(section.header)
    section.first_page_header.paragraphs[0].style = section.first_page_footer.paragraphs[0].style = "Sela"
    section.footer.paragraphs[0].style = "Kaki Lanjutan"


DRAWINGS: Mapping[str, Callable[[], Any]] = {RECEIPT: draw_receipt}
