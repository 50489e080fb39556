"""The sheets that a mailroom puts between papers in the scanner's feeder: separators, and cover sheets for a case.

The code is large, so that a poor scan still reads it and a small copy of it in a letter parts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.drawing.ink import block, words
from pipeline.drawing.picture import Area, Item, Picture, rectangle

#: A4 in points.
WIDTH, HEIGHT = 595.28, 841.89
_MIDDLE = WIDTH / 2
_QR = 330.0
_QR_TOP = 215.0

#: A code as rows of dark (1) and light (0) squares.
Matrix = Sequence[Sequence[int]]


def separator(code: Matrix) -> Picture:
    """Return a separator sheet; the same on every side of every sheet."""
    lines = (
        "Letakkan selembar di antara dua surat sebelum dipindai bersama.",
        "Boleh dipakai dari kedua sisi, terbalik sekalipun, dan dipakai berulang kali.",
        "Lembar ini tidak ikut diarsipkan.",
    )
    items = (*_heading("LEMBAR PEMISAH", "antara surat yang satu dan surat berikutnya"), *_square(code), *_foot(lines))
    return _sheet("Lembar pemisah", "Lembar pemisah antara dua surat dalam satu pindaian", items)


def cover(code: Matrix, number: str) -> Picture:
    """Return the cover sheet of a case, printed with its register number and nothing else of it."""
    lines = (
        "Letakkan lembar ini di depan lampiran atau surat susulan perkara ini, lalu pindai bersama.",
        "Semua halaman sesudahnya, sampai lembar pemisah atau lembar sampul berikutnya,",
        "masuk ke map perkara ini. Jangan dipakai di depan surat baru.",
    )
    items = (*_heading("LEMBAR SAMPUL", f"lampiran perkara {number}"), *_square(code), *_foot(lines))
    return _sheet(f"Lembar sampul {number}", f"Lembar sampul untuk lampiran perkara {number}", items)


def _sheet(title: str, description: str, items: tuple[Item, ...]) -> Picture:
    return Picture(WIDTH, HEIGHT, (WIDTH, HEIGHT), title, description, items)


def _heading(title: str, below: str) -> Iterator[Item]:
    yield words(_MIDDLE, 120, title, 44, bold=True, middle=True)
    yield words(_MIDDLE, 155, below, 18, middle=True)


def _foot(lines: Sequence[str]) -> Iterator[Item]:
    yield from block(lines, _MIDDLE, 620, 12, middle=True)
    yield words(_MIDDLE, 790, "Yankomas", 10, middle=True)


def _square(code: Matrix) -> Iterator[Item]:
    """Yield the code's dark squares, those side by side as one, so that no renderer leaves a hair between them."""
    side = _QR / len(code)
    left = _MIDDLE - _QR / 2
    for row, cells in enumerate(code):
        top = _QR_TOP + row * side
        for start, length in _runs(cells):
            box = rectangle(left + start * side, top, left + (start + length) * side, top + side)
            yield Area(box, fill="#000000")


def _runs(cells: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = None
    for at, cell in enumerate((*cells, 0)):
        if cell and start is None:
            start = at
        elif not cell and start is not None:
            yield start, at - start
            start = None
