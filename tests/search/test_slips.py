"""What a scanner makes of words is believed where letters look alike; other words stay other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.search.ocr_confusions import lookalikes, misread, shape


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("tanab", "tanah"),
        ("bud1", "budi"),
        ("sant0s0", "santoso"),
        ("penarnbang", "penambang"),
        ("selurna", "seluma"),
        ("wvarga", "wwarga"),
        ("selma", "seluma"),
        ("selumaa", "seluma"),
        ("seulma", "seluma"),
        ("pcnggusuram", "penggusuran"),
    ],
)
def test_a_likely_misreading_is_believed(seen, meant):
    assert misread(seen, meant)


@pytest.mark.parametrize(
    ("seen", "meant"),
    [("rudi", "budi"), ("tanda", "tanah"), ("siti", "siti"), ("ab", "ah"), ("penggalian", "penggusuran")],
)
def test_another_word_is_another_word(seen, meant):
    assert not misread(seen, meant)


WORDS = st.text(alphabet="abdegiklmnoprstu015", min_size=3, max_size=12)


@given(WORDS, WORDS)
def test_any_two_words_can_be_compared_and_the_same_shape_is_a_misreading(one, other):
    assert misread(one, other) or shape(one) != shape(other) or one == other


@given(WORDS, st.data())
def test_every_lookalike_is_believed(word, data):
    alike = sorted(set(lookalikes(word)) - {word})
    if alike:
        assert misread(data.draw(st.sampled_from(alike)), word)


@given(st.text(alphabet="bdgkmprt", min_size=6, max_size=12), st.data())
def test_one_lost_letter_of_a_longer_word_is_forgiven(word, data):
    at = data.draw(st.integers(0, len(word) - 1))

    assert misread(word[:at] + word[at + 1 :], word)
