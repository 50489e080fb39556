"""Ink that no word accounts for: text under a stamp or a signature, which page analysis takes for a picture.

Tesseract leaves out whole areas that look like pictures; on a letter these are the signature blocks, with the names
under the stamp. The ink outside all words is gathered into areas a sixteenth of an inch fine, which takes two
thousandths of a second a page; only such areas are then read again. A stamp is paler than print: with everything
paler than print made white, the print under the stamp is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PIL import Image, ImageDraw

from pipeline.scans.ocr.recognised_words import Recognised
from pipeline.scans.words import Box, Word

_REDUCED = 4
_CELL = 4
_INK = 170
_INKED_CELL = 12
_ACROSS, _DOWN = 0.04, 0.03
_RULE = 20
_LEAST_CELLS, _LEAST_WIDTH, _LEAST_HEIGHT = 8, 5, 2
_LARGEST = 0.2
_MOST_AREAS = 5
_AROUND_X, _AROUND_Y = 0.05, 0.012
_SURE, _PLAUSIBLE, _LONG = 0.8, 0.5, 3
_GUESSED, _DOUBTED, _STROKE = 0.3, 0.75, 1.8

Cell = tuple[int, int]


def leftover_areas(image: Image.Image, words: Sequence[Word]) -> list[Box]:
    """Return the areas (fractions of the upright grey page) with ink that no word covers, largest first.

    Rules, specks, photographs and the page's edges are left out.
    """
    cells = _uncovered(image, words)
    inked = _inked(cells)
    areas = [_frame(group, cells.size) for group in _groups(inked) if _may_be_text(group, cells.size)]
    return sorted(areas, key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))[:_MOST_AREAS]


def accounted_for(image: Image.Image, words: Sequence[Word]) -> float:
    """Return the share (0..1) of the page's ink that its words cover; 1 for a page without ink."""
    every, left = (sum(_uncovered(image, known).histogram()[_INKED_CELL + 1 :]) for known in ((), words))
    return 1 - left / every if every else 1.0


def darkest_only(image: Image.Image) -> Image.Image:
    """Return the picture with what is paler than print made white: stamps and pale ink go, print stays."""
    histogram = image.histogram()
    print_shade = _darkest(histogram)
    span = max(40.0, 0.4 * (255 - print_shade))
    return image.point([min(255, max(0, round((shade - print_shade) * 255 / span))) for shade in range(256)])


def with_more(found: Recognised, more: Recognised, area: Box, *, printed: bool = False) -> Recognised:
    """Return the words with those of a reading of *area*: new ones, and surer ones in the place of doubtful ones.

    Of a line only what lies beside a sure, long word is believed: signatures read as letters, but never as words.
    Of what is *printed*, and sure on the whole, every word is.
    """
    believed = more.words if printed and more.confidence >= _SURE else _believable(more)
    new = [replace(word, box=_on_page(word.box, area), line=word.line) for word in believed if _whole(word.box)]
    words = list(found.words)
    next_line = max((word.line for word in words), default=-1) + 1
    for word in new:
        under = [old for old in words if _overlap(old.box, word.box)]
        if not under:
            words.append(replace(word, line=next_line + word.line))
        elif all(_is_doubted(old, word) for old in under):
            words = [old for old in words if old not in under]
            words.append(replace(word, line=under[0].line))
    if len(words) == len(found.words) and set(words) == set(found.words):
        return found
    return Recognised(tuple(sorted(words, key=lambda word: (word.line, word.box[0]))), found.gaps)


def _uncovered(image: Image.Image, words: Sequence[Word]) -> Image.Image:
    """Return how much ink lies outside the words, a pixel a cell."""
    mask = image.reduce(_REDUCED).point([255 if shade < _INK else 0 for shade in range(256)])
    pen = ImageDraw.Draw(mask)
    width, height = mask.size
    for word in words:
        if word.confidence < _GUESSED:
            continue
        x0, y0, x1, y1 = word.box
        more = 0.25 * (y1 - y0)
        pen.rectangle((x0 * width - 2, (y0 - more) * height, x1 * width + 2, (y1 + more) * height), fill=0)
    across, down = int(width * _ACROSS), int(height * _DOWN)
    frame = Image.new("L", mask.size, 0)
    inner = (across, down, width - across, height - down)
    frame.paste(mask.crop(inner), inner[:2])
    return frame.reduce(_CELL)


def _inked(cells: Image.Image) -> set[Cell]:
    """Return the cells with ink, without the long thin runs that rules are."""
    width, height = cells.size
    shades = cells.tobytes()
    rows = [{x for x in range(width) if shades[y * width + x] > _INKED_CELL} for y in range(height)]
    found: set[Cell] = set()
    for y, row in enumerate(rows):
        above, below = rows[y - 1] if y else set(), rows[y + 1] if y + 1 < height else set()
        alone = row - above - below
        keep = row - alone if len(alone) >= _RULE else row
        found |= {(x, y) for x in keep}
    return found


def _groups(inked: set[Cell]) -> Iterator[list[Cell]]:
    """Yield cells that hang together: neighbours, or one cell apart in a row."""
    left = set(inked)
    while left:
        waiting = [left.pop()]
        group = []
        while waiting:
            x, y = waiting.pop()
            group.append((x, y))
            near = {(x + dx, y + dy) for dx in (-2, -1, 0, 1, 2) for dy in (-1, 0, 1)} & left
            left -= near
            waiting += near
        yield group


def _may_be_text(group: list[Cell], size: tuple[int, int]) -> bool:
    wide, high = (max(edge) - min(edge) + 1 for edge in zip(*group, strict=True))
    small = wide * high <= _LARGEST * size[0] * size[1]
    return small and len(group) >= _LEAST_CELLS and wide >= _LEAST_WIDTH and high >= _LEAST_HEIGHT


def _frame(group: list[Cell], size: tuple[int, int]) -> Box:
    xs, ys = zip(*group, strict=True)
    return (
        max(0.0, min(xs) / size[0] - _AROUND_X),
        max(0.0, min(ys) / size[1] - _AROUND_Y),
        min(1.0, (max(xs) + 1) / size[0] + _AROUND_X),
        min(1.0, (max(ys) + 1) / size[1] + _AROUND_Y),
    )


def _darkest(histogram: list[int]) -> int:
    """Return the shade of print: a twentieth of the ink is darker."""
    ink = sum(histogram[:_INK])
    passed = 0
    for shade, count in enumerate(histogram[:_INK]):
        passed += count
        if passed > ink / 20:
            return shade
    return 0


def _believable(more: Recognised) -> list[Word]:
    sure = {w.line for w in more.words if w.confidence >= _SURE and _is_long(w.text)}
    return [w for w in more.words if w.line in sure and w.confidence >= _PLAUSIBLE and any(map(str.isalnum, w.text))]


def _is_doubted(old: Word, new: Word) -> bool:
    """Say whether the new word should stand in the old one's place: surer, or print where a stroke was read."""
    stroke = old.box[3] - old.box[1] > _STROKE * (new.box[3] - new.box[1]) and len(new.text) > len(old.text)
    return stroke or old.confidence < min(_DOUBTED, new.confidence - 0.1)


def _is_long(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= _LONG and (len(letters) > _LONG or any(map(str.islower, letters)))


def _whole(box: Box) -> bool:
    """Say whether a word stands clear of the edges of the area that was read, and so is not cut."""
    return box[0] > 0.01 and box[2] < 0.99 and box[1] > 0.005 and box[3] < 0.995


def _on_page(box: Box, area: Box) -> Box:
    wide, high = area[2] - area[0], area[3] - area[1]
    return area[0] + box[0] * wide, area[1] + box[1] * high, area[0] + box[2] * wide, area[1] + box[3] * high


def _overlap(one: Box, other: Box) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return False
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return wide * high > 0.25 * smaller
