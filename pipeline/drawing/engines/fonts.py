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
from pikepdf import Object, Pdf

from pipeline.drawing.engines.pdf_writing import Type0Font, embedded
from pipeline.errors import EngineMissing

FILE = "LiberationMono-Regular.ttf"
#: What drawings are written with: plain, and bold.
SANS = {False: "LiberationSans-Regular.ttf", True: "LiberationSans-Bold.ttf"}
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
    ascent: int
    descent: int
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
        ascent=round(vertical.ascent * scale),
        descent=round(vertical.descent * scale),
        box=tuple(round(v * scale) for v in (head.xMin, head.yMin, head.xMax, head.yMax)),
    )


def add_face(pdf: Pdf, face: Face) -> Object:
    """Put the font into the document and return it: glyph numbers as codes."""
    return embedded(pdf, to_embed(face))


def to_embed(face: Face) -> Type0Font:
    """Return the font as it is put into a document."""
    return Type0Font(
        name=face.name,
        program=face.data,
        meanings=[(glyph, sign) for sign, glyph in face.glyphs.items()],
        advance=600,
        box=face.box,
        flags=_SYMBOLIC | (_FIXED_PITCH if len(set(face.widths.values())) == 1 else 0),
        ascent=face.ascent,
        descent=face.descent,
        cap_height=660,
        widths=face.widths,
    )
