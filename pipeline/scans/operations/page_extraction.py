"""Takes pages out of a file as a file of their own, nothing on them encoded anew. Runs in a child process.

Pages of a PDF are copied as the objects they are, directories of a TIFF byte for byte; so a letter out of a batch is
the very scan, and the same pages always make the same bytes. Nothing of the other pages comes along.

A part that comes again is known by its bytes, also one that an older version took out: so this is left to pypdf, with
which 0.1.0 did it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from pipeline.scans import refusals
from pipeline.scans.formats.kinds import PDF, TIFF
from pipeline.scans.formats.tiff import copy_directories
from pipeline.scans.pdf.pdf_repair import open_pdf, rewritten

#: Keys by which an annotation, a form's field or an article hangs on other pages, and would bring them along.
_LEADING_ELSEWHERE = ("/Parent", "/P", "/Dest", "/A", "/AA", "/B", "/Popup", "/IRT", "/StructParent", "/PieceInfo")

_OLDEST = "%PDF-1.3"  # pypdf writes none older


def extract_pages(path: Path, media: str, pages: Sequence[int]) -> bytes:
    """Return these pages (from 1) as a file of the same kind.

    Raises:
        Refused: the file's structure does not allow it.
    """
    try:
        if media == PDF:
            return _of_pdf(path, pages)
        if media == TIFF:
            return copy_directories(path.read_bytes(), [page - 1 for page in pages])
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        pass
    raise refusals.INSEPARABLE_PAGES()


def _of_pdf(path: Path, pages: Sequence[int]) -> bytes:
    opened = open_pdf(path)
    sound = not opened.encrypted and not opened.rewritten
    batch = PdfReader(path if sound else io.BytesIO(rewritten(opened.document)))
    if len(opened.document) != len(batch.pages):
        raise ValueError("the libraries count differently")
    writer = PdfWriter()
    writer.pdf_header = max(batch.pdf_header, _OLDEST)
    for page in pages:
        writer.add_page(batch.pages[page - 1], _LEADING_ELSEWHERE)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
