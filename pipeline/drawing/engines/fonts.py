"""Fonts for what we draw into PDFs ourselves: the few signs needed, cut out of a Liberation font and embedded.

PDF/A asks that every font be inside the file, with its widths and with the meaning of its glyphs.
"""

from __future__ import annotations

import functools
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from pipeline.drawing.engines.pdf_appendix import Appendix
from pipeline.errors import EngineMissing

FILE = "LiberationMono-Regular.ttf"
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
#: What a page code and the note beside it are written with.
_SIGNS = "".join(map(chr, range(0x20, 0x7F)))
#: What marks a font's name as that of a part of it (PDF 32000-1, 9.6.4).
_TAG = "YKMSTP+"
_FIXED_PITCH, _SYMBOLIC = 1, 4


@dataclass(frozen=True, slots=True)
class Face:
    """A font cut down: name, file, the glyph number of each sign, widths in thousandths of the size, its measures."""

    name: str
    data: bytes
    glyphs: Mapping[str, int]
    widths: Mapping[int, int]
    measures: Mapping[str, int]
    box: tuple[int, int, int, int]

    def hex(self, text: str) -> str:
        """Return the text as the hexadecimal glyph numbers of a PDF string; a sign that the font lacks is a ``?``."""
        return "".join(f"{self.glyphs.get(sign, self.glyphs['?']):04X}" for sign in text)


@functools.cache
def face(file: str = FILE, signs: str = _SIGNS) -> Face:
    """Return a font cut down to these signs; read once.

    Raises:
        EngineMissing: the font is not installed.
    """
    font = TTFont(font_file(file), lazy=True)
    options = Options(hinting=False, notdef_outline=True, glyph_names=False, layout_features=[])
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "FFTM"]
    cutter = Subsetter(options)
    cutter.populate(text=f"{signs}?")
    cutter.subset(font)
    font.recalcTimestamp = False
    target = io.BytesIO()
    font.save(target)
    name = _TAG + file.removesuffix(".ttf").removesuffix("-Regular")
    return _measured(name, TTFont(io.BytesIO(target.getvalue())), target.getvalue())


def font_file(file: str) -> str:
    """Return where an installed font lies.

    Raises:
        EngineMissing: it is not installed.
    """
    for folder in _FOLDERS:
        for here, _, names in os.walk(Path(folder).expanduser()):
            if file in names:
                return str(Path(here) / file)
    raise EngineMissing(f"Huruf {file} tidak terpasang.", "Pasang dengan: sudo apt install fonts-liberation")


def _measured(name: str, font: TTFont, data: bytes) -> Face:
    scale = 1000 / font["head"].unitsPerEm
    numbers = font.getReverseGlyphMap()
    glyphs = {chr(code): numbers[name] for code, name in font.getBestCmap().items()}
    widths = {numbers[name]: round(advance * scale) for name, (advance, _) in font["hmtx"].metrics.items()}
    head, vertical = font["head"], font["hhea"]
    return Face(
        name=name,
        data=data,
        glyphs=glyphs,
        widths=widths,
        measures={"/Ascent": round(vertical.ascent * scale), "/Descent": round(vertical.descent * scale)},
        box=tuple(round(v * scale) for v in (head.xMin, head.yMin, head.xMax, head.yMax)),
    )


def embedded(writer: PdfWriter | Appendix, face: Face) -> IndirectObject:
    """Put the font into the document and return it: Type 0 over TrueType, glyph numbers as codes."""
    program = StreamObject()
    program.set_data(face.data)
    compressed = program.flate_encode()
    compressed[NameObject("/Length1")] = NumberObject(len(face.data))
    flags = _SYMBOLIC | (_FIXED_PITCH if len(set(face.widths.values())) == 1 else 0)
    descriptor = _dictionary(
        Type="/FontDescriptor", FontName=f"/{face.name}", Flags=flags, ItalicAngle=0, CapHeight=660, StemV=80
    )
    for name, value in face.measures.items():
        descriptor[NameObject(name)] = NumberObject(value)
    descriptor[NameObject("/FontBBox")] = ArrayObject(map(NumberObject, face.box))
    descriptor[NameObject("/FontFile2")] = writer._add_object(compressed)
    inner = _dictionary(
        Type="/Font", Subtype="/CIDFontType2", BaseFont=f"/{face.name}", CIDToGIDMap="/Identity", DW=600
    )
    inner[NameObject("/CIDSystemInfo")] = _system()
    inner[NameObject("/FontDescriptor")] = writer._add_object(descriptor)
    widths = (pair for glyph, width in sorted(face.widths.items()) for pair in (glyph, [width]))
    inner[NameObject("/W")] = ArrayObject(
        ArrayObject(map(NumberObject, item)) if isinstance(item, list) else NumberObject(item) for item in widths
    )
    outer = _dictionary(Type="/Font", Subtype="/Type0", BaseFont=f"/{face.name}", Encoding="/Identity-H")
    outer[NameObject("/DescendantFonts")] = ArrayObject([writer._add_object(inner)])
    outer[NameObject("/ToUnicode")] = writer._add_object(_meaning(face))
    return writer._add_object(outer)


def _dictionary(**entries: str | int) -> DictionaryObject:
    return DictionaryObject(
        {NameObject(f"/{k}"): NameObject(v) if isinstance(v, str) else NumberObject(v) for k, v in entries.items()}
    )


def _system() -> DictionaryObject:
    system = DictionaryObject({NameObject("/Supplement"): NumberObject(0)})
    system[NameObject("/Registry")] = TextStringObject("Adobe")
    system[NameObject("/Ordering")] = TextStringObject("Identity")
    return system


def _meaning(face: Face) -> StreamObject:
    """Return the ToUnicode map: which sign each glyph number stands for, at most a hundred a block."""
    pairs = sorted((glyph, sign) for sign, glyph in face.glyphs.items())
    blocks = "".join(
        f"{len(part)} beginbfchar\n" + "".join(f"<{g:04X}> <{ord(s):04X}>\n" for g, s in part) + "endbfchar\n"
        for part in (pairs[i : i + 100] for i in range(0, len(pairs), 100))
    )
    stream = StreamObject()
    stream.set_data(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{blocks}endcmap CMapName currentdict /CMap defineresource pop end end".encode("ascii")
    )
    return stream.flate_encode()
