"""One page of a scan as a grey picture at the working resolution, upright as it was filed.

150 dpi is the working resolution because it reads best: on the sample letters, a 300 dpi scan reduced to 150 dpi gave
as few wrong characters as 200 or 300 and took less time (``bench``). Only what is smaller is never thrown away: a
coarse scan is enlarged, a picture without a known resolution is taken for a sheet of A4.

Other thresholds were chosen on the sample letters, 2026-11-25.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PIL import Image, ImageFile

from pipeline.scans.words import Box

#: Dots per inch at which pages are read.
WORKING_DPI = 150.0
#: Inches of the longer side of A4, and of the longest sheet that is believed.
_A4_LONG_SIDE, _LONGEST_SHEET = 11.69, 25.0
#: Dots per inch that a scanner or a camera may state.
_LOWEST_DPI, _HIGHEST_DPI = 70, 2400
#: Dots of the longer side of a picture that may be a sheet; of a smaller one nothing is known.
_SMALL_PICTURE = 1000
#: The most pixels that a page is read with.
MOST_PIXELS = 40_000_000
#: A picture that differs by less than this share from what is wanted is left alone.
_NEAR_ENOUGH = 0.1
#: A JPEG is decoded reduced where what is wanted is no more than this share of it, a little less being asked for.
_REDUCIBLE, _ASKED = 0.55, 0.95
_ORIENTATION, _WIDTH, _HEIGHT = 0x112, 256, 257
_T = Image.Transpose
#: What EXIF orientations ask for. Pillow turns TIFFs by itself when it loads them.
_UPRIGHT = {
    2: _T.FLIP_LEFT_RIGHT,
    3: _T.ROTATE_180,
    4: _T.FLIP_TOP_BOTTOM,
    5: _T.TRANSPOSE,
    6: _T.ROTATE_270,
    7: _T.TRANSVERSE,
    8: _T.ROTATE_90,
}

# Our own limits are checked before decoding (see inspection); Pillow's would be a second truth.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class Raster:
    """A grey picture of a page, its resolution, and the size of the page in points (1/72 inch)."""

    image: Image.Image
    dpi: float
    width: float
    height: float


class Scan(Protocol):
    """An opened file of pages (counted from 0)."""

    @property
    def pages(self) -> int:
        """How many pages it has."""

    def raster(self, index: int, dpi: float = WORKING_DPI) -> Raster:
        """Return the page as a picture of about *dpi*.

        Raises:
            OSError, ValueError, SyntaxError, PdfiumError: the page is damaged.
        """

    def close(self) -> None:
        """Let go of the file."""


class ImageScan:
    """A JPEG, PNG or TIFF file (the last with many pages)."""

    def __init__(self, path: Path) -> None:
        self._image = open_picture(path)

    @property
    def pages(self) -> int:
        """How many frames the file has."""
        return frames_of(self._image)

    def raster(self, index: int, dpi: float = WORKING_DPI) -> Raster:
        """Return the frame, turned as its EXIF orientation says."""
        image = self._image
        to_frame(image, index)
        orientation = 1 if image.format == "TIFF" else int(image.getexif().get(_ORIENTATION, 1))
        native = resolution(image)
        if image.format == "JPEG" and image.mode in ("L", "RGB"):
            full = image.width
            drafted(image, native, dpi)
            native *= image.width / full
        grey = to_grey(image)
        width, height = (side * 72 / native for side in grey.size)
        grey = fitted(grey, native, dpi)
        if orientation in _UPRIGHT:
            grey = grey.transpose(_UPRIGHT[orientation])
            width, height = (height, width) if orientation >= 5 else (width, height)
        if image.format == "JPEG":  # a drafted JPEG cannot be decoded a second time at another size
            path = image.filename
            image.close()
            self._image = Image.open(path, formats=("JPEG",))
        return Raster(grey, grey.width * 72 / width, width, height)

    def close(self) -> None:
        """Let go of the file."""
        self._image.close()


def open_picture(path: Path) -> ImageFile.ImageFile:
    """Open a file that may be a JPEG, PNG or TIFF and nothing else; nothing is decoded yet."""
    return Image.open(path, formats=("JPEG", "PNG", "TIFF"))


def frames_of(image: Image.Image) -> int:
    """Return how many pages a picture file has; of a PNG that moves it is the first."""
    return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def to_frame(image: Image.Image, index: int) -> None:
    """Go to a frame of a TIFF. Of an uncompressed one that lies sideways Pillow (13) mistakes the rows' length."""
    if image.format != "TIFF":
        return
    image.seek(index)
    if image.info.get("compression") == "raw":
        image._size = (image.tag_v2[_WIDTH], image.tag_v2[_HEIGHT])  # type: ignore[attr-defined]


def resolution(image: Image.Image) -> float:
    """Return the dots per inch of a picture; a size that no sheet has is not believed.

    A picture with none is taken for a sheet of A4 if it is large enough to be one.
    """
    stated = image.info.get("dpi")
    longest = max(image.size)
    if isinstance(stated, Sequence) and stated:
        dpi = float(stated[0])
        if _LOWEST_DPI <= dpi <= _HIGHEST_DPI and longest / dpi <= _LONGEST_SHEET:
            return dpi
    return longest / _A4_LONG_SIDE if longest >= _SMALL_PICTURE else WORKING_DPI


def to_grey(image: Image.Image) -> Image.Image:
    """Return the picture in 8-bit grey; what is transparent becomes white paper. Always a new picture."""
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in ("I", "F"):
        high = image.getextrema()[1]
        return image.point(lambda value: value * (255 / max(255.0, float(high)))).convert("L")  # type: ignore[arg-type]
    image = opaque(image)
    if image.mode == "P":
        image = image.convert("RGB")
    return image.copy() if image.mode == "L" else image.convert("L")


def opaque(image: Image.Image) -> Image.Image:
    """Return the picture, in colour if anything on it was transparent and became white paper."""
    if image.mode not in ("LA", "La", "PA", "RGBA", "RGBa") and "transparency" not in image.info:
        return image
    picture = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")


def turned(image: Image.Image, clockwise: int) -> Image.Image:
    """Return the picture turned by 0, 90, 180 or 270 degrees."""
    turns = {90: _T.ROTATE_270, 180: _T.ROTATE_180, 270: _T.ROTATE_90}
    return image.transpose(turns[clockwise]) if clockwise in turns else image


def cropped(image: Image.Image, area: Box) -> Image.Image:
    """Return a part of the picture."""
    (width, height), (left, top, right, bottom) = image.size, area
    return image.crop((round(left * width), round(top * height), round(right * width), round(bottom * height)))


def fitted(image: Image.Image, native: float, wanted: float) -> Image.Image:
    """Return the picture brought from *native* to about *wanted* dpi; a difference of a tenth is left alone."""
    most = (MOST_PIXELS / (image.width * image.height)) ** 0.5
    factor = min(wanted / native, most)
    if 1 - _NEAR_ENOUGH <= factor <= 1 + _NEAR_ENOUGH:
        return image
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, Image.Resampling.BOX if factor < 1 else Image.Resampling.BICUBIC)


def drafted(image: Image.Image, native: float, wanted: float) -> None:
    """Let the JPEG decoder give grey, and a half, a quarter or an eighth where that is no less than we want."""
    factor = wanted / native * _ASKED if wanted / native <= _REDUCIBLE else 1.0
    image.draft("L", (max(1, int(image.width * factor)), max(1, int(image.height * factor))))
