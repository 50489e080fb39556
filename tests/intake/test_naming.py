"""Which case a file or a folder of the inbox is for; a day is never taken for a case."""

from __future__ import annotations

import pytest

from pipeline.cases.case_number import CaseNumber
from pipeline.intake.named_case import number_in_name, number_of_folder
from pipeline.register.register_numbers import RegisterPattern

PATTERN = RegisterPattern("{urut:04d}/YANKOMAS/{tahun}")
SEVEN = CaseNumber(2026, 7)


@pytest.mark.parametrize(
    "folder", ["2026-0007", "2026_0007", "0007-YANKOMAS-2026", "7 yankomas 2026", "perkara 7-2026", "Register 2026-7"]
)
def test_a_folder_named_as_a_case_is_for_it(folder):
    assert number_of_folder(folder, PATTERN) == SEVEN


@pytest.mark.parametrize("folder", ["", "2026-11", "2026-11-25", "20261125", "senin", "11-2026", "2026", "2026-0000"])
def test_a_folder_named_as_a_day_or_month_is_for_none(folder):
    assert number_of_folder(folder, PATTERN) is None


def test_a_folder_can_name_any_case():
    assert number_of_folder("2026-1125", PATTERN) == CaseNumber(2026, 1125)


@pytest.mark.parametrize(
    "name",
    [
        "2026-0007.pdf",
        "2026-0007 KTP.pdf",
        "lampiran_2026_0007.pdf",
        "0007-YANKOMAS-2026.pdf",
        "bukti 0007_YANKOMAS_2026 (2).jpg",
        "scan_perkara_7-2026.pdf",
        "2026-0007 dan 0007-YANKOMAS-2026.pdf",
    ],
)
def test_a_name_that_can_only_mean_a_case_means_it(name):
    assert number_in_name(name, PATTERN) == SEVEN


@pytest.mark.parametrize(
    "name",
    [
        "scan.pdf",
        "2026-11-25.pdf",
        "2026-11-25_0815.pdf",
        "20261125_0007.pdf",
        "scan 2026-1125.pdf",
        "2026-0007-01.pdf",
        "01-2026-0007.pdf",
        "2026-0007 2026-0008.pdf",
        "Pengaduan 12 November 2026.pdf",
        "7-2026.pdf",
        "IMG_2026-07.jpg",
        "12026-00071.pdf",
    ],
)
def test_a_name_that_may_mean_something_else_means_no_case(name):
    assert number_in_name(name, PATTERN) is None


def test_a_name_that_may_be_a_day_needs_a_word_beside_it():
    assert number_in_name("perkara 2026-1125.pdf", PATTERN) == CaseNumber(2026, 1125)


def test_a_pattern_without_a_word_is_told_from_no_date_and_is_not_looked_for():
    assert number_in_name("7-2026.pdf", RegisterPattern("{urut}/{tahun}")) is None


@pytest.mark.parametrize("pattern", ["{urut}/12/{tahun}", "{urut}/H/{tahun}"])
def test_figures_and_a_letter_alone_are_no_word_that_tells_a_number_from_a_day(pattern):
    for name in ("7-12-2026.pdf", "7-H-2026.pdf"):
        assert number_in_name(name, RegisterPattern(pattern)) is None
    assert number_in_name("7-HAM-2026.pdf", RegisterPattern("{urut}/HAM/{tahun}")) == SEVEN
