"""The sheets that a mailroom puts between papers in the scanner's feeder: separators, and cover sheets for a case.

They are PDFs, to be printed on both sides. The code is large, so that a poor scan still reads it and a small copy of it
in a complaint parts nothing.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from pikepdf import Page, Pdf

from pipeline.cases.case_number import CaseNumber
from pipeline.drawing.engines.pdf import pdf
from pipeline.drawing.engines.pdf_writing import saved
from pipeline.drawing.engines.qr_code import squares
from pipeline.drawing.ink import block, words
from pipeline.drawing.picture import Area, Item, Picture, rectangle
from pipeline.letters.page_codes import cover_text
from pipeline.scans.ports import SEPARATOR

#: Front and back: a separator is read whichever side the scanner sees.
_SIDES = 2
# Points; the sheet is A4.
_WIDTH, _HEIGHT = 595.28, 841.89
_MIDDLE = _WIDTH / 2
_QR, _QR_TOP = 330.0, 215.0


def separators(count: int) -> bytes:
    """Return so many separator sheets, each with its two sides; the same count is the same bytes.

    Raises:
        EngineMissing: the font is not installed.
    """
    page = pdf(
        _sheet(
            "Lembar pemisah",
            "Lembar pemisah antara dua surat dalam satu pindaian",
            ("LEMBAR PEMISAH", "antara surat yang satu dan surat berikutnya"),
            SEPARATOR,
            (
                "Letakkan selembar di antara dua surat sebelum dipindai bersama.",
                "Boleh dipakai dari kedua sisi, terbalik sekalipun, dan dipakai berulang kali.",
                "Lembar ini tidak ikut diarsipkan.",
            ),
        )
    )
    with Pdf.open(io.BytesIO(page)) as sheets:
        first = sheets.pages[0].obj
        for _ in range(count * _SIDES - 1):
            # An object of its own: Poppler refuses one that stands in the tree twice. What it shows is there once.
            sheets.pages.append(Page(sheets.make_indirect(first.copy())))
        return saved(sheets)


def cover_sheet(key: bytes, number: CaseNumber, printed: str) -> bytes:
    """Return the cover sheet of a case; ``printed`` is its register number as the office writes it.

    The sheet has nothing else of the case on it.

    Raises:
        EngineMissing: the font is not installed.
    """
    return pdf(
        _sheet(
            f"Lembar sampul {printed}",
            f"Lembar sampul untuk lampiran perkara {printed}",
            ("LEMBAR SAMPUL", f"lampiran perkara {printed}"),
            cover_text(key, number),
            (
                "Letakkan lembar ini di depan lampiran atau surat susulan perkara ini, lalu pindai bersama.",
                "Semua halaman sesudahnya, sampai lembar pemisah atau lembar sampul berikutnya,",
                "masuk ke map perkara ini. Jangan dipakai di depan surat baru.",
            ),
        )
    )


def _sheet(title: str, description: str, heading: tuple[str, str], code: str, lines: Sequence[str]) -> Picture:
    items: tuple[Item, ...] = (
        words(_MIDDLE, 120, heading[0], 44, bold=True, middle=True),
        words(_MIDDLE, 155, heading[1], 18, middle=True),
        *_square(squares(code, "H")),
        *block(lines, _MIDDLE, 620, 12, middle=True),
        words(_MIDDLE, 790, "Yankomas", 10, middle=True),
    )
    return Picture(_WIDTH, _HEIGHT, (_WIDTH, _HEIGHT), title, description, items)


def _square(code: Sequence[Sequence[int]]) -> Iterator[Item]:
    """Yield the code's dark squares, those side by side as one, so that no renderer leaves a hair between them."""
    side = _QR / len(code)
    left = _MIDDLE - _QR / 2
    for row, cells in enumerate(code):
        top = _QR_TOP + row * side
        start = None
        for at, cell in enumerate((*cells, 0)):
            if cell and start is None:
                start = at
            elif not cell and start is not None:
                yield Area(rectangle(left + start * side, top, left + at * side, top + side), fill="#000000")
                start = None
