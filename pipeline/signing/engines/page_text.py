"""Reads the lines of words on a sheet of ours, with their places."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from pipeline.signing.signature_place import SheetText, TextLine


def sheet_text(pdf: bytes) -> SheetText:
    """Return the lines of a PDF that we printed, page by page, in the order in which they were set."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        lines = tuple(line for number in range(len(document)) for line in page_lines(document, number))
        return SheetText(lines, tuple(document[number].get_width() for number in range(len(document))))
    finally:
        document.close()


def page_lines(document: pypdfium2.PdfDocument, number: int) -> Iterator[TextLine]:
    """Yield the lines of a page (from 0)."""
    words = document[number].get_textpage()
    for index in range(words.count_rects()):
        left, bottom, right, top = words.get_rect(index)
        if text := words.get_text_bounded(left, bottom, right, top).strip():
            yield TextLine(number + 1, text, left, bottom, right, top)
