"""Joins PDFs that LibreOffice made for us into one."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pikepdf import Pdf

from pipeline.drawing.engines.pdf_writing import entitled, saved


def joined(parts: Sequence[bytes], title: str) -> bytes:
    """Return one PDF with the pages of all parts, in order."""
    book = Pdf.new()
    opened = [Pdf.open(io.BytesIO(part)) for part in parts]  # until the book is written, its pages lie in them
    for one in opened:
        book.pages.extend(one.pages)
    entitled(book, title)
    return saved(book)
