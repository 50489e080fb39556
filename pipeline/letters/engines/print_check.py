"""Looks at a printed sheet as whoever prints it would: its pages, the room for the code, the signature's company."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2

from pipeline.letters.engines.page_code_stamp import QR_BOTTOM, QR_SIZE

_MM = 72 / 25.4
#: Above the code so much stays free, in millimetres: what touches it keeps it from being read.
_CLEAR = 2.0
#: Lines of the letter that stand above a signature on its page, at the least.
_COMPANY = 2
#: So many letters of a title or a name stand in its first line at the least, if it has more lines than one.
_WRAPPED = 12
#: Lines that a page has of itself: its number, the mark of a draft.
_OWN = re.compile(r"\d+|(?:K ?O ?N ?S ?E ?P)", re.IGNORECASE)
_WHITE = 250


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a sheet must be: ``one_page``; with room for the page code (``coded``); signed by ``title`` and ``name``."""

    one_page: bool = False
    coded: bool = False
    title: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """How many pages a sheet has, and what is wrong on which: (page, fact, remedy)."""

    pages: int
    faults: tuple[tuple[int, str, str], ...]


def look(pdf: bytes, wanted: Wanted) -> Seen:
    """Return what one sees of a printed sheet."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [_lines(page.get_textpage().get_text_range()) for page in document]
        faults = [*_too_long(pages, wanted), *_alone(pages, wanted)]
        if wanted.coded:
            faults += [
                (number, "ada teks, garis, atau gambar di tempat kode halaman", "Besarkan margin bawah: 2,5 cm.")
                for number, page in enumerate(document, 1)
                if not _is_clear(page)
            ]
        return Seen(len(pages), tuple(sorted(faults)))
    finally:
        document.close()


def _lines(text: str) -> list[str]:
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


def _too_long(pages: list[list[str]], wanted: Wanted) -> Iterator[tuple[int, str, str]]:
    if wanted.one_page and len(pages) > 1:
        remedy = "Kecilkan jarak, kop, atau logo supaya lembar ini muat di satu halaman."
        yield 2, f"lembar ini menjadi {len(pages)} halaman, padahal harus satu", remedy


def _alone(pages: list[list[str]], wanted: Wanted) -> Iterator[tuple[int, str, str]]:
    """Yield signatures that stand without their letter, or a name that stands without its title."""
    if not (wanted.title and wanted.name):
        return
    remedy = "Beri alinea sebelum tanda tangan 'Pertahankan dengan berikutnya' (Word: Paragraf, Hentian Baris)."
    for number, lines in enumerate(pages, 1):
        names = [n for n, line in enumerate(lines) if _begins(wanted.name, line)]
        titles = [n for n, line in enumerate(lines) if _begins(wanted.title, line)]
        above = [title for title in titles if names and title < names[-1]]
        if names and number > 1 and not titles:
            yield number, "nama penanda tangan terpisah dari jabatannya", remedy
        elif above and number > 1:
            company = [line for line in lines[: above[-1]] if not _OWN.fullmatch(line)]
            if len(company) < _COMPANY:
                yield number, "tanda tangan berdiri sendiri, tanpa isi suratnya", remedy


def _begins(whole: str, line: str) -> bool:
    """Say whether a line is where this title or name begins; only what is long goes on in the next line."""
    first = line.rstrip(",")
    return first == whole or (len(first) >= _WRAPPED and whole.startswith(first))


def _is_clear(page: pypdfium2.PdfPage) -> bool:
    """Say whether nothing is printed at the foot of the page, where the code will stand."""
    top = page.get_height() - (QR_BOTTOM + QR_SIZE + _CLEAR) * _MM
    image = page.render(scale=1, crop=(0, 0, 0, top)).to_pil().convert("L")
    return bool(image.getextrema()[0] >= _WHITE)
