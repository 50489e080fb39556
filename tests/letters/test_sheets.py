"""What the sheets say of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from fakes import WIB
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cases import sop_check
from pipeline.errors import TemplateFault
from pipeline.letters.sheets import TEMPLATES, context, known_fields, specimen_values
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.sheet_facts import SheetFacts
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, SPECIMENS
from pipeline.office import wording
from pipeline.office.officials import Official

RECEIVED = datetime(2026, 11, 25, 8, 15, tzinfo=WIB)


def facts(**changes: object) -> SheetFacts:
    plain = SheetFacts(
        register_number="0007/YANKOMAS/2026",
        number="2026/0007",
        received_at=RECEIVED,
        status_code="K7QM-2XPA-94TD",
        drafted_on=date(2026, 11, 25),
        fields={},
        pages=2,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_an_sop_may_call_for_exactly_the_sheets_that_can_be_drafted() -> None:
    assert sop_check.TEMPLATES == TEMPLATES


def test_dates_and_hours_are_written_as_the_office_writes_them() -> None:
    assert wording.long_date(date(2024, 5, 6)) == "6 Mei 2024"
    assert wording.weekday_and_hour(RECEIVED) == "Rabu, 25 November 2026 pukul 08.15 WIB"


def test_the_hour_names_the_zone_of_the_office() -> None:
    in_makassar = RECEIVED.astimezone(timezone(timedelta(hours=8)))
    in_jayapura = RECEIVED.astimezone(timezone(timedelta(hours=9)))

    assert [wording.hour(in_makassar), wording.hour(in_jayapura)] == ["09.15 WITA", "10.15 WIT"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (99, "sembilan puluh sembilan"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1234, "seribu dua ratus tiga puluh empat"),
        (2024, "dua ribu dua puluh empat"),
        (100_000, "seratus ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
    ],
)
def test_numbers_are_said_in_words(number: int, words: str) -> None:
    assert wording.in_words(number) == words


@given(st.integers(0, 10**15 - 1), st.integers(0, 10**15 - 1))
def test_two_numbers_never_share_their_words(one: int, other: int) -> None:
    assert (wording.in_words(one) == wording.in_words(other)) == (one == other)


def test_counts_stand_in_figures_and_words() -> None:
    assert wording.counted(1, "berkas") == "1 (satu) berkas"


@given(st.text(), st.integers(8, 60))
def test_a_shortened_text_fits_and_says_that_it_was_cut(text: str, limit: int) -> None:
    short = wording.shortened(text, limit)

    assert wording.width(short) <= limit
    assert short == wording.one_line(text) or short.endswith("…")


def test_a_long_subject_is_cut_between_words() -> None:
    assert wording.shortened("Pengaduan pencemaran sumur warga, desa", 40) == "Pengaduan pencemaran sumur warga…"


def test_the_officer_is_whoever_holds_the_desk_that_day() -> None:
    later = Official("tim-yankomas", "Petugas Yankomas", "Joko Contoh", since=date(2026, 12, 1), acting="Plh.")
    office = replace(SPECIMEN_OFFICE, officials=(*SPECIMEN_OFFICE.officials, later))

    names = [
        context(RECEIPT, facts(drafted_on=day), office)["petugas_nama"]
        for day in (date(2026, 11, 30), date(2026, 12, 1))
    ]

    assert names == ["Rina Contoh, S.H.", "Joko Contoh"]


def test_an_unknown_sheet_is_refused_with_those_there_are() -> None:
    with pytest.raises(TemplateFault, match=RECEIPT):
        context("99-tidak-ada", facts(), SPECIMEN_OFFICE)


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_value_of_a_sheet_is_explained_and_every_explained_one_is_there(template: str) -> None:
    for specimen in specimen_values(template).values():
        assert set(specimen) | {"logo"} == set(known_fields()[template])


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_sheet_is_tried_with_an_empty_a_usual_and_a_long_case(template: str) -> None:
    assert tuple(specimen_values(template)) == SPECIMENS
