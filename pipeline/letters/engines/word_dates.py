"""Dates, numbers, articles and counts in the text of a Word file: none is torn apart at the end of a line.

Day, month and year stay on one line, as an article does with its paragraph, a law's number with its year, and a count
with its words and what is counted; a letter's number stays with its *Nomor* and breaks at none of its hyphens.

Done when the file is filled, after its words are final: who looks for names or compares words meets them as written.
A cell of a table that may be narrower than a date keeps its blanks, and every cell the hyphens of its numbers.
"""

from __future__ import annotations

import re

from lxml import etree

from pipeline.office.wording import MONTHS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: What all that is kept whole has.
_FIGURE = re.compile(r"\d")
_DATE = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)})\b(?: \d{{4}}\b)?")
#: An article with its paragraph, or either alone (``Pasal 54 ayat (1)``), and a law's number (``Nomor 6 Tahun 2023``).
_LAW = re.compile(r"\b(?:[Pp]asal\s\d+[A-Z]?(?:\sayat\s\(\d+\))?|ayat\s\(\d+\)|Nomor\s\d+\sTahun\s\d{4}\b)")
#: A length of time (``7 jam 30 menit``, ``22 hari kerja``).
_SPAN = re.compile(r"\b\d+(?:,\d+)? (?:jam(?: \d+ menit)?|menit|hari kerja)\b")
#: A count and what is counted; the words between may be many, and part from each other (``40 (empat puluh) orang``).
_COUNT = re.compile(r"\b(\d+) (\([a-z ]+\)) (?=[a-z])")
#: A letter's number, and a case's, behind the word (``Nomor W.8-HA.01.07-0016``).
_NUMBER = re.compile(r"\bNomor \S*\d\S*|(?<=\bnomor register )\S*\d\S*")

#: How wide a cell is that has room for any date and count, in twentieths of a point (50 mm).
_WIDE_CELL = 2835


def make_whole(root: etree._Element) -> None:
    """Make the dates and numbers of a document's text whole."""
    for paragraph in root.iter(f"{_W}p"):
        for text in paragraph.iter(f"{_W}t"):
            if _FIGURE.search(text.text or ""):
                text.text = whole_at(paragraph, text.text)


def whole_at(place: etree._Element, text: str) -> str:
    """Return a text as it stands at a place of the file's body: its dates and numbers whole, if there is room."""
    cell = next(place.iterancestors(f"{_W}tc"), None)
    if cell is not None and _width(cell) < _WIDE_CELL:
        return text
    told = text if cell is not None else _NUMBER.sub(_unbroken, text)
    for pattern in (_DATE, _LAW, _SPAN):
        told = pattern.sub(_whole, told)
    return _COUNT.sub("\\1\N{NO-BREAK SPACE}\\2\N{NO-BREAK SPACE}", told)


def _width(cell: etree._Element) -> int:
    """Return how wide a cell says it is, in twentieths of a point; 0 where it does not say."""
    told = cell.find(f"{_W}tcPr/{_W}tcW")
    width = told.get(f"{_W}w", "") if told is not None else ""
    return int(width) if width.isdecimal() else 0


def _whole(kept: re.Match[str]) -> str:
    return kept[0].replace(" ", "\N{NO-BREAK SPACE}")


def _unbroken(number: re.Match[str]) -> str:
    return _whole(number).replace("-", "\N{NON-BREAKING HYPHEN}")
