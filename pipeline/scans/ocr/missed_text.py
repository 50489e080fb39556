"""Ink that no word accounts for: text under a stamp or a signature, which page analysis takes for a picture.

Tesseract leaves out whole areas that look like pictures; on a letter these are the signature blocks, with the names
under the stamp. The ink outside all words is gathered into cells a ninth of an inch wide, which takes two thousandths
of a second a page; only areas of such cells are then read again. A stamp is paler than print: with everything paler
than print made white, the print under the stamp is left.

The thresholds were chosen on the sample letters, 2026-11-25; without the second reading 2.98 % of their characters are
wrong instead of 2.64 % (docs/reading.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from PIL import Image, ImageDraw

from pipeline.scans.ocr.recognised_words import RecognisedWords
from pipeline.scans.words import Box, Word

#: Dots of the page (150 dpi) that become one dot of the mask, and dots of the mask that become one cell, a side.
_REDUCED, _CELL = 4, 4
#: Shades (0 black to 255): ink is darker; a cell whose sixteen dots are lighter than this on average has no ink.
_INK_SHADE, _INKED_CELL_SHADE = 170, 12
#: Shares of the page's width and height at its edges that are not looked at: copiers leave them black.
_EDGE_ACROSS, _EDGE_DOWN = 0.04, 0.03
#: What a word accounts for besides its box: a share of its height above and below, dots of the mask at its sides.
_COVERED_HEIGHTS, _COVERED_DOTS = 0.25, 2
#: Cells in a row with none above and below: a rule, not writing.
_RULE_CELLS = 20
#: Cells that hang together: a gap in a row that words may have, and what an area of text has at least.
_GAP_CELLS, _LEAST_CELLS, _LEAST_WIDTH, _LEAST_HEIGHT = 1, 8, 5, 2
#: Share of the page that is larger than any signature block: a photograph. So many areas of a page are read again.
_LARGEST_SHARE, _MOST_AREAS = 0.2, 5
#: Shares of the page's width and height that are read around an area: a name may stand out beyond the stamp.
_AROUND_ACROSS, _AROUND_DOWN = 0.05, 0.012
#: Print: a twentieth of the ink is darker. What is paler than it by a share of the shades between it and white, or by
#: so many of them, is made white.
_DARKER_THAN_PRINT, _PALER_SHARE, _PALER_SHADES = 1 / 20, 0.4, 40.0
#: Confidences (0 to 1): of a word that vouches for its line, of any other word beside it, of a reading of print.
_VOUCHING, _PLAUSIBLE, _PRINT_CONFIDENCE = 0.8, 0.5, 0.8
#: Letters of a word that can vouch; one that has no more needs a small one among them. Figures of a number that can.
_LONG_WORD, _LONG_NUMBER = 3, 8
#: Confidences: a word below the first is a guess and accounts for no ink; one below the second gives way to another
#: that is surer by the third.
_GUESSED, _DOUBTED, _SURER = 0.3, 0.75, 0.1
#: So many times as high as the word that is read in its place: the stroke of a pen.
_STROKE_HEIGHTS = 1.8
#: Shares of an area's width and height at its edges where a word may be cut, and of the smaller of two boxes that
#: they share if they are one word.
_CUT_ACROSS, _CUT_DOWN, _OVERLAP_SHARE = 0.01, 0.005, 0.25

Cell = tuple[int, int]


def missed_areas(image: Image.Image, words: Sequence[Word]) -> list[Box]:
    """Return the areas (fractions of the upright grey page) with ink that no word covers, largest first.

    Rules, specks, photographs and the page's edges are left out.
    """
    cells = _uncovered(image, words)
    width, height = cells.size
    areas = []
    for group in _groups(_inked(cells)):
        xs, ys = zip(*group, strict=True)
        wide, high = max(xs) - min(xs) + 1, max(ys) - min(ys) + 1
        small = wide * high <= _LARGEST_SHARE * width * height
        if small and len(group) >= _LEAST_CELLS and wide >= _LEAST_WIDTH and high >= _LEAST_HEIGHT:
            left, top = max(0.0, min(xs) / width - _AROUND_ACROSS), max(0.0, min(ys) / height - _AROUND_DOWN)
            right, bottom = (max(xs) + 1) / width + _AROUND_ACROSS, (max(ys) + 1) / height + _AROUND_DOWN
            areas.append((left, top, min(1.0, right), min(1.0, bottom)))
    return sorted(areas, key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))[:_MOST_AREAS]


def accounted_for(image: Image.Image, words: Sequence[Word]) -> float:
    """Return the share (0..1) of the page's ink that its words cover; 1 for a page without ink."""
    every, left = (sum(_uncovered(image, known).histogram()[_INKED_CELL_SHADE + 1 :]) for known in ((), words))
    return 1 - left / every if every else 1.0


def darkest_only(image: Image.Image) -> Image.Image:
    """Return the picture with what is paler than print made white: stamps and pale ink go, print stays."""
    ink = image.histogram()[:_INK_SHADE]
    darker = accumulate(ink)
    print_shade = next((shade for shade, passed in enumerate(darker) if passed > sum(ink) * _DARKER_THAN_PRINT), 0)
    span = max(_PALER_SHADES, _PALER_SHARE * (255 - print_shade))
    return image.point([min(255, max(0, round((shade - print_shade) * 255 / span))) for shade in range(256)])


def with_more(found: RecognisedWords, more: RecognisedWords, area: Box, *, printed: bool = False) -> RecognisedWords:
    """Return the words with those of a reading of *area*: new ones, and surer ones in the place of doubtful ones.

    Of a line only what lies beside a sure, long word is believed: signatures read as letters, but never as words.
    Of what is *printed*, and sure on the whole, every word is.
    """
    believed = more.words if printed and more.confidence >= _PRINT_CONFIDENCE else _believable(more)
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
    return RecognisedWords(tuple(sorted(words, key=lambda word: (word.line, word.box[0]))), found.gaps)


def _uncovered(image: Image.Image, words: Sequence[Word]) -> Image.Image:
    """Return how much ink lies outside the words, a pixel a cell."""
    mask = image.reduce(_REDUCED).point([255 if shade < _INK_SHADE else 0 for shade in range(256)])
    pen = ImageDraw.Draw(mask)
    width, height = mask.size
    for word in words:
        if word.confidence < _GUESSED:
            continue
        x0, y0, x1, y1 = word.box
        more = _COVERED_HEIGHTS * (y1 - y0)
        left, right = x0 * width - _COVERED_DOTS, x1 * width + _COVERED_DOTS
        pen.rectangle((left, (y0 - more) * height, right, (y1 + more) * height), fill=0)
    across, down = int(width * _EDGE_ACROSS), int(height * _EDGE_DOWN)
    frame = Image.new("L", mask.size, 0)
    inner = (across, down, width - across, height - down)
    frame.paste(mask.crop(inner), inner[:2])
    return frame.reduce(_CELL)


def _inked(cells: Image.Image) -> set[Cell]:
    """Return the cells with ink, without the long thin runs that rules are."""
    width, height = cells.size
    shades = cells.tobytes()
    rows = [{x for x in range(width) if shades[y * width + x] > _INKED_CELL_SHADE} for y in range(height)]
    found: set[Cell] = set()
    for y, row in enumerate(rows):
        above, below = rows[y - 1] if y else set(), rows[y + 1] if y + 1 < height else set()
        alone = row - above - below
        keep = row - alone if len(alone) >= _RULE_CELLS else row
        found |= {(x, y) for x in keep}
    return found


def _groups(inked: set[Cell]) -> Iterator[list[Cell]]:
    """Yield cells that hang together: neighbours, or with a small gap between them in a row."""
    left = set(inked)
    across = range(-_GAP_CELLS - 1, _GAP_CELLS + 2)
    while left:
        waiting = [left.pop()]
        group = []
        while waiting:
            x, y = waiting.pop()
            group.append((x, y))
            near = {(x + dx, y + dy) for dx in across for dy in (-1, 0, 1)} & left
            left -= near
            waiting += near
        yield group


def _believable(more: RecognisedWords) -> list[Word]:
    """Return the words that stand in a line with one that is sure and long."""
    sure = {w.line for w in more.words if w.confidence >= _VOUCHING and _is_long(w.text)}
    return [w for w in more.words if w.line in sure and w.confidence >= _PLAUSIBLE and any(map(str.isalnum, w.text))]


def _is_doubted(old: Word, new: Word) -> bool:
    """Say whether the new word should stand in the old one's place: surer, or print where a stroke was read."""
    stroke = old.box[3] - old.box[1] > _STROKE_HEIGHTS * (new.box[3] - new.box[1]) and len(new.text) > len(old.text)
    return stroke or old.confidence < min(_DOUBTED, new.confidence - _SURER)


def _is_long(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    if sum(map(str.isdigit, text)) >= _LONG_NUMBER:
        return True
    return len(letters) >= _LONG_WORD and (len(letters) > _LONG_WORD or any(map(str.islower, letters)))


def _whole(box: Box) -> bool:
    """Say whether a word stands clear of the edges of the area that was read, and so is not cut."""
    across, down = _CUT_ACROSS, _CUT_DOWN
    return box[0] > across and box[2] < 1 - across and box[1] > down and box[3] < 1 - down


def _on_page(box: Box, area: Box) -> Box:
    wide, high = area[2] - area[0], area[3] - area[1]
    return area[0] + box[0] * wide, area[1] + box[1] * high, area[0] + box[2] * wide, area[1] + box[3] * high


def _overlap(one: Box, other: Box) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return False
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return wide * high > _OVERLAP_SHARE * smaller
