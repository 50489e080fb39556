"""Dates in the running text of a Word file: the day stays on the line of its month, and no year ends a paragraph alone.

Done when the file is filled, after its words are final: who looks for names or compares words meets them as written.
Tables keep their blanks, because their columns may be narrower than a date; so does a year within a paragraph, because
long bound words tear holes into justified lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from pipeline.letters.engines.word_file import parsed
from pipeline.office.wording import MONTHS

_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BOUND = "\N{NO-BREAK SPACE}"
_BEFORE_MONTH = re.compile(rf"(?<=\b\d) (?=(?:{'|'.join(MONTHS)})\b)|(?<=\b\d\d) (?=(?:{'|'.join(MONTHS)})\b)")
_LAST_YEAR = re.compile(rf"(?<=\d{_BOUND})({'|'.join(MONTHS)}) (?=\d{{4}}[.,;:]?\s*$)")


def with_whole_dates(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a document's parts with the days of its running text bound to their months."""
    root = parsed(parts[_BODY])
    for paragraph in root.iter(f"{_W}p"):
        texts = [text for text in paragraph.iter(f"{_W}t") if text.text]
        if not texts or next(paragraph.iterancestors(f"{_W}tbl"), None) is not None:
            continue
        for text in texts:
            text.text = _BEFORE_MONTH.sub(_BOUND, text.text)
        texts[-1].text = _LAST_YEAR.sub(rf"\1{_BOUND}", texts[-1].text)
    written = bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
    return {**parts, _BODY: written}
