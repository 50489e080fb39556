"""Numbers, spans and lists in words; texts cut to a width; days that are before others; what can be seen of a text."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pipeline.office.wording import (
    all_said,
    enumerated,
    hours_and_minutes,
    in_words,
    is_before,
    shortened,
    shows,
    width,
    words_of,
)
from pipeline.office.worktime import Calendar, SpecialHours

DAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (-1, "minus satu"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (99, "sembilan puluh sembilan"),
        (100, "seratus"),
        (1000, "seribu"),
        (10**6, "satu juta"),
        (10**9, "satu miliar"),
    ],
)
def test_a_number_is_said_in_words(number, words):
    assert in_words(number) == words


def test_a_span_is_said_in_hours_and_minutes_and_none_in_minutes():
    assert [hours_and_minutes(n) for n in (0, 20, 60, 80)] == ["0 menit", "20 menit", "1 jam", "1 jam 20 menit"]


def test_three_things_are_listed_with_commas_and_two_without():
    assert [enumerated("abc"[:n]) for n in range(4)] == ["", "a", "a dan b", "a, b, dan c"]


def test_a_day_is_before_another_and_not_before_itself():
    assert is_before("25-11-2026", DAY)
    assert not is_before("26 November 2026", DAY)
    assert not is_before("lusa", DAY)


def test_signs_are_as_wide_as_they_are_printed():
    assert [width(sign) for sign in "ima A"] == [0.6, 2.0, 1.1, 0.6, 1.4]
    assert [width(chr(0x2E80 - n)) for n in (0, 1)] == [2.0, 1.1]


@pytest.mark.parametrize(
    ("text", "limit", "told"),
    [
        ("mm", 4.0, "mm"),
        ("mmmmm", 6.0, "mm…"),
        ("mm mm", 6.0, "mm…"),  # the mark takes the blank's place
        ("mm mmmm", 8.6, "mm…"),  # between words
        ("m mmmmmmmm", 12.0, "m mmm…"),  # the one word is longer than half
        ("mm, mmmm", 8.6, "mm…"),
    ],
)
def test_a_text_is_cut_between_words_to_the_width_there_is(text, limit, told):
    assert shortened(text, limit) == told
    assert width(told) <= limit


def test_only_a_list_has_entries():
    assert (all_said(["a", "", "b | c"]), all_said("abc"), all_said(None)) == (["a", "b – c"], [], [])


@pytest.mark.parametrize(
    ("text", "seen"), [("a", True), ("", False), (" \t", False), ("\u00a0", False), ("\u200b", False), ("\x07", True)]
)
def test_a_text_shows_if_anything_of_it_can_be_seen_or_printed_as_a_fault(text, seen):
    assert shows(text) is seen


def test_words_are_compared_without_accents_and_marks():
    assert words_of("Ma'mun Sití-Rekaan") == ["mamun", "siti", "rekaan"]


def test_special_hours_hold_from_their_first_day_to_their_last():
    usual, special = dict.fromkeys(range(7), ((0, 1),)), dict.fromkeys(range(7), ((2, 3),))
    calendar = Calendar(ZoneInfo("Asia/Jakarta"), usual, (), special=(SpecialHours("", DAY, DAY, special),))

    found = [calendar.hours_on(DAY + timedelta(days=n)) for n in (-1, 0, 1)]

    assert found == [usual[0], special[0], usual[0]]
    assert calendar.working_days(*[datetime(2026, 11, 26, hour, tzinfo=calendar.zone) for hour in (8, 16)]) == 0
