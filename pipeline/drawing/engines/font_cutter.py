"""Cuts a font down to some signs: ``python -m … FILE SIGNS`` writes what :func:`cut_down` returns, as JSON."""

from __future__ import annotations

import base64
import io
import json
import sys
from typing import TypedDict

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont


class Cut(TypedDict):
    """A font cut down, as it travels between processes: its file in base64; all else as in ``fonts.Face``."""

    data: str
    glyphs: dict[str, int]
    widths: dict[str, int]
    ascent: int
    descent: int
    box: list[int]


def cut_down(path: str, signs: str) -> Cut:
    """Return a font with these signs alone."""
    font = TTFont(path, lazy=True)
    options = Options(hinting=False, notdef_outline=True, glyph_names=False, layout_features=[])
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "FFTM"]
    cutter = Subsetter(options)
    cutter.populate(text=signs)
    cutter.subset(font)
    font.recalcTimestamp = False
    target = io.BytesIO()
    font.save(target)
    return _measured(target.getvalue())


def _measured(data: bytes) -> Cut:
    font = TTFont(io.BytesIO(data))
    scale = 1000 / font["head"].unitsPerEm
    numbers = font.getReverseGlyphMap()
    head, vertical = font["head"], font["hhea"]
    return Cut(
        data=base64.b64encode(data).decode(),
        glyphs={chr(code): numbers[name] for code, name in font.getBestCmap().items()},
        widths={str(numbers[name]): round(advance * scale) for name, (advance, _) in font["hmtx"].metrics.items()},
        ascent=round(vertical.ascent * scale),
        descent=round(vertical.descent * scale),
        box=[round(v * scale) for v in (head.xMin, head.yMin, head.xMax, head.yMax)],
    )


if __name__ == "__main__":
    json.dump(cut_down(sys.argv[1], sys.argv[2]), sys.stdout)
