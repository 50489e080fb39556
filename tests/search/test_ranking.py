"""What counts most in an answer, and which hits a page shows."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from pipeline.search.case_text import COLUMNS, LETTER, MATTER, NUMBERS, PEOPLE
from pipeline.search.ranking import RANKED, WEIGHTS, By, comparable, misread_part, order, weights


def test_a_number_counts_most_then_names_then_the_matter_and_the_letters_many_words_least():
    assert WEIGHTS[NUMBERS] > WEIGHTS[PEOPLE] > WEIGHTS[MATTER] > WEIGHTS[LETTER]


def test_each_column_has_its_weight_and_what_a_list_is_narrowed_by_has_none():
    assert weights() == (*(WEIGHTS[column] for column in COLUMNS), 0.0)


def test_more_hits_than_can_be_weighed_in_time_are_shown_the_newest_first():
    assert list(order(RANKED, numbered=False, asked=True)) == [By.ANSWER, By.NEWEST]
    assert list(order(RANKED + 1, numbered=False, asked=True)) == [By.NEWEST]


def test_the_case_whose_number_was_asked_for_comes_before_the_best_answer_and_a_list_has_the_newest_first():
    assert list(order(2, numbered=True, asked=True)) == [By.OWN_NUMBER, By.ANSWER, By.NEWEST]
    assert list(order(2, numbered=False, asked=False)) == [By.NEWEST]


@pytest.mark.parametrize(
    ("first", "exact", "part"),
    [(0, 0, (0, 20)), (0, 5, (0, 15)), (20, 25, (0, 15)), (40, 25, (15, 20)), (20, 20, (0, 20)), (0, 20, (0, 0))],
)
def test_misread_hits_follow_the_last_exact_one_page_by_page(first, exact, part):
    assert misread_part(first, 20, exact) == part


def test_answers_that_differ_in_their_last_digits_alone_are_equally_good_and_others_are_not():
    with closing(sqlite3.connect(":memory:")) as base:
        steps = [
            base.execute(f"SELECT {comparable('?')}", (score,)).fetchone()[0]
            for score in (0.1 + 0.2, 0.3, 0.300001, 1e-6, 1.01e-6)
        ]

    assert (0.1 + 0.2) != 0.3
    assert steps[0] == steps[1] < steps[2]
    assert steps[3] < steps[4]
