"""Makes the mailroom's separator and cover sheets: a PDF to be printed on both sides."""

from __future__ import annotations

import io

import segno
from pikepdf import Pdf

from pipeline.cases.case_number import CaseNumber
from pipeline.drawing.engines.pdf import pdf
from pipeline.drawing.engines.pdf_writing import saved
from pipeline.intake.feeder_drawing import Matrix, cover, separator
from pipeline.letters.page_codes import cover_text
from pipeline.scans.ports import SEPARATOR

#: Front and back: a separator is read whichever side the scanner sees.
_SIDES = 2


def separators(count: int) -> bytes:
    """Return so many separator sheets, each with its two sides; the same count is the same bytes.

    Raises:
        EngineMissing: the font is not installed.
    """
    return _repeated(pdf(separator(_matrix(SEPARATOR))), count * _SIDES)


def cover_sheet(key: bytes, number: CaseNumber, printed: str) -> bytes:
    """Return the cover sheet of a case; ``printed`` is its register number as the office writes it.

    Raises:
        EngineMissing: the font is not installed.
    """
    return pdf(cover(_matrix(cover_text(key, number)), printed))


def _matrix(text: str) -> Matrix:
    matrix: Matrix = segno.make_qr(text, error="h").matrix
    return matrix


def _repeated(page: bytes, times: int) -> bytes:
    """Return the page so many times; its content and fonts are there once."""
    with Pdf.open(io.BytesIO(page)) as sheets:
        for _ in range(times - 1):
            sheets.pages.append(sheets.pages[0])
        return saved(sheets)
