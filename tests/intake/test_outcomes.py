"""How outcomes name pages."""

from __future__ import annotations

from pipeline.cases.case_number import CaseNumber
from pipeline.intake.duplicates import known_already
from pipeline.intake.outcomes import Accepted, Duplicate, ranges
from pipeline.register.ports import Claim
from pipeline.storage.blobs import TypedText


def test_pages_are_told_as_people_write_them():
    assert ranges([1, 2, 3, 5]) == "1-3, 5"


def test_the_same_bytes_are_a_work_gone_on_with_where_it_is_the_same_claim_and_else_a_duplicate():
    number, claim = CaseNumber(2026, 7), Claim("abcd", TypedText("surat.pdf", b"Surat"))

    assert known_already(number, "abcd", claim) == Accepted(number, again=True)
    assert known_already(number, "ef01", claim) == Duplicate(number)
