"""What stands at the foot of a page of the office's books: its totals, room for initials, signatures at their end."""

from __future__ import annotations

from typing import Any

from template_drawings.official_letter import DOTS
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


def attested(document: Any, wide: float, taken: str, checked: str) -> None:
    """Draw the signatures of who keeps the book and of who looks after that, each below what they do."""
    taker, checker = table(document, (wide / 2, wide / 2), 1, pad=20).rows[0].cells
    for cell, above, who in (
        (taker, ("", taken), "petugas"),
        (checker, ("{{ tempat }}, {{ tanggal_dokumen }}", checked), "pengesah"),
    ):
        write(
            cell, "Tanda Tangan", *above, f"{{{{ {who}_jabatan }}}},", "", "", "", f"{{{{ {who}_nama or '{DOTS}' }}}}"
        )
        write(cell, "Tanda Tangan", f"NIP {{{{ {who}_nip or '{DOTS}' }}}}")
