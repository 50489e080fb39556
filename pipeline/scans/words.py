"""Words and pages as they were read, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Json = None | bool | int | float | str | list[Any] | dict[str, Any]


#: x0, y0, x1, y1 as fractions (0..1) of the upright page, origin at the top left.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Word:
    """One word as read, with its place on the upright page and how sure the reader is (0..1)."""

    text: str
    box: Box
    confidence: float
    line: int
    """Index of its line on the page, from 0, top to bottom."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read.

    ``turned`` is the clockwise angle (0, 90, 180, 270) by which the page as filed must be turned to stand upright;
    ``width`` and ``height`` are points (1/72 inch) of the upright page. ``source`` is ``ocr``, ``lapisan`` (the
    file's own text was good) or ``kosong`` (nothing on it).
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    text: str
    source: str
    turned: int = 0
