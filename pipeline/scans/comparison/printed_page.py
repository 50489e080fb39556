"""A page of a PDF of ours as a scan is held against it: its words to the letter, its picture, its page code's corners.

All places are dots of one picture of the page at the working resolution, origin at the top left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import pypdfium2
from PIL import Image

from pipeline.scans.imaging.codes import Corners, code_corners
from pipeline.scans.imaging.raster import WORKING_DPI
from pipeline.scans.pdf.pdf_pages import seen_box

#: Left, top, right, bottom in dots.
Area = tuple[float, float, float, float]
#: Dots of a millimetre.
MM = WORKING_DPI / 25.4
#: Millimetres between two words of a line that stand in different columns.
_COLUMN_GAP = 6.0


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """A word as printed: its text, the area of its ink, the areas of its letters, and its line on the page."""

    text: str
    area: Area
    letters: tuple[Area, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Strip:
    """Words of a line that stand in one column, and their area."""

    words: tuple[PrintedWord, ...]
    area: Area

    @property
    def text(self) -> str:
        """The words, a blank between two of them."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The page: its picture in grey, its words in the order of the text, and its page code's corners."""

    image: Image.Image
    words: tuple[PrintedWord, ...]
    code: Corners

    @property
    def strips(self) -> tuple[Strip, ...]:
        """The words by lines and columns, without those of the page code's own line at the foot."""
        foot = min(y for _, y in self.code)
        above = [word for word in self.words if word.area[3] < foot]
        return tuple(strip for _, line in groupby(above, key=lambda w: w.line) for strip in _strips(list(line)))


def printed_page(pdf: bytes, index: int, code: str) -> PrintedPage | None:
    """Return the page (from 0) of a PDF of ours that carries this code, or None if it has no such page or code."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        if index >= len(document):
            return None
        page = document[index]
        image = page.render(scale=WORKING_DPI / 72, grayscale=True, may_draw_forms=False).to_pil().convert("L")
        corners = code_corners(image, code)
        return PrintedPage(image, tuple(_words(page, image.size)), corners) if corners else None
    finally:
        document.close()


def around(areas: Sequence[Area]) -> Area:
    """Return the area that holds all of these."""
    return (
        min(a[0] for a in areas),
        min(a[1] for a in areas),
        max(a[2] for a in areas),
        max(a[3] for a in areas),
    )


def _words(page: pypdfium2.PdfPage, size: tuple[int, int]) -> Iterator[PrintedWord]:
    textpage = page.get_textpage()
    text, line, begun = textpage.get_text_range(), 0, ""
    letters: list[Area] = []
    for index, letter in enumerate(f"{text} "):
        if not letter.isspace():
            begun += letter
            letters.append(_area(page, textpage, index, size))
            continue
        if begun:
            yield PrintedWord(begun, around(letters), tuple(letters), line)
        begun, letters = "", []
        line += letter == "\n"
    textpage.close()


def _area(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, index: int, size: tuple[int, int]) -> Area:
    left, top, right, bottom = seen_box(page, *textpage.get_charbox(index))
    return left * size[0], top * size[1], right * size[0], bottom * size[1]


def _strips(line: list[PrintedWord]) -> Iterator[Strip]:
    line.sort(key=lambda word: word.area[0])
    begun: list[PrintedWord] = []
    for word in line:
        if begun and word.area[0] - begun[-1].area[2] > _COLUMN_GAP * MM:
            yield Strip(tuple(begun), around([w.area for w in begun]))
            begun = []
        begun.append(word)
    yield Strip(tuple(begun), around([w.area for w in begun]))
