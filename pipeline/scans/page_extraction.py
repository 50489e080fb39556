"""Takes pages out of a file as a file of their own, nothing on them encoded anew. Runs in a child process.

Pages of a PDF are copied as the objects they are, directories of a TIFF byte for byte; so a letter out of a batch is
the very scan, and the same pages always make the same bytes. Nothing of the other pages comes along.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfWriter
from pypdf.errors import PyPdfError

from pipeline.errors import Refused
from pipeline.scans.formats.tiff import copy_directories
from pipeline.scans.formats.wholeness import PDF, TIFF
from pipeline.scans.pdf.pdf_file import open_pdf

#: Keys by which an annotation, a form's field or an article hangs on other pages, and would bring them along.
_LEADING_ELSEWHERE = ("/Parent", "/P", "/Dest", "/A", "/AA", "/B", "/Popup", "/IRT", "/StructParent", "/PieceInfo")


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
    raise Refused(
        "rusak",
        "Halaman-halaman berkas ini tidak dapat dipisahkan tanpa mengubah isinya.",
        "Pindailah surat-surat itu satu per satu, satu surat satu berkas.",
    )


def _of_pdf(path: Path, pages: Sequence[int]) -> bytes:
    opened = open_pdf(path)
    if len(opened.document) != len(opened.reader.pages):
        raise ValueError("the libraries count differently")
    writer = PdfWriter()
    writer.pdf_header = opened.reader.pdf_header
    for page in pages:
        writer.add_page(opened.reader.pages[page - 1], _LEADING_ELSEWHERE)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
