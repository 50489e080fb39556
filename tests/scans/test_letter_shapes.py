"""Whether a word looks as it was printed: what of its ink may be missing, and when a letter is another one."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.scans.comparison.letter_shapes import LetterShapes, correlation
from pipeline.scans.comparison.printed_page import Area, PrintedWord

SIZE = (32, 25)
#: A letter of twenty dots: four wide and five high.
LETTER = (14.0, 10.0, 17.0, 14.0)


def with_boxes(*boxes, size=SIZE) -> Image.Image:
    """A white picture with boxes: their edges (the last dots within), and a shade."""
    image = Image.new("L", size, 255)
    for left, top, right, bottom, shade in boxes:
        ImageDraw.Draw(image).rectangle([left, top, right, bottom], fill=shade)
    return image


#: Ink of twelve dots, once its corners are smoothed away, beside the letter.
PEN = (1, 1, 8, 2, 0)


def overwritten(printed, *scan) -> bool:
    word = PrintedWord("I", LETTER, (LETTER,), 0)
    return LetterShapes(with_boxes(printed), with_boxes(*scan), [word]).overwritten(word)


BLACK = (14, 10, 17, 14, 0)


def test_a_word_under_pen_and_stamp_has_all_its_ink():
    assert overwritten(BLACK, BLACK, PEN)
    assert not overwritten(BLACK, PEN)
    assert not overwritten(BLACK, BLACK)  # nothing runs over it


@pytest.mark.parametrize(("pen", "is_over"), [(PEN, True), ((1, 1, 7, 2, 0), False)])
def test_what_runs_over_a_word_takes_a_part_of_its_area(pen, is_over):
    """Of 800 dots twelve."""
    assert overwritten(BLACK, BLACK, pen) is is_over


@pytest.mark.parametrize(("right", "stands"), [(16, True), (15, False)])
def test_a_fifth_of_a_letter_and_a_dot_may_be_missing(right, stands):
    """Of four columns of five dots the last one is gone, or two are."""
    assert overwritten(BLACK, (14, 10, right, 14, 0), PEN) is stands


@pytest.mark.parametrize(("shade", "is_letter"), [(99, True), (100, False)])
def test_of_a_letter_the_ink_counts_that_is_dark(shade, is_letter):
    """What is printed paler cannot be told from its edge, and is not missed."""
    assert overwritten((*BLACK[:4], shade), PEN) is not is_letter


@pytest.mark.parametrize(("shade", "is_ink"), [(204, True), (205, False)])
def test_a_pale_copy_of_a_letter_is_its_ink(shade, is_ink):
    assert overwritten(BLACK, (*BLACK[:4], shade), PEN) is is_ink


FONT = ImageFont.load_default(24)


def line(*texts: str) -> tuple[Image.Image, list[PrintedWord]]:
    """Words printed one below the other."""
    image, words = Image.new("L", (300, 40 * len(texts)), 255), []
    draw = ImageDraw.Draw(image)
    for row, text in enumerate(texts):
        left, letters = 10.0, list[Area]()
        for sign in text:
            draw.text((left, 40 * row + 5), sign, fill=0, font=FONT)
            box = draw.textbbox((left, 40 * row + 5), sign, font=FONT)
            letters.append((box[0], box[1], box[2], box[3]))
            left += FONT.getlength(sign) + 1
        area = (
            min(a[0] for a in letters), min(a[1] for a in letters),
            max(a[2] for a in letters), max(a[3] for a in letters),
        )  # fmt: skip
        words.append(PrintedWord(text, area, tuple(letters), row))
    return image, words


def stands(printed: tuple[str, ...], scanned: tuple[str, ...], read: dict[int, str]) -> bool:
    image, words = line(*printed)
    scan, _ = line(*scanned)
    return LetterShapes(image, scan, words).stands(words[0], read)


@pytest.mark.parametrize(
    ("scanned", "read", "is_printed"),
    [
        ("pengaduan0007", {}, True),
        ("pengaduan0007", {12: "1"}, True),  # misread: it looks as it was printed
        ("pengaduan0007", {12: ""}, True),
        ("pengaduan0007", {12: "q"}, True),  # as a letter that the print has nowhere
        ("pengaduan0001", {12: "1"}, False),
        ("penyelidikan0", {}, False),
        ("pengaduan000_", {12: ""}, False),  # nothing like it
        ("pengaduan000_", {12: "q"}, False),
    ],
)
def test_a_letter_that_was_retyped_is_another_one_and_one_misread_is_not(scanned, read, is_printed):
    assert stands(("pengaduan0007", "0123456789"), (scanned, "0123456789"), read) is is_printed


@pytest.mark.parametrize(("read", "is_printed"), [("", True), ("q", False)])
def test_a_letter_of_which_little_is_left_was_printed_if_it_is_read_as_none(read, is_printed):
    printed = "pengaduan0007", "0123456789"
    (image, words), (scan, _) = line(*printed), line(*printed)
    left, top, right, bottom = words[0].letters[12]
    ImageDraw.Draw(scan).rectangle([left - 1, top + 3, right + 1, bottom], fill=255)

    assert LetterShapes(image, scan, words).stands(words[0], {12: read}) is is_printed


@pytest.mark.parametrize(
    ("one", "other", "alike"), [(b"\0\1", b"\0\2", 0.0), (b"\0\2", b"\0\2", 1.0), (b"\0\0", b"\0\2", 0.0)]
)
def test_pictures_of_hardly_more_than_one_shade_are_not_alike(one, other, alike):
    assert correlation(one, other) == alike
