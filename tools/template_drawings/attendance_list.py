"""Draws the attendance list of an audience: rows to write and sign in, the signatures zigzag."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.audience import WHEN, capitals, running_title
from template_drawings.official_letter import details, paper
from template_drawings.paper import MIDDLE, PALE, THIN, Look, heading, height, lines, shade, table, write

from pipeline.letters.sheets.attendance_list import ATTENDANCE

_LOOKS = {"Rincian": Look(10, after=0.5)}
#: How tall a row is: room to write a name, and with the next row to sign.
_ROW = 11.0


def draw_attendance() -> Any:
    """Draw the list."""
    document = paper("Daftar Hadir", extra=_LOOKS)
    running_title(document, "Daftar Hadir Audiensi/Koordinasi{% if hari_tanggal %}, {{ hari_tanggal }}{% endif %}")
    lines(document, "Judul Naskah", ["DAFTAR HADIR", "AUDIENSI/KOORDINASI"])
    lines(document, "Sela", [""])
    details(document, (("Nomor register", "{{ nomor_register }}"), *capitals(WHEN)), left=0)
    _rows(document)
    return document


def _rows(document: Any) -> None:
    grid = table(document, (10, 50, 54, 23, 23), 4, lines=THIN, pad=1.5)
    head, opening, entry, closing = grid.rows
    heading(head)
    height(head, 7)
    for cell, text in zip(head.cells[:3], ("No.", "Nama", "Jabatan/Instansi"), strict=True):
        write(cell, "Kepala Tabel", text)
    write(head.cells[3].merge(head.cells[4]), "Kepala Tabel", "Tanda tangan")
    for cell in head.cells:
        cell.vertical_alignment = MIDDLE
        shade(cell, PALE)
    write(opening.cells[0], "Isi Tabel", "{%tr for baris in daftar %}")
    texts = ("{{ baris.nomor }}", "", "{{ baris.unsur }}", "{{ baris.kiri }}", "{{ baris.kanan }}")
    for cell, text in zip(entry.cells, texts, strict=True):
        write(cell, "Angka Tabel" if "nomor" in text else "Isi Tabel", text)
        cell.vertical_alignment = MIDDLE
    height(entry, _ROW)
    write(closing.cells[0], "Isi Tabel", "{%tr endfor %}")


DRAWINGS: Mapping[str, Callable[[], Any]] = {ATTENDANCE: draw_attendance}
