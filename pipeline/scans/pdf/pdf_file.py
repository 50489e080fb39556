"""Opens a PDF with both libraries that we use: pdfium (draws) and pypdf (knows the structure).

A file that opens without a password though it is encrypted is decrypted first (in memory, by pdfium). What pypdf
cannot read by the letter of the standard is read leniently, and that is noted.
"""

from __future__ import annotations

import io
import logging
import os
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader
from pypdf.errors import PdfReadError, PyPdfError

from pipeline.errors import Refused

_REMOVE_SECURITY = 3
_GLANCE = 10.0  # points for the longer side of a page that is drawn only so that pdfium looks at its notes
_DAMAGED = "Minta kirim ulang: pindai kembali suratnya, atau cetak ke PDF baru."

logging.getLogger("pypdf").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """The PDF in both libraries; whether it was encrypted, and whether it had to be mended."""

    document: pypdfium2.PdfDocument
    reader: PdfReader
    encrypted: bool
    mended: bool


def open_pdf(path: Path) -> OpenedPdf:
    """Open the file.

    Raises:
        Refused: ``terkunci`` if it needs a password, ``rusak`` if neither library can make sense of it.
    """
    document = _drawn(path)
    encrypted = pdfium.FPDF_GetSecurityHandlerRevision(document.raw) != -1
    data: Path | io.BytesIO = path
    if encrypted:
        data = io.BytesIO()
        document.save(data, flags=_REMOVE_SECURITY)
        data.seek(0)
    reader, mended = _structured(data) or _rewritten(document)
    return OpenedPdf(document, reader, encrypted, mended)


def shown_page(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    """Return the page with what its notes and filled-in fields show made part of it: drawn and found as its text.

    Only in memory, and on a copy of the page: pdfium gives a page that inherits its size or its fonts new ones here.
    """
    page = document[index]
    if pdfium.FPDFPage_GetAnnotCount(page.raw) < 1:
        return page
    # Fields that leave their look to the viewer (NeedAppearances) are given one when the page is first drawn.
    page.render(scale=_GLANCE / max(*page.get_size(), 1.0))
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, box)
    copy = pypdfium2.PdfDocument.new()
    copy.import_pages(document, [index])
    shown = copy[0]
    for keep in (shown.set_mediabox, shown.set_cropbox):
        keep(box.left, box.bottom, box.right, box.top)
    pdfium.FPDFPage_Flatten(shown.raw, pdfium.FLAT_NORMALDISPLAY)
    shown.close()
    return copy[0]


def _drawn(path: Path) -> pypdfium2.PdfDocument:
    # By pdfium itself: pypdfium2 resolves links first, and a file that was sent to a child has no other name.
    document = pdfium.FPDF_LoadDocument(os.fsencode(path) + b"\0", None)
    if pdfium.FPDF_GetPageCount(document) < 1:
        raise _refusal(path)
    return pypdfium2.PdfDocument(document)


def _refusal(path: Path) -> Refused:
    """Say why pdfium does not open the file; its own error code may be left over from the file before."""
    if b"/Encrypt" in path.read_bytes():
        return Refused(
            "terkunci",
            "PDF ini terkunci dengan kata sandi.",
            "Minta pengirim mengirim salinan yang terbuka (tanpa kata sandi).",
        )
    try:
        empty = not len(PdfReader(path).pages)
    except Exception:  # pypdf meets damage with exceptions of every kind
        empty = False
    if empty:
        return Refused("tanpa-halaman", "PDF ini tidak berisi halaman.", _DAMAGED)
    return Refused("rusak", "PDF ini rusak dan tidak dapat dibuka.", _DAMAGED)


def _structured(data: Path | io.BytesIO) -> tuple[PdfReader, bool] | None:
    for strict in (True, False):
        try:
            reader = PdfReader(data, strict=strict)
            reader.trailer["/Root"]["/Pages"]  # type: ignore[index]
        except (PyPdfError, PdfReadError, ValueError, KeyError, TypeError, RecursionError, AttributeError, OSError):
            continue
        return reader, not strict
    return None


def _rewritten(document: pypdfium2.PdfDocument) -> tuple[PdfReader, bool]:
    """Return the structure as pdfium, which looks for every object itself, writes it down: pages that show something.

    Raises:
        Refused: ``rusak``, there are none.
    """
    data = io.BytesIO()
    document.save(data)
    data.seek(0)
    found = _structured(data)
    if found is None or not _shows_something(found[0]):
        raise Refused("rusak", "PDF ini rusak: susunan isinya tidak dapat dibaca.", _DAMAGED)
    return found[0], True


def _shows_something(reader: PdfReader) -> bool:
    try:
        return any(page.get_contents() is not None for page in reader.pages)
    except Exception:  # pypdf meets damage with exceptions of every kind
        return False
