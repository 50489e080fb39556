"""What is proposed of a reading: of each field the best candidate, and nothing of the others."""

from __future__ import annotations

import pytest

from pipeline.reading.dates import dates_in_rest
from pipeline.reading.fields import proposed

BEST = {"confidence": 0.9, "page": 1, "box": [0.1, 0.2, 0.3, 0.4], "nilai": "Tanah adat", "alasan": "label"}
FIELD = {"nilai": "Tanah adat", "teks": "TANAH ADAT", "candidates": [BEST, {**BEST, "confidence": 0.4}]}
PLAIN = {"nilai": "Tanah adat", "teks": "TANAH ADAT", "confidence": 0.9, "page": 1, "box": [0.1, 0.2, 0.3, 0.4]}


@pytest.mark.parametrize(
    ("read", "plain"),
    [
        (FIELD, PLAIN),
        (None, None),
        ([FIELD, FIELD], [PLAIN, PLAIN]),
        ([{"nama": FIELD, "nik": None}], [{"nama": PLAIN, "nik": None}]),
        ({"nama": FIELD}, {"nama": PLAIN}),
    ],
)
def test_a_field_keeps_its_best_candidate_alone_wherever_it_stands(read, plain):
    assert proposed({"perihal": read}) == {"perihal": plain}


@pytest.mark.parametrize(
    ("after", "same_day"),
    [
        ("/ 16 Agustus 2024 M", True),
        ("/ 16 Agustus 2024 M dan lainnya", True),
        ("/ 16 Agustus 2024 M dan yang lainnya", False),  # a sentence that goes on is no second date
        ("di Bengkulu", False),
    ],
)
def test_what_follows_a_date_may_be_the_same_day_in_the_other_calendar(after, same_day):
    assert dates_in_rest(after) is same_day
