"""What tells who complains: names long enough to be told apart from any letter of a text."""

from __future__ import annotations

from pipeline.access.masking import identities


def test_one_letter_is_nobodys_name_and_two_are():
    assert identities({"pelapor": [{"nama": "A"}, {"nama": "Bu"}]}) == ("Bu",)


def test_the_longest_comes_first_so_that_no_part_of_a_name_is_left():
    assert identities({"pelapor": [{"nama": "Sari"}, {"nama": "Sari Rekaan"}]}) == ("Sari Rekaan", "Sari")
