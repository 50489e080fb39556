"""What a later version wrote into a case of this format is kept as it is, or stops its case alone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from case_factory import document
from fakes import MORNING

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Document
from pipeline.cli import main
from pipeline.errors import ArchiveFault

FIRST = CaseNumber(2026, 1)


@dataclass(frozen=True)
class Answered:
    """What a later version might write into a journal."""

    kind = "dibalas"
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class FailedWithColour:
    """A line of a known kind, with something in it that this version does not know."""

    kind = "gagal"
    duty: str
    reason: str
    attempts: int
    colour: str
    documents: tuple[Document, ...] = ()


@pytest.fixture
def office_with_a_case(office):
    office.drop("scan.pdf", b"Sengketa tanah")
    office.run_once()
    return office


def test_a_case_with_a_line_of_a_later_kind_is_gone_on_with_and_the_line_kept(office_with_a_case, capsys):
    office, root = office_with_a_case, str(office_with_a_case.root.layout.root)
    answered = Answered((document("09-balasan.pdf", b"Balasan"),))
    with office.root.cabinet.held(FIRST) as folder:
        folder.append(answered, {"09-balasan.pdf": b"Balasan"}, by="kabid", at=MORNING)
    journal = office.root.cabinet.journal(FIRST)

    office.decide(FIRST, "koreksi", "tim-yankomas", {"alasan": "Salah baca", "perihal": "Upah"})
    office.run_once()

    assert office.root.cabinet.journal(FIRST).startswith(journal)
    assert b'"kind":"dibalas"' in journal
    assert office.file(FIRST, "09-balasan.pdf") == b"Balasan"
    assert main(["--root", root, "verify"]) == 0
    assert main(["--root", root, "rebuild"]) == 0
    assert main(["--root", root, "case", "1/2026", "--alasan", "uji"]) == 0
    assert "09-balasan.pdf" in capsys.readouterr().out


def test_a_line_that_this_version_would_misread_stops_its_case_alone(office_with_a_case, capsys):
    office, root = office_with_a_case, str(office_with_a_case.root.layout.root)
    line = FailedWithColour("baca", "Mesin mati.", 3, "biru")
    with office.root.cabinet.held(FIRST) as folder, pytest.raises(ArchiveFault):
        folder.append(line, {}, by="kabid", at=MORNING)  # this version cannot even fold what it was made to write
    before = office.root.cabinet.journal(FIRST)
    assert b'"colour":"biru"' in before

    office.drop("lain.pdf", b"Surat lain")
    with pytest.raises(ArchiveFault, match="tidak berbentuk"):
        office.run_once()
    for command in (
        ["case", "1/2026", "--alasan", "uji"],
        ["do", "1/2026", "batal", "--as", "tim-yankomas", "--set", "alasan=Iklan"],
    ):
        assert main(["--root", root, *command]) == ArchiveFault.exit_code
        assert "tidak berbentuk seperti yang ditulis program ini" in capsys.readouterr().err

    assert office.root.cabinet.journal(FIRST) == before
    assert office.root.cabinet.case(CaseNumber(2026, 2)).received.pages == 1
