"""Justified paragraphs of a Word file whose lines would be torn apart: they are set from the left instead.

A long word (a register number, a letter's number, a bound date) that goes to the next line leaves the words before it
far apart. Where that happens is known of Word and of LibreOffice alike from how wide the office's typeface is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Thousandths of the type's size that the signs of Arial are wide (its published metrics); others are as wide as most.
_WIDTHS = {
    sign: width
    for width, signs in (
        (191, "'"),
        (222, "ijl‘’"),
        (278, " \u00a0!,./:;I[\\]ft"),
        (333, "()-\u2011`r“”"),
        (355, '"'),
        (389, "*"),
        (500, "Jcksvxyz"),
        (584, "+<=>~"),
        (611, "FTZ"),
        (667, "&ABEKPSVXY"),
        (722, "CDHNRUw"),
        (778, "GOQ"),
        (833, "Mm"),
        (889, "%"),
        (944, "W"),
        (1000, "—…"),
    )
    for sign in signs
}
_MOST = 556
#: Where a line may end: at a blank that is not bound, and behind a hyphen between letters.
_PIECE = re.compile(r"[^ -]*(?:-(?=[^ ])|-* |-*$)")
#: How much wider than it is a blank may become before it looks like a hole: measured on the letters of all kinds.
_HOLE = 1.5
_TWIPS_A_POINT = 20


def evened(root: etree._Element, styles: etree._Element) -> None:
    """Set every justified paragraph of the running text that would have a hole in one of its lines from the left."""
    looks = {str(style.get(f"{_W}styleId")): style for style in styles.iter(f"{_W}style")}
    room = _room(root)
    for paragraph in root.iterfind(f"{_W}body/{_W}p"):
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        look = looks.get(str(named.get(f"{_W}val"))) if named is not None else None
        if room and look is not None and _justified(look) and _is_torn(paragraph, look, room):
            _set_left(paragraph)


def _room(root: etree._Element) -> float:
    """Return how wide the lines of a document are, in points; nought where it does not say."""
    size, margins = (root.find(f"{_W}body/{_W}sectPr/{_W}{name}") for name in ("pgSz", "pgMar"))
    if size is None or margins is None:
        return 0
    sides = sum(int(margins.get(f"{_W}{side}", 0)) for side in ("left", "right"))
    return (int(size.get(f"{_W}w", 0)) - sides) / _TWIPS_A_POINT


def _justified(look: etree._Element) -> bool:
    side = look.find(f"{_W}pPr/{_W}jc")
    return side is not None and side.get(f"{_W}val") == "both"


def _is_torn(paragraph: etree._Element, look: etree._Element, room: float) -> bool:
    indent, size = look.find(f"{_W}pPr/{_W}ind"), look.find(f"{_W}rPr/{_W}sz")
    points = int(size.get(f"{_W}val", 22)) / 2 if size is not None else 11.0
    left, first = (0 if indent is None else int(indent.get(f"{_W}{side}", 0)) for side in ("left", "firstLine"))
    widest = (room - left / _TWIPS_A_POINT) / points * 1000
    text = "".join(part.text or "" for part in paragraph.iter(f"{_W}t"))
    return any(_torn(text, widest, first / _TWIPS_A_POINT / points * 1000))


def _torn(text: str, widest: float, first: float) -> Iterator[bool]:
    """Yield of every line but the last whether its blanks become holes; widths in thousandths of the type's size."""
    line, taken = "", first
    for piece in _PIECE.findall(text):
        if line and taken + _wide(piece.rstrip(" ")) > widest:
            gaps = line.rstrip(" ").count(" ")  # bound blanks stay as wide as they are
            spare = widest - taken + _wide(" ") * line.endswith(" ")
            yield spare > _HOLE * _wide(" ") * gaps
            line, taken = "", 0.0
        line, taken = line + piece, taken + _wide(piece)


def _wide(text: str) -> float:
    return sum(_WIDTHS.get(sign, _MOST) for sign in text)


def _set_left(paragraph: etree._Element) -> None:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None or properties.find(f"{_W}jc") is not None:
        return
    side = etree.Element(f"{_W}jc")
    side.set(f"{_W}val", "left")
    # its place among the properties: ISO 29500 part 1, 17.3.1.26
    behind = ("textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr")
    after = next((part for part in properties if part.tag in {f"{_W}{name}" for name in behind}), None)
    if after is None:
        properties.append(side)
    else:
        after.addprevious(side)
