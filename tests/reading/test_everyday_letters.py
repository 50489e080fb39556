"""Everyday letters by which reading is measured: they say what they are labelled to say, and no family says it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench"))

from everyday import letters
from labelled import all_families
from letter_truths import truth_of


def test_each_has_a_complainant_a_day_and_somebody_complained_of():
    truths = [truth_of(letter) for letter in letters()]

    assert len(truths) == 50
    assert all(truth["nama"] and truth["tanggal"] and truth["terlapor"] for truth in truths)


def test_no_sentence_of_theirs_stands_in_a_family():
    told = {" ".join(line.split()) for family in all_families() for line in family.body.splitlines()}
    for letter in letters():
        for line in letter.text.splitlines():
            assert len(line.split()) < 10 or " ".join(line.split()) not in told, line


def test_a_telephone_number_is_held_against_as_it_is_dialled_here():
    numbers = [number for letter in letters() for number in truth_of(letter)["telepon"]]

    assert numbers
    assert all(number.startswith("0") and number.isdigit() for number in numbers)
