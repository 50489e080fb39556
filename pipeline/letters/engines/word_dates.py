"""Dates and letters' numbers in the running text of a Word file: neither is torn apart at the end of a line.

Day, month and year stay on one line, and a number breaks at none of its hyphens.

Done when the file is filled, after its words are final: who looks for names or compares words meets them as written.
Tables keep theirs, because their columns may be narrower than a date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from pipeline.letters.engines.word_file import parsed
from pipeline.office.wording import MONTHS

_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DATE = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)})\b(?: \d{{4}}\b)?")
#: A letter's number, and a case's, behind the word (``Nomor W.8-HA.01.07-0016``).
_NUMBER = re.compile(r"(?:(?<=\bNomor )|(?<=\bnomor register ))\S*\d\S*")


def with_whole_dates(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a document's parts with the dates and numbers of its running text whole."""
    root = parsed(parts[_BODY])
    for paragraph in root.iter(f"{_W}p"):
        if next(paragraph.iterancestors(f"{_W}tbl"), None) is not None:
            continue
        for text in paragraph.iter(f"{_W}t"):
            text.text = _NUMBER.sub(_unbroken, _DATE.sub(_whole, text.text or ""))
    written = bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
    return {**parts, _BODY: written}


def _whole(date: re.Match[str]) -> str:
    return date[0].replace(" ", "\N{NO-BREAK SPACE}")


def _unbroken(number: re.Match[str]) -> str:
    return number[0].replace("-", "\N{NON-BREAKING HYPHEN}")
