"""What a clerk is told beside the fields: pages hardly readable, another letter's beginning, cases that are named.

Each is a suspicion that a person settles (the SOP's moves *pisahkan* and *gabung*); nothing is done by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.errors import UsageFault
from pipeline.reading.addressee import find_addressee
from pipeline.reading.dates import complaint_date
from pipeline.reading.layout import layout_of
from pipeline.reading.ports import Citation
from pipeline.reading.reference_block import complaint_number, subject
from pipeline.reading.sheet import Sheet, without_covering
from pipeline.reading.vocabulary import Pattern
from pipeline.scans.ports import Suspicion
from pipeline.scans.words import UNREAD, Box, Page

#: Below this (mean confidence, long words counting more) lie handwriting and very faint copies; clean pages: 0.95.
_POOR = 0.8
_READABLE_WORDS = 8
#: What stands in letters beside a page code at a sheet's foot, as it may be misread.
_BESIDE_A_CODE = re.compile(r"\bYK.{0,3}[:!;].{4,45}/\d{1,4} ?: ?[0-9A-Z]{6}\b")
_SALUTATION = Pattern("notices", r"\W*(?:dengan\s+(?:segala\s+)?hormat|<salutation>\b)", re.I)
_WRITER = Pattern("notices", "<writer>", re.I)
_TITLE = Pattern("notices", r"\W*(?:<title_of>\s+)?<title>\b[A-Z\s]*$", re.I)
_FEEDER = Pattern("notices", r"\W*(<feeder_sheet>\s+<feeder_kind>)\b", re.I)
#: A letter's head stands above this height of the page (0 top, 1 bottom); with fewer words a page is no letter's first.
_HIGH, _FEW_WORDS = 0.55, 60
#: A letter's head has at least so many of its parts, and one that only a letter has.
_ENOUGH = 3
_IDENTITY = frozenset({"nama", "nik", "ttl", "pekerjaan", "alamat", "telepon"})
_OWN = frozenset({"judul surat", "tujuan", "salam pembuka"})
#: These two together stand nowhere but at a letter's beginning.
_SURELY = frozenset({"tujuan", "salam pembuka"})
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


def beginnings(pages: tuple[Page, ...], today: date) -> tuple[Suspicion, ...]:
    """Return the pages, after the letter's own first one, whose upper half is a letter's head, with the parts seen.

    A covering letter and the complaint that it passes on are one letter; copies of cards before a letter are its own.
    """
    letter = without_covering(pages)
    begun = bool(letter) and len(letter[0].words) >= _FEW_WORDS
    found = [s for page in pages for s in _feeder_sheet(page)]
    for page in letter[1:]:
        parts = _head_of(page, today)
        if not set(parts) >= _SURELY and (len(parts) < _ENOUGH or not _OWN & set(parts)):
            continue
        if begun:
            found.append(Suspicion(page.number, f"tampak seperti halaman pertama surat lain: ada {', '.join(parts)}"))
        begun = True
    return tuple(sorted(found, key=lambda suspicion: suspicion.page))


def _feeder_sheet(page: Page) -> Iterator[Suspicion]:
    """Yield the suspicion that a page is a separator or a cover sheet of ours whose code could not be read."""
    titles = (_FEEDER.match(row.text) for row in Sheet((page,)).rows[:3])
    if len(page.words) < _FEW_WORDS and (title := next(filter(None, titles), None)):
        yield Suspicion(page.number, f"tertulis {title[1].upper()}, tetapi kodenya tidak terbaca")


def _head_of(page: Page, today: date) -> tuple[str, ...]:
    """Return the parts of a letter's head that stand on the upper half of a page."""
    sheet = Sheet((page,))
    if not sheet.rows:
        return ()
    layout = layout_of(sheet)
    day, to = complaint_date(layout, today), find_addressee(layout)
    seen = {
        "judul surat": any(_TITLE.match(row.text) for row in sheet.rows[:3]),
        "tanggal surat": day is not None and "kepala surat" in day.best.reason and _is_high(day.best.box),
        "nomor surat": complaint_number(layout) is not None,
        "perihal": subject(layout) is not None,
        "tujuan": to is not None and "Yth" in to.best.reason and _is_high(to.best.box),
        "salam pembuka": any(_SALUTATION.match(r.text) and r.y0 < _HIGH for r in sheet.rows),
        "pengenalan pengirim": any(_WRITER.search(r.text) and r.y0 < _HIGH for r in sheet.rows),
        "identitas pengirim": len(_IDENTITY & {p.kind for p in layout.pairs.values() if p.row.y0 < _HIGH}) > 1,
    }
    return tuple(part for part, there in seen.items() if there)


def _is_high(box: Box | None) -> bool:
    return box is not None and box[1] < _HIGH


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
