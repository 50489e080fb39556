"""What counts most in an answer, and which hits a page shows."""

from __future__ import annotations

import pytest

from pipeline.search.case_text import COLUMNS, LETTER, MATTER, NUMBERS, PEOPLE
from pipeline.search.ranking import RANKED, WEIGHTS, is_weighed, misread_part, weights


def test_a_number_counts_most_then_names_then_the_matter_and_the_letters_many_words_least():
    assert WEIGHTS[NUMBERS] > WEIGHTS[PEOPLE] > WEIGHTS[MATTER] > WEIGHTS[LETTER]


def test_each_column_has_its_weight_and_what_a_list_is_narrowed_by_has_none():
    assert weights() == (*(WEIGHTS[column] for column in COLUMNS), 0.0)


def test_more_hits_than_can_be_weighed_in_time_are_shown_the_newest_first():
    assert is_weighed(RANKED)
    assert not is_weighed(RANKED + 1)


@pytest.mark.parametrize(
    ("first", "exact", "part"),
    [(0, 0, (0, 20)), (0, 5, (0, 15)), (20, 25, (0, 15)), (40, 25, (15, 20)), (20, 20, (0, 20)), (0, 20, (0, 0))],
)
def test_misread_hits_follow_the_last_exact_one_page_by_page(first, exact, part):
    assert misread_part(first, 20, exact) == part
