"""Draws a picture as a PDF of one page, its letters embedded (Liberation Sans, which is as wide as Arial)."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Dictionary, Pdf

from pipeline.drawing.engines.fonts import SANS, Face, add_face, face
from pipeline.drawing.engines.pdf_writing import entitled, saved
from pipeline.drawing.engines.pdfa_marks import mark
from pipeline.drawing.picture import Area, Item, Line, Picture, Point, Words

_NAMES = {False: "/FYkBiasa", True: "/FYkTebal"}
_DASHES, _SOLID = "[2.5 2] 0 d", "[] 0 d"
#: How far the handles of a Bezier curve reach that stands for a quarter of a circle of radius 1.
_QUARTER = 0.5523


def pdf(picture: Picture) -> bytes:
    """Return the picture as a PDF/A page of the paper's size; the same picture is the same bytes.

    Raises:
        EngineMissing: the font is not installed.
    """
    faces = {bold: face(file, _signs(picture, bold=bold)) for bold, file in SANS.items()}
    drawn = Pdf.new()
    page = drawn.add_blank_page(page_size=picture.paper)
    page.Contents = drawn.make_stream("\n".join(_content(picture, faces)).encode("ascii"))
    page.Resources = Dictionary(Font=Dictionary({_NAMES[bold]: add_face(drawn, f) for bold, f in faces.items()}))
    entitled(drawn, picture.title, picture.description)
    mark(drawn, picture.title)
    return saved(drawn)


def _signs(picture: Picture, *, bold: bool) -> str:
    texts = (item.text for item in picture.items if isinstance(item, Words) and item.bold is bold)
    return "".join(sorted(set("".join(texts))))


def _content(picture: Picture, faces: dict[bool, Face]) -> Iterator[str]:
    """Yield the drawing instructions; the picture's heights run down, the page's up."""
    scale = picture.paper[0] / picture.width
    yield f"{scale:.5f} 0 0 {scale:.5f} 0 0 cm 1 J 1 j"
    for item in picture.items:
        yield from _item(item, picture.height, faces)


def _item(item: Item, height: float, faces: dict[bool, Face]) -> Iterator[str]:
    match item:
        case Words():
            yield f"{_colour(item.colour)} rg BT {_NAMES[item.bold]} {item.size:.2f} Tf"
            yield f"{item.left:.2f} {height - item.y:.2f} Td <{faces[item.bold].hex(item.text)}> Tj ET"
        case Line():
            yield _pen(item.colour, item.width, dashed=item.dashed)
            yield f"{_path(item.points, height)} S"
        case Area():
            yield from _area(item, height)


def _area(item: Area, height: float) -> Iterator[str]:
    if item.fill:
        yield f"{_colour(item.fill)} rg"
    if item.stroke:
        yield _pen(item.stroke, item.width, dashed=item.dashed)
    outline = _rounded(item, height) if item.round else f"{_path(item.points, height)} h"
    yield f"{outline} {'B' if item.fill and item.stroke else 'S' if item.stroke else 'f'}"


def _pen(colour: str, width: float, *, dashed: bool) -> str:
    return f"{_colour(colour)} RG {width:.2f} w {_DASHES if dashed else _SOLID}"


def _colour(code: str) -> str:
    return " ".join(f"{int(code[n : n + 2], 16) / 255:.3f}" for n in (1, 3, 5))


def _path(points: tuple[Point, ...], height: float) -> str:
    return " ".join(f"{x:.2f} {height - y:.2f} {'l' if n else 'm'}" for n, (x, y) in enumerate(points))


def _rounded(item: Area, height: float) -> str:
    (left, top), (right, bottom) = item.points[0], item.points[2]
    top, bottom = height - top, height - bottom
    reach, handle = item.round, item.round * (1 - _QUARTER)
    corners = (
        (left + reach, top, "m"),
        (right - reach, top, "l"),
        (right - handle, top, right, top - handle, right, top - reach, "c"),
        (right, bottom + reach, "l"),
        (right, bottom + handle, right - handle, bottom, right - reach, bottom, "c"),
        (left + reach, bottom, "l"),
        (left + handle, bottom, left, bottom + handle, left, bottom + reach, "c"),
        (left, top - reach, "l"),
        (left, top - handle, left + handle, top, left + reach, top, "c"),
    )
    steps = (" ".join(n if isinstance(n, str) else f"{n:.2f}" for n in corner) for corner in corners)
    return f"{' '.join(steps)} h"
