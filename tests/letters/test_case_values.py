"""What a case's sheet says of other cases and of its day."""

from __future__ import annotations

import pytest
from case_factory import then
from fakes import MORNING
from life_office import FIELD, FIRST, LifeOffice
from offices import FakeOffice

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import SPLIT_FROM, SPLIT_OFF, Linked
from pipeline.errors import NotFound
from pipeline.letters.case_values import CaseValues
from pipeline.letters.sheets.register_book import BOOK
from pipeline.letters.sheets.review_letters import MERGED, NO_INDICATION

TOLD = {"perihal": "Jalan", "pelapor": [{"nama": "Rangga Umpama"}], "terlapor": ["X"], "uraian": "Jalan rusak."}


@pytest.fixture
def life(tmp_path) -> LifeOffice:
    return LifeOffice(FakeOffice(tmp_path / "kantor"))


def merged(life: LifeOffice, move: str = "gabung", role: str = FIELD) -> CaseNumber:
    """A case that became part of the first."""
    other = life.office.open("lisan", TOLD)
    life.office.decide(other, move, role, {"perkara_induk": str(FIRST), "alasan": "Hal yang sama."})
    return other


def told(life: LifeOffice, number: CaseNumber, template: str = MERGED) -> str:
    """The register number of the other case that the sheet says."""
    parts = life.office.tend_parts
    case = parts.cabinet.case(number)
    values = CaseValues(parts.office, parts.calendar, parts.cabinet.case, parts.seal)
    return values.facts(case, parts.sop(case), template, case.entries[-1].at.date()).merged_into


def test_who_is_merged_reads_the_number_in_the_register_under_which_the_other_case_was_taken_in(life) -> None:
    assert told(life, merged(life)) == life.case.received.register_number != ""


def test_so_does_who_was_only_added_to_it_before_the_register_was_confirmed(life) -> None:
    assert told(life, merged(life, "lampirkan", "tim-yankomas")) == life.case.received.register_number


def test_no_other_letter_says_into_which_case_one_was_merged(life) -> None:
    assert told(life, merged(life), NO_INDICATION) == ""


def test_a_case_that_was_never_merged_is_said_to_be_in_no_other(life) -> None:
    merged(life)

    assert told(life, FIRST) == ""


def test_the_book_says_which_cases_one_was_parted_from_and_into_each_by_its_number_in_the_register(life) -> None:
    numbers = [life.office.open("lisan", {**TOLD, "perihal": matter}) for matter in ("Jalan", "Jembatan")]
    gone = CaseNumber(2026, 99)
    ties = [(str(numbers[0]), SPLIT_FROM), (str(numbers[1]), SPLIT_OFF), (str(gone), SPLIT_OFF)]
    case = life.case
    for other, how in ties:
        case = then(case, Linked(other, how))
    parts = life.office.tend_parts
    values = CaseValues(parts.office, parts.calendar, parts.cabinet.case, lambda day: f"segel {day}")

    book = values.facts(case, life.sop, BOOK, MORNING.date())
    other = values.facts(case, life.sop, NO_INDICATION, MORNING.date())

    first, second = (parts.cabinet.case(number).received.register_number for number in numbers)
    assert (book.split_from, book.split_into, book.seal) == (first, (second,), f"segel {MORNING.date()}")
    assert (other.split_from, other.split_into, other.seal) == ("", (), "")


def test_a_sheet_that_the_cases_sop_does_not_have_has_no_values(life) -> None:
    parts = life.office.tend_parts
    values = CaseValues(parts.office, parts.calendar, parts.cabinet.case, parts.seal)

    assert values.of(life.case, life.sop, "01-tanda-terima", MORNING.date())["nomor_register"]
    with pytest.raises(NotFound, match="tidak mempunyai"):
        values.of(life.case, life.sop, "99-lain", MORNING.date())
