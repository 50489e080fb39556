"""Makes PDF pages of image files without touching a pixel.

A JPEG is carried byte for byte; a PNG's compressed rows are (PDF uses the same); a black-and-white TIFF is carried as
fax code; the JPEG strips of a TIFF as one JPEG; anything else is compressed anew without loss.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from pipeline.scans.formats.jpeg_strips import join_strips
from pipeline.scans.imaging.raster import frames_of, opaque, open_picture, to_frame

_WIDTH, _HEIGHT, _COMPRESSION, _PHOTOMETRIC, _STRIPS, _SIZES = 256, 257, 259, 262, 273, 279
_ORIENTATION = 0x112
_RGB = 2
_JPEG_IN_TIFF = 7
_PNG_COLOURS = {0: ("/DeviceGray", 1), 2: ("/DeviceRGB", 3), 3: ("/Indexed", 1)}
_TURNS = {3: 180, 6: 90, 8: 270, 4: 180, 5: 270, 7: 90}
#: EXIF orientations of pictures that are mirrored, left to right, before they are turned.
_MIRRORED = {2, 4, 5, 7}


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """A compressed picture as PDF wants it: ``parameters`` are ``/DecodeParms``, ``palette`` RGB triples."""

    data: bytes
    width: int
    height: int
    bits: int
    space: str
    filter: str
    parameters: dict[str, Any] | None = None
    palette: bytes = b""
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class PicturePage:
    """The picture that fills a page, whether it is mirrored, and the clockwise turn with which it is shown."""

    picture: EncodedPicture
    turn: int = 0
    mirrored: bool = False


def _shown_as(picture: EncodedPicture, orientation: int) -> PicturePage:
    return PicturePage(picture, _TURNS.get(orientation, 0), orientation in _MIRRORED)


def picture_pages(path: Path) -> Iterator[PicturePage]:
    """Yield a page for each frame of the image file."""
    with open_picture(path) as image:
        if image.format == "JPEG":
            yield _shown_as(_jpeg(path.read_bytes(), image), int(image.getexif().get(_ORIENTATION, 1)))
        elif image.format == "PNG":
            orientation = int(image.getexif().get(_ORIENTATION, 1))
            yield _shown_as(_png(path.read_bytes()) or _recompressed(image), orientation)
        else:
            yield from _tiff_pages(image, path)


def _tiff_pages(image: Image.Image, path: Path) -> Iterator[PicturePage]:
    for frame in range(frames_of(image)):
        to_frame(image, frame)
        tags = image.tag_v2  # type: ignore[attr-defined]
        if tags.get(_COMPRESSION) == _JPEG_IN_TIFF and image.mode in ("L", "RGB", "YCbCr") and _STRIPS in tags:
            joined = join_strips(path, tags)
            if joined is not None:
                yield _shown_as(_strips_as_one(joined, image), int(tags.get(_ORIENTATION, 1)))
                continue
        # Pillow turns a TIFF upright when it loads it.
        yield PicturePage(_fax(image) if image.mode == "1" else _recompressed(image))


def _strips_as_one(data: bytes, image: Image.Image) -> EncodedPicture:
    colour = "/DeviceGray" if image.mode == "L" else "/DeviceRGB"
    transform = {"/ColorTransform": 0} if image.tag_v2.get(_PHOTOMETRIC) == _RGB else None  # type: ignore[attr-defined]
    return EncodedPicture(data, *_filed_size(image), 8, colour, "/DCTDecode", transform)


def _filed_size(image: Image.Image) -> tuple[int, int]:
    tags = image.tag_v2  # type: ignore[attr-defined]
    return int(tags[_WIDTH]), int(tags[_HEIGHT])


def _jpeg(data: bytes, image: Image.Image) -> EncodedPicture:
    space = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}[image.mode]
    # Adobe's programs store CMYK upside down and mark the file so (Adobe TN 5116).
    inverted = image.mode == "CMYK" and "adobe" in image.info
    return EncodedPicture(data, image.width, image.height, 8, space, "/DCTDecode", inverted=inverted)


def _fax(image: Image.Image) -> EncodedPicture:
    """Return a black-and-white picture in CCITT group 4."""
    out = io.BytesIO()
    image.save(out, format="TIFF", compression="group4", strip_size=2**31 - 1)
    with Image.open(out) as coded:
        tags = coded.tag_v2  # type: ignore[attr-defined]
        start, size = tags[_STRIPS][0], tags[_SIZES][0]
        white_is_zero = tags[_PHOTOMETRIC] == 0
    data = out.getvalue()[start : start + size]
    parameters = {"/K": -1, "/Columns": image.width, "/Rows": image.height, "/BlackIs1": not white_is_zero}
    return EncodedPicture(data, image.width, image.height, 1, "/DeviceGray", "/CCITTFaxDecode", parameters)


def _recompressed(image: Image.Image) -> EncodedPicture:
    """Return the picture compressed without loss; what is transparent becomes white paper."""
    image = opaque(image)
    if image.mode not in ("1", "L", "RGB", "P", "I;16"):
        image = image.convert("L" if image.mode.startswith(("I", "F")) else "RGB")
    out = io.BytesIO()
    image.save(out, format="PNG", compress_level=6)
    picture_ = _png(out.getvalue())
    if picture_ is None:
        raise ValueError("picture cannot be carried into a PDF")
    return picture_


def _png(data: bytes) -> EncodedPicture | None:
    """Return a PNG's own compressed rows, or None where PDF cannot take them (interlaced, transparent)."""
    width, height, bits, colour, _, _, interlaced = struct.unpack(">IIBBBBB", data[16:29])
    chunks = list(_chunks(data))
    if interlaced or colour not in _PNG_COLOURS or any(kind == b"tRNS" for kind, _ in chunks):
        return None
    space, colours = _PNG_COLOURS[colour]
    parameters = {"/Predictor": 15, "/Colors": colours, "/BitsPerComponent": bits, "/Columns": width}
    rows = b"".join(body for kind, body in chunks if kind == b"IDAT")
    palette = next((body for kind, body in chunks if kind == b"PLTE"), b"")
    return EncodedPicture(rows, width, height, bits, space, "/FlateDecode", parameters, palette)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        yield kind, data[at + 8 : at + 8 + length]
        at += 12 + length
