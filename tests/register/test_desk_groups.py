"""What waits on a desk, by act: as the SOP has it, without opening a folder."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pipeline.cases.store.sop_editions import editions
from pipeline.register.desk_groups import grouped


@dataclass
class Waiting:
    """A case of which no more is asked than where it stands."""

    state_key: str
    needs_person: bool = False
    in_work: bool = False
    sop: str = ""


def told(rows, *roles):
    return [(group.title, group.together, len(group.rows)) for group in grouped(rows, editions(), roles)]


def test_cases_are_grouped_by_act_and_what_is_to_be_checked_stands_last():
    rows = [Waiting("konfirmasi"), Waiting("penyampaian"), Waiting("konfirmasi"), Waiting("telaahan")]

    assert told(rows, "tim-yankomas") == [
        ("Sampaikan ke Kakanwil dengan lembar disposisi", True, 1),
        ("Susun nota telaahan", False, 1),
        ("Periksa", False, 2),
    ]


@pytest.mark.parametrize("role", ["kakanwil", "kadiv", "kabid"])
def test_a_disposition_may_be_made_on_several_cases_by_each_official(role):
    assert told([Waiting(f"disposisi-{role}")], role) == [("Disposisikan", True, 1)]


def test_what_the_machine_owes_or_gave_up_is_no_act_of_the_sop():
    rows = [Waiting("konfirmasi", in_work=True), Waiting("penyampaian", needs_person=True)]

    assert {title for title, *_ in told(rows, "tim-yankomas")} == {"Sedang dikerjakan mesin", "Perlu petugas"}


def test_every_case_is_in_one_group():
    rows = [Waiting(state.key) for sop in editions() for state in sop.states]

    for role in ("tim-yankomas", "kakanwil", "kadiv", "kabid", "kasubbid"):
        assert sum(len(group.rows) for group in grouped(rows, editions(), [role])) == len(rows)
