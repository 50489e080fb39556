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
    reader, mended = _structured(data)
    return OpenedPdf(document, reader, encrypted, mended)


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


def _structured(data: Path | io.BytesIO) -> tuple[PdfReader, bool]:
    for strict in (True, False):
        try:
            reader = PdfReader(data, strict=strict)
            reader.trailer["/Root"]["/Pages"]  # type: ignore[index]
        except (PyPdfError, PdfReadError, ValueError, KeyError, TypeError, RecursionError, AttributeError, OSError):
            continue
        return reader, not strict
    raise Refused("rusak", "PDF ini rusak: susunan isinya tidak dapat dibaca.", _DAMAGED)
