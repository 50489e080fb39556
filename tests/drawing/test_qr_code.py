"""A QR code as squares: what is drawn of them says what was asked for, also where a part of it is lost."""

from __future__ import annotations

import pytest
from PIL import Image, ImageOps

from pipeline.drawing.engines.qr_code import squares
from pipeline.scans.imaging.codes import read_codes

TEXT = "YK1:01-0000-2026-V1:1/3:8XKH5Z"


def drawn(rows: list[bytes]) -> Image.Image:
    small = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows)).point(lambda dark: 255 * (1 - dark))
    return ImageOps.expand(small.resize((8 * small.width, 8 * small.height), Image.Resampling.NEAREST), 40, 255)


@pytest.mark.parametrize("text", [TEXT, "https://contoh.go.id/s/AB12", "YANKOMAS-PEMISAH"])
@pytest.mark.parametrize("level", ["M", "H"])
def test_what_is_drawn_of_a_code_says_its_text(text, level):
    assert [code.text for code in read_codes(drawn(squares(text, level)))] == [text]


def test_a_code_of_which_more_may_be_lost_has_more_squares_and_each_row_as_many_as_there_are_rows():
    sides = [{len(rows), *map(len, rows)} for rows in (squares(TEXT, "M"), squares(TEXT, "H"))]

    assert sides == [{25}, {29}]
