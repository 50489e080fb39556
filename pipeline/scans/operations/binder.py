"""What child processes do for a bound folder: count a file's pages, carry them over, or draw them anew as pictures."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pikepdf import Dictionary, Name, Page, Pdf
from PIL import Image, ImageOps

from pipeline.scans.confinement.child import Operation
from pipeline.scans.confinement.framing import Message
from pipeline.scans.formats.kinds import PDF
from pipeline.scans.imaging.raster import resolution, to_frame
from pipeline.scans.operations.inspection import open_scan
from pipeline.scans.pdf.fragments import fragment
from pipeline.scans.pdf.pdf_file import open_pdf, shown_page

Arguments = Mapping[str, Any]
_DPI, _QUALITY, _MOST_SIDE = 150.0, 80, 4000


def _count(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    scan = open_scan(Path(arguments["path"]), arguments["media"])
    try:
        return Message(scan.pages)
    finally:
        scan.close()


def _carry(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    opened = open_pdf(Path(arguments["path"]))
    return _message(opened.pdf.pages[arguments["first"] : arguments["last"]], arguments)


def _draw(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    look = _of_pdf if arguments["media"] == PDF else _of_picture
    pdf = Pdf.new()
    for index in range(arguments["first"], arguments["last"]):
        _add_page(pdf, *look(Path(arguments["path"]), index))
    return _message(list(pdf.pages), arguments)


def _of_pdf(path: Path, index: int) -> tuple[Image.Image, float, float]:
    """Return a page as a viewer shows it, in colour, and its size in points."""
    document = open_pdf(path).document
    try:
        page = shown_page(document, index)
        width, height = page.get_size()
        scale = min(_DPI / 72, _MOST_SIDE / max(width, height, 1))
        return page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB"), width, height
    finally:
        document.close()


def _of_picture(path: Path, index: int) -> tuple[Image.Image, float, float]:
    """Return a frame of an image file, upright, and its size in points."""
    with Image.open(path, formats=("JPEG", "PNG", "TIFF")) as image:
        to_frame(image, index)
        dpi = resolution(image)
        upright = ImageOps.exif_transpose(image) if image.format != "TIFF" else image
        picture = upright.convert("RGBA") if "transparency" in image.info or "A" in upright.mode else upright
        width, height = (side * 72 / dpi for side in picture.size)
        if picture.mode == "RGBA":
            picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
        picture = picture.convert("RGB")
        picture.thumbnail((_MOST_SIDE, _MOST_SIDE) if dpi <= _DPI else _sides(picture, dpi))
        return picture, width, height


def _sides(picture: Image.Image, dpi: float) -> tuple[int, int]:
    across, down = (max(1, round(side * _DPI / dpi)) for side in picture.size)
    return min(across, _MOST_SIDE), min(down, _MOST_SIDE)


def _add_page(pdf: Pdf, picture: Image.Image, width: float, height: float) -> None:
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


def _message(pages: Sequence[Page], arguments: Arguments) -> Message:
    made = fragment(pages, arguments["numbers"], arguments["parent"], arguments["free"])
    return Message({"offsets": [list(pair) for pair in made.offsets], "free": made.free}, (made.data,))


OPERATIONS: Mapping[str, Operation] = {"count": _count, "carry": _carry, "draw": _draw}
