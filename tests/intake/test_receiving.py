"""What is seen on the pages of a file, and which case its name may name where it came for another service."""

from __future__ import annotations

from dataclasses import replace

from offices import KEY, FakeOffice

from pipeline.cases.case_number import CaseNumber
from pipeline.intake.outcomes import Accepted, Added, Parted, PartOutcome
from pipeline.intake.receive import receive
from pipeline.letters.page_codes import cover_text
from pipeline.register.enrol import ServiceLine
from pipeline.scans.ports import SEPARATOR

FIRST, SECOND = CaseNumber(2026, 1), CaseNumber(2026, 2)


def received(office: FakeOffice, *pages: str, name: str = "scan.pdf"):
    office.drop(name, "\n".join(["PAGES", *pages]).encode())
    return receive(office.claim(), office.receive_parts)


def test_a_code_is_of_the_page_on_which_it_stands(office):
    received(office, "- surat")

    found = received(office, "- surat lain", cover_text(KEY, FIRST), "- bukti", "- bukti lagi")

    assert found.parts[0] == PartOutcome((1,), Accepted(SECOND))
    assert (found.parts[1].pages, type(found.parts[1].fate)) == ((2, 3, 4), Added)


def test_a_separators_code_on_a_page_that_is_none_is_flagged_and_no_other_code_is(office):
    received(office, "- surat", SEPARATOR, "KODE LAIN")

    (flagged,) = office.root.cabinet.case(FIRST).suspected
    assert (flagged.page, "bukan selembar penuh" in flagged.reason) == (2, True)


def test_the_blank_back_of_a_separator_is_in_no_letter(office):
    assert received(office, "- surat", "===", "_", "- surat lain") == Parted(
        (PartOutcome((1,), Accepted(FIRST)), PartOutcome((4,), Accepted(SECOND))), separators=(2,), blanks=(3,)
    )


def test_a_case_that_is_named_by_a_folder_or_a_cover_and_is_not_there_is_left_to_a_person(office):
    received(office, "- surat")

    def dropped_into(folder):
        (office.inbox_folder / folder).mkdir()
        return received(office, f"- bukti {folder}", name=f"{folder}/bukti.pdf")

    assert dropped_into("2026-0001").number == FIRST
    assert "menyebut perkara 2026/0099, yang tidak ada" in dropped_into("2026-0099").reason.message
    covered = received(office, cover_text(KEY, CaseNumber(2026, 99)), "- bukti")
    assert "menyebut perkara 2026/0099, yang tidak ada" in covered.reason.message


def test_who_sends_for_a_service_adds_to_its_own_cases_by_a_files_name_and_to_none_of_another(office):
    received(office, "- surat")
    usual = office.receive_parts
    services = {"surat-masuk": ServiceLine("SM", usual.enrolling.editions)}
    parts = replace(usual, enrolling=replace(usual.enrolling, services=services))
    folder = office.inbox_folder / "surat-masuk"

    def sent(name):
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(f"PAGES\n- {name}".encode())
        return receive(office.claim(), parts)

    assert sent("undangan.pdf") == Accepted(CaseNumber(2026, 1, "SM"))
    assert sent("perkara 1-2026.pdf") == Accepted(CaseNumber(2026, 2, "SM"))
    assert sent("2026~SM-0001.pdf").number == CaseNumber(2026, 1, "SM")
    assert sent("2026~SM-0009.pdf") == Accepted(CaseNumber(2026, 3, "SM"))
    assert office.root.cabinet.case(FIRST).attachments == ()
