"""Pages drawn anew in colour, and PDF pages made of such pictures: to be bound, or where they cannot be copied."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pikepdf import Dictionary, Name, Pdf
from PIL import Image, ImageOps

from pipeline.scans.imaging.raster import opaque, open_picture, resolution, to_frame
from pipeline.scans.pdf.pdf_file import shown_page
from pipeline.scans.pdf.pdf_repair import open_pdf

#: Dots per inch, quality of JPEG (0 to 100), and dots a side at most of a page that is drawn.
_DPI, _QUALITY, _MOST_SIDE = 150.0, 80, 4000


def pictures_of_pdf(path: Path, pages: range) -> Iterator[tuple[Image.Image, float, float]]:
    """Yield pages as a viewer shows them, in colour, and their sizes in points."""
    with closing(open_pdf(path)) as opened:
        for index in pages:
            page = shown_page(opened.document, index)
            width, height = page.get_size()
            scale = min(_DPI / 72, _MOST_SIDE / max(width, height, 1))
            yield page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB"), width, height


def pictures_of_frames(path: Path, frames: range) -> Iterator[tuple[Image.Image, float, float]]:
    """Yield frames of an image file, upright, in colour, and their sizes in points."""
    with open_picture(path) as image:
        for index in frames:
            to_frame(image, index)
            dpi = resolution(image)
            picture = in_colour(image)
            width, height = (side * 72 / dpi for side in picture.size)
            wide, high = (round(side * _DPI / dpi) if dpi > _DPI else _MOST_SIDE for side in picture.size)
            picture.thumbnail((min(max(1, wide), _MOST_SIDE), min(max(1, high), _MOST_SIDE)))
            yield picture, width, height


def add_drawn_page(pdf: Pdf, picture: Image.Image, width: float, height: float) -> None:
    """Add a page that shows the picture, as large as the page is."""
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=_QUALITY)
    image = pdf.make_stream(
        packed.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB,
        Filter=Name.DCTDecode,
    )
    page = pdf.add_blank_page(page_size=(width, height))
    page.Resources = Dictionary(XObject=Dictionary(Gambar=image))
    page.Contents = pdf.make_stream(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Gambar Do Q".encode())


def in_colour(image: Image.Image) -> Image.Image:
    """Return the picture in colour, upright; what is transparent becomes white paper."""
    if image.format != "TIFF":  # which Pillow turns by itself when it loads it
        image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L").convert("RGB")
    return opaque(image).convert("RGB")
