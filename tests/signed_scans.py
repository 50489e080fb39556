"""Sheets of ours as they come back from the scanner: signed with a pen or not, askew, turned, coarse, dirty."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from functools import lru_cache

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

#: Dots per inch at which pages are drawn and signed before they are scanned.
FINE = 300
_MM = FINE / 25.4
BLUE, BLACK, FAINT = (35, 50, 140), (25, 25, 25), (120, 130, 185)

Sheet = Image.Image
Spot = tuple[float, float]


def pages_of(pdf: bytes) -> list[Sheet]:
    """Return the pages of a print, as paper in colour."""
    return [page.copy() for page in _drawn(pdf)]


@lru_cache(maxsize=4)
def _drawn(pdf: bytes) -> list[Sheet]:
    return [page.render(scale=FINE / 72).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(pdf)]


def signed(sheet: Sheet, at: Spot, *, pen=BLUE, width: float = 0.5, size: Spot = (32, 14), seed: int = 1) -> Sheet:
    """Sign a page with a pen of that colour and width (mm); ``at`` is the signature's left and top edge in mm."""
    sheet, chance = sheet.copy(), random.Random(seed)
    draw = ImageDraw.Draw(sheet)
    steps = 9
    points = [
        (
            (at[0] + size[0] * (n + chance.uniform(-0.45, 0.45)) / steps) * _MM,
            (at[1] + size[1] * (chance.uniform(0, 0.4) if n % 2 else chance.uniform(0.6, 1))) * _MM,
        )
        for n in range(steps + 1)
    ]
    draw.line(_curve(points), fill=pen, width=max(1, round(width * _MM)), joint="curve")
    return sheet


def stamped(sheet: Sheet, centre: Spot, *, radius: float = 17, ink=(90, 60, 170)) -> Sheet:
    """Put the office's round stamp on a page."""
    over = Image.new("RGB", sheet.size, "white")
    draw = ImageDraw.Draw(over)
    x, y = centre[0] * _MM, centre[1] * _MM
    for ring in (radius, radius * 0.65):
        draw.ellipse([x - ring * _MM, y - ring * _MM, x + ring * _MM, y + ring * _MM], outline=ink, width=9)
    draw.text((x - 90, y - 20), "REKAAN", fill=ink, font_size=52)
    return ImageChops.multiply(sheet, over)


def whitened(sheet: Sheet, box: tuple[float, float, float, float], text: str = "", size: int = 42) -> Sheet:
    """Paint an area (mm) white and type another text there."""
    sheet = sheet.copy()
    draw = ImageDraw.Draw(sheet)
    draw.rectangle([edge * _MM for edge in box], fill="white")
    if text:
        draw.text((box[0] * _MM, box[1] * _MM), text, fill="black", font_size=size)
    return sheet


def scanned(
    sheets: Sequence[Sheet],
    *,
    dpi: int = 200,
    mode: str = "RGB",
    turns: Sequence[int] = (),
    skew: float = 0,
    shift: Spot = (0, 0),
    quality: int = 75,
    dirt: int = 0,
    blur: float = 0,
    photographed: float = 0,
) -> bytes:
    """Return the pages as the scanner sends them: a PDF of pictures.

    ``turns`` are clockwise turns of the pages, ``skew`` degrees, ``shift`` mm, ``dirt`` specks a page, ``photographed``
    by how much of its width a page runs together at the top, on a shaded table.
    """
    out = io.BytesIO()
    pictures = [
        _scan(sheet, dpi, mode, skew, shift, dirt, blur, photographed).rotate(
            -(turns[n] if n < len(turns) else 0), expand=True
        )
        for n, sheet in enumerate(sheets)
    ]
    pictures[0].save(
        out,
        "PDF",
        save_all=True,
        append_images=pictures[1:],
        resolution=dpi,
        **({} if mode == "1" else {"quality": quality}),
    )
    return out.getvalue()


def _scan(sheet, dpi, mode, skew, shift, dirt, blur, photographed) -> Image.Image:
    if mode != "RGB":
        sheet = sheet.convert("L")
    if skew or shift != (0, 0):
        moved = tuple(round(s * _MM) for s in shift)
        sheet = sheet.rotate(-skew, Image.Resampling.BICUBIC, fillcolor="white", translate=moved)
    if photographed:
        sheet = _photograph(sheet, photographed)
    picture = sheet.resize([round(side * dpi / FINE) for side in sheet.size], Image.Resampling.BOX)
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    if dirt:
        _soil(picture, dirt, dpi)
    if mode != "1":
        picture = ImageChops.add(picture, _noise(picture.size).convert(picture.mode), 1, -128)
    return picture.convert("L").point(lambda v: 255 * (v > 150)).convert("1") if mode == "1" else picture.convert(mode)


@lru_cache(maxsize=4)  # drawing it takes longer than scanning the page
def _noise(size: tuple[int, int]) -> Image.Image:
    return Image.effect_noise(size, 14)


def _photograph(sheet: Sheet, by: float) -> Sheet:
    width, height = sheet.size
    edge = round(width * by)
    table = Image.new("RGB", (width + 2 * edge, height + 2 * edge), (96, 80, 66))
    corners = [(2 * edge, edge), (width, edge), (width + edge, height + edge), (edge, height + edge)]
    coefficients = _perspective([(0, 0), (width, 0), (width, height), (0, height)], corners)
    paper = sheet.transform(table.size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC)
    mask = Image.new("L", sheet.size, 255).transform(table.size, Image.Transform.PERSPECTIVE, coefficients)
    table.paste(paper, mask=mask)
    shade = Image.linear_gradient("L").resize(table.size).point(lambda v: 255 - v // 3)
    return ImageChops.multiply(table, Image.merge("RGB", [shade] * 3))


def _perspective(source, target) -> list[float]:
    from pipeline.scans.comparison.registration import Projection

    return list(Projection.through(list(zip(target, source, strict=True))).coefficients)


def _soil(picture: Image.Image, dirt: int, dpi: int) -> None:
    chance, draw = random.Random(5), ImageDraw.Draw(picture)
    for _ in range(dirt):
        x, y = chance.randrange(picture.width), chance.randrange(picture.height)
        r = chance.uniform(0.1, 0.5) * dpi / 25.4
        draw.ellipse([x - r, y - r, x + r, y + r], fill="#3c3c3c")
    x = chance.randrange(picture.width)  # a streak of the feeder
    draw.line([x, 0, x, picture.height], fill="#6e6e6e", width=max(1, dpi // 150))


def _curve(points: Sequence[Spot]) -> list[Spot]:
    """Return a smooth line through the points (Catmull-Rom)."""
    ends = [points[0], *points, points[-1]]
    found = []
    for n in range(1, len(ends) - 2):
        a, b, c, d = ends[n - 1 : n + 3]
        for step in range(24):
            t = step / 24
            found.append(tuple(_spline(t, a[i], b[i], c[i], d[i]) for i in (0, 1)))
    return found


def _spline(t: float, a: float, b: float, c: float, d: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


Signing = Callable[[Sheet], Sheet]
