"""Stamps the page code on every page of a PDF/A: a small QR and the same text in letters, in the bottom margin."""

from __future__ import annotations

import functools
import hashlib
import re

from pikepdf import Array, Page, Pdf

from pipeline.drawing.engines.fonts import Face, face, to_embed
from pipeline.drawing.engines.pdf_writing import Appendix, LooseFont, loose, resources_with
from pipeline.drawing.engines.qr_code import squares
from pipeline.letters.page_codes import page_text

_MM = 72 / 25.4
#: Size of the QR and where it stands: millimetres from the left and the bottom edge of the page.
QR_SIZE, QR_LEFT, QR_BOTTOM = 15.0, 30.0, 6.0
_NOTE = "Kode halaman. Mohon tidak dicoret, dilipat atau ditutupi."
_FONT_NAME = "/FYankomas"


def stamp(pdf: bytes, key: bytes, document: str) -> bytes:
    """Return the PDF with its code on every page; metadata, output intent and fonts stay as they are.

    Raises:
        EngineFault: the font for the letters is not installed.
    """
    sheet = Appendix(pdf)
    letters, pages = face(), sheet.pdf.pages
    font, fence = sheet.add_font(_loose_font()), sheet.add_stream(b"q\n")
    for k, page in enumerate(pages, 1):
        entries, own = page.obj.copy(), page.obj.get("/Contents", Array())
        marks = sheet.add_stream(b"\nQ\n" + _marks(page_text(key, document, k, len(pages)), letters, page))
        # The page's own content is fenced in so that its state does not leak.
        entries.Contents = Array([fence, *(own if isinstance(own, Array) else [own]), marks])
        entries.Resources = resources_with(page, _FONT_NAME, font)
        sheet.change(page.obj, entries)
    return sheet.written(_identity(sheet.pdf, pdf, document))


@functools.cache
def _loose_font() -> LooseFont:
    return loose(to_embed(face()))


def _marks(text: str, letters: Face, page: Page) -> bytes:
    """Return the drawing instructions: black squares and two lines of text, marked as no part of the content."""
    modules = squares(text, "M")
    left, bottom = float(page.mediabox[0]) + QR_LEFT * _MM, float(page.mediabox[1]) + QR_BOTTOM * _MM
    side = QR_SIZE * _MM / len(modules)
    out = ["/Artifact BMC q 0 g"]
    for row, bits in enumerate(modules):
        for start, length in _runs(bits):
            y = bottom + (len(modules) - 1 - row) * side
            out.append(f"{left + start * side:.3f} {y:.3f} {length * side:.3f} {side:.3f} re")
    x, middle = left + (QR_SIZE + 2.5) * _MM, bottom + QR_SIZE / 2 * _MM
    out.append(f"f BT {_FONT_NAME} 8 Tf 1 0 0 1 {x:.2f} {middle + 1:.2f} Tm <{letters.hex(text)}> Tj")
    out.append(f"{_FONT_NAME} 6 Tf 1 0 0 1 {x:.2f} {middle - 9:.2f} Tm <{letters.hex(_NOTE)}> Tj ET Q EMC")
    return "\n".join(out).encode("ascii")


def _runs(bits: bytes) -> list[tuple[int, int]]:
    """Return the dark runs of a row: squares side by side as one, so that no renderer leaves a hair between them."""
    return [(m.start(), len(m[0])) for m in re.finditer(b"\x01+", bits)]


def _identity(sheet: Pdf, data: bytes, document: str) -> tuple[bytes, bytes]:
    """Keep the first half of the trailer's ID and change the second: the same document, another state of it."""
    known = sheet.trailer.get("/ID")
    kept = bytes(known[0]) if isinstance(known, Array) else hashlib.sha256(data).digest()[:16]
    return kept, hashlib.sha256(data + document.encode()).digest()[:16]
