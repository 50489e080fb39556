"""Takes pages out of a file as a file of their own, nothing on them encoded anew. Runs in a child process.

Pages of a PDF are copied as the objects they are, directories of a TIFF byte for byte; so a letter out of a batch is
the very scan, and the same pages always make the same bytes. Nothing of the other pages comes along.

A part that comes again is known by its bytes, also one that an older version took out: so this is left to pypdf, with
which 0.1.0 did it. What pypdf cannot read, and other libraries can, it is given as those write it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pikepdf import PikepdfError
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdfium2 import PdfiumError

from pipeline.drawing.engines.pdf_writing import saved
from pipeline.scans import refusals
from pipeline.scans.formats.kinds import PDF, TIFF
from pipeline.scans.formats.tiff import copy_directories
from pipeline.scans.pdf.pdf_repair import OpenedPdf, open_pdf, rewritten

#: Keys by which an annotation, a form's field or an article hangs on other pages, and would bring them along.
_LEADING_ELSEWHERE = ("/Parent", "/P", "/Dest", "/A", "/AA", "/B", "/Popup", "/IRT", "/StructParent", "/PieceInfo")

_OLDEST = "%PDF-1.3"  # pypdf writes none older, and none that it has not heard of
_HEADERS = frozenset((_OLDEST, "%PDF-1.4", "%PDF-1.5", "%PDF-1.6", "%PDF-1.7", "%PDF-2.0"))
_FAULTS = (
    PyPdfError,
    PikepdfError,
    PdfiumError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RecursionError,
)


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
    except _FAULTS:
        pass
    raise refusals.INSEPARABLE_PAGES()


def _of_pdf(path: Path, pages: Sequence[int]) -> bytes:
    """Return the pages as pypdf takes them out of the file, or of what another library makes of it."""
    opened, fault = open_pdf(path), None
    for source in _sources(path, opened):
        try:
            return _taken_out(source(), pages, len(opened.document))
        except _FAULTS as error:
            fault = error
    raise fault or ValueError("nothing to read")


def _sources(path: Path, opened: OpenedPdf) -> Iterator[Callable[[], Path | io.BytesIO]]:
    """Yield what pypdf may read: the file itself if it is sound, then as qpdf and pdfium write it, not encrypted."""
    if not opened.encrypted and not opened.rewritten:
        yield lambda: path
        yield lambda: io.BytesIO(saved(opened.pdf))
    yield lambda: io.BytesIO(rewritten(opened.document))


def _taken_out(source: Path | io.BytesIO, pages: Sequence[int], count: int) -> bytes:
    batch = PdfReader(source)
    if len(batch.pages) != count:
        raise ValueError("the libraries count differently")
    writer = PdfWriter()
    header = max(batch.pdf_header, _OLDEST)
    writer.pdf_header = header if header in _HEADERS else "%PDF-1.7"
    for page in pages:
        writer.add_page(batch.pages[page - 1], _LEADING_ELSEWHERE)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
