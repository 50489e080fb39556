"""Marks every page of a PDF as a preview: large, grey and aslant, and once more at its top."""

from __future__ import annotations

import io
import math

from pikepdf import Page, Pdf

from pipeline.drawing.engines.fonts import SANS, Face, add_face, face
from pipeline.drawing.engines.pdf_writing import saved, with_font

_WORD = "PRATINJAU"
_NOTE = "PRATINJAU TEMPLAT - BUKAN NASKAH, TIDAK BERLAKU"
_SIGNS = "".join(sorted({*_WORD, *_NOTE, "?"}))
_SIZE, _NOTE_SIZE, _NOTE_TOP = 92.0, 8.0, 15.0  # points
_SLANT = math.radians(52)
_FONT_NAME = "/FPratinjau"


def marked(pdf: bytes) -> bytes:
    """Return the PDF with the mark on every page, under what is printed.

    Raises:
        EngineMissing: the font for the letters is not installed.
    """
    letters, sheet = face(SANS[True], _SIGNS), Pdf.open(io.BytesIO(pdf))
    font = add_face(sheet, letters)
    for page in sheet.pages:
        page.contents_add(_marks(letters, page) + b"\nq\n", prepend=True)
        page.contents_add(b"\nQ\n")
        with_font(page, _FONT_NAME, font)
    return saved(sheet)


def _marks(letters: Face, page: Page) -> bytes:
    left, bottom, right, top = (float(side) for side in page.mediabox)
    cos, sin, half = math.cos(_SLANT), math.sin(_SLANT), _wide(letters, _WORD) * _SIZE / 2
    x, y = (left + right) / 2 - half * cos, (bottom + top) / 2 - half * sin
    note = (left + right) / 2 - _wide(letters, _NOTE) * _NOTE_SIZE / 2
    return "\n".join(
        (
            f"/Artifact BMC q 0.86 g BT {_FONT_NAME} {_SIZE} Tf",
            f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {y:.2f} Tm <{letters.hex(_WORD)}> Tj ET",
            f"0.35 g BT {_FONT_NAME} {_NOTE_SIZE} Tf 1 0 0 1 {note:.2f} {top - _NOTE_TOP:.2f} Tm",
            f"<{letters.hex(_NOTE)}> Tj ET Q EMC",
        )
    ).encode("ascii")


def _wide(letters: Face, text: str) -> float:
    """Return how wide a text is, in its size."""
    return sum(letters.widths[letters.glyphs[sign]] for sign in text) / 1000
