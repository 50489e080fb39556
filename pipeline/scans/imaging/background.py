"""Tells paper from ink: whether a page is blank; how to normalise its background and to denoise it.

Tesseract takes one threshold for what is ink and leaves out what lies in shadow, on yellowed or on grey paper. On
the sample letters photographed by phone, normalising the background first brought wrong characters from 29 % to 7 %,
on faint carbon copies from 34 % to 8 %. A page on white paper is left alone: there it would only wash out pictures.

Shades are 0 (black) to 255. Where nothing else is said, a threshold was chosen on the sample letters, 2026-11-25.
"""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFilter, ImageMath, ImageOps

from pipeline.scans.imaging.neighbourhoods import brightest_near

#: Share of the page that is darker than its paper if there is ink on it; the palest sample page has 0.0039.
_INK_SHARE = 0.0002
#: Shades darker than the paper: what is ink, and what print or a pen usually is.
_INK_DEPTH, _PRINT_DEPTH = 45, 100
#: Share of the page, and shades darker than its paper, of very pale writing in a reduced copy.
_PALE_SHARE, _PALE_DEPTH, _PALE_REDUCED = 0.004, 12, 4
#: Dots that become one where the background is looked at, and dots a side that a page has at least.
_REDUCED = 8
#: Dots a side above which a page is halved before its ink is counted.
_HALVED_FROM = 200
_SMALLEST = 20 * _REDUCED
#: How far paper is spread over ink from either side of a stroke, and the blur of what is left, in dots of the reduced
#: page.
_SPREAD, _BLUR = 2, 6
#: A background whose median is so bright is white already.
_WHITE, _WHITEST = 225, 255
#: A tenth of the background is brighter than paper in full light; what is darker than such a share of that is no paper
#: in shadow. How what hangs together with the edges is marked.
_BRIGHT_SHARE, _SHADOW_SHARE, _FLOODED = 0.9, 0.45, 100
#: Grain: all but this share of white paper is no brighter than it goes; and so many shades from the paper at most.
_BRIGHTER, _MOST_GRAIN = 0.001, 16
#: Noise is a dot wide at this resolution (dpi).
_NOISE_DPI = 150.0
#: Percent of a page of text that is surely ink, and surely paper.
_CUT_OFF = (1, 50)
#: A negative: darker and brighter than these shades are at least these shares of it.
_BLACK, _PALE, _BLACK_SHARE, _PALE_WRITING_SHARE = 70, 150, 0.75, 0.004
#: Share of what is pale that may stay so in a reduced copy of a negative: its writing is thin.
_THIN = 0.3
#: Margins that are left out, as parts of the width and of the height: holes are punched up to 16 mm from the edge of
#: 210 mm; copiers leave black edges.
_MARGIN_ACROSS, _EDGE_ACROSS, _MARGIN_DOWN = 12, 25, 25


def positive(image: Image.Image) -> Image.Image:
    """Return the grey picture, a negative (pale writing on black: fax code taken the wrong way round) made positive.

    Writing is thin, and gone from a reduced copy; a letter photographed on a dark table is not.
    """
    if _mean(image) > _BLACK_SHARE * _BLACK + (1 - _BLACK_SHARE) * _WHITEST:
        return image
    histogram = image.histogram()
    dots = sum(histogram)
    pale = sum(histogram[_PALE:]) / dots
    dark = sum(histogram[:_BLACK])
    if dark <= _BLACK_SHARE * dots or pale <= _PALE_WRITING_SHARE or min(image.size) < _SMALLEST:
        return image
    reduced = image.reduce(_REDUCED).histogram()
    return ImageOps.invert(image) if sum(reduced[_PALE:]) / sum(reduced) < _THIN * pale else image


def is_blank(image: Image.Image) -> bool:
    """Say whether the page has no ink to speak of: nothing clearly darker than its paper.

    Edges and the margins where holes are punched and staples sit are left out. On the sample letters the emptiest page
    has twenty times as much ink; specks, and what shows through from the other side up to a fifth of its darkness, have
    less. What shows through more strongly is found out when the page is read.
    """
    return _darker_than_paper(_middle(positive(image)), _INK_DEPTH) < _INK_SHARE


def has_pale_marks(image: Image.Image) -> bool:
    """Say whether a page without ink to speak of has what may be very pale writing, seen when dots are averaged."""
    small = _middle(positive(image)).reduce(_PALE_REDUCED)
    histogram = small.histogram()
    return sum(histogram[: max(0, _median(histogram) - _PALE_DEPTH)]) > _PALE_SHARE * sum(histogram)


def is_faint(image: Image.Image) -> bool:
    """Say whether nothing on the page is as dark as print or a pen usually is."""
    return _darker_than_paper(_middle(image), _PRINT_DEPTH) < _INK_SHARE


def _darker_than_paper(image: Image.Image, depth: int) -> float:
    """Return the share (0..1) of the page that is darker than its paper by so many of 255 shades."""
    small = image.reduce(2) if min(image.size) > _HALVED_FROM else image
    histogram = small.histogram()
    return sum(histogram[: max(0, _median(histogram) - depth)]) / sum(histogram)


def normalised(image: Image.Image) -> Image.Image:
    """Return the grey page, a positive, its background evenly white; the very picture if it is white already."""
    image = positive(image)
    if min(image.size) < _SMALLEST:
        return image
    paper = _paper(image)
    return image if _median(_middle(paper, _EDGE_ACROSS).histogram()) >= _WHITE else _on_white(image, paper)


def whitened(image: Image.Image) -> Image.Image:
    """Return the grey page with its background evenly white, also if it is nearly so."""
    return _on_white(image, _paper(image)) if min(image.size) >= _SMALLEST else image


def _paper(image: Image.Image) -> Image.Image:
    return brightest_near(image.reduce(_REDUCED), _SPREAD).filter(ImageFilter.GaussianBlur(_BLUR))


def _on_white(image: Image.Image, paper: Image.Image) -> Image.Image:
    """Return the page with what lies around the sheet white too: made bright, the grain of a table looks like ink."""
    white: Image.Image = ImageMath.lambda_eval(
        lambda of: of["convert"](of["min"](of["page"] * _WHITEST / of["max"](of["shade"], 1), _WHITEST), "L"),
        page=image,
        shade=paper.resize(image.size, Image.Resampling.BILINEAR),
    )
    if table := _table(paper):
        white.paste(_WHITEST, (0, 0), table.resize(image.size))
    return white


def _table(paper: Image.Image) -> Image.Image | None:
    """Return where the background, reduced, is not the sheet's: dark, and open to the picture's edges."""
    shades = sorted(paper.tobytes())
    darkest = _SHADOW_SHARE * shades[int(_BRIGHT_SHARE * (len(shades) - 1))]
    if shades[0] >= darkest:
        return None
    dark = ImageOps.expand(paper.point([255 if shade < darkest else 0 for shade in range(256)]), 1, 255)
    ImageDraw.floodfill(dark, (0, 0), _FLOODED)
    table = dark.crop((1, 1, dark.width - 1, dark.height - 1)).point(
        [255 * (shade == _FLOODED) for shade in range(256)]
    )
    return table if table.getbbox() else None


def without_grain(image: Image.Image) -> Image.Image:
    """Return the grey page with its paper all of one shade, its own; the very picture if it is not white paper.

    Grain goes as far below the paper's shade as above it: so it is told from the soft rims of print. No reader needs
    it, but Tesseract packs each line's picture and unpacks it again, and grain is most of what that costs. Paper made
    brighter than it is changes what Tesseract takes for half dark.
    """
    histogram = image.histogram()
    paper, dots = _median(histogram), sum(histogram)
    if paper < _WHITE:
        return image
    brightest = next(shade for shade in range(_WHITEST, 0, -1) if sum(histogram[shade:]) >= _BRIGHTER * dots)
    darkest = paper - min(brightest - paper, _MOST_GRAIN)
    return image.point([shade if shade < darkest else paper for shade in range(256)])


def denoised(image: Image.Image, dpi: float) -> Image.Image:
    """Return the page without its noise, ink and paper far apart: Tesseract takes a pale, noisy copy for a picture."""
    smooth = image.filter(ImageFilter.GaussianBlur(dpi / _NOISE_DPI))
    return ImageOps.autocontrast(smooth, cutoff=_CUT_OFF)


def _middle(image: Image.Image, across: int = _MARGIN_ACROSS) -> Image.Image:
    """Return the page without its outer centimetres, or only its edges."""
    x, y = image.width // across, image.height // _MARGIN_DOWN
    return image.crop((x, y, image.width - x, image.height - y))


def _mean(image: Image.Image) -> int:
    return image.reduce(image.size).tobytes()[0]


def _median(histogram: list[int]) -> int:
    half, passed = sum(histogram) / 2, 0
    for shade, count in enumerate(histogram):
        passed += count
        if passed >= half:
            return shade
    return _WHITEST
