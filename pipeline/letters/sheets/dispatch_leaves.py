"""How the rows of the printed dispatch book are bound into pages, each of which ends with its totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.letters.sheets.register_leaves import head_height
from pipeline.letters.sheets.room import Column
from pipeline.office import wording
from pipeline.office.office import Office

#: The columns of a page: their width in millimetres, their heading, what of a row stands in them; the last is signed.
COLUMNS: tuple[tuple[float, str, str], ...] = (
    (8.0, "No.", "urut"),
    (17.0, "Tanggal kirim", "tanggal_kirim"),
    (30.0, "Nomor surat", "nomor_surat"),
    (17.0, "Tanggal surat", "tanggal_surat"),
    (33.0, "Kepada", "kepada"),
    (33.0, "Hal", "hal"),
    (14.5, "Sifat", "sifat"),
    (15.0, "Lampiran", "lampiran"),
    (16.5, "Cara kirim", "cara_kirim"),
    (18.5, "Dikirim oleh", "dikirim_oleh"),
    (17.0, "Tanggal diterima", "tanggal_diterima"),
    (20.5, "Penerima", "penerima"),
    (25.0, "Tanda terima", ""),
)
#: Points of a row's type; millimetres: the least of a row, a cell's margins, a page beside rows and office's name.
POINTS, LEAST = 8.0, 12.0
_MARGINS, _CELL = 2.4, 1.6
_PAGE, _REST = 190.0, 44.5
#: How much more of the last page the closing line and its signatures take, in millimetres.
_CLOSING = 34.0
_CELLS = tuple((Column(width - _MARGINS, POINTS), name) for width, _, name in COLUMNS)


def leaves(
    rows: Sequence[Mapping[str, str]], office: Office, before: int, *, closed: bool = False
) -> list[dict[str, Any]]:
    """Return the rows page by page, as many as there is room for.

    ``before``: so many letters stand on earlier pages. ``closed``: the book is closed below the last one, and signed;
    rows that leave no room for that go on to a page of their own, so that no signature stands alone.
    """
    room = _PAGE - _REST - head_height(office)
    bound: list[list[Mapping[str, str]]] = [[]]
    left = room
    for row in rows:
        high = _height(row)
        if high > left and bound[-1]:
            bound.append([])
            left = room
        bound[-1].append(row)
        left -= high
    if closed and left < _CLOSING and bound[-1][1:]:
        bound.append([bound[-1].pop()])
    pages = []
    for leaf in bound:
        so_far = before + len(leaf)
        counts = {"jumlah": len(leaf), "jumlah_lalu": before, "jumlah_sampai": so_far}
        told = {name: wording.counted(count, "surat") for name, count in counts.items()}
        pages.append({"baris": leaf, **told, "penutup": ""})
        before = so_far
    return pages


def _height(row: Mapping[str, str]) -> float:
    return max(LEAST, max(column.lines(row.get(name, "")) * column.line for column, name in _CELLS) + _CELL)
