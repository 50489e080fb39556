"""How much of a sheet's one page its texts take, and what goes on to a second sheet where they take more.

Nothing that a sheet says is cut. A long text is first set in the smaller of the sheet's styles; if the page still has
no room, it begins there and is printed whole on a sheet of its own that belongs to it. How wide a text is tells
:func:`pipeline.office.wording.width`, which is a little more than the width on paper.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.office import wording
from pipeline.office.office import Office

#: What stands where a text goes on elsewhere.
CONTINUED = "(dilanjutkan pada lembar lanjutan)"
#: Millimetres in a point, and the height of a line as a multiple of the type's size (Arial).
_MM_A_POINT, _LEADING = 25.4 / 72, 1.15
#: Behind the end of a sentence, which no abbreviation is (``Prof. Dr.``), or of a paragraph.
_SENTENCE_END = re.compile(r"(?<=[a-z]{4}[.;!?])\s|\n")
#: More lines than a page can hold.
ALL = 90


@dataclass(frozen=True, slots=True)
class Column:
    """A column of text: its width in millimetres, the size of its type in points."""

    width: float
    points: float

    @property
    def line(self) -> float:
        """The height of a line, in millimetres."""
        return self.points * _LEADING * _MM_A_POINT

    def lines(self, text: str) -> int:
        """Return how many lines a text takes at the most; none where there is no text."""
        return _lines(self, text)

    def wrapped(self, text: str) -> Iterator[str]:
        """Yield the text line by line, parted at its blanks but for no-break ones; a word too wide is parted inside."""
        room, blank = self.width / (self.points / 2 * _MM_A_POINT), wording.width(" ")
        for paragraph in text.splitlines():
            line, used = "", 0.0
            for word in (piece for whole in filter(None, paragraph.split(" ")) for piece in _pieces(whole, room)):
                wide = wording.width(word)
                if line and used + blank + wide > room:
                    yield line
                    line, used = "", 0.0
                line, used = (f"{line} {word}", used + blank + wide) if line else (word, wide)
            if line:
                yield line

    def begun(self, text: str, most: int) -> str:
        """Return the text if it takes no more lines than that, else how it begins, and that it goes on elsewhere."""
        if self.lines(text) <= most:
            return text
        return f"{_sentences(text[: self.held(text, most, CONTINUED)])} {CONTINUED}".strip()

    def held(self, text: str, most: int, after: str = "") -> int:
        """Return how many signs of a text fit so many lines, with what stands after them; whole words if any fit."""
        fitting = bisect_right(range(len(text) + 1), most, key=lambda n: self.lines(f"{text[:n]} {after}")) - 1
        if fitting >= len(text) or not text[: fitting + 1].split():
            return max(fitting, 0)
        return text[: fitting + 1].rfind(" ") + 1 or fitting


@lru_cache(maxsize=256)
def _lines(column: Column, text: str) -> int:
    """Return the same; a sheet is tried in several types, and asks for most of its texts many times."""
    return sum(1 for _ in column.wrapped(text))


def _sentences(text: str) -> str:
    """Return the text up to the end of its last sentence or paragraph, if that is in its second half."""
    end = max((found.start() for found in _SENTENCE_END.finditer(text)), default=0)
    return (text[:end] if end > len(text) / 2 else text).rstrip()


def _pieces(word: str, room: float) -> Iterator[str]:
    """Yield a word whole, or in pieces that are no wider than the room."""
    if wording.width(word) <= room:
        yield word
        return
    piece, used = "", 0.0
    for sign in word:
        wide = wording.width(sign)
        if piece and used + wide > room:
            yield piece
            piece, used = "", 0.0
        piece, used = piece + sign, used + wide
    yield piece


#: The lines of a kop, ministry, office and address, in its usual and its small type (``KOP_SMALL`` of the drawings).
_KOP = {
    size: tuple(Column(114, points) for points in kop)
    for size, kop in {"biasa": (10, 11.5, 7.5), "kecil": (8, 9.5, 6.5)}.items()
}
#: Millimetres: the least of a kop, the rule below it, and how high one may be in its usual type.
_LOGO, _RULE, _KOP_ROOM = 19.0, 1.5, 27.0


@dataclass(frozen=True, slots=True)
class Kop:
    """The kop of an office on a sheet that must keep to one page: its type (``biasa``, ``kecil``) and its height."""

    size: str
    height: float


def kop(office: Office) -> Kop:
    """Return how the office's kop is set: a long one in small type."""
    usual = Kop("biasa", _kop_height(office, "biasa"))
    return usual if usual.height <= _KOP_ROOM else Kop("kecil", _kop_height(office, "kecil"))


def _kop_height(office: Office, size: str) -> float:
    head, (ministry, name, address) = office.letterhead, _KOP[size]
    lines = (
        (ministry, "\n".join(head.ministry)),
        (name, head.office),
        (address, head.address),
        (address, head.contact),
    )
    return max(_LOGO, sum(column.line * max(column.lines(text), 1) for column, text in lines)) + _RULE


@dataclass(frozen=True, slots=True)
class Fit:
    """How a sheet's texts fit its page: in type of which size, and how many lines each may take there at the most."""

    points: float
    most: int = ALL


def fit(sizes: Sequence[float], height: Callable[[Fit], float], room: float) -> Fit:
    """Return the largest type in which the page holds all, else the smallest with as many lines as it holds."""
    for points in sizes:
        if height(Fit(points)) <= room:
            return Fit(points)
    held = bisect_right(range(1, ALL), room, key=lambda most: height(Fit(sizes[-1], most)))
    return Fit(sizes[-1], max(held, 1))


def continued(title: str, texts: Sequence[str]) -> list[dict[str, str]]:
    """Return a part of the second sheet, line by line: its title stands at the first."""
    return [{"judul": "" if number else title, "teks": text} for number, text in enumerate(texts)]
