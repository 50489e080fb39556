"""What earlier versions stored as Python writes it is read again; a person's own words stay theirs."""

from __future__ import annotations

import pytest

from pipeline.office.stored_text import unpacked
from pipeline.office.wording import all_said, as_moment, cells_apart, said, spelled_out

BORN = {"tempat": "Bengkulu", "tanggal": "1980-01-02"}


def test_a_value_of_parts_is_told_in_words_whether_read_or_stored_as_text():
    told = {said({"nilai": BORN, "teks": "x"}), said({"nilai": str(BORN), "teks": str(BORN)}), said(str(BORN))}

    assert told == {"Bengkulu, 2 Januari 1980"}


@pytest.mark.parametrize(
    "text",
    [
        "{tempat: Bengkulu}",
        "{1, 2}",
        "{}",
        "[1, 2]",
        "[sic]",
        "{'a': 1",
        "__import__('os').system('true')",
        "[__import__('os').system('true')]",
        "{'a': open('/etc/passwd')}",
        "[" * 900 + "]" * 900,
        "{'a': '" + "x" * 5000 + "'}",
    ],
)
def test_words_that_are_no_stored_value_stay_as_they_are_and_nothing_runs(text):
    assert unpacked(text) == text
    assert spelled_out(text) == text


def test_nested_values_leave_no_bracket_and_no_word_for_nothing():
    value = [
        {"nama": {"nilai": "Siti", "teks": "SITI"}, "nik": None},
        {"alamat": ["Jalan Contoh", ["RT 2"]], "umur": 46},
    ]

    assert spelled_out(value) == "Siti; Jalan Contoh; RT 2, 46"


def test_the_columns_of_a_row_are_told_without_bars():
    assert cells_apart("Sari Melati | | pelapor |") == "Sari Melati – pelapor"
    assert all_said([{"nilai": "Polsek Contoh | Jalan Contoh"}]) == ["Polsek Contoh – Jalan Contoh"]


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("2026-11-25", "25 November 2026"),
        ("2026-11-25T08:15:00", "25 November 2026 pukul 08.15"),
        ("2026-11-25T08:15:00+07:00", "25 November 2026 pukul 08.15 WIB"),
        ("akhir November", "akhir November"),
    ],
)
def test_a_stored_moment_is_told_as_the_office_writes_it(stored, told):
    assert as_moment(stored) == told
