"""Any case is found by words as people write them: names, agencies, places, days, numbers, states."""

from __future__ import annotations

import pytest
from cases import CALENDAR, case_of, moved, received, recognised, tended
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import editions
from pipeline.domain import rows
from pipeline.domain.finding import find, words_of
from pipeline.domain.numbering import RegisterPattern

SOP = editions()[0]
PATTERN = RegisterPattern("{urut:04d}/YANKOMAS/{tahun}")


def row_of(serial: int, **fields: object) -> dict:
    first = received(serial=serial, register_number=f"{serial:04d}/YANKOMAS/2026")
    shaped = {
        name: [{"nilai": v} for v in value] if isinstance(value, list) else {"nilai": value}
        for name, value in fields.items()
        if name != "pelapor"
    }
    shaped["pelapor"] = [{"nama": {"nilai": name}} for name in fields.get("pelapor", [])]
    return rows.row(tended(case_of(recognised(shaped), first=first), SOP), SOP, CALENDAR)


ROWS = [
    row_of(
        7,
        pelapor=["Siti Ma'mun", "José Pérez"],
        terlapor=["PT Sawit-Rekaan, Kab. Seluma"],
        perihal="Sengketa tanah adat",
        tempat_kejadian="Desa Air Periukan",
        nomor_surat="045/LBH/XI/2026",
        tanggal_surat="2026-11-20",
    ),
    row_of(74, pelapor=["Budi Santoso"], terlapor=["Polres Rekaan"], perihal="Penahanan", tanggal_surat="2026-10-07"),
]
BOTH = ["2026/0007", "2026/0074"]


def found(*asked: str) -> list[str]:
    return [row["number"] for row in find(ROWS, asked, PATTERN.read)]


@pytest.mark.parametrize(
    "asked",
    [
        ("Siti",),
        ("siti", "mamun"),
        ("MA'MUN",),
        ("Ma’mun Siti",),
        ("jose perez",),
        ("José", "PÉREZ"),
        ("sawit rekaan",),
        ("seluma", "siti"),
        ("air periuk",),
        ("tanah ada",),
    ],
)
def test_names_agencies_and_places_are_found_by_the_beginnings_of_their_words(asked):
    assert found(*asked) == ["2026/0007"]


def test_all_words_must_be_there():
    assert found("rekaan") == BOTH
    assert found("rekaan", "polres") == ["2026/0074"]
    assert found("siti", "polres") == []


@pytest.mark.parametrize("asked", [("7/2026",), ("2026/0007",), ("2026-7",), ("0007/YANKOMAS/2026",), ("2026 / 0007",)])
def test_a_register_number_is_found_in_any_spelling_and_is_no_other(asked):
    assert found(*asked) == ["2026/0007"]


def test_the_letters_own_number_is_found_with_other_signs_between():
    assert found("045/LBH/XI/2026") == found("045-LBH-XI-2026") == found("045 lbh xi") == ["2026/0007"]


@pytest.mark.parametrize(
    "asked",
    [
        ("20-11-2026",),
        ("20/11/2026",),
        ("20.11.2026",),
        ("2026-11-20",),
        ("20 November 2026",),
        ("20", "november", "2026"),
        ("siti", "20", "Nov", "2026"),
    ],
)
def test_a_day_is_found_in_any_spelling(asked):
    assert found(*asked) == ["2026/0007"]


def test_a_day_is_that_day_and_a_month_all_of_it():
    assert found("7-10-2026") == found("07-10-2026") == found("oktober 2026") == ["2026/0074"]
    assert found("7-11-2026") == []
    assert found("25-11-2026") == BOTH  # both came in that day
    assert found("siti", "31-11-2026") == []  # there is no such day


def test_a_state_is_found_by_its_words():
    assert found("menunggu konfirmasi") == BOTH
    assert found("pemantauan") == []


@pytest.mark.parametrize(
    "asked",
    ["W.8.HA.01.07-12", "W8.HA.01.07 - 12", "W.8-HA-01-07-12", "w.8.ha.1.7-12 TAHUN 2026", "Nomor: W.8.HA.01.07-12"],
)
def test_a_letter_that_went_out_is_found_by_its_number(asked):
    row = {**ROWS[0], "naskah": ["W.8.HA.01.07-12"]}
    other = {**ROWS[1], "naskah": ["W.8.HA.01.07-1", "W.8.HA.01.07-120"]}

    assert find([row, other], [asked], PATTERN.read) == [row]


def test_an_agreed_year_does_not_hide_another():
    row = {**ROWS[0], "naskah": ["W.8.HA.01.07-12 TAHUN 2025"]}

    assert find([row], ["W.8.HA.01.07-12"], PATTERN.read) == [row]
    assert find([row], ["W.8.HA.01.07-12 TAHUN 2026"], PATTERN.read) == []


def test_nothing_asked_finds_nothing():
    assert found() == found("") == found("--", "...") == []


def test_a_case_that_has_moved_on_is_found_where_it_stands():
    case = moved(tended(case_of(), SOP), SOP, "cabut")

    assert find([rows.row(case, SOP, CALENDAR)], ["dicabut"], PATTERN.read)


@given(st.lists(st.text(max_size=20), max_size=4))
def test_whatever_is_asked_is_answered_and_every_word_narrows(asked):
    assert set(found(*asked, "siti")) <= {"2026/0007"}


@given(st.text(max_size=40))
def test_words_are_the_same_however_they_are_written(text):
    assert words_of(text) == words_of(" ".join(words_of(text)))
