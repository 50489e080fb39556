"""Ink on a scan that the print does not have, in the place of a signature.

Dots that are darker than the paper and lie away from everything printed are gathered in cells of half a millimetre;
what hangs together and is as large as a signature is one. Specks, hairs of the feeder, the streak of a dirty glass and
the edges of letters that lie a hair off are none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

from pipeline.scans.comparison.printed_page import MM, Area

# Chosen on drawn pens and on scans without any (tests/scans/test_comparison.py), 2026-11-26.
#: Shades (of 255) darker than white paper that a pen is; what is printed, darker than this; and how far around (dots)
#: nothing counts.
_DEPTH, _PRINTED, _AROUND = 38, 200, 3
#: Dots a side of a cell, and the shade of a cell (0..255, ink white) that holds enough to count.
_CELL, _FILLED = 3, 56
#: Millimetres of the smallest signature: wide and high, and of the stroke that it is, its cells side by side.
_WIDE, _HIGH, _LONG = 4.5, 2.0, 11.0
#: Share of a place's height or width that a straight streak or fold runs through.
_STREAK = 0.9


@dataclass(frozen=True, slots=True)
class Ink:
    """Ink that hangs together: its area in dots of the page, and how long its strokes are together, about, in mm."""

    area: Area
    length: float


def signed_ink(scan: Image.Image, printed: Image.Image, area: Area) -> Ink | None:
    """Return the largest ink of a place on a scan that lies as the print does, or None if there is none to speak of."""
    box = _within(area, scan.size)
    if min(box[2] - box[0], box[3] - box[1]) < _CELL:
        return None
    cells = strange_ink(scan.crop(box), printed.crop(box)).reduce(_CELL)
    found = [ink for ink in map(_ink, _clusters(cells)) if _is_signature(ink)]
    largest = max(found, key=lambda ink: ink.length, default=None)
    if largest is None:
        return None
    left, top, right, bottom = (edge * _CELL for edge in largest.area)
    return Ink((box[0] + left, box[1] + top, box[0] + right, box[1] + bottom), largest.length)


def strange_ink(scan: Image.Image, printed: Image.Image) -> Image.Image:
    """Return a picture that is white where the scan has ink and the print has none near."""
    near = printed.point(lambda shade: 255 * (shade < _PRINTED)).filter(ImageFilter.MaxFilter(2 * _AROUND + 1))
    paper = _paper(scan)
    ink = scan.filter(ImageFilter.MedianFilter(3)).point(lambda shade: 255 * (shade < paper - _DEPTH))
    return ImageChops.subtract(ink, near)


def _paper(image: Image.Image) -> int:
    """Return the shade of most of a picture that is mostly paper."""
    histogram = image.histogram()
    half, passed = sum(histogram) / 2, 0
    for shade in range(255, -1, -1):
        passed += histogram[shade]
        if passed >= half:
            return shade
    return 255


def _clusters(cells: Image.Image) -> Iterable[list[tuple[int, int]]]:
    """Yield cells with ink that touch, or have one cell between them."""
    width, shades = cells.width, cells.tobytes()
    left = _without_streaks({(n % width, n // width) for n, shade in enumerate(shades) if shade >= _FILLED}, cells.size)
    while left:
        reached = [left.pop()]
        for x, y in reached:
            for dx in range(-2, 3):
                for dy in range(-2, 3):
                    if (other := (x + dx, y + dy)) in left:
                        left.discard(other)
                        reached.append(other)
        yield reached


def _without_streaks(cells: set[tuple[int, int]], size: tuple[int, int]) -> set[tuple[int, int]]:
    streaks = [
        {at for at, count in Counter(cell[axis] for cell in cells).items() if count >= _STREAK * size[1 - axis]}
        for axis in (0, 1)
    ]
    return {(x, y) for x, y in cells if x not in streaks[0] and y not in streaks[1]}


def _ink(cells: list[tuple[int, int]]) -> Ink:
    xs, ys = [x for x, _ in cells], [y for _, y in cells]
    return Ink((min(xs), min(ys), max(xs) + 1, max(ys) + 1), len(cells) * _CELL / MM)


def _is_signature(ink: Ink) -> bool:
    wide, high = ((ink.area[n + 2] - ink.area[n]) * _CELL / MM for n in (0, 1))
    return wide >= _WIDE and high >= _HIGH and ink.length >= _LONG


def _within(area: Area, size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(edge) for edge in area)
    return max(0, left), max(0, top), min(size[0], right), min(size[1], bottom)
