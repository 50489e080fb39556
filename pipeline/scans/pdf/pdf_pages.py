"""The pages of a PDF as pictures, and the text they carry themselves.

pdfium draws any page; but a page that is nothing but one JPEG is decoded directly, because a JPEG decoder gives half
the size of a 300 dpi scan in a tenth of the time that decoding it whole and shrinking it takes.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdfium2
from pikepdf import Array, Name, Page, Stream
from PIL import Image

from pipeline.scans.imaging.raster import MOST_PIXELS, WORKING_DPI, Raster, drafted, fitted, to_grey
from pipeline.scans.pdf.page_images import sheet_width
from pipeline.scans.pdf.pdf_file import contents, open_pdf, shown_page

_MOST_SIDE = 12_000
_NUMBER = rb"[-+]?[\d.]+"
_LONE_IMAGE = re.compile(
    rb"\s*(?:1(?:\.0*)? 0(?:\.0*)? 0(?:\.0*)? 1(?:\.0*)? 0(?:\.0*)? 0(?:\.0*)? cm\s+)?(?:q\s+)+"
    rb"(" + rb"\s+".join([_NUMBER] * 6) + rb")\s+cm\s+/([^\s/\[\]()<>{}%]+)\s+Do\s*(?:Q\s*)+"
)
_TEXT_BLOCK = re.compile(rb"(?<![^\s])BT\s.*?\sET(?![^\s])", re.DOTALL)
_SHOWS = re.compile(rb"(?:Tj|TJ|'|\")(?![A-Za-z])")
_MODE = re.compile(rb"(\d)\s+Tr\b")
_PLAIN_SPACES = ("/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB", "/ICCBased")


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
        turns = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
        return grey.transpose(turns[turn]) if turn in turns else grey


def _drawn(page: pypdfium2.PdfPage, sheet: float, dpi: float) -> Image.Image:
    """Return the page as drawn by pdfium, *sheet* points being as wide as it; no larger than can be read."""
    width, height = (max(side, 1.0) for side in page.get_size())
    scale = min(dpi / 72 * sheet / width, _MOST_SIDE / max(width, height), (MOST_PIXELS / (width * height)) ** 0.5)
    return to_grey(page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil())


def _only_image(page: Page) -> Stream | None:
    """Return the JPEG that fills the page alone (an invisible text layer beside it does not count)."""
    code = contents(page.obj)
    if len(code) > 200_000 or page.get("/Annots"):
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
    return b == c == 0 and all(abs(off) <= 0.01 * max(width, height) for off in place)


def _is_plain_jpeg(stream: Stream) -> bool:
    filters, space = stream.get("/Filter"), stream.get("/ColorSpace")
    names = list(filters) if isinstance(filters, Array) else [filters]
    space = space[0] if isinstance(space, Array) else space
    odd = any(key in stream for key in ("/SMask", "/Mask", "/Decode", "/ImageMask", "/SMaskInData"))
    return names == [Name.DCTDecode] and space in _PLAIN_SPACES and not odd and stream.get("/Subtype") == "/Image"
