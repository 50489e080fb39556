"""Draws a page in colour for people to look at. Runs in a child process; the parent never imports it.

A preview is not what is read: reading wants grey at its working resolution (``raster``), eyes want the blue of a stamp.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageOps

from pipeline.scans.confinement.child import Operation
from pipeline.scans.confinement.framing import Message
from pipeline.scans.formats.kinds import PDF
from pipeline.scans.imaging.raster import to_frame
from pipeline.scans.limits import Limits
from pipeline.scans.pdf.pdf_file import open_pdf, shown_page

_QUALITY = 78
_LONGEST = 4  # heights for one width: a strip of paper longer than this is shrunk


def _draw(arguments: Mapping[str, Any], _: tuple[bytes, ...]) -> Message:
    """Return the page as WebP, and how many pages there are; no page is no fault."""
    path, index, width = Path(arguments["path"]), int(arguments["index"]), int(arguments["width"])
    draw = _pdf_page if arguments["media"] == PDF else _frame
    picture, count = draw(path, index, width)
    if picture is None:
        return Message({"pages": count})
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY, method=2)
    return Message({"pages": count}, (out.getvalue(),))


def _pdf_page(path: Path, index: int, width: int) -> tuple[Image.Image | None, int]:
    document: pypdfium2.PdfDocument = open_pdf(path).document
    try:
        if not 0 <= index < len(document):
            return None, len(document)
        page = shown_page(document, index)
        across, down = page.get_size()
        scale = min(width / max(across, 1), _LONGEST * width / max(down, 1))
        bitmap = page.render(scale=scale, may_draw_forms=False)
        return bitmap.to_pil().convert("RGB"), len(document)
    finally:
        document.close()


def _frame(path: Path, index: int, width: int) -> tuple[Image.Image | None, int]:
    with Image.open(path, formats=("JPEG", "PNG", "TIFF")) as image:
        count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
        if not 0 <= index < count:
            return None, count
        to_frame(image, index)
        Limits().check_pixels(image.width, image.height)
        if image.format == "JPEG":
            image.draft("RGB", (width, width))
        upright = image if image.format == "TIFF" else ImageOps.exif_transpose(image)
        picture = _on_paper(upright)
        picture.thumbnail((width, _LONGEST * width), Image.Resampling.BOX)
        return picture, count


def _on_paper(image: Image.Image) -> Image.Image:
    """Return the picture in colour; what is transparent becomes white paper."""
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L").convert("RGB")
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        picture = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
    return image.convert("RGB")


OPERATIONS: Mapping[str, Operation] = {"draw": _draw}
