"""What a drawing is made of, whatever draws it: areas, lines and words, in points from the top left corner."""

from __future__ import annotations

import math
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon. ``fill`` and ``stroke`` are ``#rrggbb`` or empty; ``round``: the corners' radius of a rectangle."""

    points: tuple[Point, ...]
    fill: str = ""
    stroke: str = ""
    width: float = 0.6
    round: float = 0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points, its ends and bends round."""

    points: tuple[Point, ...]
    colour: str
    width: float = 0.6
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text. ``x`` is where it starts, or its middle; ``y`` is its baseline; ``wide`` how wide it is."""

    x: float
    y: float
    text: str
    size: float
    wide: float
    bold: bool = False
    colour: str = "#000000"
    middle: bool = False

    @property
    def left(self) -> float:
        """Where it starts."""
        return self.x - self.wide / 2 if self.middle else self.x


Item = Area | Line | Words


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of one sheet: its size in points, its title, and what it shows told in words."""

    width: float
    height: float
    paper: Point
    """Width and height of the paper in points: the drawing is fitted to it."""
    title: str
    description: str
    items: tuple[Item, ...]


def rectangle(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    """Return the corners, clockwise from the top left."""
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def arrowhead(points: tuple[Point, ...], colour: str, size: float = 4.2) -> Area:
    """Return the head at the end of a line."""
    (x0, y0), (x, y) = points[-2:]
    turn = math.atan2(y - y0, x - x0)
    sides = ((x - size * math.cos(turn + s), y - size * math.sin(turn + s)) for s in (0.42, -0.42))
    return Area(((x, y), *sides), fill=colour)
