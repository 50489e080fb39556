"""Draws a picture as PNG, for Word documents, which show no drawing of ours; the letters are Liberation Sans."""

from __future__ import annotations

import functools
import io

from PIL import Image, ImageDraw, ImageFont

from pipeline.drawing.engines.fonts import SANS, font_file
from pipeline.drawing.picture import Area, Item, Line, Picture, Words

#: Dots to a point: 216 to the inch, as office printers show greys.
DOTS = 3
#: How much larger it is drawn first, so that its edges come out smooth.
_FINER = 2
_SCALE = DOTS * _FINER
_COLOURS = 32


def png(picture: Picture) -> bytes:
    """Return the picture as PNG; the same picture is the same bytes.

    Raises:
        EngineMissing: the font is not installed.
    """
    size = (round(picture.width * _SCALE), round(picture.height * _SCALE))
    canvas = Image.new("RGB", size, "#ffffff")
    pen = ImageDraw.Draw(canvas)
    for item in picture.items:
        _draw(pen, item)
    small = canvas.resize((size[0] // _FINER, size[1] // _FINER), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True, dpi=(DOTS * 72, DOTS * 72))
    return out.getvalue()


def _draw(pen: ImageDraw.ImageDraw, item: Item) -> None:
    match item:
        case Words():
            place = (item.left * _SCALE, item.y * _SCALE)
            pen.text(place, item.text, fill=item.colour, font=_font(item.size, bold=item.bold), anchor="ls")
        case Line():
            pen.line(_points(item), fill=item.colour, width=_width(item.width), joint="curve")
        case Area():
            pen.polygon(_points(item), fill=item.fill or None)
            if item.stroke:
                corners = _points(item)
                pen.line([*corners, corners[0]], fill=item.stroke, width=_width(item.width), joint="curve")


def _points(item: Area | Line) -> list[tuple[float, float]]:
    return [(x * _SCALE, y * _SCALE) for x, y in item.points]


def _width(points: float) -> int:
    return max(round(points * _SCALE), 1)


@functools.lru_cache(maxsize=32)
def _font(size: float, *, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file(SANS[bold])), size * _SCALE, layout_engine=ImageFont.Layout.BASIC)
