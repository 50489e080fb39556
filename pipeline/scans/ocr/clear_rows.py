"""Stretches of a page whose rows stand by themselves: nothing beside them at another height, nothing across them.

Most of a typed letter is lines from margin to margin. Tesseract need not look for areas there, which is a tenth of what
reading a page costs; where a stamp, a signature, or a second column stands it must, or it mixes what is side by side.

Rows are seen in upright slices of the page: in each they must stand apart, each as high as rows are, and at one height
with those of the slice beside it. A page is parted only where nothing at all stands between two rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
#: Between two columns one of so many upright strips is free, somewhere within these; columns stand beside each other
#: for at least so many rows, each as wide as such a share of the page: a list of names and values is no two.
_STRIPS, _MIDDLE = 50, range(15, 35)
_COLUMN_ROWS, _COLUMN_WIDTH = 10, 0.28
_LONG_GAP = re.compile(rb"\0{%d,}" % (_COLUMN_ROWS * (_LEAST_HIGH + _LEAST_FREE)))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a page as wide as that, from *top* to *bottom* in dots; *clear* if its rows stand by themselves."""

    top: int
    bottom: int
    clear: bool


def stretches(image: Image.Image) -> list[Stretch]:
    """Return a grey page's longest clear stretch with what is above and below it; all as one if that is not long."""
    ink = image.point([255 if shade < _INK else 0 for shade in range(256)])
    profile = _profile(ink, _SLICES)
    slices = [_bands(profile[number::_SLICES]) for number in range(_SLICES)]
    heights = [bottom - top for bands in slices for top, bottom in bands if bottom - top >= _LEAST_HIGH]
    row = median(heights) if heights else image.height
    tangled = _covered(_tangled(slices, row) if row < _HIGHEST * image.height else [(0, image.height)], image.height)
    parts = pairwise([0, *_free(profile), image.height])
    runs = [list(run) for dirty, run in groupby(parts, key=lambda part: any(tangled[slice(*part)])) if not dirty]
    top, bottom = max(((run[0][0], run[-1][1]) for run in runs), key=lambda run: run[1] - run[0], default=(0, 0))
    if bottom - top < _LONG * image.height or _has_gutter(ink.crop((0, top, image.width, bottom))):
        return [Stretch(0, image.height, clear=False)]
    top = top if any(profile[: top * _SLICES]) else 0
    bottom = bottom if any(profile[bottom * _SLICES :]) else image.height
    edges = [(0, top, False), (top, bottom, True), (bottom, image.height, False)]
    return [Stretch(begin, end, clear) for begin, end, clear in edges if end > begin]


_Band = tuple[int, int]


def _has_gutter(ink: Image.Image) -> bool:
    """Say whether nothing stands in an upright strip somewhere in the middle, all along or between two columns.

    Rows of columns may be level, and a heading stand across them.
    """
    profile = _profile(ink, _STRIPS)
    for number in _MIDDLE:
        left, right = (edge * ink.width // _STRIPS for edge in (number, number + 1))
        for free in _LONG_GAP.finditer(profile[number::_STRIPS]):
            top, bottom = free.span()
            sides = ink.crop((0, top, left, bottom)), ink.crop((right, top, ink.width, bottom))
            if bottom - top == ink.height or all(_is_column(side, ink.width) for side in sides):
                return True
    return False


def _is_column(ink: Image.Image, page: int) -> bool:
    left, _, right, _ = ink.getbbox() or (0, 0, 0, 0)
    return right - left >= _COLUMN_WIDTH * page and len(_bands(_profile(ink, 1))) >= _COLUMN_ROWS


def _profile(ink: Image.Image, slices: int) -> bytes:
    """Return row of dots by row of dots how much ink there is in each of so many slices."""
    return ink.resize((slices, ink.height), Image.Resampling.BOX).tobytes()


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
    every = _covered((band for bands in rows for band in bands), max(bands[-1][1] for bands in slices if bands))
    for band in (band for bands in slices for band in bands):
        high = band[1] - band[0]
        if high > _TOO_HIGH * height or (high < _PART * height and not any(every[slice(*band)])):
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


def _covered(bands: Iterable[_Band], height: int) -> bytearray:
    """Return row of dots by row of dots whether one of these covers it."""
    covered = bytearray(height)
    for top, bottom in bands:
        covered[top:bottom] = b"\1" * (bottom - top)
    return covered
