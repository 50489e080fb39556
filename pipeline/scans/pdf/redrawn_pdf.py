"""Builds the searchable PDF of a file whose pages cannot be copied: each drawn anew, the words that were read under it.

Libraries differ in what they understand: pdfium draws a page whose instructions or codecs qpdf cannot take apart. The
words were read from what pdfium drew, and are not lost with the copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from pikepdf import Pdf
from PIL import Image

from pipeline.drawing.engines.pdf_writing import saved
from pipeline.drawing.engines.pdfa_marks import mark
from pipeline.scans.formats.kinds import PDF
from pipeline.scans.pdf.drawn_pages import add_drawn_page, pictures_of_frames, pictures_of_pdf
from pipeline.scans.pdf.searchable_pdf import lay_under
from pipeline.scans.words import UNREAD, Page


def build_redrawn(path: Path, media: str, pages: Sequence[Page]) -> bytes:
    """Return a PDF/A of pictures of the pages, as a viewer shows them, and the words that were read there.

    A page that cannot be drawn is left white: its words are found all the same. So is one that broke whoever read it.

    Raises:
        Refused: the PDF cannot be opened.
    """
    draw, made = pictures_of_pdf if media == PDF else pictures_of_frames, Pdf.new()
    for read in pages:
        index = read.number - 1
        try:
            numbers = range(index, index + (read.source != UNREAD))
            picture, width, height = next(draw(path, numbers))
        except (OSError, ValueError, SyntaxError, RuntimeError, StopIteration, pypdfium2.PdfiumError):
            sideways = read.turned in (90, 270)
            width, height = (read.height, read.width) if sideways else (read.width, read.height)
            picture = Image.new("RGB", (1, 1), "white")
        add_drawn_page(made, picture, width, height)
    lay_under(made, pages)
    mark(made)
    return saved(made)
