"""Pages of scans as a PDF in which they stand upright and in order, nothing on them encoded anew.

A page is turned by ``/Rotate``; a picture is carried as it is. So the scan itself and this show the very same dots.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from pikepdf import Pdf

from pipeline.drawing.engines.pdf_writing import saved
from pipeline.drawing.engines.pdfa_marks import mark
from pipeline.scans.formats.kinds import PDF
from pipeline.scans.imaging.raster import Scan
from pipeline.scans.pdf.active_content import clean, disarm, drop
from pipeline.scans.pdf.image_pages import picture_pages
from pipeline.scans.pdf.pdf_repair import open_pdf
from pipeline.scans.pdf.picture_only import only_pictures
from pipeline.scans.pdf.searchable_pdf import HIDDEN, add_picture

#: A page is looked at this coarsely only for its size.
_GLANCE_DPI = 20.0


def upright_pages(path: Path, media: str, scan: Scan, pages: Sequence[tuple[int, int]]) -> bytes:
    """Return these pages of a file (from 0), in this order, each turned clockwise by so many degrees.

    Raises:
        Refused: the PDF cannot be opened.
        OSError, ValueError, PdfError: the file is damaged.
    """
    made = Pdf.new()
    if media == PDF:
        opened = open_pdf(path)
        for index, turn in pages:
            page = opened.pdf.pages[index]
            drop(page.obj, *HIDDEN)
            disarm(page.obj)
            made.pages.append(page)
            made.pages[-1].Rotate = (int(page.get("/Rotate", 0)) + turn) % 360
        clean(made)
        return _archival(made)
    last = max(index for index, _ in pages)
    pictures = list(islice(picture_pages(path), last + 1))
    for index, turn in pages:
        raster = scan.raster(index, _GLANCE_DPI)
        size = (raster.height, raster.width) if turn in (90, 270) else (raster.width, raster.height)
        add_picture(made, pictures[index], size, turn)
        made.pages[-1].Rotate = (pictures[index].turn + turn) % 360
    return _archival(made)


def joined_pages(files: Sequence[bytes], order: Sequence[tuple[int, int]]) -> bytes:
    """Return pages of several PDFs of ours, each a file's number and a page's (from 0), as one."""
    opened = [Pdf.open(io.BytesIO(data)) for data in files]
    made = Pdf.new()
    for file, page in order:
        made.pages.append(opened[file].pages[page])
    return _archival(made)


def _archival(made: Pdf) -> bytes:
    """Return the document as a file, marked PDF/A where its pages are pictures alone."""
    if only_pictures(page.obj for page in made.pages):
        mark(made)
    return saved(made)
