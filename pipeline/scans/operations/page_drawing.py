"""Draws pages in colour for people to look at: previews on a screen, and the pages of a bound folder.

A preview is not what is read: reading wants grey at its working resolution (``raster``), eyes want the blue of a stamp.
Pages that a folder is bound of are drawn anew only where they are not our own; those are carried over.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from pikepdf import Dictionary, Name, Page, Pdf
from PIL import Image, ImageOps

from pipeline.drawing.engines.pdfa_check import carries
from pipeline.scans.confinement.framing import Message, Operation
from pipeline.scans.formats.kinds import PDF
from pipeline.scans.imaging.raster import frames_of, opaque, open_picture, resolution, to_frame
from pipeline.scans.operations.inspection import open_scan
from pipeline.scans.pdf.assembly import fragment
from pipeline.scans.pdf.pdf_file import shown_page
from pipeline.scans.pdf.pdf_repair import open_pdf
from pipeline.scans.refusals import Limits

Arguments = Mapping[str, Any]
#: Quality of WebP (0 to 100), and widths in a height: a strip of paper longer than this is shrunk.
_PREVIEW_QUALITY, _LONGEST = 78, 4
#: Dots per inch, quality of JPEG (0 to 100), and dots a side at most of a page that is bound.
_DPI, _QUALITY, _MOST_SIDE = 150.0, 80, 4000


def _preview(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    """Return the page as WebP, and how many pages there are; no page is no fault."""
    path, index, width = Path(arguments["path"]), int(arguments["index"]), int(arguments["width"])
    draw = _page_preview if arguments["media"] == PDF else _frame_preview
    picture, count = draw(path, index, width)
    if picture is None:
        return Message({"pages": count})
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_PREVIEW_QUALITY, method=2)
    return Message({"pages": count}, (out.getvalue(),))


def _page_preview(path: Path, index: int, width: int) -> tuple[Image.Image | None, int]:
    with closing(open_pdf(path)) as opened:
        count = len(opened.document)
        if not 0 <= index < count:
            return None, count
        page = shown_page(opened.document, index)
        across, down = page.get_size()
        scale = min(width / max(across, 1), _LONGEST * width / max(down, 1))
        return page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB"), count


def _frame_preview(path: Path, index: int, width: int) -> tuple[Image.Image | None, int]:
    with open_picture(path) as image:
        count = frames_of(image)
        if not 0 <= index < count:
            return None, count
        to_frame(image, index)
        Limits().check_pixels(image.width, image.height)
        if image.format == "JPEG":
            image.draft("RGB", (width, width))
        picture = _in_colour(image)
        picture.thumbnail((width, _LONGEST * width), Image.Resampling.BOX)
        return picture, count


def _count(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    with closing(open_scan(Path(arguments["path"]), arguments["media"])) as scan:
        return Message(scan.pages)


def _carry(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    with closing(open_pdf(Path(arguments["path"]))) as opened:
        pages = opened.pdf.pages[arguments["first"] : arguments["last"]]
        archival = carries(opened.pdf, [page.obj for page in pages])  # before anything is taken off them
        return _message(pages, arguments, archival=archival)


def _draw(arguments: Arguments, _: tuple[bytes, ...]) -> Message:
    look = _of_pdf if arguments["media"] == PDF else _of_frames
    pdf = Pdf.new()
    for picture, width, height in look(Path(arguments["path"]), range(arguments["first"], arguments["last"])):
        _add_page(pdf, picture, width, height)
    return _message(list(pdf.pages), arguments, archival=True)


def _of_pdf(path: Path, pages: range) -> Iterator[tuple[Image.Image, float, float]]:
    """Yield pages as a viewer shows them, in colour, and their sizes in points."""
    with closing(open_pdf(path)) as opened:
        for index in pages:
            page = shown_page(opened.document, index)
            width, height = page.get_size()
            scale = min(_DPI / 72, _MOST_SIDE / max(width, height, 1))
            yield page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB"), width, height


def _of_frames(path: Path, frames: range) -> Iterator[tuple[Image.Image, float, float]]:
    """Yield frames of an image file, upright, in colour, and their sizes in points."""
    with open_picture(path) as image:
        for index in frames:
            to_frame(image, index)
            dpi = resolution(image)
            picture = _in_colour(image)
            width, height = (side * 72 / dpi for side in picture.size)
            wide, high = (round(side * _DPI / dpi) if dpi > _DPI else _MOST_SIDE for side in picture.size)
            picture.thumbnail((min(max(1, wide), _MOST_SIDE), min(max(1, high), _MOST_SIDE)))
            yield picture, width, height


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


def _message(pages: Sequence[Page], arguments: Arguments, *, archival: bool) -> Message:
    made = fragment(pages, arguments["numbers"], arguments["parent"], arguments["free"])
    told = {"offsets": [list(pair) for pair in made.offsets], "free": made.free, "archival": archival}
    return Message(told, (made.data,))


def _in_colour(image: Image.Image) -> Image.Image:
    """Return the picture in colour, upright; what is transparent becomes white paper."""
    if image.format != "TIFF":  # which Pillow turns by itself when it loads it
        image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L").convert("RGB")
    return opaque(image).convert("RGB")


OPERATIONS: Mapping[str, Operation] = {"preview": _preview, "count": _count, "carry": _carry, "draw": _draw}
