"""Lines that a machine drew and nobody wrote: a speck on a scanner's or a fax's glass, a row lost on the wire.

A streak runs straight down the page, a lost row straight across a part of it. Both are a few dots thick and cross
letters, which are read as others then; a streak besides is taken for the rule between two columns. Where such a line is
taken out, a dot stays ink only if there is ink on both sides of it. What slopes was on the paper, and what crosses no
letters does no harm: rules and underlines stay, for page analysis knows them.

The thresholds follow from how large letters are; checked on the sample letters, 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PIL import Image, ImageChops

from pipeline.scans.imaging.raster import turned

#: Inches of a piece of a line: longer than any stroke of a letter. So much of it is darker (0 black to 255) than the
#: first shade, as print is: the frame of a stamp is paler, and stays; or, of a streak that falls between two dots, than
#: the second.
_PIECE, _INKED, _INK_SHADE, _PALE_SHADE = 0.32, 0.9, 100, 190
#: Pieces that make a lost row, and share of the page's height down which a streak runs.
_ROW_PIECES, _DOWN = 2, 0.6
#: Inches that a line is thick at most, and dots around it that are paler than ink and still belong to it.
_THICK, _RIM = 0.027, 1
#: Share of a lost row that has ink above it, and below it, if it crosses letters.
_CROSSED = 0.03
#: Lines of a page at most: what has more is a picture.
_MOST = 100

Line = tuple[int, int, int, int]


def without_streaks(image: Image.Image, dpi: float) -> Image.Image:
    """Return the grey page without streaks and lost rows; the very picture if it has none."""
    piece = round(_PIECE * dpi)
    if min(image.size) < 2 * piece:
        return image
    if _share_of_dark(image.reduce((1, piece)), _PALE_SHADE) >= _DOWN:
        upended = turned(image, 90)
        streaks = list(_lines(_darker(upended, _PALE_SHADE), dpi, round(_DOWN * image.height)))
        image = turned(_mended(upended, streaks), 270)
    if _share_of_dark(image.reduce((piece, 1)).transpose(Image.Transpose.TRANSPOSE), _INK_SHADE) > 0:
        ink = _darker(image, _INK_SHADE)
        lines = _lines(ink, dpi, _ROW_PIECES * piece)
        image = _mended(image, [line for line in lines if _crosses_letters(ink, line)])
    return image


def _share_of_dark(pieces: Image.Image, shade: int) -> float:
    """Return the largest share (0..1) of a column whose pieces may be as dark as a line is, at so much of their ink."""
    darkest = _INKED * shade + (1 - _INKED) * 255
    dark = pieces.point([255 * (mean <= darkest) for mean in range(256)])
    return max(dark.reduce((1, dark.height)).tobytes()) / 255


def _mended(image: Image.Image, lines: Sequence[Line]) -> Image.Image:
    if not 0 < len(lines) <= _MOST:
        return image
    mended = image.copy()
    for line in lines:
        beside = ImageChops.lighter(*_beside(image, line))
        for row in range(line[1] - _RIM, line[3] + _RIM):
            mended.paste(beside, (line[0], row))
    return mended


def _beside(image: Image.Image, line: Line) -> list[Image.Image]:
    """Return the row of dots above a line and the one below it."""
    rows = max(0, line[1] - _RIM - 1), min(image.height - 1, line[3] + _RIM)
    return [image.crop((line[0], row, line[2], row + 1)) for row in rows]


def _crosses_letters(ink: Image.Image, line: Line) -> bool:
    return all(sum(side.histogram()[1:]) >= _CROSSED * side.width for side in _beside(ink, line))


def _lines(ink: Image.Image, dpi: float, shortest: int) -> Iterator[Line]:
    """Yield thin level lines of ink (white on black): left, top, right and bottom, the last two beyond them."""
    pieces = _full(ink.reduce((round(_PIECE * dpi), 1)))
    thick = round(_THICK * dpi)
    thin = ImageChops.subtract(pieces, ImageChops.lighter(_moved(pieces, thick), _moved(pieces, -thick)))
    growing: list[Line] = []
    for y, inked in enumerate([*thin.getprojection()[1], 0]):
        if not inked and not growing:
            continue
        runs = _runs(ink, thin, y) if inked else []
        ended = [line for line in growing if not any(_touch(line, run) for run in runs)]
        yield from (ln for ln in ended if ln[2] - ln[0] >= shortest and ln[3] - ln[1] <= thick)
        growing = [_grown(y, run, [line for line in growing if _touch(line, run)]) for run in runs]


def _touch(line: Line, run: tuple[int, int]) -> bool:
    return run[0] < line[2] and line[0] < run[1]


def _grown(y: int, run: tuple[int, int], lines: Sequence[Line]) -> Line:
    """Return the lines of the rows above with a run of the row *y* below them."""
    lefts, tops, rights = [run[0]], [y], [run[1]]
    for left, top, right, _ in lines:
        lefts, tops, rights = [*lefts, left], [*tops, top], [*rights, right]
    return min(lefts), min(tops), max(rights), y + 1


def _runs(ink: Image.Image, thin: Image.Image, y: int) -> list[tuple[int, int]]:
    """Return from where to where a row's pieces run, with the part of a piece at either end."""
    piece = ink.width // thin.width + (ink.width % thin.width > 0)
    full = thin.crop((0, y, thin.width, y + 1)).tobytes()
    dots = ink.crop((0, y, ink.width, y + 1)).tobytes()
    found: list[tuple[int, int]] = []
    for number in (number for number, is_full in enumerate(full) if is_full):
        left, right = number * piece, min(ink.width, (number + 1) * piece)
        if found and left < found[-1][1]:
            continue
        left = dots.rfind(0, 0, left) + 1
        while right < ink.width and (dots[right] or full[right // piece]):
            right += 1
        found.append((left, right))
    return found


def _darker(image: Image.Image, than: int) -> Image.Image:
    return image.point([255 if shade < than else 0 for shade in range(256)])


def _full(inked: Image.Image) -> Image.Image:
    return inked.point([255 if share >= _INKED * 255 else 0 for share in range(256)])


def _moved(image: Image.Image, down: int) -> Image.Image:
    moved = Image.new("L", image.size, 0)
    moved.paste(image, (0, down))
    return moved
