"""A letter of our own making, gone through once before any child meets a file.

What is loaded and worked out at the first file (modules, plugins, tables, the engine's memory) is then there in the
process that forks the children, and they have it in common.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image, ImageDraw

from pipeline.drawing.engines.pdfa_check import verdict
from pipeline.scans.formats.kinds import PDF
from pipeline.scans.imaging.raster import WORKING_DPI
from pipeline.scans.ocr.page_reading import read_page
from pipeline.scans.operations.inspection import inspect_file, look_at_pages, open_scan
from pipeline.scans.pdf.searchable_pdf import build_searchable
from pipeline.scans.refusals import Limits

_SIZE, _LETTERS = (1240, 600), 40  # dots
_LINES = ("Kepada Yth. Kepala Kantor", "Perihal: contoh", "", "Surat ini hanya contoh.")


def practise() -> None:
    """Look into a scan, read its page and make its copy, as is done with every letter.

    Raises:
        EngineMissing: the engine's data is missing.
    """
    file = os.memfd_create("contoh")
    try:
        os.write(file, _scan())
        path = Path(f"/proc/self/fd/{file}")
        inspect_file(path, Limits())
        scan = open_scan(path, PDF)
        try:
            look_at_pages(scan, 0, 1)
            page = read_page(scan, 0)
        finally:
            scan.close()
        verdict(build_searchable(path, PDF, [page]) or b"")
    finally:
        os.close(file)


def _scan() -> bytes:
    picture = Image.new("L", _SIZE, 255)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(_LINES, 2):
        pen.text((2 * _LETTERS, 2 * _LETTERS * number), line, fill=0, font_size=_LETTERS)
    target = io.BytesIO()
    picture.save(target, "PDF", resolution=WORKING_DPI)
    return target.getvalue()
