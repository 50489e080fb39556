"""A read page as plain lists, as it travels between a child and us; what a child sends is checked, not believed."""

from __future__ import annotations

import re
from typing import Any

from pipeline.scans.words import Page, Word

_SOURCES = ("ocr", "lapisan", "kosong")
_TURNS = (0, 90, 180, 270)
#: More than the densest page holds; a child that sends more is not believed.
_MOST_WORDS, _MOST_LETTERS = 50_000, 1_000_000
#: What a PDF's text may hold and no file, JSON or Word document can: control characters, halves of a character.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


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
            text=_writable(str(text)),
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
    return Word(_writable(str(text)), box, min(max(float(confidence), 0.0), 1.0), int(line))


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
