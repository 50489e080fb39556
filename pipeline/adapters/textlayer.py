"""The text that a PDF page carries itself, and whether it can be trusted.

A first, plain measure: a page that is mostly one picture is a scan, and the text over a scan was put there by some
earlier OCR, which we do better; elsewhere the text must be visible characters that make words. What is not trusted is
read by OCR.
"""

from __future__ import annotations

import ctypes
import unicodedata

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.adapters.recognised import Recognised
from pipeline.domain.letter import Box, Word

_FINE = 1_000_000
_FEWEST_LETTERS = 12
_PICTURE_SHARE = 0.4
_INVISIBLE = 3


def own_text(page: pypdfium2.PdfPage) -> Recognised | None:
    """Return the page's own words if they are good, else None."""
    if _picture_share(page) > _PICTURE_SHARE:
        return None
    textpage = page.get_textpage()
    try:
        if textpage.count_chars() < _FEWEST_LETTERS:
            return None
        found = _words(page, textpage)
    finally:
        textpage.close()
    return found if _is_good(found) else None


def _picture_share(page: pypdfium2.PdfPage) -> float:
    """Return how much of the page its largest picture covers (0..1)."""
    width, height = page.get_size()
    area = max(1.0, width * height)
    largest = 0.0
    for thing in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        left, bottom, right, top = thing.get_bounds()
        largest = max(largest, abs(right - left) * abs(top - bottom))
    return float(largest / area)


def _is_good(found: Recognised) -> bool:
    letters = "".join(word.text for word in found.words)
    if len(letters) < _FEWEST_LETTERS:
        return False
    odd = sum(1 for letter in letters if letter == "\ufffd" or unicodedata.category(letter) in ("Cc", "Co", "Cn", "Cs"))
    return odd / len(letters) < 0.02 and found.wordlike > 0.5


def _words(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> Recognised:
    """Gather characters into words at blanks, and words into lines at line ends."""
    text = textpage.get_text_range()
    words: list[Word] = []
    line = 0
    letters: list[str] = []
    box: Box | None = None
    for index, letter in enumerate(text):
        if letter.isspace():
            if letters and box:
                words.append(Word("".join(letters), box, 1.0, line))
            letters, box = [], None
            line += letter == "\n" and bool(words) and words[-1].line == line
            continue
        letters.append(letter)
        box = _around(box, _place(page, textpage, index))
    if letters and box:
        words.append(Word("".join(letters), box, 1.0, line))
    return Recognised(tuple(words))


def _place(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, index: int) -> Box:
    """Return the character's box as fractions of the page as a viewer shows it."""
    left, bottom, right, top = textpage.get_charbox(index, loose=True)
    xs, ys = [], []
    for x, y in ((left, bottom), (right, top)):
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, _FINE, _FINE, 0, x, y, across, down)
        xs.append(min(max(across.value / _FINE, 0.0), 1.0))
        ys.append(min(max(down.value / _FINE, 0.0), 1.0))
    return min(xs), min(ys), max(xs), max(ys)


def _around(box: Box | None, other: Box) -> Box:
    if box is None:
        return other
    return min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])
