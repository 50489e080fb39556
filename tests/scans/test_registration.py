"""Where a page lies on its scan is told by words that are read where the print has them, each but once."""

from __future__ import annotations

import pytest

from pipeline.scans.comparison.printed_page import MM, PrintedWord
from pipeline.scans.comparison.registration import Projection, registered

Point = tuple[float, float]


def words(many: int, text: str = "kata") -> list[PrintedWord]:
    """Words of four letters all over a page, none twice."""
    return [word(f"{text[:-2]}{n:02}", (100.0 + 210 * (n % 5), 100.0 + 330 * (n // 5))) for n in range(many)]


def word(text: str, at: Point) -> PrintedWord:
    return PrintedWord(text, (at[0] - 20, at[1] - 8, at[0] + 20, at[1] + 8), (), 0)


def read(printed, to=lambda point: point):
    """How words are read that lie elsewhere on the scan."""
    found = []
    for one in printed:
        x, y = to(((one.area[0] + one.area[2]) / 2, (one.area[1] + one.area[3]) / 2))
        found.append((one.text.upper(), (x - 20, y - 8, x + 20, y + 8)))
    return found


@pytest.mark.parametrize(("many", "told"), [(5, False), (6, True)])
def test_six_words_say_how_a_page_lies(many, told):
    printed = words(many)

    found = registered(printed, read(printed, lambda at: (at[0] + 12, at[1] - 7)))

    assert bool(found) is told
    if found:
        assert found.projection.of((500, 500)) == pytest.approx((512, 493))
        assert (found.words, found.off) == (many, pytest.approx(0, abs=1e-6))


def test_words_of_three_letters_say_nothing():
    printed = [word(f"n{n:02}", (100.0 + 210 * (n % 5), 100.0 + 330 * (n // 5))) for n in range(9)]

    assert registered(printed, read(printed)) is None


@pytest.mark.parametrize(("many", "bent"), [(23, False), (24, True)])
def test_two_dozen_words_say_how_it_is_foreshortened_too(many, bent):
    printed, photographed = words(many), Projection((1.0, 0.01, 3.0, 0.0, 1.0, 5.0, 0.00001, 0.00002))

    found = registered(printed, read(printed, photographed.of))

    assert found
    assert bool(found.projection.coefficients[7]) is bent
    assert (found.off < 0.001) is bent


@pytest.mark.parametrize(
    ("also_printed", "also_read"),
    [
        ([], [("kata", (400.0, 400.0))]),  # read twice: either could be it
        ([("kata", (400.0, 400.0))], []),  # printed twice: it could be either
    ],
)
def test_a_word_that_could_be_another_says_nothing(also_printed, also_read):
    sure, doubtful = words(6), word("kata", (350.0, 400.0))
    printed = [*sure, doubtful, *(word(text, at) for text, at in also_printed)]

    found = registered(printed, read([*sure, doubtful]) + read([word(text, at) for text, at in also_read]))

    assert found
    assert found.words == len(sure)


@pytest.mark.parametrize(("off", "counts"), [(29.9, 7), (30.0, 6)])
def test_a_word_that_is_read_far_from_its_place_is_another(off, counts):
    """It is left out in the end: what counts is whether it keeps its like from being the only one near."""
    sure = words(6)
    printed = [*sure, word("kata", (0.0, 0.0)), word("kata", (off * MM, 0.0))]

    found = registered(printed, [*read(sure), *read([word("kata", (0.0, 0.0))])])

    assert found
    assert found.words == (6 if counts == 7 else 7)


@pytest.mark.parametrize(("off", "words_that_count"), [(29.9, 6), (30.0, 7)])
def test_a_like_word_that_is_read_far_away_casts_no_doubt(off, words_that_count):
    sure, like = words(6), word("kata", (0.0, 0.0))

    found = registered([*sure, like], [*read([*sure, like]), *read([word("kata", (off * MM, 0.0))])])

    assert found
    assert found.words == words_that_count


def test_a_word_that_was_moved_is_left_out():
    printed = words(12)
    scanned = read(printed[:-1]) + read(printed[-1:], lambda at: (at[0] + 10 * MM, at[1]))

    found = registered(printed, scanned)

    assert found
    assert (found.words, found.off) == (11, pytest.approx(0, abs=1e-6))


def test_words_that_each_lie_elsewhere_say_nothing():
    printed = words(9)

    assert registered(printed, read(printed, lambda at: (at[0] + at[1] / 2, at[1] - at[0] / 3))) is None


@pytest.mark.parametrize("points", [[(0.0, 0.0)] * 6, [(n * 1.0, n * 2.0) for n in range(6)]], ids=["one", "a line"])
def test_points_in_a_line_have_no_projection(points):
    with pytest.raises(ZeroDivisionError):
        Projection.through([(point, point) for point in points], flat=True)


def test_a_projection_is_solved_whatever_the_order_of_its_points():
    pairs = [((0.0, 0.0), (3.0, 4.0)), ((0.0, 9.0), (3.0, 22.0)), ((7.0, 0.0), (24.0, 4.0))]

    for turned in (pairs, pairs[::-1], [*pairs[1:], pairs[0]]):
        found = Projection.through(turned, flat=True)
        assert found.coefficients == pytest.approx((3, 0, 3, 0, 2, 4, 0, 0), abs=1e-9)
