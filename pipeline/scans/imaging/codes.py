"""Codes seen on a page: QR and bar codes, and patch T separator sheets, which offices own.

A patch has four bars, for a T narrow-wide-narrow-wide, and is read from the picture of the page.
Kodak, *Patch Code Information* (A-61599): narrow bars and all spaces 0.08 inch, wide bars 0.20, so a patch is ten units
of 0.08 across, its bars two inches long or more (0.75 at least). Read from the other end a T is a patch 3, which also
only ever separates; so either direction counts, and the sheet may lie any way round. A patch printed on a page with
writing is no separator sheet: the page is not dropped for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import zxingcpp
from PIL import Image

# Where the sheet's measures do not say it, a threshold was chosen on simulated scans, of which 108 of 108 are known
# (docs/decisions/0005-parts-of-a-scan.md).
#: Dots per inch above which the page is halved: bars are wide enough.
_FINE_DPI = 110
#: Inches of bar length averaged at once: lines of writing go grey in it, bars stay black.
_WINDOW = 0.3
#: Windows side by side that show the bars of a sheet, and of what may be one.
_NEEDED, _SUSPICIOUS = 3, 2
#: Bars in units, read from either end; with the three spaces they are ten.
_UNITS, _ALL_UNITS = ((1.0, 2.5, 1.0, 2.5), (2.5, 1.0, 2.5, 1.0)), 10
#: How many of the four bars are wide.
_WIDE_BARS = 2
#: Inches of a unit: 0.08, printed smaller or larger.
_SMALLEST, _LARGEST = 0.05, 0.14
#: Share of a unit that a bar or space may be off (printing, blur, skew), and that units side by side may differ.
_OFF, _UNLIKE = 0.45, 0.2
#: Shades (of 255) between the darkest and the lightest of a window with bars.
_CONTRAST = 60
#: Share of the page that may be dark besides the bars: a title, a line of instruction.
_MOST_WRITING = 0.02
#: Paper is as bright as the brightest fifth of the page; what is so many shades darker is ink.
_PAPER_SHARE, _INK_DEPTH = 0.2, 90
_T = Image.Transpose


class Patch(Enum):
    """What was found on a page: no patch, a separator sheet, or something like one."""

    NONE = ""
    SHEET = "pemisah"
    DOUBT = "mirip"


@dataclass(frozen=True, slots=True)
class _Bars:
    """The four bars in one window: where they begin, one unit in pixels, and their dark area."""

    start: int
    unit: float
    area: int


def find_patch(image: Image.Image, dpi: float) -> Patch:
    """Say whether a grey page of so many dpi is a patch-T sheet."""
    small = image.reduce(2) if dpi > _FINE_DPI else image
    windows = _both_ways(small, dpi * small.width / image.width)
    longest = max(map(_longest_chain, windows))
    if longest < _SUSPICIOUS:
        return Patch.NONE
    areas = [bars.area for direction in windows for window in direction for bars in window]
    writing = dark_share(small) - sum(areas) / (small.width * small.height)
    return Patch.SHEET if longest >= _NEEDED and writing <= _MOST_WRITING else Patch.DOUBT


def is_framed(image: Image.Image, dpi: float) -> bool:
    """Say whether a grey page has patches across and along it, as only sheets have that are sold or printed as such."""
    small = image.reduce(2) if dpi > _FINE_DPI else image
    windows = _both_ways(small, dpi * small.width / image.width)
    return min(map(_longest_chain, windows)) >= _NEEDED


def _both_ways(picture: Image.Image, scale: float) -> list[list[list[_Bars]]]:
    """Return the windows across and along the page: sheets carry a patch at every edge."""
    return [_windows(picture, scale), _windows(picture.transpose(_T.ROTATE_90), scale)]


def _longest_chain(windows: list[list[_Bars]]) -> int:
    """Return in how many windows side by side the same bars are seen, each where the one before lets expect them."""
    longest, chains = 0, list[tuple[int, _Bars]]()
    for window in windows:
        chains = [
            (1 + max((length for length, before in chains if _continues(before, bars)), default=0), bars)
            for bars in window
        ]
        longest = max([longest, *(length for length, _ in chains)])
    return longest


def _continues(before: _Bars, bars: _Bars) -> bool:
    return abs(before.start - bars.start) <= bars.unit and abs(before.unit / bars.unit - 1) < _UNLIKE


def _windows(picture: Image.Image, scale: float) -> list[list[_Bars]]:
    """Return the bars in each window, from left to right; bars that run across the picture."""
    count = max(1, round(picture.width / (_WINDOW * scale)))
    averaged = picture.resize((count, picture.height), Image.Resampling.BOX).transpose(_T.TRANSPOSE).tobytes()
    width, height = picture.width // count, picture.height
    return [_bars(averaged[n * height : (n + 1) * height], width, scale) for n in range(count)]


def _bars(shades: bytes, width: int, scale: float) -> list[_Bars]:
    different = set(shades)
    darkest, lightest = min(different), max(different)
    if lightest - darkest < _CONTRAST:
        return []
    dark = _dark(shades, (darkest + lightest) // 2)
    if dark.count(b"\1" * _least_wide_bar(scale)) < _WIDE_BARS:  # as good as every window of a page of text
        return []
    edges, first = _edges(dark)
    found = []
    for at in range(first, len(edges) - 7, 2):
        seven = edges[at : at + 8]
        unit = (seven[7] - seven[0]) / _ALL_UNITS
        if _SMALLEST * scale <= unit <= _LARGEST * scale and _is_patch(seven, unit) and _stands_clear(edges, at, unit):
            bars = sum(seven[n + 1] - seven[n] for n in (0, 2, 4, 6))
            found.append(_Bars(seven[0], unit, bars * width))
    return found


def _dark(shades: bytes, threshold: int) -> bytes:
    """Return 1 for each dot of a window that is dark, and 0 for each that is not."""
    return shades.translate(b"\1" * threshold + b"\0" * (256 - threshold))


def _least_wide_bar(scale: float) -> int:
    """Return of how many dots a wide bar is at least, of the smallest patch."""
    return max(1, int((max(_UNITS[0]) - _OFF) * _SMALLEST * scale))


def _edges(dark: bytes) -> tuple[list[int], int]:
    """Return where each stretch of one shade along a window begins, and the last ends; and which of them is dark first.

    A page of text has some five thousand such stretches, so they are no objects.
    """
    edges, shade = [0], dark[0]
    while (end := dark.find(1 - shade, edges[-1])) >= 0:
        edges.append(end)
        shade = 1 - shade
    return [*edges, len(dark)], 1 - dark[0]


def _is_patch(edges: list[int], unit: float) -> bool:
    """Say whether four bars and the spaces between them, by their eight edges, are a patch T; a unit is in pixels."""
    off = _OFF * unit
    if any(abs(edges[n + 1] - edges[n] - unit) > off for n in (1, 3, 5)):
        return False
    bars = [edges[n + 1] - edges[n] for n in (0, 2, 4, 6)]
    return any(
        all(abs(bar - wanted * unit) <= off for bar, wanted in zip(bars, units, strict=True)) for units in _UNITS
    )


def _stands_clear(edges: list[int], at: int, unit: float) -> bool:
    """Say whether there is paper on both sides: bars in the middle of other bars are a bar code or a drawing."""
    before = edges[at] - edges[at - 1] if at else unit
    after = edges[at + 8] - edges[at + 7] if at + 8 < len(edges) else unit
    return min(before, after) >= unit


def dark_share(image: Image.Image) -> float:
    """Return how much of a grey page is ink (0..1)."""
    histogram = image.histogram()
    lightest = next(shade for shade in range(255, -1, -1) if sum(histogram[shade:]) >= _PAPER_SHARE * sum(histogram))
    return sum(histogram[: max(0, lightest - _INK_DEPTH)]) / sum(histogram)


_FORMATS = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code39, zxingcpp.BarcodeFormat.Code128]
)
_KINDS = {"QRCode": "QR Code", "Code39": "Code 39", "Code128": "Code 128"}
_LONGEST = 1000  # letters of a text that are kept; codes of ours are shorter than a hundred


@dataclass(frozen=True, slots=True)
class FoundCode:
    """Its symbology (``QR Code``, ``Code 39``, ``Code 128``), its text, and its side as a share of the page's shorter.

    An unreadable QR code has no text. ``place`` is left, top, right and bottom in dots; of a bar code it may be no more
    than the line along which it was read.
    """

    kind: str
    text: str
    share: float = 0.0
    place: tuple[int, int, int, int] = (0, 0, 0, 0)


def read_codes(image: Image.Image) -> tuple[FoundCode, ...]:
    """Return the codes on a grey page of about 150 dpi, whichever way it is turned.

    Reduced copies are looked at too (a third more time): the noise of a poor scan hides a large code from eyes as sharp
    as a small one needs. Of codes that cannot be read only QR codes are told: their three corners are on nothing else.
    """
    found = zxingcpp.read_barcodes(
        image, formats=_FORMATS, try_rotate=True, try_downscale=True, try_invert=False, return_errors=True
    )
    codes = []
    for code in found:
        kind = _KINDS.get(str(code.format), str(code.format))
        left, top, right, bottom = place = _place(code)
        share = max(right - left, bottom - top) / min(image.size)
        codes.append(FoundCode(kind, code.text[:_LONGEST] if code.valid else "", share, place))
    return tuple(code for code in codes if code.text or code.kind == "QR Code")


#: The places (x, y) in dots of a code's top left, top right, bottom right and bottom left corner as it is printed.
Corners = tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]


def code_corners(image: Image.Image, text: str) -> Corners | None:
    """Return where the QR code of that text stands on a grey page, whichever way the page is turned."""
    found = zxingcpp.read_barcodes(image, formats=_FORMATS, try_rotate=True, try_downscale=True, try_invert=False)
    code = next((code for code in found if code.valid and code.text == text), None)
    if code is None:
        return None
    at = code.position
    return (
        (at.top_left.x, at.top_left.y),
        (at.top_right.x, at.top_right.y),
        (at.bottom_right.x, at.bottom_right.y),
        (at.bottom_left.x, at.bottom_left.y),
    )


def _place(code: zxingcpp.Barcode) -> tuple[int, int, int, int]:
    """Return the box around a code, whichever way it lies."""
    corners = code.position.top_left, code.position.top_right, code.position.bottom_left, code.position.bottom_right
    across, down = ([int(getattr(corner, axis)) for corner in corners] for axis in ("x", "y"))
    return min(across), min(down), max(across), max(down)
