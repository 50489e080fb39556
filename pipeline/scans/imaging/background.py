"""Tells paper from ink: whether a page is blank, and how to make its paper evenly white.

Tesseract takes one threshold for what is ink and leaves out what lies in shadow, on yellowed or on grey paper. On
the sample letters photographed by phone, flattening the paper first brought wrong characters from 29 % to 7 %, on
faint carbon copies from 34 % to 8 %. A page on white paper is left alone: there it would only wash out pictures.
"""

from __future__ import annotations

from PIL import Image, ImageFilter, ImageMath, ImageOps

_INK_SHARE = 0.0002
_INK_DEPTH, _DEEP = 45, 100
_PALE_SHARE, _PALE_DEPTH = 0.004, 12
_REDUCED = 8
_WHITE = 225
_WHITEST = 255
#: Grain is a dot wide at this resolution; of a page of text half is surely paper, a hundredth surely ink.
_GRAIN_DPI, _CUT_OFF = 150.0, (1, 50)
_BLACK, _PALE, _MOSTLY, _SOME = 70, 150, 0.75, 0.004  # shades; shares of a negative that they have at least
_THIN = 0.3  # of what is pale that may stay so in a reduced copy


def positive(image: Image.Image) -> Image.Image:
    """Return the grey picture, a negative (pale writing on black: fax code taken the wrong way round) made positive.

    Writing is thin, and gone from a reduced copy; a letter photographed on a dark table is not.
    """
    histogram = image.histogram()
    dots = sum(histogram)
    pale = sum(histogram[_PALE:]) / dots
    if sum(histogram[:_BLACK]) <= _MOSTLY * dots or pale <= _SOME or min(image.size) < 20 * _REDUCED:
        return image
    reduced = image.reduce(_REDUCED).histogram()
    return ImageOps.invert(image) if sum(reduced[_PALE:]) / sum(reduced) < _THIN * pale else image


def is_blank(image: Image.Image) -> bool:
    """Say whether the page has no ink to speak of: nothing clearly darker than its paper.

    Edges and the margins where holes are punched and staples sit are left out. On the sample letters the emptiest page
    has twenty times as much ink; specks, and what shows through from the other side up to a fifth of its darkness, have
    less. What shows through more strongly is found out when the page is read.
    """
    return _darker_than_paper(_without_margins(positive(image)), _INK_DEPTH) < _INK_SHARE


def has_pale_marks(image: Image.Image) -> bool:
    """Say whether a page without ink to speak of has what may be very pale writing, seen when dots are averaged."""
    small = _without_margins(positive(image)).reduce(4)
    histogram = small.histogram()
    return sum(histogram[: max(0, _median(histogram) - _PALE_DEPTH)]) > _PALE_SHARE * sum(histogram)


def is_faint(image: Image.Image) -> bool:
    """Say whether nothing on the page is as dark as print or a pen usually is."""
    return _darker_than_paper(_without_margins(image), _DEEP) < _INK_SHARE


def _darker_than_paper(image: Image.Image, depth: int) -> float:
    """Return the share (0..1) of the page that is darker than its paper by so many of 255 shades."""
    small = image.reduce(2) if min(image.size) > 200 else image
    histogram = small.histogram()
    return sum(histogram[: max(0, _median(histogram) - depth)]) / sum(histogram)


def flattened(image: Image.Image) -> Image.Image:
    """Return the grey page, a positive, with evenly white paper; the very picture if its paper is white already."""
    image = positive(image)
    if min(image.size) < 20 * _REDUCED:
        return image
    paper = image.reduce(_REDUCED).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(6))
    if _median(_without_edges(paper).histogram()) >= _WHITE:
        return image
    shade = paper.resize(image.size, Image.Resampling.BILINEAR)
    white: Image.Image = ImageMath.lambda_eval(
        lambda of: of["convert"](of["min"](of["page"] * _WHITEST / of["max"](of["shade"], 1), _WHITEST), "L"),
        page=image,
        shade=shade,
    )
    return white


def calmed(image: Image.Image, dpi: float) -> Image.Image:
    """Return the page without its grain, ink and paper far apart: Tesseract takes a pale, grainy copy for a picture."""
    smooth = image.filter(ImageFilter.GaussianBlur(dpi / _GRAIN_DPI))
    return ImageOps.autocontrast(smooth, cutoff=_CUT_OFF)


def _without_edges(image: Image.Image) -> Image.Image:
    """Return the middle of the page: copiers leave black edges."""
    across, down = image.width // 25, image.height // 25
    return image.crop((across, down, image.width - across, image.height - down))


def _without_margins(image: Image.Image) -> Image.Image:
    """Return the page without its outer centimetres: holes are punched up to 16 mm from the edge of 210."""
    across, down = image.width // 12, image.height // 25
    return image.crop((across, down, image.width - across, image.height - down))


def _median(histogram: list[int]) -> int:
    half, passed = sum(histogram) / 2, 0
    for shade, count in enumerate(histogram):
        passed += count
        if passed >= half:
            return shade
    return _WHITEST
