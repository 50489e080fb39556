"""Words and pages as they were read, each with its place; and as plain lists, as they travel from a child to us.

What a child sends is checked, not believed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

#: x0, y0, x1, y1 as fractions (0..1) of the upright page, origin at the top left.
Box = tuple[float, float, float, float]

#: The source of a page that broke whoever read it: nothing is known of it but that it is there.
UNREAD = "gagal"
_SOURCES = ("ocr", "lapisan", "kosong", UNREAD)
_TURNS = (0, 90, 180, 270)
#: More than the densest page holds; a child that sends more is not believed.
_MOST_WORDS, _MOST_LETTERS = 50_000, 1_000_000
#: What a PDF's text may hold and no file, JSON or Word document can: control characters, halves of a character.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word as read, with its place on the upright page and how sure the reader is (0..1)."""

    text: str
    box: Box
    confidence: float
    line: int
    """Index of its line on the page, from 0, top to bottom."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read.

    ``turned`` is the clockwise angle (0, 90, 180, 270) by which the page as filed must be turned to stand upright;
    ``width`` and ``height`` are points (1/72 inch) of the upright page. ``source`` is ``ocr``, ``lapisan`` (the
    file's own text was good), ``kosong`` (nothing on it) or ``gagal`` (it could not be read; its size is not known).
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    text: str
    source: str
    turned: int = 0


def around(boxes: Collection[Box]) -> Box:
    """Return the smallest box around some, of which there is one at least."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def page_to_json(page: Page) -> list[Any]:
    """Return the page as lists, strings and numbers."""
    words = [
        [word.text, *(round(edge, 5) for edge in word.box), round(word.confidence, 3), word.line] for word in page.words
    ]
    return [page.number, round(page.width, 2), round(page.height, 2), page.source, page.turned, page.text, words]


def page_from_json(data: Any) -> Page:
    """Return the page, its text such as can be written.

    Raises:
        ValueError: the data are not a page.
    """
    try:
        number, width, height, source, turned, text, words = data
        if len(words) > _MOST_WORDS or len(str(text)) > _MOST_LETTERS:
            raise ValueError("more than any page holds")
        page = Page(
            number=int(number),
            width=float(width),
            height=float(height),
            words=tuple(_word(*word) for word in words),
            text=writable(str(text)),
            source=str(source),
            turned=int(turned),
        )
    except TypeError as fault:
        raise ValueError("not a page") from fault
    if page.source not in _SOURCES or page.turned not in _TURNS or not (page.width > 0 and page.height > 0):
        raise ValueError("not a page")
    return page


def _word(text: Any, x0: Any, y0: Any, x1: Any, y1: Any, confidence: Any, line: Any) -> Word:
    box = (float(x0), float(y0), float(x1), float(y1))
    return Word(writable(str(text)), box, min(max(float(confidence), 0.0), 1.0), int(line))


def writable(text: str) -> str:
    """Return a text such as can be written into files, what cannot be replaced."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
