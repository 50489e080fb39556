"""What old registers write as numbers and days, and what is made of it."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.cases.case_number import CaseNumber
from pipeline.moving_in.old_book import Cell, Kind, letters
from pipeline.moving_in.old_days import OldDay, old_day
from pipeline.moving_in.old_numbers import Unreadable, old_number
from pipeline.moving_in.old_scans import matched, numbers_in
from pipeline.register.old_registers import gaps, pieces, runs, told
from pipeline.register.register_numbers import RegisterPattern


@pytest.mark.parametrize(
    "text",
    [
        *("03-02-2019", "3/2/2019", "3.2.19", "2019-02-03", "3 Februari 2019", "3 Peb 2019", "03-Feb-19"),
        *("Minggu, 3 Februari 2019", "03/02/2019 08:15", "3 Februari 2019 pukul 08.15 WIB", "3  Feb. 2019"),
    ],
)
def test_a_day_is_read_however_the_book_writes_it(text):
    assert old_day(Cell(text)).day == date(2019, 2, 3)


@pytest.mark.parametrize(("year", "meant"), [("69", 2069), ("70", 1970), ("99", 1999), ("00", 2000)])
def test_a_year_of_two_figures_is_of_this_century_until_seventy(year, meant):
    day = old_day(Cell(f"3 Februari {year}")).day

    assert day == date(meant, 2, 3)


def test_the_last_serial_that_a_year_has_is_below_a_million():
    assert old_number("999999/2019", 2019, None) == CaseNumber(2019, 999_999)
    with pytest.raises(Unreadable, match="di luar 1 sampai 999999"):
        old_number("1000000/2019", 2019, None)


def test_a_day_of_the_spreadsheet_and_the_number_behind_one_are_days():
    assert old_day(Cell("2019-02-03", Kind.DAY)).day == date(2019, 2, 3)
    counted = old_day(Cell("43499", Kind.NUMBER))
    assert counted.day == date(2019, 2, 3)
    assert "bilangan" in counted.doubt


@pytest.mark.parametrize(
    "text",
    [
        *("31-02-2019", "13/13/2019", "kemarin", "2019", "3 Rabiulawal 2019", "5", "003-02-2019"),
        *("03-02-201", "3 Februari 201", "3-2-1019", "3 Februari 1019", "03-02-0100", "2019-02-003"),
    ],
)
def test_what_is_no_day_is_said_to_be_none(text):
    found = old_day(Cell(text))

    assert found.day is None
    assert found.doubt


def test_a_month_in_front_is_seen_and_what_can_be_both_is_marked():
    assert old_day(Cell("02/25/2019")).month_first
    assert old_day(Cell("02/03/2019")).either
    assert not old_day(Cell("25/02/2019")).either


def test_a_number_that_the_spreadsheet_shows_as_a_day_of_long_ago_is_no_day():
    assert old_day(Cell("1900-01-05", Kind.DAY)) == OldDay(None, "bukan tanggal")
    assert (
        old_day(Cell("=A1", Kind.UNCOUNTED)) == old_day(Cell("#REF!", Kind.ERROR)) == OldDay(None, "rumus tanpa hasil")
    )
    assert old_day(Cell("12", Kind.NUMBER)) == OldDay(None, "berupa bilangan, bukan tanggal")


def test_a_day_whose_figures_are_the_same_is_read_in_one_way():
    assert old_day(Cell("02/02/2019")) == OldDay(date(2019, 2, 2))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", CaseNumber(2018, 12)),
        ("HAM-2019-12", CaseNumber(2019, 12)),
        ("0012.", CaseNumber(2018, 12)),
        ("12/HAM", CaseNumber(2018, 12)),
        ("12/HAM/2019", CaseNumber(2019, 12)),
        ("12 / HAM / II / 2019", CaseNumber(2019, 12)),
        ("2019-0012", CaseNumber(2019, 12)),
        ("12/01.07/2019", CaseNumber(2019, 12)),
    ],
)
def test_a_number_is_read_with_its_year_beside_it_or_that_of_its_row(text, number):
    assert old_number(text, 2018, None) == number


@pytest.mark.parametrize(
    "text",
    [
        *("12a", "12A/HAM/2019", "12 bis/2019", "12.B", "W8-12-2019x3", "-", "0", "0/2019", "1234567890", "HAM/12"),
        *("1234567890/2019", "HAM 12/2019/7", "12/HAM/19", "2019/HAM", "2019/" + "9" * 5_000, "9" * 5_000 + "/HAM"),
    ],
)
def test_a_number_that_cannot_be_one_says_why_and_what_helps(text):
    with pytest.raises(Unreadable) as fault:
        old_number(text, 2018, None)

    assert fault.value.fact
    assert fault.value.remedy


def test_a_pattern_of_the_office_reads_what_nobody_could_guess():
    pattern = RegisterPattern("W8.HAM-{urut}.TAHUN {tahun}")

    assert old_number("W8.HAM-12.TAHUN 2019", 0, pattern) == CaseNumber(2019, 12)


def test_a_bare_number_of_no_year_is_not_guessed():
    with pytest.raises(Unreadable, match="tahun"):
        old_number("12", 0, None)


def test_gaps_are_what_lies_between():
    assert gaps([1, 2, 5, 9]) == ((3, 4), (6, 8))
    assert gaps([6, 9], above=5) == ((7, 8),)
    assert runs([3, 1, 2, 7]) == ((1, 3), (7, 7))
    assert list(pieces((1, 10), [(2, 3), (3, 3), (9, 12)])) == [(1, 1), (4, 8)]
    assert told(((3, 4), (7, 7))) == "3-4, 7"


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("2019-0012.pdf", {CaseNumber(2019, 12)}),
        ("12_2019", {CaseNumber(2019, 12)}),
        ("12 HAM 2019 lampiran", {CaseNumber(2019, 12)}),
        ("2019/12", {CaseNumber(2019, 12)}),
        ("12-03-2019", set()),
        ("2019-03-12", set()),
        ("scan0001", set()),
    ],
)
def test_a_scan_is_for_the_number_in_its_name_and_a_day_is_no_number(name, numbers):
    assert numbers_in(name) == numbers


def test_a_table_says_more_than_a_name_and_two_cases_are_too_many():
    table = {"scan0001.pdf": [CaseNumber(2019, 3)], "dua.pdf": [CaseNumber(2019, 3), CaseNumber(2019, 4)]}

    found = {scan.name: scan for scan in matched(["a/SCAN0001.pdf", "dua.pdf", "2019/0005.pdf", "x.pdf"], table)}

    assert found["a/SCAN0001.pdf"].number == CaseNumber(2019, 3)
    assert found["2019/0005.pdf"].number == CaseNumber(2019, 5)
    assert "beberapa perkara" in found["dua.pdf"].why
    assert "tidak menyebut nomor" in found["x.pdf"].why


def test_columns_are_called_as_spreadsheets_call_them():
    assert [letters(n) for n in (0, 25, 26, 39)] == ["A", "Z", "AA", "AN"]
