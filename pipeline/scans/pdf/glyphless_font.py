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
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

#: The glyph's advance, in thousandths of the font size.
ADVANCE = 500
_NAME = "/YankomasTanpaRupa"
_UNKNOWN = "\ufffd"
_BLOCK = 100


def encoded(text: str) -> str:
    """Return the text as the hex string that shows it in this font; what UTF-16 needs two units for is replaced."""
    return "".join(f"{ord(letter if ord(letter) < 0x10000 else _UNKNOWN):04X}" for letter in text)


def add_font(writer: PdfWriter, characters: Iterable[str]) -> IndirectObject:
    """Put the font into the document, able to show *characters*, and return its reference."""
    descendant = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject(_NAME),
            NameObject("/CIDSystemInfo"): DictionaryObject(
                {
                    NameObject("/Registry"): TextStringObject("Adobe"),
                    NameObject("/Ordering"): TextStringObject("Identity"),
                    NameObject("/Supplement"): NumberObject(0),
                }
            ),
            NameObject("/DW"): NumberObject(ADVANCE),
            NameObject("/CIDToGIDMap"): writer._add_object(_stream(b"\x00\x01" * 65536)),
            NameObject("/FontDescriptor"): writer._add_object(_descriptor(writer)),
        }
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject(_NAME),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/DescendantFonts"): ArrayObject([writer._add_object(descendant)]),
            NameObject("/ToUnicode"): writer._add_object(_stream(_to_unicode(characters))),
        }
    )
    return writer._add_object(font)


def _descriptor(writer: PdfWriter) -> DictionaryObject:
    numbers = {"Flags": 5, "ItalicAngle": 0, "Ascent": 1000, "Descent": 0, "CapHeight": 1000, "StemV": 80}
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/FontDescriptor"),
            NameObject("/FontName"): NameObject(_NAME),
            NameObject("/FontBBox"): ArrayObject(map(NumberObject, (0, 0, ADVANCE, 1000))),
            NameObject("/FontFile2"): writer._add_object(_stream(font_program())),
            **{NameObject(f"/{key}"): NumberObject(value) for key, value in numbers.items()},
        }
    )


def _stream(data: bytes) -> StreamObject:
    plain = DecodedStreamObject()
    plain.set_data(data)
    return plain.flate_encode()


def _to_unicode(characters: Iterable[str]) -> bytes:
    codes = sorted({ord(letter) for letter in characters if ord(letter) < 0x10000} | {0x20, ord(_UNKNOWN)})
    blocks = []
    for start in range(0, len(codes), _BLOCK):
        block = codes[start : start + _BLOCK]
        lines = "\n".join(f"<{code:04X}> <{code:04X}>" for code in block)
        blocks.append(f"{len(block)} beginbfchar\n{lines}\nendbfchar\n")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{''.join(blocks)}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


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
    builder.setupNameTable({"familyName": _NAME[1:], "styleName": "Regular", "psName": _NAME[1:]})
    builder.setupOS2(sTypoAscender=1000, usWinAscent=1000)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()
