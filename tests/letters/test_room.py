"""How much room texts take on a sheet that keeps to one page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.letters.sheets.room import ALL, CONTINUED, Column, Fit, fit, kop
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.office import wording

NARROW = Column(20, 8)
WORDS = st.text(alphabet="abcM,; .1…甲\n", max_size=300)


@given(WORDS)
def test_a_wrapped_text_loses_no_sign(text: str) -> None:
    assert "".join("".join(NARROW.wrapped(text)).split()) == "".join(text.split())


@given(WORDS)
def test_no_line_is_wider_than_its_column(text: str) -> None:
    room = NARROW.width / (NARROW.points / 2 * 25.4 / 72)

    assert all(wording.width(line) <= room for line in NARROW.wrapped(text))


@given(st.text(alphabet="abcM,; .1", max_size=300), st.integers(3, 9))
def test_a_text_that_begins_here_keeps_to_its_lines_and_says_that_it_goes_on(text: str, most: int) -> None:
    begun = Column(60, 8).begun(text, most)

    assert Column(60, 8).lines(begun) <= most
    assert begun == text or (begun.endswith(CONTINUED) and text.startswith(begun.removesuffix(CONTINUED).rstrip()))


def test_a_text_goes_on_between_words() -> None:
    begun = Column(60, 8).begun("pencemaran sumur warga " * 20, 3)

    assert begun.removesuffix(CONTINUED).split()[-1] in ("pencemaran", "sumur", "warga")


@given(st.text(alphabet="abcM,; .1", max_size=300), st.integers(1, 9))
def test_what_is_held_and_what_is_left_are_the_whole_text(text: str, most: int) -> None:
    held = NARROW.held(text, most)

    assert NARROW.lines(text[:held]) <= most
    assert text[:held] + text[held:] == text
    assert held > 0 or not text


def test_the_largest_type_in_which_all_fits_is_taken() -> None:
    room = {9.0: 120.0, 8.0: 100.0}

    assert fit((9, 8), lambda tried: room[tried.points], 125) == Fit(9, ALL)
    assert fit((9, 8), lambda tried: room[tried.points], 110) == Fit(8, ALL)


def test_where_the_smallest_type_is_too_large_as_many_lines_are_taken_as_fit() -> None:
    assert fit((9, 8), lambda tried: 10.0 * tried.most, 75) == Fit(8, 7)


def test_a_page_without_any_room_gets_one_line_of_each() -> None:
    assert fit((9, 8), lambda tried: 1000.0, 75) == Fit(8, 1)


@pytest.mark.parametrize(("times", "size"), [(1, "biasa"), (8, "kecil")])
def test_a_long_kop_is_set_in_small_type(times: int, size: str) -> None:
    head = replace(
        SPECIMEN_OFFICE.letterhead, address="Jalan Contoh Nomor 1, Kelurahan Contoh, Bengkulu 38000. " * times
    )

    assert kop(replace(SPECIMEN_OFFICE, letterhead=head)).size == size
