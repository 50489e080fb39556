"""How the printed register's rows are bound into pages.

It is pages of rows, as a bound book is: each page ends with how many cases stand on it, before it and so far. A row is
as high as what it says; what is more than a page goes on in a row of the next, so that nothing is cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.cases.secrecy_level import RAHASIA
from pipeline.letters.sheets.room import Column
from pipeline.office import wording
from pipeline.office.office import Office

#: The columns of a page: their width in millimetres, and the texts of a row that stand in them, below one another.
Columns = tuple[tuple[float, tuple[str, ...]], ...]
#: Those of Yankomas's register; other services have theirs (:mod:`pipeline.letters.sheets.service_book`).
#: The second and the last hold a register number on one line: the case's own, and that of one it was merged with.
COLUMNS: Columns = (
    (9.0, ("urut",)),
    (33.0, ("nomor_register", "diterima", "nomor_agenda")),
    (27.0, ("cara", "surat")),
    (31.0, ("pelapor", "kapasitas", "korban", "kerentanan")),
    (32.0, ("terlapor", "tempat_kejadian")),
    (34.0, ("perihal", "hak")),
    (28.0, ("disposisi", "telaahan")),
    (38.0, ("audiensi", "rekomendasi", "pemantauan")),
    (33.0, ("sifat", "status", "tanggal_selesai", "klasifikasi", "berkas")),
)
#: What stands at the foot of a page before the archive was sealed for the first time.
NO_SEAL = " · arsip belum bersegel"
#: What stands in the first column of a row that goes on from the page before.
_GOES_ON = "lanj."
#: Millimetres: of a cell's type and margins, the least of a row, of what a page has beside rows and the office's name.
_POINTS, _MARGINS, _CELL, _LEAST = 7.5, 2.4, 1.6, 21.0
_PAGE, _REST = 190.0, 39.0
#: How much higher than the totals of a page of the book the signatures are by which an extract is certified.
ATTESTED = 28.0
#: A row that is higher than this may begin at the foot of a page, where so much of it is left.
_LARGE, _WORTH = 70.0, 35.0
#: The office's name at the head of a page.
_HEAD, _HEAD_LEAST = Column(79, 8.5), 11.5


def book(
    rows: Sequence[Mapping[str, str]],
    year: int,
    office: Office,
    seal: str = "",
    *,
    foot: float = 0,
    columns: Columns = COLUMNS,
    points: float = _POINTS,
) -> dict[str, Any]:
    """Return the values of the register's pages: of a whole year, or of one case's entry.

    ``seal`` is the archive's newest seal in words; on paper, every page vouches for all that was sealed until then.
    ``foot``: how much higher the foot of a page is than that of the book, in millimetres.
    """
    leaves = _leaves(rows, _PAGE - _REST - foot - head_height(office), _set(columns, points))
    secret = {row.get("nomor_register") for row in rows if row.get("sifat", "").casefold().endswith(RAHASIA)}
    counts = [sum(map(_begun, leaves[:number])) for number in range(len(leaves) + 1)]
    pages = [
        {
            "nomor": str(number),
            "baris": leaf,
            "rahasia": RAHASIA.upper() if any(row.get("nomor_register") in secret for row in leaf) else "",
            "jumlah": _cases(so_far - before),
            "jumlah_lalu": _cases(before),
            "jumlah_sampai": _cases(so_far),
        }
        for number, (leaf, before, so_far) in enumerate(zip(leaves, counts, counts[1:], strict=False), 1)
    ]
    words = f" · segel arsip {seal}" if seal else NO_SEAL
    return {"tahun": str(year), "halaman": pages, "jumlah_halaman_buku": str(len(pages)), "segel": words, "kutipan": ""}


def _leaves(
    rows: Sequence[Mapping[str, str]], room: float, columns: Sequence[_BookColumn]
) -> list[list[Mapping[str, str]]]:
    """Return the rows page by page: as many as there is room for (millimetres), a large one in parts."""
    leaves: list[list[Mapping[str, str]]] = [[]]
    left = room
    for whole in rows:
        rest: Mapping[str, str] | None = whole
        while rest is not None:
            high = _height(rest, columns)
            if high > left and leaves[-1] and (high <= _LARGE or left < _WORTH):
                leaves.append([])
                left = room
            part, rest = (rest, None) if high <= left else _split(rest, left, columns)
            leaves[-1].append(part)
            left -= min(high, left)
    return leaves


def fits(words: str, name: str) -> bool:
    """Say whether words of a row's text stand on one line of the column that they are in."""
    column = next(column for column in _set(COLUMNS) if name in column.names)
    return column.text.lines(words) <= 1


def head_height(office: Office) -> float:
    """Return how high the office's name is at the head of a book's page, in millimetres."""
    name = "\n".join((*office.letterhead.ministry, office.letterhead.office))
    return max(_HEAD_LEAST, _HEAD.lines(name) * _HEAD.line)


def _height(row: Mapping[str, str], columns: Sequence[_BookColumn]) -> float:
    return max(_LEAST, max(column.lines(row) for column in columns) * columns[0].text.line + _CELL)


def _begun(leaf: Sequence[Mapping[str, str]]) -> int:
    """Return how many cases begin on a page."""
    return sum(1 for part in leaf if not part.get("urut", "").endswith(_GOES_ON))


def _split(
    whole: Mapping[str, str], room: float, columns: Sequence[_BookColumn]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return what of a row there is room for, and the row that goes on with the rest."""
    part, rest = dict(whole), dict.fromkeys(whole, "")
    for column in columns:
        lines = int((room - _CELL) / column.text.line)
        for name in column.names:
            text = whole.get(name, "")
            held = column.text.held(text, lines)
            part[name], rest[name] = text[:held].rstrip(), text[held:].lstrip()
            lines -= column.text.lines(part[name])
    number = whole.get("urut", "").removesuffix(_GOES_ON).strip()
    return part, {**rest, "urut": f"{number} {_GOES_ON}", "nomor_register": whole.get("nomor_register", "")}


@dataclass(frozen=True, slots=True)
class _BookColumn:
    """A column of the book: how its text is set, and the texts of a row that stand in it."""

    text: Column
    names: tuple[str, ...]

    def lines(self, row: Mapping[str, str]) -> int:
        return max(1, sum(self.text.lines(text) for name in self.names if (text := row.get(name, ""))))


@cache
def _set(columns: Columns, points: float = _POINTS) -> tuple[_BookColumn, ...]:
    return tuple(_BookColumn(Column(width - _MARGINS, points), names) for width, names in columns)


def _cases(count: int) -> str:
    return wording.counted(count, "perkara")
