"""What a clerk is told beside the fields: pages that are blank or hardly readable, and cases that are named.

The latter are suspicions that a person settles (the SOP's move *gabung*); nothing is done by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.cases.case_number import read_number
from pipeline.cases.seen_on_pages import Citation
from pipeline.errors import UsageFault
from pipeline.reading.vocabulary import Pattern
from pipeline.scans.words import UNREAD, Page

#: Below this (mean confidence, long words counting more) lie handwriting and very faint copies; clean pages: 0.95.
_POOR = 0.8
_READABLE_WORDS = 8
#: What stands in letters beside a page code at a sheet's foot, as it may be misread.
_BESIDE_A_CODE = re.compile(r"\bYK.{0,3}[:!;].{4,45}/\d{1,4} ?: ?[0-9A-Z]{6}\b")
_NUMBER = re.compile(
    r"(?<![\w/.-])(?:\d{1,6}\s?[/-]\s?(?:[A-Za-z][A-Za-z.]{1,19}\s?[/-]\s?)?(?:19|20|21)\d\d|(?:20|21)\d\d[/-]\d{4,6})(?![\w/-])"
)
_OURS = Pattern("notices", "<ours>", re.I)
_LABEL = Pattern("notices", r"\b<number>\s*<register>\b[\w\s.:]{0,20}$|\b<register_alone>\b[\w\s.:]{0,25}$", re.I)
#: A number of the police, a court or another office's register is not ours.
_OTHERS = Pattern("notices", r"\b<others>\b[\w\s.:/]{0,25}$", re.I)
_BEFORE = 45


def notices(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return Indonesian sentences for the clerk; none for pages that were read well."""
    unread = [page.number for page in pages if page.source == UNREAD]
    blank = [page.number for page in pages if not page.words and page.source != UNREAD]
    poor = [page.number for page in pages if len(page.words) >= _READABLE_WORDS and confidence(page) < _POOR]
    if pages and len(blank) == len(pages):
        return ("Tidak ada teks yang terbaca; periksa apakah suratnya terpindai di sisi yang benar.",)
    said = []
    if unread:
        said.append(
            f"Halaman {_listed(unread)} gagal dibaca mesin dan tersimpan tanpa teks; halaman lain terbaca. Bacalah"
            " gambarnya dan lengkapi isiannya dengan tangan, atau pindai ulang."
        )
    if blank:
        said.append(f"Halaman {_listed(blank)} kosong; tetap tersimpan, tidak dihitung sebagai isi surat.")
    if poor:
        said.append(f"Halaman {_listed(poor)} sukar dibaca mesin; cocokkan isiannya dengan gambar halaman itu.")
    if sheets := [page.number for page in pages if page.source == "ocr" and _BESIDE_A_CODE.search(page.text)]:
        said.append(
            f"Halaman {_listed(sheets)} tampaknya naskah kantor yang kembali, tetapi kode QR-nya tidak terbaca. Pindai"
            " ulang naskah itu; bila perkara ini tidak berisi lain, batalkan."
        )
    return tuple(said)


def confidence(page: Page) -> float:
    """Return how sure the reader is of the page's words (0..1), long words counting more; 1 for a page without any."""
    letters = sum(len(word.text) for word in page.words)
    return sum(word.confidence * len(word.text) for word in page.words) / letters if letters else 1.0


def _listed(numbers: Sequence[int]) -> str:
    """Return page numbers as people write them: ``2``, ``2 dan 4``, ``2, 4 dan 6``."""
    *most, last = map(str, numbers)
    return f"{', '.join(most)} dan {last}" if most else last


def cited(pages: tuple[Page, ...]) -> tuple[Citation, ...]:
    """Return the cases that the pages name, each once, in the order of the pages."""
    found: dict[str, Citation] = {}
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
            yield Citation(str(read_number(match[0])), page.number, match[0])
        except UsageFault:
            continue
