"""A cover sheet's code names its case to the office alone, and a false one is known."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.cases.case_number import CaseNumber
from pipeline.letters.page_codes import cover_text, covered, is_cover

KEY = b"k" * 32
NUMBERS = st.builds(CaseNumber, st.integers(1900, 2155), st.integers(1, 999_999_999))


@given(NUMBERS)
def test_a_code_is_read_back_as_its_case(number):
    assert covered(KEY, cover_text(KEY, number)) == number


@given(NUMBERS)
def test_another_offices_code_is_known_as_a_cover_but_names_no_case(number):
    text = cover_text(b"x" * 32, number)

    assert is_cover(text)
    assert covered(KEY, text) is None


def test_neighbouring_cases_have_nothing_in_common_on_paper():
    first, second = (cover_text(KEY, CaseNumber(2026, n)).split(":")[2] for n in (7, 8))

    assert sum(a == b for a, b in zip(first, second, strict=True)) < 4
    assert "2026" not in first


def test_a_changed_sign_is_found_out():
    text = cover_text(KEY, CaseNumber(2026, 7))

    for at in range(len("YK1:SAMPUL:"), len(text)):
        changed = text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :]
        assert covered(KEY, changed) is None


@given(st.text(max_size=40))
def test_any_text_at_all_is_no_fault(text):
    assert covered(KEY, text) is None or is_cover(text)
