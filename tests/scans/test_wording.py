"""Which words of a scan are others than were printed: what counts as read, struck out, written over, added."""

from __future__ import annotations

import random

import pytest
from PIL import Image, ImageDraw

from pipeline.scans.comparison.letter_shapes import LetterShapes
from pipeline.scans.comparison.printed_page import MM, PrintedPage, PrintedWord
from pipeline.scans.comparison.wording import Difference, ReadWord, _unread, differences, still_different

#: The page's size, and its page code at the foot.
SIZE, FOOT = (1000, 600), 500.0
CODE = ((0.0, FOOT), (50.0, FOOT), (50.0, 550.0), (0.0, 550.0))


def word(text: str, left: float, top: float = 100.0, *, high: float = 20.0, line: int = 0) -> PrintedWord:
    """A word, each of whose letters is ten dots wide."""
    letters = tuple((left + 10 * n, top, left + 10 * n + 10, top + high) for n in range(len(text)))
    return PrintedWord(text, (left, top, left + 10 * len(text), top + high), letters, line)


def page(*words: PrintedWord) -> PrintedPage:
    image = Image.new("L", SIZE, 255)
    for one in words:
        drawn(image, one)
    return PrintedPage(image, words, CODE)


def drawn(image: Image.Image, one: PrintedWord) -> None:
    """Draw a word: of each of its letters some dots that no other letter has."""
    draw = ImageDraw.Draw(image)
    for sign, (left, top, right, bottom) in zip(one.text, one.letters, strict=True):
        chance = random.Random(sign)
        for x in range(int(left) + 1, int(right) - 1, 2):
            for y in range(int(top) + 1, int(bottom) - 1, 2):
                if chance.random() < 0.5:
                    draw.rectangle([x, y, x + 1, y + 1], fill=0)


def read(one: PrintedWord, text: str = "", confidence: float = 0.9) -> ReadWord:
    return ReadWord(text or one.text, one.area, confidence)


def told(found) -> list[tuple[str, str]]:
    return [(one.printed, one.read) for one in found]


SUMUR, WARGA = word("sumur", 100), word("warga", 160)
LINE = page(SUMUR, WARGA)


def test_a_page_that_is_read_as_it_was_printed_differs_in_nothing():
    assert differences(LINE, LINE.image, [read(SUMUR), read(WARGA)], []) == ()


def test_a_word_that_looks_as_printed_was_misread_and_one_that_does_not_is_another():
    misread = [read(SUMUR, "surnur"), read(WARGA)]

    assert differences(LINE, LINE.image, misread, []) == ()
    assert told(differences(LINE, page(WARGA).image, [read(WARGA)], [])) == [("sumur", "")]
    other = page(word("kolam", 100), WARGA)
    assert told(differences(LINE, other.image, [read(SUMUR, "kolam"), read(WARGA)], [])) == [("sumur", "kolam")]


@pytest.mark.parametrize(
    ("text", "left", "is_found"),
    [("250", 100, True), ("125", 90, True), ("25", 100, False)],
)
def test_a_figure_that_was_added_to_a_number_is_found(text, left, is_found):
    printed = page(word("hari", 40), word("25", 100), word("lagi", 160))
    number = word(text, left)
    scan = page(printed.words[0], number, printed.words[2])
    there = [read(printed.words[0]), read(number), read(printed.words[2])]

    assert told(differences(printed, scan.image, there, [])) == [("25", text)] * is_found
    assert differences(printed, printed.image, there, []) == ()  # a speck was read as a figure


@pytest.mark.parametrize(("text", "is_read"), [("sumur", "sumurv"), ("sumur", "sumur1"), ("25", "25/")])
def test_a_pen_that_touches_a_word_makes_it_no_other(text, is_read):
    printed = page(word(text, 100))
    scan, right = printed.image.copy(), int(printed.words[0].area[2])
    ImageDraw.Draw(scan).rectangle([right + 6, 90, right + 10, 120], fill=0)

    assert differences(printed, scan, [read(word(is_read, 100))], []) == ()


@pytest.mark.parametrize(
    ("high", "is_figure"), [(6, False), (14, False), (15, True), (50, True), (51, False), (150, False)]
)
def test_a_speck_or_a_streak_behind_a_number_is_no_figure(high, is_figure):
    """From three fifths of what a number takes with its edges (25 dots) up to twice as high."""
    printed = page(word("25", 100))
    scan = printed.image.copy()
    ImageDraw.Draw(scan).rectangle([126, 90, 130, 90 + high - 1], fill=0)

    assert told(differences(printed, scan, [read(word("251", 100))], [])) == [("25", "251")] * is_figure


def test_dots_to_be_written_over_by_hand_are_no_word_that_can_be_changed():
    blank = page(SUMUR, word("........", 160))

    assert differences(blank, page(SUMUR).image, [read(SUMUR), read(blank.words[1], "Budi")], []) == ()


def written_over(image: Image.Image) -> Image.Image:
    image = image.copy()
    ImageDraw.Draw(image).line([90, 95, 230, 125], fill=0, width=6)
    return image


def test_near_a_signature_a_word_may_be_written_over_but_not_be_gone():
    over, gone = written_over(LINE.image), page(WARGA).image
    unread = [read(WARGA)]

    assert differences(LINE, over, unread, [(90.0, 90.0, 230.0, 130.0)]) == ()
    assert told(differences(LINE, gone, unread, [(90.0, 90.0, 230.0, 130.0)])) == [("sumur", "")]
    assert told(differences(LINE, over, unread, [(800.0, 400.0, 900.0, 450.0)])) == [("sumur", "")]
    assert told(differences(LINE, over, unread, [])) == [("sumur", "")]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("sumur warga", {}),
        ("SUMUR warga", {}),
        ("sumur, warga", {}),
        ("sunur warga", {"sumur": {2: "n"}}),  # one for one: the letter that is read instead
        ("surnur warga", {"sumur": {2: ""}}),  # two for one: none
        ("sumr warga", {"sumur": {3: ""}}),
        ("warga", {"sumur": {0: "", 1: "", 2: "", 3: "", 4: ""}}),
        ("sumurr warga", {"sumur": {}}),  # something beside it, but each of its letters
        ("sumurx warga", {"sumur": {}, "warga": {}}),  # between the two
        ("xsumur warga", {"sumur": {}}),
        ("sumur wargax", {"warga": {}}),
        ("sumur", {"warga": {0: "", 1: "", 2: "", 3: "", 4: ""}}),
    ],
)
def test_of_a_line_the_words_are_looked_at_of_which_not_every_letter_was_read(text, letters):
    parts = [ReadWord(part, (100.0 + n, 100.0, 101.0 + n, 120.0), 0.9) for n, part in enumerate(text.split())]

    found = _unread((SUMUR, WARGA), parts[::-1])

    assert {one.text: dict(read) for one, read in found} == letters


def test_in_a_long_line_too_only_the_word_that_was_misread_is_looked_at():
    words = [word(f"kata{n:03}", 80 * n) for n in range(40)]

    found = _unread(words, [read(one, "kata929" if one.text == "kata029" else "") for one in words])

    assert [(one.text, dict(letters)) for one, letters in found] == [("kata029", {4: "9"})]


def test_a_second_reading_clears_words_that_it_reads_as_printed():
    gone, more = Difference("sumur", "", SUMUR.area), Difference("", "tidak", (300.0, 100.0, 350.0, 120.0))
    tidak = ReadWord("tidak", more.area, 0.9)

    assert still_different(LINE, [gone, more], [read(SUMUR), read(WARGA)]) == ()
    assert still_different(LINE, [gone, more], [read(WARGA), tidak]) == (gone, more)
    assert still_different(LINE, [gone, more], [read(SUMUR), read(WARGA), tidak]) == (more,)
    speck = ReadWord("l", (160.0, 100.0, 165.0, 120.0), 0.9)
    assert still_different(LINE, [gone], [read(SUMUR), speck, read(WARGA)]) == ()


def added(*words: ReadWord, on: PrintedPage = LINE, signed=()) -> list[str]:
    """What is found added to a line that is read as it was printed."""
    there = [read(one) for one in on.words]
    return [one.read for one in differences(on, on.image, [*there, *words], signed) if not one.printed]


def beside(text: str = "tidak", left: float = 230.0, top: float = 100.0, high: float = 20.0, sure: float = 0.9):
    return ReadWord(text, (left, top, left + 50, top + high), sure)


def test_a_word_in_a_line_where_nothing_is_printed_was_added():
    assert added(beside()) == ["tidak"]
    assert added(beside(left=40.0)) == ["tidak"]
    assert added(beside(), signed=[(230.0, 90.0, 280.0, 130.0)]) == []  # pen and stamp are read as anything


@pytest.mark.parametrize(
    ("one", "is_added"),
    [
        (beside(sure=0.75), True),
        (beside(sure=0.74), False),
        (beside("dan"), True),
        (beside("di"), False),
        (beside("d-i."), False),
    ],
)
def test_specks_that_are_read_as_a_letter_or_two_or_without_being_sure_are_no_word(one, is_added):
    assert bool(added(one)) is is_added


@pytest.mark.parametrize(
    ("top", "high", "is_added"),
    [
        (80.5, 20.0, True),
        (80.0, 20.0, False),  # half a line's height above it
        (119.5, 20.0, True),
        (120.0, 20.0, False),
        (100.0, 12.0, True),
        (100.0, 11.9, False),  # smaller than the line's letters
        (94.0, 32.0, True),
        (94.0, 32.1, False),  # larger
    ],
)
def test_what_was_added_stands_in_its_line_and_is_written_as_large(top, high, is_added):
    assert bool(added(beside(left=215.0, top=top, high=high))) is is_added


@pytest.mark.parametrize(("gap", "is_added"), [(15.0, True), (15.1, False)])
def test_what_stands_further_off_than_a_word_belongs_to_another_column(gap, is_added):
    line = page(word("sumur", -50.0, line=0))

    assert bool(added(ReadWord("tidak", (gap * MM, 100.0, gap * MM + 50, 120.0), 0.9), on=line)) is is_added


@pytest.mark.parametrize(("last", "is_added"), [("sumur", True), ("hal:", False), ("Kepala,", False), ("(", False)])
def test_what_is_written_after_a_colon_is_what_the_sheet_leaves_to_be_written(last, is_added):
    line = page(word("nama", 40), word(last, 100))

    assert bool(added(beside(left=180.0), on=line)) is is_added


def test_after_a_colon_within_a_line_nothing_is_left_to_be_written():
    line = page(word("hal:", 100), word("sumur", 220))

    assert added(beside(left=160.0), on=line) == ["tidak"]
    assert added(beside(left=280.0), on=line) == ["tidak"]


def test_a_word_goes_on_behind_one_that_ends_a_millimetre_into_it():
    line = page(PrintedWord("hal:", (-50.0, 100.0, MM, 120.0), ((-50.0, 100.0, MM, 120.0),) * 4, 0))

    assert added(ReadWord("tidak", (0.0, 120.0, 50.0, 139.0), 0.9), on=line) == []


@pytest.mark.parametrize(("bottom", "is_added"), [(FOOT, True), (FOOT + 0.5, False)])
def test_below_the_head_of_the_page_code_nothing_is_compared(bottom, is_added):
    line = page(word("sumur", 100, FOOT - 20.5))

    assert bool(added(ReadWord("tidak", (160.0, FOOT - 20, 210.0, bottom), 0.9), on=line)) is is_added


@pytest.mark.parametrize(
    ("area", "counts"),
    [
        ((100.0, 100.0, 150.0, 130.0), True),
        ((100.0, 75.0, 150.0, 105.0), True),  # its middle is a third of the line's height above it
        ((100.0, 74.0, 150.0, 105.0), False),
        ((100.0, 125.0, 150.0, 155.0), True),
        ((100.0, 126.0, 150.0, 155.0), False),
        ((-4 * MM, 100.0, 0.0, 130.0), True),  # its middle is two millimetres before it
        ((-4.1 * MM, 100.0, 0.0, 130.0), False),
        ((600.0, 100.0, 650.0, 130.0), False),
    ],
)
def test_what_is_read_belongs_to_the_line_in_or_hardly_beside_which_it_lies(area, counts):
    printed = page(PrintedWord("sumur", (0.0, 100.0, 150.0, 130.0), ((0.0, 100.0, 150.0, 130.0),) * 5, 0))
    difference = Difference("sumur", "", printed.words[0].area)

    assert (still_different(printed, [difference], [ReadWord("sumur", area, 0.9)]) == ()) is counts


@pytest.mark.parametrize(("right", "counts"), [(4 * MM, True), (4.1 * MM, False)])
def test_and_so_behind_it(right, counts):
    printed = page(PrintedWord("sumur", (-150.0, 100.0, 0.0, 130.0), ((-150.0, 100.0, 0.0, 130.0),) * 5, 0))
    difference = Difference("sumur", "", printed.words[0].area)
    again = ReadWord("sumur", (0.0, 100.0, right, 130.0), 0.9)

    assert (still_different(printed, [difference], [again]) == ()) is counts


@pytest.mark.parametrize(
    ("area", "meets"),
    [
        ((300.0, 100.0, 350.0, 120.0), True),
        ((350.0, 100.0, 400.0, 120.0), False),  # side by side
        ((300.0, 120.0, 350.0, 140.0), False),  # one under the other
        ((340.0, 110.0, 400.0, 140.0), True),
        ((600.0, 100.0, 650.0, 120.0), False),
    ],
)
def test_a_word_is_read_again_where_it_was_read_before(area, meets):
    more = Difference("", "tidak", (300.0, 100.0, 350.0, 120.0))

    assert bool(still_different(LINE, [more], [ReadWord("tidak", area, 0.9)])) is meets


def test_a_words_letters_are_told_from_one_another():
    """The drawn letters of these tests are unlike one another, or they would prove nothing."""
    shapes = LetterShapes(LINE.image, page(word("kolam", 100), WARGA).image, LINE.words)

    assert [shapes.stands(one, {}) for one in LINE.words] == [False, True]
