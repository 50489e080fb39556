"""The paper of a Word file: the office's instead of the A4 on which templates are drawn.

Margins at the left, the top and the bottom stay, and so does the width of lines and tables: what the paper is wider
goes to the right margin, and on lying pages to both sides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from pipeline.letters.engines.word_file import parsed
from pipeline.office.office import A4, Paper

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = re.compile(r"word/document\.xml")
_TWIPS = 1440 / 25.4  # a millimetre
_NEAR = 60  # twips (1 mm) by which Word and LibreOffice round what is A4


def sized(content: Mapping[str, bytes], paper: Paper) -> dict[str, bytes]:
    """Return the parts of a Word file with every section of A4 on this paper; other sizes stay."""
    found = dict(content)
    if paper == A4:
        return found
    for name in filter(_BODY.fullmatch, content):
        root = parsed(content[name])
        for section in root.iter(f"{_W}sectPr"):
            _resize(section, paper)
        found[name] = bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
    return found


def _resize(section: etree._Element, paper: Paper) -> None:
    size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
    if size is None or margins is None:
        return
    before = tuple(int(size.get(f"{_W}{side}", 0)) for side in ("w", "h"))
    lying = before[0] > before[1]
    for wanted, sheet in ((A4, False), (paper, True)):
        sides = [round(side * _TWIPS) for side in (wanted.width, wanted.height)]
        width, height = reversed(sides) if lying else sides
        if not sheet and max(abs(before[0] - width), abs(before[1] - height)) > _NEAR:
            return
    size.set(f"{_W}w", str(width))
    size.set(f"{_W}h", str(height))
    more = width - before[0]
    for side, part in (("left", more // 2 if lying else 0), ("right", more - more // 2 if lying else more)):
        margins.set(f"{_W}{side}", str(int(margins.get(f"{_W}{side}", 0)) + part))
