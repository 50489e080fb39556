"""Draws the disposition sheet (``03-lembar-disposisi``).

It is one A4, not A5: four officials write their instruction by hand into it, and on A5 each would
have 8 mm. Its bottom margin is left free for the page code, which is stamped on the PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from template_drawings.official_letter import letterhead_by_length
from template_drawings.paper import (
    CENTRE,
    FAINT,
    KOP_BY_LENGTH,
    MIDDLE,
    PALE,
    TEXT_WIDTH,
    THIN,
    Look,
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

from pipeline.letters.sheets.disposition_sheet import (
    DISPOSITION,
    GRADES,
    INSTRUCTIONS,
    OFFICIALS,
    URGENCIES,
    box_of,
)

_FOOT = "Mohon tidak memisahkan lembar disposisi ini dari {% if ada_surat %}suratnya{% else %}berkasnya{% endif %}."


def draw_disposition() -> Any:
    """Draw the disposition sheet: what came, who passes it to whom with which words, and room to write."""
    looks = {
        **KOP_BY_LENGTH,
        "Judul": Look(13, bold=True, align=CENTRE, before=4, after=4, spacing=1),
        "Label": Look(8),
        "Isian": Look(9),
        "Isian Kecil": Look(8),
        "Kepala Tabel": Look(8.5, bold=True, align=CENTRE, keep=True),
        "Isi Disposisi": Look(8.5),
        "Isi Disposisi Kecil": Look(7.5),
        "Pejabat": Look(7.5),
        "Pejabat Kecil": Look(6.5),
        "Petunjuk": Look(7.5, left=0.8),
        "Nama Pejabat": Look(6.5, align=CENTRE),
        "Kotak": Look(8.5, align=CENTRE),
        "Kaki Lembar": Look(9, italic=True, align=CENTRE, before=4),
        "Judul Lanjutan": Look(13, bold=True, align=CENTRE, before=4, after=2, spacing=1),
        "Anak Judul Lanjutan": Look(9.5, align=CENTRE, after=8),
        "Bagian Lanjutan": Look(9.5, bold=True, before=8, after=3, keep=True),
        "Alinea Lanjutan": Look(9.5, after=3),
    }
    document = page("Lembar Disposisi", "Pengaduan masyarakat", top=10, bottom=25, looks=looks)
    _heads(document.sections[0])
    letterhead_by_length(document)
    lines(document, "Judul", ["LEMBAR DISPOSISI"])
    _particulars(document)
    lines(document, "Sela", [""])
    _way(document)
    lines(document, "Sela", [""])
    _instructions(document)
    lines(document, "Kaki Lembar", [_FOOT])
    _continued(document)
    return document


def _heads(section: Any) -> None:
    """Draw what stands at the head of each page: on a further one what it belongs to, for it may lie loose."""
    section.different_first_page_header_footer = True
    first, later = section.first_page_header, section.header
    first.paragraphs[0].style = "Sela"
    title = later.paragraphs[0]
    title.style = "Judul Lanjutan"
    title.add_run("LEMBAR LANJUTAN DISPOSISI")
    page_number(later.add_paragraph("Nomor register {{ nomor_register }}, halaman ", style="Anak Judul Lanjutan"))
    for header in (first, later):
        secret_mark(header)


def _particulars(document: Any) -> None:
    pairs = (
        ("No. register", "nomor_register", "No. agenda", "nomor_agenda"),
        ("Indeks", "indeks", "Kode klasifikasi", "kode_klasifikasi"),
        ("Tgl./jam diterima", "diterima_pada", "Tgl. penyelesaian", "tenggat"),
        ("{{ sebutan_asal }}", "asal"),
        ("{%tr if ada_surat %}",),
        ("No. surat", "nomor_surat", "Tgl. surat", "tanggal_surat"),
        ("{%tr endif %}",),
        ("Lampiran", "lampiran", "Tenggat telaahan", "tenggat_telaahan"),
        ("Sifat", _boxes("", GRADES), "Derajat", _boxes("derajat_", URGENCIES)),
        ("Hal", "hal"),
        ("Isi ringkas", "isi_ringkas"),
    )
    grid = table(document, (25, 55, 25, 55), len(pairs), lines=FAINT)
    for row, texts in zip(grid.rows, pairs, strict=True):
        cells = row.cells
        if len(texts) == 1:
            write(cells[0], "Label", *texts)
        if len(texts) == 2:
            cells = (cells[0], cells[1].merge(cells[3]))
        for label, answer, title, text in zip(cells[::2], cells[1::2], texts[::2], texts[1::2], strict=False):
            write(label, "Label", title)
            shade(label, PALE)
            if "{{" in text:
                write(answer, "Isian Kecil", text)
            else:
                by_size(answer, "Isian", f"{{{{ {text} }}}}")
            label.vertical_alignment = answer.vertical_alignment = MIDDLE
        height(row, 5.2)


def _boxes(prefix: str, words: Sequence[str]) -> str:
    """Return boxes to tick in one line, each kept together with its word."""
    names = (f"kotak_{prefix}{word.lower().replace(' ', '_')}" for word in words)
    kept = (word.replace(" ", "\u00a0") for word in words)
    return "   ".join(f"{{{{ {name} }}}}\u00a0{word}" for name, word in zip(names, kept, strict=True))


def _way(document: Any) -> None:
    """Draw the way of the disposition: 80 mm for the words, which stand beside who gave them."""
    grid = table(document, (19.4, 22.3, 22.3, 80, 16), 8, lines=THIN)
    head, opening, usual, hop, small, small_hop, *closing = grid.rows
    heading(head)
    height(head, 6)
    for cell, text in zip(head.cells, ("Tanggal", "Dari", "Kepada", "Isi disposisi", "Paraf"), strict=True):
        write(cell, "Kepala Tabel", text)
        cell.vertical_alignment = MIDDLE
        shade(cell, PALE)
    tags = (
        "{%tr for langkah in perjalanan %}",
        "{%tr if huruf == 'biasa' %}",
        "{%tr else %}",
        "{%tr endif %}",
        "{%tr endfor %}",
    )
    for row, tag in zip((opening, usual, small, *closing), tags, strict=True):
        write(row.cells[0], "Isi Disposisi", tag)
    for row, size, least in ((hop, "", 13), (small_hop, " Kecil", 11)):
        for cell, name in zip(row.cells, ("tanggal", "dari", "kepada", "isi"), strict=False):
            write(cell, f"{'Isi Disposisi' if name == 'isi' else 'Pejabat'}{size}", f"{{{{ langkah.{name} }}}}")
            cell.vertical_alignment = MIDDLE
        height(row, least)


def _instructions(document: Any) -> None:
    """Draw the instructions in two blocks, with a column of boxes for each official, and the room for notes."""
    deep, label, box = len(INSTRUCTIONS) // 2, 36.0, 11.0
    grid = table(document, (label, *[box] * OFFICIALS) * 2, deep + 1, lines=FAINT, pad=0.4)
    for block in (0, 1):
        name, *officials = grid.rows[0].cells[block * (OFFICIALS + 1) :][: OFFICIALS + 1]
        write(name, "Petunjuk", "Petunjuk")
        for number, cell in enumerate(officials):
            write(cell, "Nama Pejabat", f"{{{{ pejabat[{number}] }}}}")
        for cell in (name, *officials):
            shade(cell, PALE)
            cell.vertical_alignment = MIDDLE
        for row, text in zip(grid.rows[1:], INSTRUCTIONS[block * deep :], strict=False):
            name, *boxes = row.cells[block * (OFFICIALS + 1) :][: OFFICIALS + 1]
            write(name, "Petunjuk", text)
            name.vertical_alignment = MIDDLE
            for number, cell in enumerate(boxes):
                write(cell, "Kotak", f"{{{{ centang.{box_of(text)}[{number}] }}}}")
                cell.vertical_alignment = MIDDLE
    lines(document, "Sela", [""])
    for tag, least in (("{%p if huruf == 'biasa' %}", 24), ("{%p else %}", 19)):
        lines(document, "Sela", [tag])
        notes = table(document, (TEXT_WIDTH,), 1, lines=THIN)
        write(notes.rows[0].cells[0], "Label", "Catatan:")
        height(notes.rows[0], least)
    lines(document, "Sela", ["{%p endif %}"])


def _continued(document: Any) -> None:
    """Draw the second sheet: what the first page had no room for."""
    lines(document, "Sela", ["{%p if lanjutan %}"])
    document.add_paragraph(style="Sela").paragraph_format.page_break_before = True
    lines(document, "Sela", ["{%p for baris in lanjutan %}", "{%p if baris.judul %}"])
    lines(document, "Bagian Lanjutan", ["{{ baris.judul }}"])
    lines(document, "Sela", ["{%p endif %}"])
    lines(document, "Alinea Lanjutan", ["{{ baris.teks }}"])
    lines(document, "Sela", ["{%p endfor %}", "{%p endif %}"])


DRAWINGS: Mapping[str, Callable[[], Any]] = {DISPOSITION: draw_disposition}
