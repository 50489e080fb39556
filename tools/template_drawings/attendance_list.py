"""Draws the attendance list of an audience: rows to write and sign in, the signatures zigzag, the leader's last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from docx.shared import Mm
from template_drawings.audience import OF_CASE, WHEN, capitals, running_title
from template_drawings.official_letter import details, paper, signature
from template_drawings.paper import MIDDLE, PALE, THIN, Look, heading, height, lines, ruled, shade, table, write

from pipeline.letters.sheets.attendance_list import ATTENDANCE

_LOOKS = {
    "Rincian": Look(10, after=0.5),
    "Catatan Daftar": Look(9),
}
#: How tall a row is: room to write a name, and with the next row to sign.
_ROW = 9.2
_KEPT = (
    "Peserta yang identitasnya dirahasiakan tidak mengisi daftar ini; kehadirannya dicatat pada lembar tersendiri yang "
    "disimpan pada Kantor Wilayah."
)
_ENTRY = ("{{ baris.nomor }}", "{{ baris.nama }}", "{{ baris.unsur }}", "{{ baris.kiri }}", "{{ baris.kanan }}")


def draw_attendance() -> Any:
    """Draw the list."""
    document = paper("Daftar Hadir", extra=_LOOKS)
    running_title(document, f"Daftar Hadir Audiensi/Koordinasi\n{OF_CASE}")
    lines(document, "Judul Naskah", ["DAFTAR HADIR AUDIENSI/KOORDINASI"])
    lines(document, "Sela", [""])
    details(document, (("Nomor register", "{{ nomor_register }}"), *capitals(WHEN)), left=0)
    _rows(document)
    signature(document, "", "Pemimpin audiensi,")
    document.styles["Catatan Daftar"].paragraph_format.right_indent = Mm(10)
    beside = document.tables[-1].rows[0].cells[0]
    write(beside, "Catatan Daftar", "", "{%p if ada_dirahasiakan %}", _KEPT, "{%p endif %}")
    beside.add_paragraph("", style="Catatan Daftar")  # Word wants a paragraph in a cell, also where nothing is kept
    return document


def _rows(document: Any) -> None:
    """Draw the table; its last two rows stay on the page of the leader's signature."""
    grid = table(document, (10, 44, 48, 29, 29), 8, lines=THIN, pad=1.5)
    head, opening, last, held, otherwise, entry, end, closing = grid.rows
    heading(head)
    height(head, 7)
    for cell, text in zip(head.cells[:3], ("No.", "Nama", "Jabatan/Instansi"), strict=True):
        write(cell, "Kepala Tabel", text)
    write(head.cells[3].merge(head.cells[4]), "Kepala Tabel", "Tanda tangan")
    for cell in head.cells:
        cell.vertical_alignment = MIDDLE
        shade(cell, PALE)
    tags = ("for baris in daftar", "if loop.revindex <= 2", "else", "endif", "endfor")
    for row, tag in zip((opening, last, otherwise, end, closing), tags, strict=True):
        write(row.cells[0], "Isi Tabel", f"{{%tr {tag} %}}")
    _entry(held, keep=True)
    _entry(entry, keep=False)
    ruled(grid)


def _entry(row: Any, *, keep: bool) -> None:
    """Write the row that stands for a guest; ``keep``: it stays with what follows."""
    for cell, text in zip(row.cells, _ENTRY, strict=True):
        write(cell, "Angka Tabel" if "nomor" in text else "Isi Tabel", text)
        cell.vertical_alignment = MIDDLE
        if keep:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    height(row, _ROW)


DRAWINGS: Mapping[str, Callable[[], Any]] = {ATTENDANCE: draw_attendance}
