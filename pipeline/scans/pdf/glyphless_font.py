"""The font of the invisible text: one plain box, half as wide as high, for every character.

Embedded once a document (a few hundred bytes). Characters are their UTF-16 code units, all mapped to that glyph;
``/ToUnicode`` says which they are, so that copied and searched text is right (ISO 32000-1, 9.7.4 and 9.10.3). The glyph
is a box and not empty because pdfium (Chrome) takes no notice of text without extent that runs up or down a page; it
is never painted, for the text is shown in rendering mode 3.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Object, Pdf

from pipeline.drawing.engines.pdf_writing import Type0Font, embedded

#: The glyph's advance, in thousandths of the font size.
ADVANCE = 500
_NAME = "YankomasTanpaRupa"
_UNKNOWN = "\ufffd"
_FIXED_PITCH, _SYMBOLIC = 1, 4


def encoded(text: str) -> str:
    """Return the text as the hex string that shows it in this font; what UTF-16 needs two units for is replaced."""
    return "".join(f"{ord(letter if ord(letter) < 0x10000 else _UNKNOWN):04X}" for letter in text)


def add_font(pdf: Pdf, characters: Iterable[str]) -> Object:
    """Put the font into the document, able to show *characters*, and return it."""
    known = {letter for letter in characters if ord(letter) < 0x10000} | {" ", _UNKNOWN}
    font = Type0Font(
        name=_NAME,
        program=font_program(),
        meanings=[(ord(letter), letter) for letter in known],
        advance=ADVANCE,
        box=(0, 0, ADVANCE, 1000),
        flags=_FIXED_PITCH | _SYMBOLIC,
        ascent=1000,
        descent=0,
        cap_height=1000,
        to_glyph=b"\x00\x01" * 0x10000,
    )
    return embedded(pdf, font)


@cache
def font_program() -> bytes:
    """Return the TrueType font: ``.notdef`` and the box; the same bytes every time."""
    glyphs = [".notdef", "kotak"]
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 1000), (ADVANCE, 1000), (ADVANCE, 0)):
        pen.lineTo(corner)
    pen.closePath()
    box = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({0x20: "kotak"})
    builder.setupGlyf(dict.fromkeys(glyphs, box))
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (ADVANCE, 0)))
    builder.setupHorizontalHeader(ascent=1000, descent=0)
    builder.setupNameTable({"familyName": _NAME, "styleName": "Regular", "psName": _NAME})
    builder.setupOS2(sTypoAscender=1000, usWinAscent=1000)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()
