"""Dates and letters' numbers in the running text of a Word file: neither is torn apart at the end of a line.

The day stays on the line of its month, no year ends a paragraph alone, and a number breaks at none of its hyphens.

Done when the file is filled, after its words are final: who looks for names or compares words meets them as written.
Tables keep theirs, because their columns may be narrower than a date; so does a year within a paragraph.
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
_LAST_YEAR = re.compile(rf"(?<=\d{_BOUND})({'|'.join(MONTHS)}) (?=\d{{4}}[.,;:]?(?: dan)?\s*$)")
#: A letter's number behind the word (``Nomor W.8-HA.01.07-0016``).
_NUMBER = re.compile(r"(?<=\bNomor )\S*\d\S*")


def with_whole_dates(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a document's parts with the dates and numbers of its running text whole."""
    root = parsed(parts[_BODY])
    for paragraph in root.iter(f"{_W}p"):
        texts = [text for text in paragraph.iter(f"{_W}t") if text.text]
        if not texts or next(paragraph.iterancestors(f"{_W}tbl"), None) is not None:
            continue
        for text in texts:
            text.text = _NUMBER.sub(_unbroken, _BEFORE_MONTH.sub(_BOUND, text.text))
        texts[-1].text = _LAST_YEAR.sub(rf"\1{_BOUND}", texts[-1].text)
    written = bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
    return {**parts, _BODY: written}


def _unbroken(number: re.Match[str]) -> str:
    return number[0].replace("-", "\N{NON-BREAKING HYPHEN}")
