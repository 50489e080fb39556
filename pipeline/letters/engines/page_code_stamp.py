"""Stamps the page code on every page of a PDF/A: a small QR and the same text in letters, in the bottom margin."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import segno
from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from pipeline.drawing.engines.fonts import Face, embedded, face
from pipeline.drawing.engines.pdf_appendix import Appendix
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
    stamped = Appendix(pdf)
    pages = list(stamped.reader.pages)
    letters = face()
    font = embedded(stamped, letters)
    for k, page in enumerate(pages, 1):
        _draw(stamped, page, font, _marks(page_text(key, document, k, len(pages)), letters, page))
        stamped.replace(page)
    return stamped.written(_identity(stamped, pdf, document))


def _marks(text: str, letters: Face, page: PageObject) -> bytes:
    """Return the drawing instructions: black squares and two lines of text, marked as no part of the content."""
    modules = segno.make_qr(text, error="m").matrix
    left, bottom = float(page.mediabox.left) + QR_LEFT * _MM, float(page.mediabox.bottom) + QR_BOTTOM * _MM
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


def _runs(bits: bytes | bytearray) -> list[tuple[int, int]]:
    """Return the dark runs of a row: squares side by side as one, so that no renderer leaves a hair between them."""
    return [(m.start(), len(m[0])) for m in re.finditer(b"\x01+", bytes(bits))]


def _draw(stamped: Appendix, page: PageObject, font: IndirectObject, marks: bytes) -> None:
    """Add the marks after the page's own content, which is fenced in so that its state does not leak."""
    contents = page.get("/Contents")
    own = contents.get_object() if contents is not None else None
    before = list(own) if isinstance(own, ArrayObject) else ([page.raw_get("/Contents")] if own is not None else [])
    page[NameObject("/Contents")] = ArrayObject(
        [_stream(stamped, b"q\n"), *before, _stream(stamped, b"\nQ\n"), _stream(stamped, marks)]
    )
    resources = DictionaryObject(page.get("/Resources", DictionaryObject()).get_object())
    fonts = DictionaryObject(resources.get("/Font", DictionaryObject()).get_object())
    fonts[NameObject(_FONT_NAME)] = font
    resources[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = resources


def _stream(stamped: Appendix, data: bytes) -> IndirectObject:
    stream = StreamObject()
    stream.set_data(data)
    return stamped._add_object(stream.flate_encode() if len(data) > 100 else stream)


def _identity(stamped: Appendix, pdf: bytes, document: str) -> ArrayObject:
    """Keep the first half of the trailer's ID and change the second: the same document, another state of it."""
    known: Any = stamped.reader.trailer.get("/ID")
    kept = known.get_object()[0] if known else ByteStringObject(hashlib.sha256(pdf).digest()[:16])
    state = hashlib.sha256(pdf + document.encode()).digest()[:16]
    return ArrayObject([kept, ByteStringObject(state)])
