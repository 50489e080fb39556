"""Patch-T sheets, which offices own, are known on poor scans whichever way they lie; pages with writing never are."""

from __future__ import annotations

import io
from random import Random

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from scan_samples import SHARED, needs_letters, saved

from pipeline.scans.formats.kinds import EXTENSIONS, PDF
from pipeline.scans.formats.wholeness import whole
from pipeline.scans.imaging.codes import Patch, find_patch
from pipeline.scans.imaging.raster import fitted
from pipeline.scans.operations.inspection import Sighting, look_at_pages, open_scan

_DPI = 200
#: Bars of the six patch codes as Kodak publishes them: narrow 0.08 inch, wide 0.20.
CODES = {"1": "WNNW", "2": "WNWN", "4": "NWWN", "6": "NNWW", "T": "NWNW"}


def sheet(bars: str = "NWNW", edges: str = "tblr", title: bool = True, scale: float = 1.0) -> Image.Image:
    """A sheet as offices print it: a patch at each named edge, each read from its edge inwards."""
    page = Image.new("L", (round(8.27 * _DPI), round(11.69 * _DPI)), 255)
    for edge in edges:
        upright = page.rotate({"t": 0, "b": 180, "l": -90, "r": 90}[edge], expand=True)
        draw, at = ImageDraw.Draw(upright), 0.3 * _DPI
        for bar in bars:
            length = (0.2 if bar == "W" else 0.08) * _DPI * scale
            middle = upright.width // 2
            draw.rectangle((middle - 1.25 * _DPI, at, middle + 1.25 * _DPI, at + length - 1), fill=0)
            at += length + 0.08 * _DPI * scale
        page = upright.rotate({"t": 0, "b": 180, "l": 90, "r": -90}[edge], expand=True)
    if title:
        ImageDraw.Draw(page).text((600, 1100), "PATCH T - LEMBAR PEMISAH", fill=0, font_size=60)
    return page


def scanned(page: Image.Image, dpi: int, angle: float, *, poor: bool) -> Image.Image:
    """Print-and-scan in simulation; a poor one is blurred, grey, noisy and compressed."""
    page = page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    page = page.resize((round(page.width * dpi / _DPI), round(page.height * dpi / _DPI)), Image.Resampling.BOX)
    if poor:
        page = page.filter(ImageFilter.GaussianBlur(dpi / 150)).point(lambda shade: 230 - (255 - shade) * 0.6)
        noise = Image.frombytes("L", page.size, Random(7).randbytes(page.width * page.height))
        page = ImageChops.add(page, noise.point(lambda shade: shade // 6), 1, -21)
        out = io.BytesIO()
        page.save(out, "JPEG", quality=50)
        page = Image.open(out).convert("L")
    return fitted(page, dpi, 150)


@pytest.mark.parametrize("poor", [False, True], ids=["baik", "buruk"])
@pytest.mark.parametrize(("dpi", "angle"), [(100, 0), (100, 3), (150, -5), (200, 2), (300, -3)])
def test_a_patch_t_sheet_is_known_at_any_resolution_and_skew(dpi, angle, poor):
    picture = scanned(sheet(), dpi, angle, poor=poor)

    assert find_patch(picture, 150) is Patch.SHEET


@pytest.mark.parametrize("edge", "tblr")
def test_one_patch_is_enough_at_whichever_edge_it_lies(edge):
    assert find_patch(scanned(sheet(edges=edge), 100, 1, poor=True), 150) is Patch.SHEET


@pytest.mark.parametrize("scale", [0.7, 0.9, 1.1, 1.6])
def test_a_sheet_printed_smaller_or_larger_is_known(scale):
    assert find_patch(scanned(sheet(scale=scale), 150, 0, poor=False), 150) is Patch.SHEET


@pytest.mark.parametrize("code", ["1", "4", "6"])
def test_other_patches_part_nothing(code):
    assert find_patch(scanned(sheet(CODES[code]), 150, 0, poor=False), 150) is Patch.NONE


def test_a_patch_on_a_page_with_writing_does_not_drop_the_page_but_is_doubted():
    bars = scanned(sheet(edges="t", title=False), 150, 0, poor=False)
    ink = ImageDraw.Draw(bars)
    for line in range(60):
        ink.text((100, 250 + 24 * line), "Dengan hormat, bersama ini kami menyampaikan pengaduan " * 2, 0, font_size=20)

    assert find_patch(bars, 150) is Patch.DOUBT


def test_bars_that_are_too_short_to_be_sure_of_are_doubted():
    page = sheet(edges="t", title=False)
    page.paste(255, (0, 0, page.width // 2 - 50, 300))
    page.paste(255, (page.width // 2 + 40, 0, page.width, 300))

    assert find_patch(scanned(page, 150, 0, poor=False), 150) is Patch.DOUBT


def test_bar_codes_and_tables_are_no_patches():
    page = Image.new("L", (1240, 1754), 255)
    draw, random, at = ImageDraw.Draw(page), Random(3), 150
    while at < 1000:
        draw.rectangle((at, 200, at + random.choice((3, 6, 9)), 400), fill=0)
        at += random.choice((8, 12, 18))
    for row in range(20):
        draw.line((100, 600 + 40 * row, 1100, 600 + 40 * row), fill=0, width=3)

    assert find_patch(page, 150) is Patch.NONE


def coded(page: Image.Image, kind: zxingcpp.BarcodeFormat, across: float, text: str = "PATCHT") -> Image.Image:
    """A page with a code on it, so wide as a share of the page."""
    code = Image.fromarray(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, kind), scale=4)).convert("L")
    width = round(across * page.width)
    high = width if kind == zxingcpp.BarcodeFormat.QRCode else width // 5
    page.paste(code.resize((width, high)), ((page.width - width) // 2, 1200))
    return page


def instructions(page: Image.Image, lines: int) -> Image.Image:
    ink = ImageDraw.Draw(page)
    for line in range(lines):
        ink.text((360, 600 + 24 * line), "Lembar ini memisahkan surat; jangan dilipat. " * 2, 0, font_size=20)
    return page


def sighted(page: Image.Image, tmp_path) -> Sighting:
    scan = open_scan(saved(page, tmp_path / "a.png", dpi=(_DPI, _DPI)), "image/png")
    (seen,) = look_at_pages(scan, 0, 1)
    scan.close()
    return seen


LINEAR, SQUARE = zxingcpp.BarcodeFormat.Code39, zxingcpp.BarcodeFormat.QRCode


def test_the_usual_patch_t_sheet_with_instructions_and_its_bar_code_parts(tmp_path):
    without = instructions(sheet(), 25)

    assert not sighted(without, tmp_path).separator
    assert sighted(coded(instructions(sheet(), 25), LINEAR, 0.38), tmp_path).separator


@pytest.mark.parametrize("kind", [LINEAR, SQUARE], ids=["Code 39", "QR"])
def test_a_sheet_that_lost_its_bars_parts_by_the_code_that_says_so(tmp_path, kind):
    assert sighted(coded(sheet(edges="", title=False), kind, 0.45), tmp_path).separator


def test_a_letter_with_the_code_of_a_separator_on_it_is_kept_and_doubted(tmp_path):
    seen = sighted(coded(instructions(sheet(edges="", title=False), 20), LINEAR, 0.45), tmp_path)

    assert not seen.separator
    assert "patch T" in seen.doubt


def test_a_patch_stuck_on_a_letter_with_its_code_is_kept_and_doubted(tmp_path):
    seen = sighted(coded(instructions(sheet(edges="t", title=False), 25), LINEAR, 0.45), tmp_path)

    assert not seen.separator
    assert "patch T" in seen.doubt


def test_another_bar_code_parts_nothing(tmp_path):
    seen = sighted(coded(sheet(edges="", title=False), LINEAR, 0.45, "AGENDA12"), tmp_path)

    assert (seen.separator, seen.doubt) == (False, "")


@pytest.mark.slow
@needs_letters
def test_no_letter_is_taken_for_a_patch_sheet():
    found = {}
    for path in sorted((SHARED / "letters").glob("surat-*")):
        media = whole(path).media
        assert media in EXTENSIONS
        if media != PDF:
            continue
        raster = open_scan(path, media).raster(0)
        found[path.name] = find_patch(raster.image, raster.dpi)

    assert len(found) > 20
    assert set(found.values()) == {Patch.NONE}
