"""Pages on which another letter seems to begin: two letters that were scanned without a separator between them.

It is a suspicion that a person settles (SOP move *pisahkan*); nothing is split by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.reading.addressee import find_addressee
from pipeline.reading.dates import letter_date
from pipeline.reading.layout import Layout, layout_of
from pipeline.reading.reference_block import letter_number, subject
from pipeline.reading.sheet import Sheet, without_covering
from pipeline.scans.ports import Suspicion
from pipeline.scans.words import Page

_SALUTATION = re.compile(r"\W*(?:dengan\s+(?:segala\s+)?hormat|salam\b|ass?alam|om swast)", re.I)
_WRITER = re.compile(r"bertanda\s*tangan|nama saya|perkenalkan", re.I)
_TITLE = re.compile(r"\W*(?:(?:surat|formulir|laporan)\s+)?(?:pengaduan|pernyataan|aduan)\b[A-Z\s]*$", re.I)
_FEEDER = re.compile(r"\W*(lembar\s+(?:pemisah|sampul))\b", re.I)
_HIGH, _FEW_WORDS = 0.55, 60
#: A letter's head has at least so many of its parts, and one that only a letter has.
_ENOUGH = 3
_IDENTITY = frozenset({"nama", "nik", "ttl", "pekerjaan", "alamat", "telepon"})
_OWN = frozenset({"judul surat", "tujuan", "salam pembuka"})
#: These two together stand nowhere but at a letter's beginning.
_SURELY = frozenset({"tujuan", "salam pembuka"})


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
    seen = {
        "judul surat": any(_TITLE.match(row.text) for row in sheet.rows[:3]),
        "tanggal surat": _dated(layout, today),
        "nomor surat": letter_number(layout) is not None,
        "perihal": subject(layout) is not None,
        "tujuan": _addressed(layout),
        "salam pembuka": any(_SALUTATION.match(r.text) and r.y0 < _HIGH for r in sheet.rows),
        "pengenalan pengirim": any(_WRITER.search(r.text) and r.y0 < _HIGH for r in sheet.rows),
        "identitas pengirim": len(_IDENTITY & {p.kind for p in layout.pairs.values() if p.row.y0 < _HIGH}) > 1,
    }
    return tuple(part for part, there in seen.items() if there)


def _dated(layout: Layout, today: date) -> bool:
    day = letter_date(layout, today)
    return day is not None and "kepala surat" in day.best.reason and _is_high(day.best.box)


def _addressed(layout: Layout) -> bool:
    to = find_addressee(layout)
    return to is not None and "Yth" in to.best.reason and _is_high(to.best.box)


def _is_high(box: tuple[float, float, float, float] | None) -> bool:
    return box is not None and box[1] < _HIGH
