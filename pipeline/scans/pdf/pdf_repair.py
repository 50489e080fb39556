"""Opens a PDF with both libraries that we use - pdfium draws, qpdf knows the structure - and repairs a damaged one.

qpdf repairs what it can, and warns. Where it finds no way in, pdfium, which looks for every object itself, writes down
what it found, and qpdf reads that.
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Dictionary, Pdf, PdfError, PikepdfError
from pikepdf.settings import set_qpdf_limits

from pipeline.errors import Refused
from pipeline.scans import refusals
from pipeline.scans.pdf.pdf_file import MOST_UNPACKED

_MOST_WARNINGS = 1000
#: What qpdf remarks on in files that are quite sound: a count that is off by some, an empty page without resources.
_TRIFLES = ("reported number of objects", "Resources is missing")
_LOOP, _EMPTY = "Loop detected in /Pages", "no pages found"
_REMOVE_SECURITY = 3


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """The PDF in both libraries; whether it was encrypted, and whether pdfium had to write it anew."""

    document: pypdfium2.PdfDocument
    pdf: Pdf
    encrypted: bool
    rewritten: bool = False

    def mended(self) -> bool:
        """Say whether anything had to be repaired of what was read since this was last asked."""
        return self.rewritten or not all(any(t in w for t in _TRIFLES) for w in self.pdf.get_warnings())

    def close(self) -> None:
        """Let go of the file."""
        self.pdf.close()
        self.document.close()


def open_pdf(path: Path) -> OpenedPdf:
    """Open the file.

    Raises:
        Refused: ``terkunci`` if it needs a password, ``rusak`` if neither library can make sense of it.
    """
    set_qpdf_limits(
        flate_max_memory=MOST_UNPACKED,
        run_length_max_memory=MOST_UNPACKED,
        png_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED,
        doc_max_warnings=_MOST_WARNINGS,
        parser_max_errors=0,  # or the rest of a page that has so many is lost without a word
    )
    document = _drawn(path)
    encrypted = pdfium.FPDF_GetSecurityHandlerRevision(document.raw) != -1
    try:
        return OpenedPdf(document, _structured(path), encrypted)
    except PikepdfError as error:
        if _LOOP in str(error):
            raise refusals.LOOPING_PAGE_TREE() from None
        return OpenedPdf(document, _restored(document), encrypted, rewritten=True)


def rewritten(document: pypdfium2.PdfDocument) -> bytes:
    """Return the file as pdfium writes it down, not encrypted."""
    data = io.BytesIO()
    document.save(data, flags=_REMOVE_SECURITY)
    return data.getvalue()


def _drawn(path: Path) -> pypdfium2.PdfDocument:
    # By pdfium itself: pypdfium2 resolves links first, and a file that was sent to a child has no other name.
    document = pdfium.FPDF_LoadDocument(os.fsencode(path) + b"\0", None)
    if pdfium.FPDF_GetPageCount(document) < 1:
        raise _refusal(path)
    return pypdfium2.PdfDocument(document)


def _refusal(path: Path) -> Refused:
    """Say why pdfium does not open the file; its own error code may be left over from the file before."""
    if b"/Encrypt" in path.read_bytes():
        return refusals.LOCKED()
    try:
        Pdf.open(path).close()
    except PikepdfError as error:
        if _EMPTY in str(error):
            return refusals.NO_PAGES()
    return refusals.DAMAGED_PDF()


def _structured(data: Path | io.BytesIO) -> Pdf:
    pdf = Pdf.open(data)
    if not isinstance(pdf.Root.get("/Pages"), Dictionary):
        raise PdfError("no page tree")
    return pdf


def _restored(document: pypdfium2.PdfDocument) -> Pdf:
    """Return the structure as pdfium writes it down: pages that show something.

    Raises:
        Refused: ``rusak``, there are none.
    """
    try:
        pdf = _structured(io.BytesIO(rewritten(document)))
        if any("/Contents" in page for page in pdf.pages):
            return pdf
    except PikepdfError:
        pass
    raise refusals.DAMAGED_STRUCTURE()
