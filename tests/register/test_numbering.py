"""Register numbers: the next one, and how clerks write and the office prints them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import MORNING
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.errors import Passing, SettingsFault, UsageFault
from pipeline.register.naskah_numbers import NaskahPattern, read_naskah
from pipeline.register.register_numbers import RegisterPattern, next_number, unfit_for_series

DEFAULT = "{urut:04d}/YANKOMAS/{tahun}"
PATTERNS = (
    DEFAULT,
    "W.8-{urut:04d}.HAM.01.07/{tahun}",
    "HAM-2/{urut}/74/{tahun}",
    "{tahun}.{urut:06d}",
    "{tahun}/{urut}",
    "{urut}/{tahun}",
    "{urut:04d}{tahun}",
    "no. {urut} tahun {tahun}",
)
numbers = st.builds(CaseNumber, st.integers(1900, 2199), st.integers(1, 999_999_999))


@pytest.mark.parametrize(
    "written",
    [
        "2026/0007",
        "2026/7",
        "2026-0007",
        "2026 - 7",
        "7/2026",
        "0007/2026",
        "0007/YANKOMAS/2026",
        "7/yankomas/2026",
        " 0007 / YANKOMAS / 2026 ",
        "nomor 7 tahun 2026",
        "2026/YANKOMAS/7",
    ],
)
def test_a_number_is_understood_however_a_clerk_writes_it(written):
    assert read_number(written) == CaseNumber(2026, 7)


@pytest.mark.parametrize("written", ["2026/10000", "10000/2026", "10000/YANKOMAS/2026"])
def test_four_digits_are_a_minimum_and_not_a_limit(written):
    number = read_number(written)

    assert number == CaseNumber(2026, 10_000)
    assert (str(number), number.folder, number.key) == ("2026/10000", "10000", "2026-10000")


def test_the_first_series_keeps_its_paths_and_addresses_and_another_has_its_own():
    first, other = CaseNumber(2026, 7), CaseNumber(2026, 7, "B")

    assert (str(first), first.year_folder, first.key) == ("2026/0007", "2026", "2026-0007")
    assert (str(other), other.year_folder, other.key) == ("2026~B/0007", "2026~B", "2026~B-0007")
    assert first != other


@pytest.mark.parametrize("series", ["", "B", "KPI"])
def test_a_number_of_any_series_is_read_back_from_its_text_and_its_file_name(series):
    number = CaseNumber(2026, 12_345, series)

    assert read_number(str(number)) == read_number(number.key) == number


@pytest.mark.parametrize("written", ["2026~/0007", "2026~B/0", "2026~SEMBILANX/7", "2026~B2/7"])
def test_what_is_no_series_is_no_number(written):
    with pytest.raises(UsageFault):
        read_number(written)


def test_a_year_that_stands_first_is_the_year_as_our_folders_have_it():
    assert read_number("2025/2026") == CaseNumber(2025, 2026)


def test_with_a_word_between_two_years_the_serial_stands_first_as_offices_print_it():
    assert read_number("2025/YANKOMAS/2026") == CaseNumber(2026, 2025)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "7",
        "2026",
        "2026/0",
        "2026/0000",
        "0/2026",
        "7/26",
        "123/456",
        "1/2/2026",
        "1899/7",
        "2200/7",
        "tujuh/2026",
        "2026/1000000000",
        "2026/" + "9" * 5000,
        "../../etc/passwd",
        "²/2026",
    ],
)
def test_what_is_not_a_register_number_is_refused_with_an_example(written):
    with pytest.raises(UsageFault, match="bukan nomor register") as refusal:
        read_number(written)

    assert "2026/0007" in refusal.value.remedy


def test_a_very_long_mistake_is_not_repeated_whole():
    with pytest.raises(UsageFault) as refusal:
        read_number("x" * 10_000)

    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize("pattern", PATTERNS)
def test_an_office_reads_what_it_prints_and_what_folders_are_called(pattern):
    office = RegisterPattern(pattern)
    number = CaseNumber(2026, 7)

    assert office.read(office.write(number)) == number
    assert office.read("2026/0007") == number
    assert office.read("2026-0007") == number


def test_other_digits_of_an_offices_pattern_are_not_taken_for_the_number():
    office = RegisterPattern("W.8-{urut:04d}.HAM.01.07/{tahun}")

    assert office.read("W.8-0007.HAM.01.07/2026") == CaseNumber(2026, 7)
    assert office.read("w.8-7.ham.01.07/2026") == CaseNumber(2026, 7)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(number=numbers)
@example(number=CaseNumber(2026, 2025))
@example(number=CaseNumber(2026, 10_000))
def test_every_number_is_read_back_as_it_was_printed(pattern, number):
    office = RegisterPattern(pattern)

    assert office.read(office.write(number)) == number


@given(numbers)
def test_every_number_is_read_back_from_its_canonical_text_and_its_key(number):
    assert read_number(str(number)) == number
    assert read_number(number.key) == number


@given(numbers, numbers)
def test_numbers_stand_in_the_order_in_which_they_were_given(one, other):
    assert (one < other) == ((one.year, one.serial) < (other.year, other.serial))


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text() | st.from_regex(r"[0-9/٠-٩²-]{0,12}") | st.from_regex(r"\A\d{1,9}[/.-]\d{1,9}\Z"))
def test_reading_whatever_somebody_typed_gives_a_number_or_says_how_to_write_one(pattern, text):
    try:
        number = RegisterPattern(pattern).read(text)
    except UsageFault:
        return

    assert 1900 <= number.year < 2200
    assert 1 <= number.serial <= 999_999_999


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "0007/2026",
        "{urut}",
        "{tahun}",
        "{urut}/{bulan}/{tahun}",
        "{urut/{tahun}",
        "{urut:q}/{tahun}",
        "{urut.real}/{tahun}",
        "{0}/{urut}/{tahun}",
        "{urut}/{urut}/{tahun}",
        "{urut:x}/{tahun}",
        "{urut:,}/{tahun}",
        "{urut}/{tahun:02x}",
    ],
)
def test_a_pattern_whose_numbers_could_not_be_read_back_is_refused_with_an_example(pattern):
    with pytest.raises(SettingsFault, match="tidak dapat dipakai") as refusal:
        RegisterPattern(pattern)

    assert DEFAULT in refusal.value.remedy


LETTERS = NaskahPattern("{unit}.{klasifikasi}-{urut}", "W.8", "HA.01.07")


@given(st.integers(1, 999_999), st.integers(2000, 2199))
def test_a_letters_number_is_read_back_as_it_was_printed(serial, year):
    with_year = NaskahPattern("{unit}.{klasifikasi}-{urut} TAHUN {tahun}", "W.8", "HA.01.07")

    assert LETTERS.read(LETTERS.write(serial, year), year) == serial
    assert with_year.read(with_year.write(serial, year), year) == serial
    assert read_naskah(with_year.write(serial, year)).serial == serial


@pytest.mark.parametrize(
    "text", ["", "W.8.HA.01.07-", "W.9.HA.01.07-12", "W.8.HA.01.07-012", "W.8.HA.01.07-" + "9" * 5000]
)
def test_another_offices_letter_number_is_none_of_ours(text):
    assert LETTERS.read(text, 2026) is None


@given(st.text() | st.from_regex(r"[A-Z0-9.\-/ ]{0,30}|W\.?8.HA.01.07-\d{1,7}( TAHUN \d{4})?", fullmatch=True))
def test_reading_any_text_as_a_letters_number_gives_one_or_none(text):
    serial, number = LETTERS.read(text, 2026), read_naskah(text)

    assert serial is None or LETTERS.write(serial, 2026) == text
    assert number is None or read_naskah(str(number)) == number


@pytest.mark.parametrize("pattern", ["", "{unit}", "{urut:x}", "{urut:,}", "{urut}.{bulan}", "{urut"])
def test_a_letters_pattern_that_could_not_be_read_back_is_refused(pattern):
    with pytest.raises(SettingsFault, match="Pola nomor naskah"):
        NaskahPattern(pattern, "W.8", "HA.01.07")


@given(st.integers(0, 999_999_998))
def test_a_letter_gets_one_more_than_the_highest_number_that_was_ever_seen_in_its_year(highest):
    assert next_number(MORNING, highest, None) == CaseNumber(MORNING.year, highest + 1)


def test_a_number_is_given_at_the_moment_of_the_last_and_never_before_it():
    assert next_number(MORNING, 6, MORNING).serial == 7
    with pytest.raises(Passing, match="mundur"):
        next_number(MORNING - timedelta(seconds=1), 6, MORNING)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("AGENDA/{tahun}", "Pola harus memuat {urut}"),
        ("{urut:0999d}/AGENDA/{tahun}", "tidak dapat dipakai"),
        ("{tahun}/{urut:04d}", "tidak memuat kata"),
        ("{urut}-{tahun}", "tidak memuat kata"),
        ("{urut}/YANKOMAS/{tahun}", "dibedakan"),
        ("{urut:04d}/LAIN/{tahun}", "dibedakan"),
        ("{urut}/AGEN\nDA/{tahun}", "tidak dapat dicetak"),
        ("A" * 60 + "{urut}{tahun}", "lebih dari"),
        ("{urut}/AGENDA/{tahun}", ""),
        ("AGENDA-{urut:04d}/{tahun}", ""),
    ],
)
def test_numbers_of_another_series_are_never_taken_for_those_of_the_first(pattern, why):
    office = replace(
        RegisterPattern("{urut:04d}/YANKOMAS/{tahun}"),
        others={"LN": RegisterPattern("{urut}/LAIN/{tahun}"), "AG": RegisterPattern("AGENDA-{urut}/{tahun}")},
    )

    found = unfit_for_series(pattern, "AG", office)

    assert why in found
    assert bool(found) == bool(why)
