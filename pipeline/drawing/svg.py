"""Draws a picture as SVG: one file that needs no other, read out by its title and description."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from pipeline.drawing.picture import Area, Item, Line, Picture, Point, Words

_FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
_DASHES = ' stroke-dasharray="2.5 2"'
_MM = 25.4 / 72
_SHORT = 3  # letters, such as the figure on a column


def svg(picture: Picture) -> bytes:
    """Return the picture as SVG 1.1, of the paper's size; the same picture is the same bytes."""
    wide, high = (f"{side * _MM:.1f}mm" for side in picture.paper)
    start = f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{wide}" height="{high}" '
    lines = ('<?xml version="1.0" encoding="UTF-8"?>', *_lines(picture, start, ("judul", "uraian")), "")
    return "\n".join(lines).encode("utf-8")


def svg_element(picture: Picture, name: str) -> str:
    """Return the picture as an element of a web page, as wide as its room; ``name`` tells it from others."""
    return "\n".join(_lines(picture, f'<svg class="bagan" id="{name}" ', (f"{name}-judul", f"{name}-uraian")))


def _lines(picture: Picture, start: str, ids: tuple[str, str]) -> Iterator[str]:
    title, description = ids
    size = f"{_n(picture.width)} {_n(picture.height)}"
    yield (
        f'{start}viewBox="0 0 {size}" xml:lang="id" role="img" aria-labelledby="{title} {description}" '
        f'font-family={quoteattr(_FONT)} stroke-linecap="round" stroke-linejoin="round">'
    )
    yield f'<title id="{title}">{escape(picture.title)}</title>'
    yield f'<desc id="{description}">{escape(picture.description)}</desc>'
    yield f'<rect width="{_n(picture.width)}" height="{_n(picture.height)}" fill="#ffffff"/>'
    for style, run in groupby(picture.items, _line_style):
        if style:
            yield _path(run, style)
        else:
            yield from (_element(item) for item in run if not isinstance(item, Line))
    yield "</svg>"


def _line_style(item: Item) -> str:
    """Return how a line is drawn; lines that follow each other in one style are one element. Nothing for the others."""
    if not isinstance(item, Line):
        return ""
    return f'stroke="{item.colour}" stroke-width="{item.width:g}"{_DASHES if item.dashed else ""}'


def _path(lines: Iterable[Item], style: str) -> str:
    ways = ("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in one.points) for one in lines if isinstance(one, Line))
    return f'<path d="{"".join(ways).replace(".0", "")}" fill="none" {style}/>'


def _element(item: Words | Area) -> str:
    match item:
        case Words():
            return _text(item)
        case Area():
            return _area(item)


def _text(item: Words) -> str:
    """``textLength`` holds a text to its room where another typeface than Arial has to stand in; figures fit anyhow."""
    anchor = ' text-anchor="middle"' if item.middle else ""
    bold = ' font-weight="bold"' if item.bold else ""
    fit = f' textLength="{_n(item.wide)}" lengthAdjust="spacingAndGlyphs"' if len(item.text) > _SHORT else ""
    place = f'x="{_n(item.x)}" y="{_n(item.y)}" font-size="{item.size:g}"'
    return f'<text {place}{bold}{anchor} fill="{item.colour}"{fit}>{escape(item.text)}</text>'


def _area(item: Area) -> str:
    paint = " ".join(_paint(item))
    if not item.round:
        return f'<polygon points="{_points(item.points)}" {paint}/>'
    (left, top), (right, bottom) = item.points[0], item.points[2]
    size = f'x="{_n(left)}" y="{_n(top)}" width="{_n(right - left)}" height="{_n(bottom - top)}"'
    return f'<rect {size} rx="{item.round:g}" {paint}/>'


def _paint(item: Area) -> Iterator[str]:
    yield f'fill="{item.fill or "none"}"'
    if item.stroke:
        yield f'stroke="{item.stroke}" stroke-width="{item.width:g}"{_DASHES if item.dashed else ""}'


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    """Return a length to a hundredth of a point, as short as it can be written: pages carry hundreds of them."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
