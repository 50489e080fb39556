"""What tells who complains - names long enough to be told apart from any letter of a text - and what a NIK may show."""

from __future__ import annotations

from pipeline.access.masking import identities, masked_nik


def test_one_letter_is_nobodys_name_and_two_are():
    assert identities({"pelapor": [{"nama": "A"}, {"nama": "Bu"}]}) == ("Bu",)


def test_the_longest_comes_first_so_that_no_part_of_a_name_is_left():
    assert identities({"pelapor": [{"nama": "Sari"}, {"nama": "Sari Rekaan"}]}) == ("Sari Rekaan", "Sari")


def test_a_nik_shows_its_last_four_digits_and_never_all_it_has():
    assert masked_nik("1771000000000001") == "************0001"
    assert masked_nik("1234") == "****"
