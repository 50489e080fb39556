"""Where on a page of ours somebody signs: between a title and the name below it, or in a column *Tanda tangan*.

Known from the print itself, so that it also holds for a sheet that was edited in Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

from pipeline.scans.comparison.printed_page import MM, Area, PrintedPage, Strip

#: Millimetres of paper between a title and the name below it.
_LEAST_BLANK, _MOST_BLANK = 11.0, 60.0
#: So many others in its line make a text the head of a column.
_HEADS = 3
#: Millimetres in which what stands below a name (its NIP) begins.
_BELOW = 4.0
#: Millimetres that a signature runs beyond its title and name on either side, and that it is wide at least.
_BESIDE, _LEAST_WIDTH = 12.0, 55.0
_NUMBER, _THUMB, _COLUMN = "nip", "(tanda tangan", "tanda tangan"
#: A ruling line: dots this dark, over these millimetres; what a cell is high, and a column wide, at least and at most.
_RULED, _RULE = 170, 4.0
_LEAST_CELL, _MOST_CELL, _MOST_COLUMN = 4.5, 60.0, 90.0
#: Share of a column's width at which its rows are looked for, and dots of a cell's edge.
_INWARD, _EDGE = 0.7, 3
_ORDINAL = re.compile(r"^\d+\.?\s+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a signature belongs: whose (the name as printed, else the title), and the area in dots.

    ``row``: one of the rows of a table, which not everybody signs.
    """

    name: str
    area: Area
    row: bool = False


def signature_places(page: PrintedPage) -> tuple[Place, ...]:
    """Return the places of a page, from top to bottom."""
    strips = page.strips
    found = [*_under_titles(strips), *_in_columns(strips, page.image)]
    return tuple(sorted(found, key=lambda place: (place.area[1], place.area[0])))


def _under_titles(strips: Sequence[Strip]) -> Iterator[Place]:
    for name in strips:
        if _is_head(name, strips):
            continue
        above = [s for s in strips if s.area[3] <= name.area[1] and _shares(s.area, name.area)]
        title = max(above, key=lambda s: s.area[3], default=None)
        if title is None or not _LEAST_BLANK * MM <= name.area[1] - title.area[3] <= _MOST_BLANK * MM:
            continue
        if any(
            title.area[3] <= s.area[1] and s.area[3] <= name.area[1] and _shares(s.area, title.area) for s in strips
        ):
            continue  # no blank: below the first of several addressees stand the others, then *di*
        below = [
            s.text.casefold()
            for s in strips
            if 0 <= s.area[1] - name.area[3] <= _BELOW * MM and _shares(s.area, name.area)
        ]
        if title.text.endswith(",") or any(text.startswith((_NUMBER, _THUMB)) for text in below):
            named = name.text if any(map(str.isalpha, name.text)) else title.text.rstrip(",")
            yield Place(named, _widened(title.area, name.area, strips))


def _is_head(name: Strip, strips: Sequence[Strip]) -> bool:
    """Say whether a text is one of the heads or cells of a table: several others stand in its line.

    Above it a line of running text may end with a comma, as titles do.
    """
    middle = (name.area[1] + name.area[3]) / 2
    return sum(s is not name and s.area[1] < middle < s.area[3] for s in strips) >= _HEADS


def _widened(title: Area, name: Area, strips: Sequence[Strip]) -> Area:
    """Return the blank between title and name, as wide as people sign, up to what stands beside it."""
    left, right = min(title[0], name[0]), max(title[2], name[2])
    more = max(_BESIDE * MM, (_LEAST_WIDTH * MM - (right - left)) / 2)
    top, bottom = title[3] + 0.5 * MM, name[1] - 0.5 * MM
    beside = [s.area for s in strips if s.area[3] > title[1] and s.area[1] < name[3]]
    gaps_left = [(left - a[2]) / 2 for a in beside if a[2] <= left]
    gaps_right = [(a[0] - right) / 2 for a in beside if a[0] >= right]
    return left - min([more, *gaps_left]), top, right + min([more, *gaps_right]), bottom


def _in_columns(strips: Sequence[Strip], image: Image.Image) -> Iterator[Place]:
    for head in strips:
        if head.text.casefold() != _COLUMN:
            continue
        middle = (head.area[1] + head.area[3]) / 2
        left = _rule(image, head.area[0], middle, (-1, 0), _MOST_COLUMN)
        right = _rule(image, head.area[2], middle, (1, 0), _MOST_COLUMN)
        top = _rule(image, (head.area[0] + head.area[2]) / 2, head.area[3], (0, 1), _MOST_CELL)
        if left is None or right is None or top is None:
            continue
        yield from _rows(strips, image, (left, top, right))


def _rows(strips: Sequence[Strip], image: Image.Image, column: tuple[float, float, float]) -> Iterator[Place]:
    """Yield the cells of a column under its head, from ruling line to ruling line, as far as the table goes."""
    left, top, right = column
    inward = left + _INWARD * (right - left)
    while (bottom := _rule(image, inward, top + _LEAST_CELL * MM, (0, 1), _MOST_CELL)) is not None:
        if _rule(image, left + MM, (top + bottom) / 2, (-1, 0), 2) is None:
            return
        beside = [s for s in strips if top < (s.area[1] + s.area[3]) / 2 < bottom and s.area[2] < left]
        named = [_ORDINAL.sub("", s.text) for s in sorted(beside, key=lambda s: s.area[0])]
        name = next((text for text in named if any(c.isalpha() for c in text)), "tanpa nama")
        yield Place(name, (left + _EDGE, top + _EDGE, right - _EDGE, bottom - _EDGE), row=True)
        top = bottom


def _rule(image: Image.Image, x: float, y: float, step: tuple[int, int], most: float) -> float | None:
    """Return where a ruling line crosses the way from a point, within so many millimetres; None: none does."""
    half = round(_RULE * MM / 2)
    for n in range(round(most * MM)):
        at = round(x + n * step[0]), round(y + n * step[1])
        box = (
            (at[0], at[1] - half, at[0] + 1, at[1] + half)
            if step[0]
            else (at[0] - half, at[1], at[0] + half, at[1] + 1)
        )
        if min(box) < 0 or box[2] > image.width or box[3] > image.height:
            return None
        if image.crop(box).getextrema()[1] < _RULED:  # type: ignore[operator]
            return float(at[0] if step[0] else at[1])
    return None


def _shares(one: Area, other: Area) -> bool:
    return min(one[2], other[2]) - max(one[0], other[0]) > MM
