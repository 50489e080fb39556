"""What of a scan is ink that the print does not have, and which of it is a signature."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from pipeline.scans.comparison.ink import _without_streaks, signed_ink, strange_ink

SIZE = (300, 300)
WHOLE = (0.0, 0.0, 300.0, 300.0)


def paper(shade: int = 255) -> Image.Image:
    return Image.new("L", SIZE, shade)


def scribble(image: Image.Image, left: int = 60, top: int = 60) -> Image.Image:
    """Draw a zigzag of some 15 by 7 millimetres."""
    points = [(left + 15 * n, top + 40 * (n % 2)) for n in range(7)]
    ImageDraw.Draw(image).line(points, fill=0, width=5)
    return image


def inked(scan: Image.Image, printed: Image.Image) -> int:
    return strange_ink(scan, printed).histogram()[255]


def test_a_scribble_is_a_signature_and_blank_paper_is_none():
    found = signed_ink(scribble(paper()), paper(), WHOLE)

    assert found
    assert found.area == pytest.approx((60, 60, 150, 100), abs=6)
    assert signed_ink(paper(), paper(), WHOLE) is None


@pytest.mark.parametrize("area", [(400, 0, 500, 300), (0, 400, 300, 500), (299, 0, 400, 300), (0, -90, 300, 0)])
def test_a_place_that_lies_beside_the_page_holds_no_signature(area):
    assert signed_ink(scribble(paper()), paper(), area) is None


@pytest.mark.parametrize(("size", "found"), [((60, 20), True), ((20, 60), False), ((60, 8), False)])
def test_what_is_too_narrow_or_too_low_for_a_signature_is_none(size, found):
    scan = paper()
    ImageDraw.Draw(scan).rectangle([90, 90, 90 + size[0], 90 + size[1]], outline=0, width=3)

    assert bool(signed_ink(scan, paper(), WHOLE)) is found


def test_a_stroke_as_wide_and_high_as_a_signature_but_too_short_is_none():
    scan = paper()
    ImageDraw.Draw(scan).line([90, 90, 120, 105], fill=0, width=3)

    assert signed_ink(scan, paper(), WHOLE) is None


@pytest.mark.parametrize(("shade", "ink"), [(216, True), (217, False)])
def test_ink_is_so_much_darker_than_its_paper(shade, ink):
    scan = paper()
    ImageDraw.Draw(scan).rectangle([90, 90, 150, 150], fill=shade)

    assert bool(inked(scan, paper())) is ink


def test_of_a_place_half_full_of_ink_the_lighter_half_is_the_paper():
    scan = paper(100)
    ImageDraw.Draw(scan).rectangle([0, 0, 299, 149], fill=255)

    assert inked(scan, paper())


@pytest.mark.parametrize(("shade", "strange"), [(199, False), (200, True)])
def test_ink_over_print_is_not_strange_and_over_what_is_paler_than_print_it_is(shade, strange):
    assert bool(inked(scribble(paper()), paper(shade))) is strange


def test_a_streak_of_a_dirty_glass_is_left_out_and_not_the_signature_it_runs_through():
    alone, crossed = signed_ink(scribble(paper()), paper(), WHOLE), scribble(paper())
    draw = ImageDraw.Draw(crossed)
    draw.line([106, 0, 106, 299], fill=0, width=3)
    draw.line([0, 82, 299, 82], fill=0, width=3)

    found = signed_ink(crossed, paper(), WHOLE)

    assert alone
    assert found
    assert found.area == alone.area
    assert 0.5 * alone.length < found.length < alone.length


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize(("cells", "kept"), [(90, 0), (89, 89)])
def test_what_runs_through_nine_tenths_of_a_place_is_a_streak(axis, cells, kept):
    line = {(n, 7) if axis else (7, n) for n in range(cells)}

    assert len(_without_streaks(line | {(50, 50)}, (100, 100))) == kept + 1
