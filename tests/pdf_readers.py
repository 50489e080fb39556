"""What other programs say of a PDF when they open it: qpdf, PDFium, and Poppler where it is installed."""

from __future__ import annotations

import io
import shutil
import subprocess

import pypdfium2
from pikepdf import Pdf

_POPPLER = (("pdfinfo",), ("pdftoppm", "-r", "20", "-png"))


def complaints(pdf: bytes) -> list[str]:
    """Return every warning with which a reader meets the file, and pages that not all of them count."""
    with Pdf.open(io.BytesIO(pdf)) as opened:
        found = [*map(str, opened.check_pdf_syntax()), *map(str, opened.get_warnings())]
        numbers = [page.obj.objgen for page in opened.pages]
    if len(set(numbers)) < len(numbers):
        found.append("one page object stands in the page tree more than once")
    drawn = pypdfium2.PdfDocument(pdf)
    found += [] if len(drawn) == len(numbers) else [f"PDFium counts {len(drawn)} pages, qpdf {len(numbers)}"]
    for page in drawn:
        page.render(scale=0.2)
    return [*found, *poppler(pdf)]


def poppler(pdf: bytes) -> list[str]:
    """Return what Poppler writes to its standard error; nothing where it is not installed."""
    found = []
    for command in _POPPLER:
        if shutil.which(command[0]):
            ran = subprocess.run([*command, "-"], input=pdf, capture_output=True, check=False)
            found += [f"{command[0]}: {line}" for line in ran.stderr.decode(errors="replace").splitlines()]
            found += [f"{command[0]} ended with {ran.returncode}"] * bool(ran.returncode)
    return found
