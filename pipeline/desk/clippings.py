"""Clippings: the place on the scan from which a field was read, magnified beside the field, as a view into its page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.reading.field_checks import Mark
from pipeline.reading.filed_reading import FiledReading

#: A page is so many units wide in a clipping's own measure.
_PAGE = 1000.0
#: So much of a page's width is shown at least, and so much of it above and below the words (fractions of the width).
_LEAST_WIDE, _MARGIN = 0.45, 0.014
#: No clipping is higher than this, or a story of half a page would fill the screen.
_MOST_HIGH = 0.2
#: A field that was read from many places (respondents, sentences of a summary) shows the first two.
_MOST = 2


@dataclass(frozen=True, slots=True)
class Clipping:
    """A part of a page, in units of which the page is 1000 wide and ``page_height`` high."""

    place: str
    page: int
    page_height: float
    x: float
    y: float
    width: float
    height: float

    def shows(self, other: Clipping) -> bool:
        """Say whether the middle of another clipping, where its words are, can be seen on this one."""
        across, down = other.x + other.width / 2 - self.x, other.y + other.height / 2 - self.y
        return self.page == other.page and 0 < across < self.width and 0 < down < self.height

    @property
    def view(self) -> str:
        """The part as the view box of a drawing."""
        return " ".join(f"{value:.1f}" for value in (self.x, self.y, self.width, self.height))


def clippings(marks: Iterable[Mark], read: FiledReading) -> Mapping[str, tuple[Clipping, ...]]:
    """Return the clippings of each field of the register, in the order of its places."""
    found: dict[str, list[Clipping]] = defaultdict(list)
    for mark in marks:
        clip = _around(mark, read.shape(mark.page))
        clips = found[mark.field.partition(".")[0]]
        same = [other for other in clips if other.place == clip.place]
        if len(same) < _MOST and not any(other.shows(clip) for other in same):
            clips.append(clip)
    return {field: tuple(clips) for field, clips in found.items()}


def _around(mark: Mark, shape: float) -> Clipping:
    width = min(1.0, max(mark.width + 2 * _MARGIN, _LEAST_WIDE))
    height = min(mark.height * shape + 2 * _MARGIN, _MOST_HIGH)
    x = min(max(mark.x + mark.width / 2 - width / 2, 0.0), 1.0 - width)
    y = max(mark.y * shape - _MARGIN, 0.0)
    return Clipping(mark.field, mark.page, _PAGE * shape, *(_PAGE * value for value in (x, y, width, height)))
