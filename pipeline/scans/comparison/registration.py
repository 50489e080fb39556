"""Where a page of ours lies on a scan of it: first by the corners of its page code, then by the words that OCR reads.

The code alone says which way up the page lies, and where within a few millimetres: it is small, and what is a hair off
at the foot is a finger's breadth off at the head. Words that are read where the print has them say it exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from statistics import median
from typing import Self

from pipeline.scans.comparison.printed_page import MM, Area, PrintedWord
from pipeline.scans.imaging.codes import Corners

Point = tuple[float, float]
#: A point and where it belongs.
Pair = tuple[Point, Point]
#: Letters of a word that pages are matched by.
_LONG = 4
#: Millimetres that a word may lie from where the code lets expect it, and from where the other words do.
_FAR, _NEAR = 30.0, 3.0
#: Words that say how a page lies; with fewer only the code does. More of them say how it is foreshortened, too.
_FEWEST, _MANY = 6, 24
#: Rounds in which what lies off is left out.
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Projection:
    """A projection of one picture onto another: (ax+by+c, dx+ey+f) / (gx+hy+1)."""

    coefficients: tuple[float, float, float, float, float, float, float, float]

    def of(self, point: Point) -> Point:
        """Return where a point comes to lie."""
        a, b, c, d, e, f, g, h = self.coefficients
        x, y = point
        scale = g * x + h * y + 1
        return (a * x + b * y + c) / scale, (d * x + e * y + f) / scale

    def then(self, other: Self) -> Self:
        """Return this projection followed by another."""
        rows = [
            [sum(o[k] * s[k][column] for k in range(3)) for column in range(3)]
            for o, s in ((o, self._matrix) for o in other._matrix)
        ]
        last = rows[2][2]
        a, b, c, d, e, f, g, h = [value / last for row in rows for value in row][:8]
        return type(self)((a, b, c, d, e, f, g, h))

    def inverse(self) -> Self:
        """Return the projection back.

        Raises:
            ZeroDivisionError: there is none.
        """
        (a, b, c), (d, e, f), (g, h, i) = self._matrix
        last = a * e - b * d
        rows = (e * i - f * h, c * h - b * i, b * f - c * e), (f * g - d * i, a * i - c * g, c * d - a * f)
        (aa, bb, cc), (dd, ee, ff) = ([value / last for value in row] for row in rows)
        return type(self)((aa, bb, cc, dd, ee, ff, (d * h - e * g) / last, (b * g - a * h) / last))

    @property
    def _matrix(self) -> list[list[float]]:
        a, b, c, d, e, f, g, h = self.coefficients
        return [[a, b, c], [d, e, f], [g, h, 1.0]]

    @classmethod
    def through(cls, pairs: Sequence[Pair], *, flat: bool = False) -> Self:
        """Return the projection that takes the points nearest to where they belong; of a *flat* sheet an affine one.

        Raises:
            ZeroDivisionError: the points lie in a line, or are too few (four; flat: three).
        """
        unknowns = 6 if flat else 8
        table = [[0.0] * (unknowns + 1) for _ in range(unknowns)]
        size = max(abs(v) for pair in pairs for point in pair for v in point)
        for (x, y), (u, v) in (((x / size, y / size), (u / size, v / size)) for (x, y), (u, v) in pairs):
            for row, wanted in (
                ([x, y, 1, 0, 0, 0, -u * x, -u * y][:unknowns], u),
                ([0, 0, 0, x, y, 1, -v * x, -v * y][:unknowns], v),
            ):
                for i in range(unknowns):
                    for j in range(unknowns):
                        table[i][j] += row[i] * row[j]
                    table[i][unknowns] += row[i] * wanted
        a, b, c, d, e, f, g, h = [*_solved(table), 0.0, 0.0][:8]
        return cls((a, b, c * size, d, e, f * size, g / size, h / size))

    @classmethod
    def along(cls, here: Corners, there: Corners) -> Self:
        """Return the turn, size and shift that take a code's corners to where they belong."""
        (x, y), (u, v) = _middle(here), _middle(there)
        across = [(cx - x, cy - y, cu - u, cv - v) for (cx, cy), (cu, cv) in zip(here, there, strict=True)]
        size = sum(cx * cx + cy * cy for cx, cy, _, _ in across)
        cosine = sum(cx * cu + cy * cv for cx, cy, cu, cv in across) / size
        sine = sum(cx * cv - cy * cu for cx, cy, cu, cv in across) / size
        return cls((cosine, -sine, u - cosine * x + sine * y, sine, cosine, v - sine * x - cosine * y, 0.0, 0.0))


@dataclass(frozen=True, slots=True)
class Registration:
    """How a page lies: the projection that takes the print's points to the picture's.

    ``words`` is by how many words that is known, ``off`` how far off (mm, the median) those are then.
    """

    projection: Projection
    words: int
    off: float


def registered(printed: Sequence[PrintedWord], read: Sequence[tuple[str, Area]]) -> Registration | None:
    """Return how a page lies on a picture where it lies right by a few millimetres; None: nothing on it says so.

    ``read`` are the words on the picture.
    """
    pairs = _pairs(printed, read)
    if len(pairs) < _FEWEST:
        return None
    try:
        # At first, half of the pairs may be wrong: a shift that most agree on is enough to tell them.
        found = _shifted(pairs)
        reach = _FAR * MM / 2
        for _ in range(_ROUNDS):
            kept = [pair for pair in pairs if _off(found, pair) <= reach]
            if len(kept) < _FEWEST:
                return None
            found = Projection.through(kept, flat=len(kept) < _MANY)
            reach = max(_NEAR * MM / 2, min(reach / 2, 4 * median(_off(found, pair) for pair in kept)))
    except ZeroDivisionError:
        return None
    return Registration(found, len(kept), median(_off(found, pair) for pair in kept) / MM)


def _pairs(printed: Sequence[PrintedWord], read: Sequence[tuple[str, Area]]) -> list[Pair]:
    """Return the middles of words of the same text that lie near each other, none of which could be another."""
    there: dict[str, list[Point]] = defaultdict(list)
    for text, area in read:
        there[text.casefold()].append(_centre(area))
    here: dict[str, list[Point]] = defaultdict(list)
    for word in printed:
        if len(word.text) >= _LONG:
            here[word.text.casefold()].append(_centre(word.area))
    return [
        (point, near[0])
        for text, points in here.items()
        for point in points
        if len(near := [other for other in there[text] if hypot(other[0] - point[0], other[1] - point[1]) < _FAR * MM])
        == 1
        and sum(hypot(other[0] - near[0][0], other[1] - near[0][1]) < _FAR * MM for other in points) == 1
    ]


def _shifted(pairs: Sequence[Pair]) -> Projection:
    right, down = (median(there[axis] - here[axis] for here, there in pairs) for axis in (0, 1))
    return Projection((1.0, 0.0, right, 0.0, 1.0, down, 0.0, 0.0))


def _off(projection: Projection, pair: Pair) -> float:
    x, y = projection.of(pair[0])
    return hypot(x - pair[1][0], y - pair[1][1])


def _centre(area: Area) -> Point:
    return (area[0] + area[2]) / 2, (area[1] + area[3]) / 2


def _middle(corners: Corners) -> Point:
    return sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4


def _solved(table: list[list[float]]) -> list[float]:
    """Solve the equations (each row: factors, then what they make) by elimination."""
    size = len(table)
    for i in range(size):
        pivot = max(range(i, size), key=lambda row: abs(table[row][i]))
        if abs(table[pivot][i]) < 1e-12:
            raise ZeroDivisionError
        table[i], table[pivot] = table[pivot], table[i]
        for row in range(size):
            if row != i and (factor := table[row][i] / table[i][i]):
                table[row] = [a - factor * b for a, b in zip(table[row], table[i], strict=True)]
    return [table[i][size] / table[i][i] for i in range(size)]
