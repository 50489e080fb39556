"""Pictures inside other files, and those of a kind that scanners do not write, as pictures that are read as scans."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from pipeline.scans import refusals
from pipeline.scans.formats.kinds import PNG, picture_kind
from pipeline.scans.refusals import Limits
from pipeline.scans.renditions.content import Content, Insert, Writing
from pipeline.scans.renditions.packages import Package, base_name

#: Dots of the shorter side below which a picture inside another file is ornament (a logo, a signature of a mail).
_ORNAMENT = 200
#: Bytes of a picture inside a document.
_MOST_BYTES = 60 * 2**20
_FAULTS = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    OverflowError,
)


def webp_content(data: bytes, limits: Limits) -> Content:
    """Return a WebP as a picture without loss; of one that moves the first.

    Raises:
        Refused: it is damaged, or has more dots than may be.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("WEBP",)) as picture:
            limits.check_pixels(picture.width, picture.height)
            target, upright = io.BytesIO(), ImageOps.exif_transpose(picture)
            upright.convert("RGBA" if "A" in picture.mode else "RGB").save(target, "PNG", compress_level=1)
    except _FAULTS:
        raise refusals.DAMAGED_PICTURE() from None
    return Content((Insert("gambar.png", PNG, target.getvalue()),), "webp")


def is_ornament(data: bytes) -> bool:
    """Say whether a picture is too small to hold writing; one that cannot be opened is looked at by others."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "TIFF", "WEBP")) as picture:
            return min(picture.size) < _ORNAMENT
    except _FAULTS:
        return False


def add_picture(writing: Writing, package: Package, name: str) -> None:
    """Add a picture of a document to what it says, if it is one that may hold writing.

    Raises:
        Refused: it is damaged as an entry.
    """
    data = package.read(name, _MOST_BYTES)
    if media := picture_kind(data):
        if not is_ornament(data):
            writing.blocks.append(Insert(base_name(name), media, data))
    else:
        writing.keep(f"Gambar {base_name(name)}", "jenisnya tidak didukung")
