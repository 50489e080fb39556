"""What tells who complains - names long enough to be told apart from any letter of a text - and what a NIK may show."""

from __future__ import annotations

from pipeline.access.masking import masked_nik


def test_a_nik_shows_its_last_four_digits_and_never_all_it_has():
    assert masked_nik("1771000000000001") == "************0001"
    assert masked_nik("1234") == "****"
