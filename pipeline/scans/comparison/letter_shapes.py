"""Whether a word on a scan looks as it was printed, letter by letter, whatever OCR makes of it.

Two pictures are as alike as their shades go together (Pearson's correlation, -1 to 1). A letter that OCR reads as
another is the other one if it looks more like that, as the same print has it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import mul

from PIL import Image, ImageChops, ImageFilter

from pipeline.scans.comparison.ink import strange_ink
from pipeline.scans.comparison.printed_page import Area, PrintedWord

# Measured on every sheet at 100 to 300 dpi, as fax, dirty, askew and photographed, with words changed and unchanged
# (docs/decisions/0015-a-signed-file-proves-itself.md), 2026-11-26: unchanged words 0.77 and more, others 0.74 and less;
# letters 0.44 and more, if they are not read at all 0.55; retyped ones up to 0.58, or alike (0 and 8) up to 0.89.
#: A word that looks as printed; a letter of it that may; one that OCR reads as a letter that the print has nowhere.
_WORD, _LETTER, _UNKNOWN = 0.755, 0.40, 0.65
#: A letter is another one if it looks like that so much, and by so much more than like the printed one.
_OTHER, _BETTER = 0.82, 0.06
#: Dots by which a word may lie off, and around a letter that are looked at.
_SHIFT, _PAD = 2, 2
#: Pictures of another letter that a letter is compared with.
_GLYPHS = 8
_SOFT = ImageFilter.GaussianBlur(0.8)
#: A letter's ink (shade of 255), on paper and on a scan; share of it that may be missing under stamp or pen.
_CORE, _DARK, _MISSING = 100, 205, 0.2
#: Share of a word's area, and so many dots around it, that other ink takes which runs over it.
_OVER, _BEYOND = 0.015, 12
#: What goes on with a word is as high as it is, within these shares: no speck, and no streak of a dirty glass.
_LEAST_HIGH, _MOST_HIGH = 0.6, 2.0

Box = tuple[int, int, int, int]


class LetterShapes:
    """A print and a scan that lies as it does, ready to be compared; pictures of the same size."""

    def __init__(self, printed: Image.Image, scan: Image.Image, words: Sequence[PrintedWord]) -> None:
        self._printed, self._scan = printed, scan
        self._soft, self._soft_scan = printed.filter(_SOFT), scan.filter(_SOFT)
        self._words = words

    def stands(self, word: PrintedWord, read: Mapping[int, str]) -> bool:
        """Say whether a word is on the scan as it is printed.

        ``read`` has the letters of it (from 0) that OCR reads as another one (empty: as none).
        """
        box = _around(word.area, self._printed.size)
        shifts = _shifts(_SHIFT)
        alike, shift = max((self._alike(box, box, s), s) for s in shifts)
        if alike < _WORD:
            return False
        return all(self._is_printed(word, n, other, shift) for n, other in read.items())

    def overwritten(self, word: PrintedWord) -> bool:
        """Say whether pen or stamp runs over a word of which no letter lacks ink."""
        box = _around(word.area, self._printed.size)
        wide = _within((box[0] - _BEYOND, box[1] - _BEYOND, box[2] + _BEYOND, box[3] + _BEYOND), self._printed.size)
        if _share(strange_ink(self._scan.crop(wide), self._printed.crop(wide))) < _OVER:
            return False
        ours, theirs = self._printed.crop(box), self._scan.crop(box)
        core = ours.point(lambda shade: 255 * (shade < _CORE))
        for x, y in _shifts(_SHIFT):
            ink = ImageChops.offset(theirs, x, y).point(lambda shade: 255 * (shade < _DARK))
            missing = ImageChops.subtract(core, ink)
            letters = [_inside(area, box) for area in word.letters]
            if all(_white(missing, b) <= _MISSING * _white(core, b) + 1 for b in letters):
                return True
        return False

    def goes_on(self, word: PrintedWord) -> bool:
        """Say whether right before or behind a word something as high as it is stands where nothing is printed."""
        left, top, right, bottom = _around(word.area, self._printed.size)
        high = bottom - top
        wide = _within((left - high, top - high, right + high, bottom + high), self._printed.size)
        ink = strange_ink(self._scan.crop(wide), self._printed.crop(wide))
        before, behind = (0, 0, left - wide[0], ink.height), (right - wide[0], 0, ink.width, ink.height)
        found = [box for box in (ink.crop(before).getbbox(), ink.crop(behind).getbbox()) if box]
        return any(_LEAST_HIGH * high <= box[3] - box[1] <= _MOST_HIGH * high for box in found)

    def _is_printed(self, word: PrintedWord, n: int, other: str, shift: tuple[int, int]) -> bool:
        box = _around(word.letters[n], self._printed.size)
        near = [(shift[0] + x, shift[1] + y) for x, y in _shifts(1)]
        alike = max(self._alike(box, box, s) for s in near)
        if alike < _LETTER:
            return False
        size = box[2] - box[0], box[3] - box[1]
        glyphs = list(self._glyphs(word, other, size)) if other else []
        if not glyphs:
            return alike >= _UNKNOWN or not other
        theirs = [self._soft_scan.crop(_moved(box, s)).tobytes() for s in near]
        other_alike = max(correlation(glyph, scan) for glyph in glyphs for scan in theirs)
        return other_alike < max(_OTHER, alike + _BETTER)

    def _glyphs(self, near: PrintedWord, letter: str, size: tuple[int, int]) -> Iterator[bytes]:
        """Yield pictures of a letter, brought to that size, as the print has it where it is nearest: in like type."""
        found = [
            (abs(word.area[1] - near.area[1]), word.letters[at])
            for word in self._words
            for at, sign in enumerate(word.text[: len(word.letters)])
            if sign.casefold() == letter.casefold()
        ]
        for _, area in sorted(found)[:_GLYPHS]:
            box = _around(area, self._soft.size)
            yield self._soft.crop(box).resize(size, Image.Resampling.BICUBIC).tobytes()

    def _alike(self, box: Box, there: Box, shift: tuple[int, int]) -> float:
        return correlation(self._soft.crop(box).tobytes(), self._soft_scan.crop(_moved(there, shift)).tobytes())


def correlation(one: bytes, other: bytes) -> float:
    """Return how two pictures' shades go together, from -1 to 1; 0 if one of them is all of a shade."""
    count, sum_one, sum_other = len(one), sum(one), sum(other)
    together = sum(map(mul, one, other)) - sum_one * sum_other / count
    spread = (sum(map(mul, one, one)) - sum_one**2 / count) * (sum(map(mul, other, other)) - sum_other**2 / count)
    return together / spread**0.5 if spread > 1 else 0.0


def _shifts(most: int) -> list[tuple[int, int]]:
    return [(x, y) for x in range(-most, most + 1) for y in range(-most, most + 1)]


def _around(area: Area, size: tuple[int, int]) -> Box:
    left, top, right, bottom = area
    return (
        max(0, int(left - _PAD)),
        max(0, int(top - _PAD)),
        min(size[0], int(right + _PAD) + 1),
        min(size[1], int(bottom + _PAD) + 1),
    )


def _within(box: Box, size: tuple[int, int]) -> Box:
    return max(0, box[0]), max(0, box[1]), min(size[0], box[2]), min(size[1], box[3])


def _moved(box: Box, shift: tuple[int, int]) -> Box:
    return box[0] + shift[0], box[1] + shift[1], box[2] + shift[0], box[3] + shift[1]


def _inside(area: Area, box: Box) -> Box:
    return int(area[0] - box[0]), int(area[1] - box[1]), int(area[2] - box[0]) + 1, int(area[3] - box[1]) + 1


def _white(image: Image.Image, box: Box) -> int:
    return image.crop(box).histogram()[255]


def _share(image: Image.Image) -> float:
    return image.histogram()[255] / (image.width * image.height)
