"""How outcomes name pages."""

from __future__ import annotations

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Refused
from pipeline.intake.duplicates import known_already
from pipeline.intake.outcomes import (
    TWIN,
    Accepted,
    Duplicate,
    Parted,
    PartOutcome,
    SetAside,
    account_parts,
    ranges,
)
from pipeline.register.ports import Claim
from pipeline.storage.blobs import TypedText


def test_pages_are_told_as_people_write_them():
    assert ranges([1, 2, 3, 5]) == "1-3, 5"


def test_the_same_bytes_are_a_work_gone_on_with_where_it_is_the_same_claim_and_else_a_duplicate():
    number, claim = CaseNumber(2026, 7), Claim("abcd", TypedText("surat.pdf", b"Surat"))

    assert known_already(number, "abcd", claim) == Accepted(number, again=True)
    assert known_already(number, "ef01", claim) == Duplicate(number)


def test_what_was_there_already_says_so_and_lies_where_the_file_was_set_aside():
    number = CaseNumber(2026, 7)
    twin = account_parts(Duplicate(number), "ditolak/a.pdf")[0]
    beside = account_parts(Parted((PartOutcome((1,), Accepted(number)), PartOutcome((2,), Duplicate(number)))), "x")

    assert (twin.code, twin.place) == (TWIN, "ditolak/a.pdf")
    assert twin.reason.endswith("terdaftar sebagai 2026/0007.")
    assert [(part.code, part.reason, part.place) for part in beside] == [("", "", ""), (TWIN, "", "")]
    refused = SetAside(Refused("jenis", "Jenis.", "Kirim."))
    mixed = account_parts(Parted((PartOutcome((1,), refused), PartOutcome((2,), Duplicate(number)))), "ditolak/b.pdf")
    assert [(part.code, part.reason) for part in mixed] == [("jenis", "Jenis."), (TWIN, "")]
