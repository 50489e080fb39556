"""Stretches of a page whose rows stand by themselves: nothing beside them at another height, nothing across them.

Most of a typed letter is lines from margin to margin. Tesseract need not look for areas there, which is a tenth of what
reading a page costs; where a stamp, a signature, or a second column stands it must, or it mixes what is side by side.

Rows are seen in upright slices of the page: in each they must stand apart, each as high as rows are, and at one height
with those of the slice beside it. A page is parted only where nothing at all stands between two rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from PIL import Image

#: Slices of a page beside each other: lines that fall by half a degree fall by 3 dots in one, at 150 dpi.
_SLICES = 4
#: So much of the page's height a clear stretch is long; a page with less between what is tangled is dirty, or a form.
_LONG = 0.4
#: A dot that is darker is ink.
_INK = 150
#: A row is at least so many dots high; parts are taken off a page where at least so many rows of dots are empty.
_LEAST_HIGH, _LEAST_FREE = 6, 3
#: Shares of the common height of rows: what is higher is more than a row, what is lower is a part of one; how far two
#: of one row may differ in height.
_TOO_HIGH, _PART, _APART = 1.7, 0.5, 0.4
#: Rows are lower than such a share of the page; on one that lies sideways what a slice holds is as high as lines are
#: long.
_HIGHEST = 0.05
#: Between two columns such a share of the width is free, somewhere within these shares.
_GUTTER, _MIDDLE = 0.02, (0.3, 0.7)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a page as wide as that, from *top* to *bottom* in dots; *clear* if its rows stand by themselves."""

    top: int
    bottom: int
    clear: bool


def stretches(image: Image.Image) -> list[Stretch]:
    """Return a grey page's longest clear stretch with what is above and below it; all as one if that is not long."""
    ink = image.point([255 if shade < _INK else 0 for shade in range(256)])
    profile = ink.resize((_SLICES, image.height), Image.Resampling.BOX).tobytes()
    slices = [_bands(profile[number::_SLICES]) for number in range(_SLICES)]
    heights = [bottom - top for bands in slices for top, bottom in bands if bottom - top >= _LEAST_HIGH]
    row = median(heights) if heights else image.height
    tangled = list(_tangled(slices, row)) if row < _HIGHEST * image.height else [(0, image.height)]
    parts = pairwise([0, *_free(profile), image.height])
    runs = [list(run) for clear, run in groupby(parts, key=lambda part: _is_clear(part, tangled)) if clear]
    top, bottom = max(((run[0][0], run[-1][1]) for run in runs), key=lambda run: run[1] - run[0], default=(0, 0))
    if bottom - top < _LONG * image.height or _has_gutter(ink.crop((0, top, image.width, bottom))):
        return [Stretch(0, image.height, clear=False)]
    top = top if any(profile[: top * _SLICES]) else 0
    bottom = bottom if any(profile[bottom * _SLICES :]) else image.height
    edges = [(0, top, False), (top, bottom, True), (bottom, image.height, False)]
    return [Stretch(begin, end, clear) for begin, end, clear in edges if end > begin]


_Band = tuple[int, int]


def _has_gutter(ink: Image.Image) -> bool:
    """Say whether nothing stands in an upright strip somewhere in the middle: two columns whose rows are level."""
    step = max(1, round(_GUTTER * ink.width))
    begins = range(round(_MIDDLE[0] * ink.width), round(_MIDDLE[1] * ink.width), step)
    return any(ink.crop((left, 0, left + step, ink.height)).getbbox() is None for left in begins)


def _bands(column: bytes) -> list[_Band]:
    """Return from where to where a slice has ink, row of dots by row of dots."""
    return [found.span() for found in re.finditer(rb"[^\0]+", column)]


def _free(profile: bytes) -> Iterator[int]:
    """Yield where the page can be parted: the middles of what is empty across all of it."""
    for found in re.finditer(rb"(?:\0{%d})+" % _SLICES, profile):
        top, bottom = -(-found.start() // _SLICES), found.end() // _SLICES
        if bottom - top >= _LEAST_FREE:
            yield (top + bottom) // 2


def _tangled(slices: Sequence[Sequence[_Band]], height: float) -> Iterator[_Band]:
    """Yield where something is no row by itself: higher than rows are, beside none, or beside one at another height."""
    rows = [[band for band in bands if band[1] - band[0] >= _PART * height] for bands in slices]
    every = [band for bands in rows for band in bands]
    for band in (band for bands in slices for band in bands):
        high = band[1] - band[0]
        if high > _TOO_HIGH * height or (high < _PART * height and not any(_meet(band, row) for row in every)):
            yield band
    for left, right in pairwise(rows):
        for one, other in _meeting(left, right):
            if abs(sum(one) - sum(other)) / 2 > _APART * height:
                yield min(one[0], other[0]), max(one[1], other[1])


def _meeting(left: Sequence[_Band], right: Sequence[_Band]) -> Iterator[tuple[_Band, _Band]]:
    """Yield which band of a slice meets which of the slice beside it; both slices are from top to bottom."""
    passed = 0
    for one in left:
        while passed < len(right) and right[passed][1] <= one[0]:
            passed += 1
        for other in right[passed:]:
            if other[0] >= one[1]:
                break
            yield one, other


def _meet(one: _Band, other: _Band) -> bool:
    return min(one[1], other[1]) > max(one[0], other[0])


def _is_clear(part: _Band, tangled: Sequence[_Band]) -> bool:
    return not any(_meet(part, band) for band in tangled)
