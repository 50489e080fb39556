"""How much of a text, of a row, and of a list a page takes: the bounds."""

from __future__ import annotations

import pytest

from pipeline.letters.sheets import dispatch_leaves
from pipeline.letters.sheets.register_leaves import book, fits, head_height
from pipeline.letters.sheets.room import CONTINUED, Column, Fit, fit
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.office import wording

#: A column of eight points in which so many average letters stand on a line: a unit of width is one of them.
UNIT = 8 / 2 * 25.4 / 72


def column(text: str) -> Column:
    """A column just as wide as a text."""
    return Column(wording.width(text) * UNIT, 8)


def test_a_line_is_filled_to_its_edge():
    exact = column("aa aa")

    assert exact.width / UNIT == wording.width("aa aa")
    assert list(exact.wrapped("aa aa aa")) == ["aa aa", "aa"]
    assert list(column("aa").wrapped("aaaa aaa")) == ["aa", "aa", "aa", "a"]


def test_a_text_that_takes_just_the_lines_there_are_is_whole():
    exact = column("aa aa")

    assert exact.begun("aa aa aa", 2) == "aa aa aa"
    assert exact.held("aa aa aa", 2) == 8
    assert exact.held("aa aa", 3, "aa") == 5
    assert exact.held("aa aa aa", 2, "aa aa") == 6  # what stands behind it takes a line
    assert exact.held("aa aa aa aa aa", 2) == 12
    assert exact.held("aaaaaaaaaaaaaaa", 1) == 4  # no whole word fits


def test_a_text_goes_on_after_a_sentence_only_where_most_of_what_fits_is_said():
    wide = Column(400, 8)
    begun, end = "kata " * 100, "selesai. "

    for before, whole in ((begun + end, True), (end + begun, False)):
        text = f"{before}{'kata ' * 400}"
        assert wide.begun(text, 3).removesuffix(CONTINUED).rstrip().endswith("selesai.") == whole


@pytest.mark.parametrize(("room", "points"), [(120, 9.0), (119, 8.0)])
def test_what_just_fits_is_set_in_the_larger_type(room, points):
    assert fit((9.0, 8.0), lambda tried: 120.0 if tried.points == 9 else 100.0, room) == Fit(points)


def row(number: int, text: str = "") -> dict[str, str]:
    return {"urut": str(number), "nomor_register": f"YK-{number}", "status": text, "sifat": ""}


def pages(rows: list[dict[str, str]], room: float) -> list[list[str]]:
    """Return the numbers in the first column, page by page, of pages on which rows have so many millimetres."""
    bound = book(rows, 2026, SPECIMEN_OFFICE, foot=190 - 39 - head_height(SPECIMEN_OFFICE) - room)
    return [[part["urut"] for part in page["baris"]] for page in bound["halaman"]]


def test_rows_of_the_register_fill_a_page_to_its_foot():
    assert pages([row(1), row(2)], 42) == [["1", "2"]]
    assert pages([row(1), row(2)], 41.5) == [["1"], ["2"]]


def test_a_large_row_begins_at_the_foot_of_a_page_where_enough_of_it_is_left():
    large = row(2, "kata " * 180)

    assert pages([row(1), large], 56)[0] == ["1", "2"]
    assert pages([row(1), large], 55.5)[0] == ["1"]


def test_a_page_of_the_register_counts_the_cases_that_begin_on_it():
    bound = book([row(1), row(2, "kata " * 180)], 2026, SPECIMEN_OFFICE)["halaman"]

    assert [page["jumlah"].split()[0] for page in bound] == ["2", *["0"] * (len(bound) - 1)]


def test_a_secret_case_marks_every_page_on_which_it_stands():
    secret = {**row(2, "kata " * 180), "sifat": "Sangat Rahasia"}
    bound = book([row(1), secret, row(3)], 2026, SPECIMEN_OFFICE, foot=60)["halaman"]

    assert [bool(page["rahasia"]) for page in bound] == [
        any(part["nomor_register"] == "YK-2" for part in page["baris"]) for page in bound
    ]
    assert not all(page["rahasia"] for page in book([row(1)], 2026, SPECIMEN_OFFICE)["halaman"])


def test_words_fit_a_line_of_their_column_or_do_not():
    assert [fits(words, "status") for words in ("selesai", "kata " * 30)] == [True, False]


@pytest.mark.parametrize(
    ("rows", "closed", "on_pages"),
    [
        (8, True, [8]),
        (9, True, [8, 1]),  # no room for the signatures: a row goes with them
        (9, False, [9]),
        (11, False, [11]),
        (12, False, [11, 1]),
        (12, True, [11, 1]),
    ],
)
def test_the_closing_of_the_dispatch_book_never_stands_without_a_row(rows, closed, on_pages):
    bound = dispatch_leaves.leaves([{"hal": "surat"}] * rows, SPECIMEN_OFFICE, 0, closed=closed)

    assert [len(page["baris"]) for page in bound] == on_pages


def test_a_row_of_the_dispatch_book_that_fills_more_than_a_page_stands_alone():
    (page,) = dispatch_leaves.leaves([{"hal": "kata " * 400}], SPECIMEN_OFFICE, 0, closed=True)

    assert len(page["baris"]) == 1
