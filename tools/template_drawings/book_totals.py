"""What stands at the foot of a page of the office's books: its totals, and room for the initials of who keeps it."""

from __future__ import annotations

from typing import Any

from template_drawings.paper import THIN, table, write

_TOTALS = (
    ("Jumlah pada halaman ini", "{{ lembar.jumlah }}"),
    ("Jumlah sampai halaman sebelumnya", "{{ lembar.jumlah_lalu }}"),
    ("Jumlah sampai halaman ini", "{{ lembar.jumlah_sampai }}"),
)
#: Who keeps the book, and who checks it.
INITIALS = ("Paraf {{ pencatat }}:", "Paraf {{ pemeriksa }}:")


def page_totals(document: Any, widths: tuple[float, float, float, float]) -> None:
    """Draw the page's totals in the two last columns (widths in millimetres), and room for initials in the others."""
    grid = table(document, widths, 3, lines=THIN, pad=1)
    for column, text in enumerate(INITIALS):
        write(grid.cell(0, column).merge(grid.cell(2, column)), "Paraf", text)
    for row, (label, value) in zip(grid.rows, _TOTALS, strict=True):
        write(row.cells[2], "Jumlah", label)
        write(row.cells[3], "Jumlah Angka", value)
