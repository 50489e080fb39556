"""A clock that once ran ahead holds the office up only until a person has said that it is right now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fakes import MORNING, FixedClock
from offices import FakeOffice

from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.errors import Interrupted, Passing

CORRECTION = {"alasan": "Salah baca", "perihal": "Upah"}


def confirmed(office, capsys) -> str:
    """Have a person confirm the clock on the command line; return what they read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(office.root), "clock", office.clock)
        assert main(["--root", str(office.root.layout.root), "jam", "--benar"]) == 0
    return capsys.readouterr().out


@pytest.fixture
def hurried(office):
    """An office that registered a letter with its clock years, or hours, ahead."""

    def registered(**ahead):
        office.clock.forward(**ahead)
        office.drop("a.pdf", b"Surat A")
        office.run_once()
        office.clock.at = MORNING
        office.drop("b.pdf", b"Surat B")
        with pytest.raises(Interrupted, match="jam --benar"):
            office.run_once()
        return office

    return registered


@pytest.mark.parametrize("ahead", [{"days": 1500}, {"hours": 5}])
def test_after_a_person_confirmed_the_clock_letters_are_registered_again(hurried, capsys, ahead):
    office = hurried(**ahead)

    assert "jam sekarang benar" in confirmed(office, capsys)

    FakeOffice(office.root.layout.root).run_once()
    assert CaseNumber(2026, 1 if "days" in ahead else 2) in set(office.root.cabinet.numbers())
    assert office.findings() == []
    assert office.root.moments_ahead() == []


def test_the_hurried_case_itself_can_go_on(hurried, capsys):
    office = hurried(hours=5)
    first = CaseNumber(2026, 1)
    with pytest.raises(Passing, match="jam --benar"):
        office.decide(first, "koreksi", "tim-yankomas", CORRECTION)

    confirmed(office, capsys)

    assert office.decide(first, "koreksi", "tim-yankomas", CORRECTION).register["perihal"] == "Upah"


def test_a_clock_that_runs_behind_after_that_still_gives_no_number(hurried, capsys):
    office = hurried(days=1500)
    confirmed(office, capsys)
    again = FakeOffice(office.root.layout.root)
    again.clock = FixedClock(MORNING + timedelta(hours=1))
    again.run_once()

    again.clock.forward(minutes=-30)
    again.drop("c.pdf", b"Surat C")

    with pytest.raises(Interrupted, match="mundur"):
        again.run_once()


def test_where_nothing_lies_ahead_there_is_nothing_to_confirm(office, capsys):
    office.drop("a.pdf", b"Surat A")
    office.run_once()

    assert "Tidak ada catatan" in confirmed(office, capsys)

    assert not office.root.layout.wrong_times.exists()
