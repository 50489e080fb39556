"""Rows as CSV: nothing in them is a formula, and no text makes it take long."""

from __future__ import annotations

import csv
import io
import time

import pytest

from pipeline.register.register_files import as_csv


def _cell(text):
    (row,) = csv.DictReader(io.StringIO(as_csv([[text]], ["a"]), newline=""))
    return row["a"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("Aduan;  @SUM(1)", "Aduan;  '@SUM(1)"),
        ("satu\n\n\t -2", "satu\n\n\t '-2"),
        ("Surat 1-2; dua", "Surat 1-2; dua"),
        ("", ""),
    ],
)
def test_a_formula_is_disarmed_where_a_cell_may_begin_and_nothing_else_is_changed(text, cell):
    assert _cell(text) == cell


def test_a_text_of_many_blank_lines_takes_no_longer_than_another():
    text = "awal" + "\n" * 60_000 + "akhir"
    began = time.process_time()

    assert _cell(text) == text
    assert time.process_time() - began < 1.0  # each line once, not once for each line before it: that took a minute
