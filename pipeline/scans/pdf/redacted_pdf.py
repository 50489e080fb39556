"""Builds a redacted copy: every page a picture, drawn anew, in which areas are black, and a strip of words below it.

Nothing of the source but what its pages look like comes along: no text, note, file inside, name or metadata. An area is
blackened in the dots before they are packed, so that what was there is in no byte of the copy; nothing is laid over
it that could be taken off again.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from math import ceil, floor
from pathlib import Path

import pypdfium2
from pikepdf import Name, Pdf
from PIL import Image, ImageDraw

from pipeline.drawing.engines.pdf_writing import entitled, saved
from pipeline.drawing.engines.pdfa_marks import mark
from pipeline.scans import refusals
from pipeline.scans.formats.kinds import PDF
from pipeline.scans.pdf.drawn_pages import add_drawn_page, pictures_of_frames, pictures_of_pdf
from pipeline.scans.words import Box

#: What a page that cannot be drawn raises, by pdfium or Pillow.
_FAULTS = (OSError, ValueError, SyntaxError, RuntimeError, StopIteration, pypdfium2.PdfiumError)
_STRIP = Name("/Keterangan")


def build_redacted(
    path: Path, media: str, pages: int, areas: Mapping[int, Sequence[Box]], strip: bytes, title: str
) -> bytes:
    """Return a PDF/A of pictures of all pages, each with its areas (by index, from 0) black.

    ``strip`` is a PDF of one page, which is set below each of them, as wide as it.

    Raises:
        Refused: the file cannot be opened, or one of its pages cannot be drawn.
    """
    made, look = Pdf.new(), pictures_of_pdf if media == PDF else pictures_of_frames
    with Pdf.open(io.BytesIO(strip)) as foot:
        wide, high = (float(side) for side in foot.pages[0].mediabox[2:])
        words = made.copy_foreign(foot.pages[0].as_form_xobject())
        shown = look(path, range(pages))
        for index in range(pages):
            try:
                picture, width, height = next(shown)
            except _FAULTS:
                raise refusals.DAMAGED_PAGE(page=index + 1) from None
            blacken(picture, areas.get(index, ()))
            scale = width / wide
            add_drawn_page(made, picture, width, height)
            page = made.pages[-1]
            page.MediaBox[3] = height + high * scale
            page.Resources.XObject[_STRIP] = words
            page.Contents = made.make_stream(
                f"q {width:.3f} 0 0 {height:.3f} 0 {high * scale:.3f} cm /Gambar Do Q "
                f"q {scale:.5f} 0 0 {scale:.5f} 0 0 cm {_STRIP} Do Q".encode()
            )
        entitled(made, title)
        mark(made, title)
        return saved(made)


def blacken(picture: Image.Image, boxes: Sequence[Box]) -> None:
    """Make areas of a picture black (fractions of it), each to the next whole dot beyond its edges."""
    pen = ImageDraw.Draw(picture)
    wide, high = picture.size
    for left, top, right, bottom in boxes:
        pen.rectangle(
            (floor(left * wide) - 1, floor(top * high) - 1, ceil(right * wide) + 1, ceil(bottom * high) + 1),
            fill="black",
        )
