"""Register numbers of this desk that a letter names: it may be a follow-up to that case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.errors import UsageFault
from pipeline.scans.words import Page

_NUMBER = re.compile(
    r"(?<![\w/.-])(?:\d{1,6}\s?[/-]\s?(?:[A-Za-z][A-Za-z.]{1,19}\s?[/-]\s?)?(?:19|20|21)\d\d|(?:20|21)\d\d[/-]\d{4,6})(?![\w/-])"
)
_OURS = re.compile(r"yankomas", re.I)
_LABEL = re.compile(
    r"\b(?:nomor|no\.?)\s*(?:register|registrasi|reg\.?|aduan|pengaduan|perkara)\b[\w\s.:]{0,20}$|"
    r"\b(?:register|registrasi|tanda terima)\b[\w\s.:]{0,25}$",
    re.I,
)
#: A number of the police, a court or another office's register is not ours.
_OTHERS = re.compile(r"\b(?:polisi|LP|STTLP|pengadilan|putusan|agenda|PN|surat)\b[\w\s.:/]{0,25}$", re.I)
_BEFORE = 45


@dataclass(frozen=True, slots=True)
class Citation:
    """A case that the letter names: its number, on which page (from 1), and how it is written there."""

    number: CaseNumber
    page: int
    teks: str


def cited(pages: tuple[Page, ...]) -> tuple[Citation, ...]:
    """Return the cases that the pages name, each once, in the order of the pages."""
    found: dict[CaseNumber, Citation] = {}
    for page in pages:
        for citation in _on(page):
            found.setdefault(citation.number, citation)
    return tuple(found.values())


def _on(page: Page) -> Iterator[Citation]:
    text = " ".join(word.text for word in page.words)
    for match in _NUMBER.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if not _OURS.search(match[0]) and (not _LABEL.search(before) or _OTHERS.search(before)):
            continue
        try:
            yield Citation(read_number(match[0]), page.number, match[0])
        except UsageFault:
            continue
