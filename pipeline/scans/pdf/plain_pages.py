"""Whether a PDF is as scanners and word processors make them: pictures and words, and little else to be drawn.

Asked before anything is drawn. What is not plain may be honest too; but only among those are the pages that a few bytes
make cost minutes: colours that are computed, patterns, fonts that draw, masks, forms in forms, dashes without end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pikepdf import Array, Dictionary, Name, Object, Stream

from pipeline.scans.pdf.pdf_file import contents, dictionary, unpacked

#: What plain pages have at most, chosen 2026-11-26: bytes of instructions (a page full of words has 20,000), strokes
#: and curves, dots of its pictures (a sheet of A4 at 600 dpi has 35 million), pictures, and forms in forms.
_MOST_CODE, _MOST_LINES, _MOST_DOTS, _MOST_PICTURES, _MOST_NESTING = 200_000, 3_000, 40_000_000, 50, 2
#: How pictures may be packed: decoding takes time by their dots alone.
_PACKED = frozenset(
    (Name.DCTDecode, Name.CCITTFaxDecode, Name.FlateDecode, Name.JBIG2Decode, Name.RunLengthDecode, Name.ASCII85Decode)
)
_SPACES = frozenset((Name.DeviceGray, Name.DeviceRGB, Name.DeviceCMYK, Name.CalGray, Name.CalRGB, Name.ICCBased))
#: What costs by what it covers, not by its words: shadings, and lines that are dashed.
_COSTLY = re.compile(rb"(?<![^\s])sh(?![^\s])|\[\s*[^\s\]][^\]]*\]\s*[-+.\d]+\s+d(?![^\s])")
_LINES = re.compile(rb"(?<=\s)(?:[clvym]|re|h)(?=\s)")


def are_plain(pages: Iterable[Object]) -> bool:
    """Say whether every page is plain; one that cannot be looked at is not."""
    try:
        return all(_is_plain(contents(page), page, 0) for page in pages)
    except Exception:  # damage is met with exceptions of every kind
        return False


def _is_plain(code: bytes, owner: Object, depth: int) -> bool:
    """Say whether what a page or a form draws is plain."""
    resources = dictionary(owner, "/Resources")
    if len(code) > _MOST_CODE or _COSTLY.search(code) or len(_LINES.findall(code)) > _MOST_LINES:
        return False
    if any(dictionary(resources, key) for key in ("/Shading", "/Pattern")):
        return False
    fonts, states = dictionary(resources, "/Font").values(), dictionary(resources, "/ExtGState").values()
    if any(font.get("/Subtype") == "/Type3" for font in fonts if isinstance(font, Dictionary)):
        return False
    if any(isinstance(state.get("/SMask"), Dictionary) for state in states if isinstance(state, Dictionary)):
        return False
    things = [each for each in dictionary(resources, "/XObject").values() if isinstance(each, Stream)]
    pictures = [each for each in things if each.get("/Subtype") == "/Image"]
    forms = [each for each in things if each.get("/Subtype") != "/Image"]
    if len(things) > _MOST_PICTURES or sum(map(_dots, pictures)) > _MOST_DOTS or not all(map(_is_simple, pictures)):
        return False
    return not forms or (depth < _MOST_NESTING and all(_is_plain(unpacked(form), form, depth + 1) for form in forms))


def _dots(picture: Stream) -> int:
    return int(picture.get("/Width", 0)) * int(picture.get("/Height", 0))


def _is_simple(picture: Stream) -> bool:
    packed, space = picture.get("/Filter"), picture.get("/ColorSpace")
    filters = list(packed) if isinstance(packed, Array) else [packed] if packed is not None else []
    first = space[0] if isinstance(space, Array) and len(space) else space
    if first == Name.Indexed and isinstance(space, Array) and len(space) > 1:
        first = space[1][0] if isinstance(space[1], Array) else space[1]
    return len(filters) <= 2 and all(each in _PACKED for each in filters) and (first is None or first in _SPACES)
