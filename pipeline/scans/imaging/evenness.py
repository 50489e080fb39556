"""Print that is pale in one place and dark in another: a tired toner cartridge, a worn stencil, a weak carbon copy.

One threshold for a page, or for a line, leaves out the pale parts of words, and what is left of them is read as other
words, surely. Where ink is made equally dark everywhere, the pale parts come back. So does what shines through from the
other side, though not what is much paler than the print beside it: hence such a picture is a second look, and is
believed only if more is read from it as surely.

The thresholds were chosen on the second collection of sample letters and checked on the first, 2026-11-26.
"""

from __future__ import annotations

from PIL import Image, ImageFilter, ImageMath

from pipeline.scans.imaging.background import whitened
from pipeline.scans.imaging.neighbourhoods import darkest_near

#: Dots that become one where print is weighed, and such dots around each in which the darkest is looked for: the height
#: of two lines at 150 dpi. The blur of what is found.
_REDUCED, _AROUND, _BLUR = 4, 3, 4
#: Dots that lie between two places where the page is weighed.
_STEP = 4
#: Shares of the page's edges that are not weighed: copiers leave them black.
_EDGE = 0.08
#: A place has print if it is so dark compared with the darkest two in a hundred. Print is uneven if its palest fifth is
#: no more than so dark as its darkest fifth.
_PRINT_SHARE, _DARKEST, _FIFTH, _UNEVEN = 0.25, 0.02, 0.2, 0.58
#: How dark print becomes (0 to 255), and what is taken for print at least: shades, share of the darkest twentieth.
_MADE_DARK, _LEAST_DEPTH, _LEAST_SHARE, _TWENTIETH = 200, 40, 0.25, 0.05


def is_uneven(image: Image.Image) -> bool:
    """Say whether the print of a grey page on white paper is much paler in some places than in others."""
    places = _places(image)
    darkest = _shade_at(places, _DARKEST)
    paper = 255 - round(_PRINT_SHARE * (255 - darkest))
    printed = [count if shade < paper else 0 for shade, count in enumerate(places)]
    dark, pale = (255 - _shade_at(printed, share) for share in (_FIFTH, 1 - _FIFTH))
    return pale < _UNEVEN * dark


def evened(image: Image.Image) -> Image.Image:
    """Return the grey page with its print equally dark everywhere, on white paper."""
    flat = whitened(image)
    print_near = darkest_near(flat.reduce(_REDUCED), _AROUND).filter(ImageFilter.GaussianBlur(_BLUR))
    least = max(_LEAST_DEPTH, (255 - _shade_at(print_near.histogram(), _TWENTIETH)) * _LEAST_SHARE)
    even: Image.Image = ImageMath.lambda_eval(
        lambda of: of["convert"](
            of["max"](255 - (255 - of["page"]) * _MADE_DARK / of["max"](255 - of["near"], least), 0), "L"
        ),
        page=flat,
        near=print_near.resize(flat.size, Image.Resampling.BILINEAR),
    )
    return even


def _places(image: Image.Image) -> list[int]:
    """Return how often each shade is the darkest around one of many places on the page."""
    across, down = round(image.width * _EDGE), round(image.height * _EDGE / 2)
    middle = image.reduce(_REDUCED, (across, down, image.width - across, image.height - down))
    near = darkest_near(middle, _AROUND)
    size = max(1, near.width // _STEP), max(1, near.height // _STEP)
    return near.resize(size, Image.Resampling.NEAREST).histogram()


def _shade_at(histogram: list[int], share: float) -> int:
    """Return the shade that such a share of what is counted does not surpass; white where nothing is counted."""
    wanted, passed = share * sum(histogram), 0
    for shade, count in enumerate(histogram):
        passed += count
        if passed and passed >= wanted:
            return shade
    return 255
