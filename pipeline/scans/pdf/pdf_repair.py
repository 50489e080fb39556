"""Opens a PDF with both libraries that we use - pdfium draws, qpdf knows the structure - and repairs a damaged one.

Each repairs what it can, and where one finds no way in, it is given what the other wrote down. What is encrypted is not
repaired: without its key it would show nothing, and look like an empty letter.
"""

from __future__ import annotations

import io
import os
import re
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Dictionary, PasswordError, Pdf, PikepdfError
from pikepdf.settings import set_qpdf_limits

from pipeline.errors import Refused
from pipeline.scans import refusals
from pipeline.scans.pdf.pdf_file import MOST_UNPACKED

_MOST_WARNINGS = 1000
#: What qpdf remarks on in files that are quite sound: a count that is off by some, an empty page without resources.
_TRIFLES = ("reported number of objects", "Resources is missing")
_LOOP, _EMPTY, _ENCRYPTED = "Loop detected in /Pages", "no pages found", "/Encrypt"
_ASKS = "asks for a password"
_REMOVE_SECURITY = 3
#: pdfium's errors where a password is wrong, or the way of encryption unknown.
_LOCKS = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
_KEY = re.compile(rb"/Encrypt[\x00\t\n\x0c\r ]*(?:<<|\d+[\x00\t\n\x0c\r ]+\d+[\x00\t\n\x0c\r ]+R)")
_START = re.compile(rb"startxref[\x00\t\n\x0c\r ]+(\d{1,15})")
_TAIL = 8192  # bytes in which a trailer ends


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """The PDF in both libraries; whether it was encrypted, and whether one of them had to write it anew."""

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
        Refused: ``terkunci`` if it needs a password or its key is not understood, ``tanpa-halaman``, ``rusak`` if
            neither library can make sense of it.
    """
    pdf, fault = structured(path)
    # By pdfium itself: pypdfium2 resolves links first, and a file that was sent to a child has no other name.
    opened = pdfium.FPDF_LoadDocument(os.fsencode(path) + b"\0", None)
    locked = not opened and pdfium.FPDF_GetLastError() in _LOCKS  # else it may be that of the file before
    if pdfium.FPDF_GetPageCount(opened) < 1:
        if pdf is None or not len(pdf.pages):
            raise _refusal(fault, locked=locked)
        return OpenedPdf(_drawable(pdf), pdf, pdf.is_encrypted, rewritten=True)
    document = pypdfium2.PdfDocument(opened)
    encrypted = pdfium.FPDF_GetSecurityHandlerRevision(document.raw) != -1
    if not encrypted and (_ENCRYPTED in fault or _names_a_key(path)):
        raise refusals.UNKNOWN_LOCK()
    if pdf is not None:
        return OpenedPdf(document, pdf, encrypted)
    if _LOOP in fault:
        raise refusals.LOOPING_PAGE_TREE()
    return OpenedPdf(document, _restored(document), encrypted, rewritten=True)


def rewritten(document: pypdfium2.PdfDocument) -> bytes:
    """Return the file as pdfium writes it down, not encrypted."""
    data = io.BytesIO()
    document.save(data, flags=_REMOVE_SECURITY)
    return data.getvalue()


def structured(data: Path | io.BytesIO) -> tuple[Pdf | None, str]:
    """Return the structure as qpdf knows it, or nothing and what it says against it; it unpacks within limits."""
    set_qpdf_limits(
        flate_max_memory=MOST_UNPACKED,
        run_length_max_memory=MOST_UNPACKED,
        png_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED,
        doc_max_warnings=_MOST_WARNINGS,
        parser_max_errors=0,  # or the rest of a page that has so many is lost without a word
    )
    try:
        pdf = Pdf.open(data)
        return (pdf, "") if isinstance(pdf.Root.get("/Pages"), Dictionary) else (None, "no page tree")
    except PasswordError:
        return None, _ASKS
    except (PikepdfError, UnicodeDecodeError) as error:  # the latter from what a fuzzed name is called in a message
        return None, str(error)


def _drawable(pdf: Pdf) -> pypdfium2.PdfDocument:
    """Return for pdfium what qpdf made of a file, its encryption taken off.

    Raises:
        Refused: ``rusak``, pdfium does not understand that either.
    """
    data = io.BytesIO()
    try:
        pdf.save(data)
        document = pypdfium2.PdfDocument(data.getvalue())
    except (PikepdfError, pypdfium2.PdfiumError):
        raise refusals.DAMAGED_PDF() from None
    if not len(document):
        raise refusals.DAMAGED_PDF()
    return document


def _refusal(fault: str, *, locked: bool) -> Refused:
    """Say why neither library finds pages in the file: what qpdf says, and whether pdfium asks for a key."""
    if fault == _ASKS:
        return refusals.LOCKED()
    if locked:
        return refusals.UNKNOWN_LOCK()
    if not fault or _EMPTY in fault:
        return refusals.NO_PAGES()
    return refusals.LOOPING_PAGE_TREE() if _LOOP in fault else refusals.DAMAGED_PDF()


def _names_a_key(path: Path) -> bool:
    """Say whether the file's last trailer, or what stands in its place, says that it is encrypted.

    qpdf is silent about a key that it does not find: what leads nowhere counts as not there (ISO 32000-1, 7.3.10).
    """
    with path.open("rb", buffering=0) as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read(_TAIL)
        at, start = tail.rfind(b"trailer"), _START.search(tail)
        if at < 0 and start:
            file.seek(int(start[1]))
            tail, at = file.read(_TAIL), 0
    return at >= 0 and bool(_KEY.search(tail[at:].partition(b"stream")[0]))


def _restored(document: pypdfium2.PdfDocument) -> Pdf:
    """Return the structure as pdfium writes it down, the whole file or its pages alone: pages that show something.

    Raises:
        Refused: ``rusak``, there are none.
    """
    for data in (rewritten, _pages_alone):
        with suppress(PikepdfError, pypdfium2.PdfiumError):
            pdf, _ = structured(io.BytesIO(data(document)))
            if pdf is not None and any("/Contents" in page for page in pdf.pages):
                return pdf
    raise refusals.DAMAGED_STRUCTURE()


def _pages_alone(document: pypdfium2.PdfDocument) -> bytes:
    """Return a new file of the pages as pdfium knows them, without the catalog that nobody could find."""
    data = io.BytesIO()
    with closing(pypdfium2.PdfDocument.new()) as copy:
        copy.import_pages(document)
        copy.save(data)
    return data.getvalue()
