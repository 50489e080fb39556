"""Areas of pages that are to be burnt out: typed by numbers, or around words that stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pipeline.access.naming import Words, keys_of
from pipeline.errors import Incomplete
from pipeline.scans.words import Box, Page, around

#: The most areas of a copy, pages of it, and letters of a word or name that is looked for.
MOST_AREAS, MOST_PAGES, _LONGEST = 2000, 100, 200
#: What is black around a word: share of its height above and below, and at its ends. Boxes of words are measured by
#: OCR and lie some dots off; letters reach over the box that a font states.
_MORE_DOWN, _MORE_ACROSS = 0.25, 0.15
#: An area by numbers: ``2: 10 15 40 3`` is on page 2, 10 % from the left, 15 % from the top, 40 % wide, 3 % high.
_TYPED = re.compile(r"\s*(\d{1,5})\s*[:;]\s*(.+)")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,4})?")
HOW = 'tulis "halaman: kiri atas lebar tinggi" dalam persen halaman, misalnya 1: 10 15 40 3'


@dataclass(frozen=True, slots=True)
class Area:
    """An area of a page (from 1): its left, top, right and bottom as fractions of the page as it is seen."""

    page: int
    box: Box

    def as_data(self) -> dict[str, Any]:
        """Return it as a journal line says it."""
        return {"page": self.page, "box": [round(edge, 5) for edge in self.box]}

    @property
    def typed(self) -> str:
        """The area as it is typed."""
        left, top, right, bottom = (100 * edge for edge in self.box)
        return f"{self.page}: {left:.2f} {top:.2f} {right - left:.2f} {bottom - top:.2f}"


def typed_areas(text: str, pages: int) -> list[Area]:
    """Return the areas that were typed, one a line, of a document of so many pages.

    Raises:
        Incomplete: a line is none, or lies on no page; names every one.
    """
    found, wrong = [], []
    for line in filter(str.strip, text.splitlines()):
        try:
            found.append(_typed(line, pages))
        except ValueError as fault:
            wrong.append(f"{line.strip()[:40]!r} ({fault})")
    if wrong:
        said = "; ".join(wrong[:5])
        raise Incomplete(f"Daerah tidak dapat dibaca: {said}.", "Betulkan baris itu.", {"daerah": ("Daerah", said)})
    return found


def _typed(line: str, pages: int) -> Area:
    told = _TYPED.fullmatch(line)
    numbers = [float(one.replace(",", ".")) for one in _NUMBER.findall(told[2])] if told else []
    if told is None or len(numbers) != 4 or re.sub(r"[\d\s.,%;-]", "", told[2]) or "-" in told[2]:
        raise ValueError(HOW)
    page, (left, top, wide, high) = int(told[1]), (number / 100 for number in numbers)
    if not 1 <= page <= pages:
        raise ValueError(f"halaman 1 sampai {pages}")
    if not (wide > 0 and high > 0 and left < 1 and top < 1):
        raise ValueError("daerah itu kosong, atau di luar halaman")
    return Area(page, (left, top, min(1.0, left + wide), min(1.0, top + high)))


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a page that stand one after another: the page, and the first and the last of them (from 0)."""

    page: int
    first: int
    last: int

    @property
    def key(self) -> str:
        """By which a form names it."""
        return f"{self.page}-{self.first}-{self.last}"


def read_run(key: str, pages: Sequence[Page]) -> Run:
    """Return the words that a form names.

    Raises:
        Incomplete: there are none such.
    """
    told = re.fullmatch(r"(\d{1,5})-(\d{1,6})-(\d{1,6})", key)
    page, first, last = map(int, told.groups()) if told else (0, 0, 0)
    if not (1 <= page <= len(pages) and first <= last < len(pages[page - 1].words)):
        raise Incomplete(f"Tempat {key[:40]!r} tidak ada pada berkas ini.", "Buka lagi halamannya, lalu pilih.")
    return Run(page, first, last)


def areas_around(run: Run, pages: Sequence[Page]) -> Iterator[Area]:
    """Yield an area around the words of each line."""
    words = pages[run.page - 1].words[run.first : run.last + 1]
    for _, line in groupby(words, key=lambda word: word.line):
        yield Area(run.page, _wider(around([word.box for word in line]), pages[run.page - 1]))


def _wider(box: Box, page: Page) -> Box:
    left, top, right, bottom = box
    high = bottom - top
    across = _MORE_ACROSS * high * page.height / page.width
    down = _MORE_DOWN * high
    return max(0.0, left - across), max(0.0, top - down), min(1.0, right + across), min(1.0, bottom + down)


class PageText:
    """The text of a page's words, a blank between them; and which words stand at a place of it."""

    def __init__(self, page: Page) -> None:
        self.number, self._words = page.number, page.words
        self.words = tuple(word.text for word in page.words)
        self._begins: list[int] = []
        at = 0
        for word in page.words:
            self._begins.append(at)
            at += len(word.text) + 1
        self.text = " ".join(self.words)

    def run(self, begin: int, end: int) -> Run:
        """Return the words of which a stretch of the text has a letter."""
        told = [n for n, at in enumerate(self._begins) if at < end and begin < at + len(self._words[n].text)]
        return Run(self.number, told[0], told[-1])

    def said(self, run: Run) -> str:
        """Return the words as they stand there."""
        return " ".join(word.text for word in self._words[run.first : run.last + 1])

    def around(self, run: Run, words: int = 4) -> str:
        """Return the words with some before and behind them."""
        first, last = max(0, run.first - words), run.last + words + 1
        return " ".join(word.text for word in self._words[first:last])


def runs_of(phrase: str, texts: Sequence[PageText]) -> list[Run]:
    """Return every place where a word or name stands, however it is written or its parts are divided.

    Raises:
        Incomplete: it stands nowhere among the words of the pages: whoever asks for it must not think that it is gone.
    """
    if not phrase.strip() or len(phrase) > _LONGEST:
        raise Incomplete("Kata yang disamarkan kosong atau terlalu panjang.", "Tulis kata atau nama, satu tiap baris.")
    plain = re.compile(r"\s+".join(map(re.escape, phrase.split())), re.IGNORECASE)
    keys = "".join(keys_of(phrase))
    found: dict[Run, None] = {}
    for text in texts:
        spans = [match.span() for match in plain.finditer(text.text)]
        words = Words(text.text)
        spans += [(words.spans[a][0], words.spans[b][1]) for a, b in (words.places(keys) if keys else ())]
        found |= dict.fromkeys(text.run(*span) for span in spans)
    if not found:
        raise Incomplete(
            f"{phrase!r} tidak ditemukan di antara kata yang terbaca pada halamannya.",
            "Periksa ejaannya, atau tunjuk tempatnya di gambar halaman (isian daerah).",
            {"kata": ("Kata atau nama lain", f"{phrase!r} tidak ditemukan")},
        )
    return list(found)


def check_areas(areas: Sequence[Area]) -> None:
    """Make sure that something is burnt out, and no more than a copy can have.

    Raises:
        Incomplete: it is not.
    """
    if not areas:
        raise Incomplete(
            "Belum ada yang disamarkan.", "Pilih saran, tulis kata atau namanya, atau tunjuk daerahnya di gambar."
        )
    if len(areas) > MOST_AREAS:
        raise Incomplete(f"Lebih dari {MOST_AREAS} daerah.", "Tutup dengan daerah yang lebih besar.")


def by_page(areas: Sequence[Area]) -> Mapping[int, list[Area]]:
    """Return the areas of each page (from 1)."""
    found: dict[int, list[Area]] = {}
    for area in areas:
        found.setdefault(area.page, []).append(area)
    return found
