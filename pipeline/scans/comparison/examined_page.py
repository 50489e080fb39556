"""One page of a scan against the page of our own that its code names. Runs in a child process."""

from __future__ import annotations

from collections.abc import Sequence
from math import atan2, degrees

from PIL import Image

from pipeline.scans.comparison.ink import Ink, signed_ink
from pipeline.scans.comparison.printed_page import MM, Area, PrintedPage, Strip
from pipeline.scans.comparison.registration import Projection, registered
from pipeline.scans.comparison.signature_places import Place, signature_places
from pipeline.scans.comparison.wording import Difference, ReadWord, differences, still_different
from pipeline.scans.imaging.background import normalised
from pipeline.scans.imaging.codes import code_corners
from pipeline.scans.imaging.raster import WORKING_DPI, Raster, Scan
from pipeline.scans.ocr.tesseract import recognise
from pipeline.scans.page_comparison import PageComparison, SignaturePlace, WordDifference

#: Dots per inch at which a page is looked at whose code cannot be found at the working resolution, and at which lines
#: are read a second time; more differences than so many are another text, and not read a second time.
_FINE_DPI, _DOUBTS = 300.0, range(1, 25)
#: Share of a page's sides that is left out where handwriting anywhere on it is looked for: staples, holes, edges.
_MARGIN = 0.07


def compared(scan: Scan, index: int, page: PrintedPage, code: str, *, freely: bool) -> PageComparison:
    """Return what is on the page (from 0) of a scan besides and instead of what is printed.

    ``freely``: people write anywhere on this sheet.
    """
    for dpi in (WORKING_DPI, _FINE_DPI):
        raster = scan.raster(index, dpi)
        image = normalised(raster.image)
        if (corners := code_corners(image, code)) is not None:
            break
    else:
        return PageComparison(obstacle="kode")
    rough = Projection.along(page.code, corners)
    turned = round(-degrees(atan2(rough.coefficients[3], rough.coefficients[0])) / 90) * 90 % 360
    read = _read(_laid(image, rough, page.image.size))
    found = registered(page.words, [(word.text, word.area) for word in read])
    if found is None:
        return PageComparison(turned, obstacle="letak")
    lies, back = found.projection.then(rough), found.projection.inverse()
    laid = _laid(image, lies, page.image.size)
    read = [ReadWord(w.text, _moved(w.area, back), w.confidence) for w in read]
    places = signature_places(page)
    near = [(0.0, 0.0, float(laid.width), float(laid.height))] if freely else [place.area for place in places]
    other = differences(page, laid, read, near)
    if len(other) in _DOUBTS:
        again = _read_again(scan, index, page, other, lies, raster)
        other = still_different(page, other, _instead(read, again))
    return PageComparison(
        turned=turned,
        off=round(found.off, 3),
        places=tuple(_signed(place, laid, page) for place in places),
        writing=_length(signed_ink(laid, page.image, _without_margins(page))) if freely else 0.0,
        differences=tuple(WordDifference(d.printed, d.read) for d in other),
    )


def _signed(place: Place, laid: Image.Image, page: PrintedPage) -> SignaturePlace:
    width, height = page.image.size
    left, top, right, bottom = place.area
    box = (left / width, top / height, right / width, bottom / height)
    return SignaturePlace(place.name, box, _length(signed_ink(laid, page.image, place.area)), place.row)


def _length(ink: Ink | None) -> float:
    return round(ink.length, 1) if ink else 0.0


def _laid(image: Image.Image, lies: Projection, size: tuple[int, int]) -> Image.Image:
    """Return the picture laid over the print."""
    perspective = Image.Transform.PERSPECTIVE
    return image.transform(size, perspective, lies.coefficients, Image.Resampling.BICUBIC, fillcolor=255)


def _read(image: Image.Image) -> list[ReadWord]:
    found = recognise(image, WORKING_DPI)
    width, height = image.size
    return [
        ReadWord(w.text, (w.box[0] * width, w.box[1] * height, w.box[2] * width, w.box[3] * height), w.confidence)
        for w in found.words
    ]


def _read_again(
    scan: Scan, index: int, page: PrintedPage, doubts: Sequence[Difference], lies: Projection, before: Raster
) -> list[tuple[Area, list[ReadWord]]]:
    """Read the lines with differences once more, each alone, with twice the dots; return each line's area with it."""
    fine = scan.raster(index, _FINE_DPI)
    size = fine.image.width / before.image.width
    image, found = normalised(fine.image), []
    for strip in _doubted(page.strips, doubts):
        left, top = strip.area[0] - 3 * MM, strip.area[1] - MM
        across, down = strip.area[2] - left + 3 * MM, strip.area[3] - top + MM
        to_print = Projection((0.5, 0.0, left, 0.0, 0.5, top, 0.0, 0.0))
        to_scan = Projection((size, 0.0, 0.0, 0.0, size, 0.0, 0.0, 0.0))
        line = _laid(image, to_print.then(lies).then(to_scan), (round(2 * across), round(2 * down)))
        words = recognise(line, _FINE_DPI, one_block=True).words
        boxes = [(w.box[0] * across, w.box[1] * down, w.box[2] * across, w.box[3] * down) for w in words]
        found.append(
            (
                strip.area,
                [
                    ReadWord(w.text, (left + b[0], top + b[1], left + b[2], top + b[3]), w.confidence)
                    for w, b in zip(words, boxes, strict=True)
                ],
            )
        )
    return found


def _doubted(strips: Sequence[Strip], doubts: Sequence[Difference]) -> list[Strip]:
    """Return what stands in a line with a difference."""
    return [s for s in strips if any(d.area[1] < s.area[3] and d.area[3] > s.area[1] for d in doubts)]


def _instead(read: Sequence[ReadWord], again: Sequence[tuple[Area, list[ReadWord]]]) -> list[ReadWord]:
    """Return what was read with the lines that were read again in place of their first reading."""

    def on_one(word: ReadWord) -> bool:
        middle = (word.area[1] + word.area[3]) / 2
        return any(a[1] <= middle <= a[3] and word.area[0] < a[2] and word.area[2] > a[0] for a, _ in again)

    return [*(word for word in read if not on_one(word)), *(word for _, words in again for word in words)]


def _moved(area: Area, by: Projection) -> Area:
    (left, top), (right, bottom) = by.of(area[:2]), by.of(area[2:])
    return left, top, right, bottom


def _without_margins(page: PrintedPage) -> Area:
    width, height = page.image.size
    foot = min(y for _, y in page.code)
    return width * _MARGIN, height * _MARGIN / 2, width * (1 - _MARGIN), float(foot)
