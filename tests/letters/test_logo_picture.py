"""A picture becomes the logo as it is seen, and no picture keeps letters from being printed."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from docx import Document
from PIL import Image

from pipeline.errors import Refused
from pipeline.letters.engines.word_templates import LOGO_HEIGHT
from pipeline.letters.logo_picture import logo_of


def png(wide=60, high=40, *more: bytes, mode="RGB") -> bytes:
    made = BytesIO()
    Image.new(mode, (wide, high), 0).save(made, "PNG")
    whole = made.getvalue()
    return whole[:33] + b"".join(more) + whole[33:]


def chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1"])
def test_a_plain_picture_stays_as_it_is(mode):
    assert logo_of(png(mode=mode)) == png(mode=mode)


@pytest.mark.parametrize("density", [0, 1, 2**32 - 1])
def test_a_picture_that_lies_about_its_density_fits_the_letterhead(density):
    lying = png(60, 40, chunk(b"pHYs", density.to_bytes(4) + (1).to_bytes(4) + b"\x01"))

    shown = Document().add_picture(BytesIO(logo_of(lying)), height=LOGO_HEIGHT)

    assert (shown.height, round(shown.width / shown.height, 1)) == (LOGO_HEIGHT, 1.5)


def test_who_made_a_picture_and_where_does_not_go_out_with_letters():
    told = png(60, 40, chunk(b"tEXt", b"Author\0Rani Rekaan"), chunk(b"eXIf", b"GPS -3.8, 102.26"))

    assert logo_of(told + b"<script>") == png()


@pytest.mark.parametrize("size", [(4001, 4000), (9, 1), (1, 9)])
def test_what_a_letterhead_has_no_room_for_is_no_logo(size):
    with pytest.raises(Refused, match="piksel"):
        logo_of(png(*size))


@pytest.mark.parametrize("size", [(8, 1), (1, 8), (4000, 500)])
def test_the_largest_and_the_slimmest_that_there_is_room_for_is_one(size):
    assert logo_of(png(*size, mode="1")) == png(*size, mode="1")


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"MZ", png()[:-1], png()[8:], b"\x89PNG\r\n\x1a\n" * 9])
def test_what_is_no_whole_picture_is_no_logo(data):
    with pytest.raises(Refused, match="utuh"):
        logo_of(data)
