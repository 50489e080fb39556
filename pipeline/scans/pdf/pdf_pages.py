"""The pages of a PDF as pictures, and the text they carry themselves.

pdfium draws any page; but a page that is nothing but one JPEG is decoded directly, because a JPEG decoder gives half
the size of a 300 dpi scan in a tenth of the time that decoding it whole and shrinking it takes.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Name, Page, Stream
from PIL import Image

from pipeline.scans.imaging.raster import MOST_PIXELS, WORKING_DPI, Raster, drafted, fitted, to_grey, turned
from pipeline.scans.pdf.pdf_file import contents, shown_page
from pipeline.scans.pdf.pdf_repair import open_pdf
from pipeline.scans.words import Box

# Where nothing else is said, a threshold was chosen on the sample letters and the files of the corpus, 2026-11-25.
#: Dots of the longer side of a page that is drawn.
_MOST_SIDE = 12_000
#: Bytes of instructions of a page that may be one picture, and how far from its edges that may end (share of its side).
_MOST_CODE, _OFF_EDGE = 200_000, 0.01
_NUMBER = rb"[-+]?[\d.]+"
_LONE_IMAGE = re.compile(
    rb"\s*(?:1(?:\.0*)? 0(?:\.0*)? 0(?:\.0*)? 1(?:\.0*)? 0(?:\.0*)? 0(?:\.0*)? cm\s+)?(?:q\s+)+"
    rb"(" + rb"\s+".join([_NUMBER] * 6) + rb")\s+cm\s+/([^\s/\[\]()<>{}%]+)\s+Do\s*(?:Q\s*)+"
)
_TEXT_BLOCK = re.compile(rb"(?<![^\s])BT\s.*?\sET(?![^\s])", re.DOTALL)
_SHOWS = re.compile(rb"(?:Tj|TJ|'|\")(?![A-Za-z])")
_MODE = re.compile(rb"(\d)\s+Tr\b")
_PLAIN_SPACES = ("/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB", "/ICCBased")
#: Steps a side in which a place on a page is told.
_FINE = 1_000_000
#: Forms within forms in which pictures are looked for, and pictures of one form that are looked at.
_DEPTH, _MOST_INSIDE = 4, 500
#: Inches of the longer side of the longest and the shortest sheet that are believed, and of A4.
_LONGEST_SHEET, _SHORTEST_SHEET, _A4_LONG_SIDE = 25.0, 2.0, 11.69
#: Dots per inch up to which a large page may have been made counting a point (1/72 inch) a dot.
_A_DOT_A_POINT = 80.0


class PdfScan:
    """A PDF, opened by pdfium to draw and by qpdf to look at its structure."""

    def __init__(self, path: Path) -> None:
        self._opened = open_pdf(path)
        self.document = self._opened.document

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.document)

    def page(self, index: int) -> pypdfium2.PdfPage:
        """Return the page with what its notes and filled-in fields show."""
        return shown_page(self.document, index)

    def raster(self, index: int, dpi: float = WORKING_DPI) -> Raster:
        """Return the page as a viewer shows it, without annotations' actions ever being run."""
        page = self.page(index)
        width, height = page.get_size()
        sheet = sheet_width(page)
        grey = self._lone_jpeg(index, sheet, dpi) or _drawn(page, sheet, dpi)
        return Raster(grey, grey.width * 72 / sheet, width, height)

    def close(self) -> None:
        """Let go of the file."""
        self._opened.close()

    def _lone_jpeg(self, index: int, width: float, dpi: float) -> Image.Image | None:
        """Return the page's only picture if the page is nothing else, else None."""
        try:
            page = self._opened.pdf.pages[index]
            stream = _only_image(page)
            if stream is None:
                return None
            image = Image.open(io.BytesIO(stream.read_raw_bytes()), formats=("JPEG",))
            full = image.width
            if image.mode not in ("L", "RGB"):
                return None
            turn = int(page.get("/Rotate", 0)) % 360
            native = (image.height if turn in (90, 270) else image.width) * 72 / width
            drafted(image, native, dpi)
            native *= image.width / full
            grey = fitted(to_grey(image), native, dpi)
        except Exception:  # anything odd about the page: pdfium draws it
            return None
        return turned(grey, turn)


def _drawn(page: pypdfium2.PdfPage, sheet: float, dpi: float) -> Image.Image:
    """Return the page as drawn by pdfium, *sheet* points being as wide as it; no larger than can be read."""
    width, height = (max(side, 1.0) for side in page.get_size())
    scale = min(dpi / 72 * sheet / width, _MOST_SIDE / max(width, height), (MOST_PIXELS / (width * height)) ** 0.5)
    return to_grey(page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil())


def _only_image(page: Page) -> Stream | None:
    """Return the JPEG that fills the page alone (an invisible text layer beside it does not count)."""
    code = contents(page.obj)
    if len(code) > _MOST_CODE or page.get("/Annots"):
        return None
    for block in _TEXT_BLOCK.findall(code):
        if _SHOWS.search(block) and set(_MODE.findall(block)) != {b"3"}:
            return None
    found = _LONE_IMAGE.fullmatch(_TEXT_BLOCK.sub(b"", code).strip())
    if not found or not _fills(page, [float(number) for number in found[1].split()]):
        return None
    stream = page.Resources.XObject["/" + found[2].decode("latin-1")]
    return stream if isinstance(stream, Stream) and _is_plain_jpeg(stream) else None


def _fills(page: Page, matrix: list[float]) -> bool:
    a, b, c, d, e, f = matrix
    left, bottom, right, top = map(float, page.cropbox.as_list())
    width, height = right - left, top - bottom
    place = (a - width, d - height, e - left, f - bottom)
    return b == c == 0 and all(abs(off) <= _OFF_EDGE * max(width, height) for off in place)


def _is_plain_jpeg(stream: Stream) -> bool:
    filters, space = stream.get("/Filter"), stream.get("/ColorSpace")
    names = list(filters) if isinstance(filters, Array) else [filters]
    space = space[0] if isinstance(space, Array) else space
    odd = any(key in stream for key in ("/SMask", "/Mask", "/Decode", "/ImageMask", "/SMaskInData"))
    return names == [Name.DCTDecode] and space in _PLAIN_SPACES and not odd and stream.get("/Subtype") == "/Image"


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
    """Return where pictures stand, also those inside forms unless only the outermost are asked for."""
    boxes = []
    for thing in page.get_objects(max_depth=1):
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            boxes.append(seen_box(page, *thing.get_bounds()))
        elif thing.type == pdfium.FPDF_PAGEOBJ_FORM and not outermost:
            inside = _inside(thing.raw, thing.get_matrix(), _DEPTH - 1)
            boxes += [seen_box(page, *bounds) for bounds in islice(inside, _MOST_INSIDE)]
    return boxes


def _inside(form: Any, matrix: pypdfium2.PdfMatrix, depth: int) -> Iterator[tuple[float, float, float, float]]:
    """Yield where the pictures of a form stand on the page: pdfium tells it by the form's own measure."""
    for index in range(pdfium.FPDFFormObj_CountObjects(form)):
        thing = pdfium.FPDFFormObj_GetObject(form, index)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = (ctypes.c_float() for _ in range(4))
            pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
            yield matrix.on_rect(left.value, bottom.value, right.value, top.value)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            own = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(thing, own)
            yield from _inside(thing, pypdfium2.PdfMatrix.from_raw(own).multiply(matrix), depth - 1)


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
