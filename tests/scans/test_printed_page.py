"""A page of ours by lines and columns, and which of its lines are read a second time."""

from __future__ import annotations

import pytest
from PIL import Image

from pipeline.scans.comparison.examined_page import _doubted, _instead
from pipeline.scans.comparison.printed_page import MM, PrintedPage, PrintedWord
from pipeline.scans.comparison.wording import Difference, ReadWord

CODE = ((0.0, 500.0), (50.0, 500.0), (50.0, 550.0), (0.0, 550.0))


def word(text: str, left: float, top: float, line: int, right: float | None = None) -> PrintedWord:
    return PrintedWord(text, (left, top, left + 50 if right is None else right, top + 20), (), line)


def texts(*words: PrintedWord) -> list[str]:
    return [strip.text for strip in PrintedPage(Image.new("L", (9, 9)), words, CODE).strips]


def test_words_of_a_line_stand_together_from_left_to_right():
    assert texts(word("warga", 160, 100, 0), word("sumur", 100, 100, 0), word("hal", 100, 140, 1)) == [
        "sumur warga",
        "hal",
    ]


@pytest.mark.parametrize(("gap", "apart"), [(6.0, False), (6.1, True)])
def test_words_further_apart_stand_in_two_columns(gap, apart):
    line = word("Nama", -50, 100, 0, 0.0), word("Tanda", gap * MM, 100, 0)

    assert texts(*line) == (["Nama", "Tanda"] if apart else ["Nama Tanda"])


@pytest.mark.parametrize(("top", "is_above"), [(479.0, True), (480.0, False), (520.0, False)])
def test_the_line_of_the_page_code_is_none_of_the_pages_text(top, is_above):
    assert texts(word("kode", 100, top, 0)) == ["kode"] * is_above


@pytest.mark.parametrize(
    ("area", "doubted"),
    [
        ((0.0, 100.0, 9.0, 120.0), ["sumur"]),
        ((0.0, 110.0, 9.0, 150.0), ["sumur", "warga"]),
        ((0.0, 120.0, 9.0, 140.0), []),  # between both, which it only touches
        ((0.0, 300.0, 9.0, 320.0), []),
    ],
)
def test_lines_with_a_difference_are_read_a_second_time(area, doubted):
    page = PrintedPage(Image.new("L", (9, 9)), (word("sumur", 100, 100, 0), word("warga", 100, 140, 1)), CODE)

    assert [strip.text for strip in _doubted(page.strips, [Difference("x", "", area)])] == doubted


@pytest.mark.parametrize(
    ("area", "goes"),
    [
        ((100.0, 100.0, 150.0, 120.0), True),
        ((100.0, 90.0, 150.0, 110.0), True),  # its middle is just on the line's upper edge
        ((100.0, 110.0, 150.0, 130.0), True),
        ((100.0, 89.0, 150.0, 110.0), False),
        ((100.0, 111.0, 150.0, 130.0), False),
        ((50.0, 100.0, 100.0, 120.0), False),  # it ends where the line begins
        ((200.0, 100.0, 250.0, 120.0), False),
        ((50.0, 100.0, 101.0, 120.0), True),
        ((199.0, 100.0, 250.0, 120.0), True),
    ],
)
def test_a_second_reading_stands_in_place_of_the_first_of_its_line(area, goes):
    first, second = ReadWord("surnur", area, 0.5), ReadWord("sumur", (100.0, 100.0, 150.0, 120.0), 0.9)

    found = _instead([first], [((100.0, 100.0, 200.0, 120.0), [second])])

    assert found == ([second] if goes else [first, second])
