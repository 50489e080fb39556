"""The pictures on a page of a PDF: where they stand, how much of the page they cover, how fine they are."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.scans.words import Box

_FINE = 1_000_000
_DEPTH = 4
_LONGEST_SHEET, _SHORTEST_SHEET, _A4_LONG_SIDE = 25.0, 2.0, 11.69
_A_DOT_A_POINT = 80.0


def seen_box(page: pypdfium2.PdfPage, left: float, bottom: float, right: float, top: float) -> Box:
    """Return a box in the page's coordinates as fractions of the page as a viewer shows it."""
    xs, ys = [], []
    for x, y in ((left, bottom), (right, top)):
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, _FINE, _FINE, 0, x, y, across, down)
        xs.append(min(max(across.value / _FINE, 0.0), 1.0))
        ys.append(min(max(down.value / _FINE, 0.0), 1.0))
    return min(xs), min(ys), max(xs), max(ys)


def picture_boxes(page: pypdfium2.PdfPage, *, outermost: bool = False) -> list[Box]:
    """Return where pictures stand; of those inside forms pdfium knows only where they stand in their form."""
    return [seen_box(page, *thing.get_bounds()) for thing in _pictures(page, 1 if outermost else _DEPTH)]


def picture_share(page: pypdfium2.PdfPage) -> float:
    """Return how much of the page its pictures cover (0..1): scanners may cut a page into strips."""
    return min(1.0, sum(share(box) for box in picture_boxes(page)))


def share(box: Box) -> float:
    """Return how much of the page a box covers (0..1)."""
    return (box[2] - box[0]) * (box[3] - box[1])


def sheet_width(page: pypdfium2.PdfPage) -> float:
    """Return the width in points of the sheet of paper that a page stands for.

    A size that no sheet has is taken for A4: programs that make a PDF of a picture may count a point a dot.
    """
    width, height = page.get_size()
    longest = max(width, height) / 72
    too_large = longest > _LONGEST_SHEET and _finest(page) <= _A_DOT_A_POINT
    return float(width * _A4_LONG_SIDE / longest) if too_large or 0 < longest < _SHORTEST_SHEET else float(width)


def _finest(page: pypdfium2.PdfPage) -> float:
    """Return how many dots an inch the finest picture has by the page's own measure; 0 without pictures."""
    return max((_dots(thing) for thing in _pictures(page)), default=0.0)


def _dots(picture: pypdfium2.PdfImage) -> float:
    left, _, right, _ = picture.get_bounds()
    return float(max(picture.get_px_size()) * 72 / max(right - left, 1.0))


def _pictures(page: pypdfium2.PdfPage, depth: int = _DEPTH) -> Iterator[pypdfium2.PdfImage]:
    yield from page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=depth)
