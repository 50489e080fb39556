"""Makes the font of the invisible text under scanned pages: ``python tools/draw_invisible_font.py``.

It is one plain box for every character (``pipeline/scans/pdf/text_layer.py`` says why), a few hundred bytes. Made
once and kept beside that module, for a child that reads pages need not load a library for it.
"""

from __future__ import annotations

import io
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

FILE = Path(__file__).resolve().parents[1] / "pipeline/scans/pdf/invisible_font.ttf"
#: The glyph's advance, in thousandths of the font size.
_ADVANCE = 500
_NAME = "YankomasTanpaRupa"


def font() -> bytes:
    """Return the TrueType font: ``.notdef`` and the box; the same bytes every time."""
    glyphs = [".notdef", "kotak"]
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 1000), (_ADVANCE, 1000), (_ADVANCE, 0)):
        pen.lineTo(corner)
    pen.closePath()
    box = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({0x20: "kotak"})
    builder.setupGlyf(dict.fromkeys(glyphs, box))
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (_ADVANCE, 0)))
    builder.setupHorizontalHeader(ascent=1000, descent=0)
    builder.setupNameTable({"familyName": _NAME, "styleName": "Regular", "psName": _NAME})
    builder.setupOS2(sTypoAscender=1000, usWinAscent=1000)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


if __name__ == "__main__":
    FILE.write_bytes(font())
