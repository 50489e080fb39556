"""Reads one page: its own text if that is good, else OCR, turned upright where it is not. Runs in a child process."""

from __future__ import annotations

from PIL import Image

from pipeline.adapters.ocr import recognise, turned
from pipeline.adapters.pdfscan import PdfScan
from pipeline.adapters.raster import WORKING_DPI, Raster, Scan
from pipeline.adapters.recognised import Recognised
from pipeline.adapters.rows import in_rows
from pipeline.adapters.textlayer import own_text
from pipeline.domain.letter import Page

_SURE = 0.75
_DOUBTFUL = 0.60
_FINE_DPI = 220.0
_INK_SHARE = 0.0002


def read_page(scan: Scan, index: int) -> Page:
    """Return the page (counted from 0) as read.

    Raises:
        EngineFault: the language data is missing.
        OSError, ValueError, SyntaxError, PdfiumError: the page is damaged.
    """
    if isinstance(scan, PdfScan):
        page = scan.document[index]
        if own := own_text(page):
            width, height = page.get_size()
            return Page(index + 1, width, height, own.words, own.text, "lapisan")
    raster = scan.raster(index)
    if is_blank(raster.image):
        return Page(index + 1, raster.width, raster.height, (), "", "kosong")
    found, turn = _read_upright(raster)
    if found.confidence < _SURE:
        found = _read_finer(scan, index, found, turn)
    found = in_rows(found)
    width, height = (raster.height, raster.width) if turn in (90, 270) else (raster.width, raster.height)
    return Page(index + 1, width, height, found.words, found.text, "ocr", turn)


def is_blank(image: Image.Image) -> bool:
    """Say whether the page has no ink to speak of: nothing clearly darker than its paper, edges left out."""
    across, down = image.width // 25, image.height // 25
    inner = image.crop((across, down, image.width - across, image.height - down))
    small = inner.reduce(2) if min(inner.size) > 200 else inner
    histogram = small.histogram()
    total = sum(histogram)
    paper = _median(histogram, total)
    ink = sum(histogram[: max(0, paper - 45)])
    return ink < _INK_SHARE * total


def _median(histogram: list[int], total: int) -> int:
    passed = 0
    for shade, count in enumerate(histogram):
        passed += count
        if passed * 2 >= total:
            return shade
    return 255


def _read_upright(raster: Raster) -> tuple[Recognised, int]:
    """Read as filed; only a poor reading makes us try it upside down, so that most pages cost nothing more.

    Lines that run up or down the page Tesseract reads by itself, so two tries cover all four ways.
    """
    found = recognise(raster.image, raster.dpi)
    base = 0
    if found.confidence < _DOUBTFUL:
        other = recognise(turned(raster.image, 180), raster.dpi)
        if other.confidence > found.confidence:
            found, base = other, 180
    side = _sideways(found, raster)
    return found.turned(side), (base + side) % 360


def _sideways(found: Recognised, raster: Raster) -> int:
    return found.sideways(raster.image.width / raster.image.height)


def _read_finer(scan: Scan, index: int, found: Recognised, turn: int) -> Recognised:
    """Read a hard page once more with more dots, and keep the better reading."""
    finer = scan.raster(index, _FINE_DPI)
    if finer.dpi < WORKING_DPI * 1.15:
        return found
    again = recognise(turned(finer.image, turn), finer.dpi)
    return again if again.confidence > found.confidence else found
