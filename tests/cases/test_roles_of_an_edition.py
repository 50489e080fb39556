"""Who edits a sheet, who stands between whom, who acts on letters and who heads the office, by each edition."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from pipeline.cases.key_labels import role_name
from pipeline.cases.sop_rows import Lane
from pipeline.cases.sop_ways import ending_states, reached
from pipeline.cases.sop_words import ANY, BACK, CANCEL, NUMBER, SEND, SIGN, STAY
from pipeline.cases.store.sop_editions import editions
from pipeline.office.roles import OfficeRoles

FIRST, SOP = editions()
TEAM, HEAD, DIVISION, FIELD, SUB = "tim-yankomas", "kakanwil", "kadiv", "kabid", "kasubbid"


@pytest.mark.parametrize(
    ("sop", "template", "editors"),
    [
        (SOP, "06-surat-rekomendasi", (SUB, TEAM, FIELD, DIVISION, HEAD)),
        (FIRST, "06-surat-rekomendasi", (SUB, TEAM, HEAD)),
        (SOP, "03-lembar-disposisi", (TEAM, HEAD, DIVISION, FIELD, SUB)),
        (SOP, "01-formulir-pengaduan", (TEAM,)),
        (SOP, "02-buku-register", (TEAM,)),
    ],
)
def test_a_sheet_is_edited_by_its_drafters_or_by_those_by_whose_moves_it_is_drafted(sop, template, editors):
    assert sop.editors(template) == editors


def test_between_a_role_and_the_head_stand_those_above_it_or_in_the_first_edition_those_of_its_chart():
    assert SOP.above(TEAM) == (SUB, FIELD, DIVISION, HEAD)
    assert [SOP.between(role) for role in (TEAM, DIVISION, HEAD, "pelapor")] == [(SUB, FIELD, DIVISION), (), (), ()]
    assert [FIRST.between(role) for role in (SUB, DIVISION, TEAM, "pelapor")] == [(FIELD, DIVISION), (), (), ()]


def test_who_acts_on_letters_is_told_by_the_moves_and_numbering_also_by_what_gives_numbers():
    assert [SOP.actors(act) for act in (NUMBER, SEND, CANCEL, SIGN)] == [(TEAM,), (TEAM,), (FIELD,), ()]
    assert [FIRST.actors(act) for act in (NUMBER, SEND)] == [(TEAM,), ()]


def test_the_head_is_above_all_or_who_signs_most_or_the_last_of_an_edition_whose_sheets_nobody_signs():
    alone = tuple(Lane(role, role) for role in (SUB, FIELD))

    assert (SOP.head, FIRST.head) == (HEAD, HEAD)
    assert replace(SOP, lanes=alone, sheets=()).head == FIELD
    assert replace(SOP, lanes=(*alone, Lane(DIVISION, DIVISION, above=SUB)), sheets=()).head == SUB
    assert replace(SOP, lanes=(Lane("pelapor", "Masyarakat", outside=True),), sheets=()).head == ""


def test_a_case_comes_to_what_moves_lead_to_and_to_its_end_also_by_what_lies_behind_it():
    states = [SimpleNamespace(key=key, final=key in ("over", "void")) for key in ("a", "b", "c", "d", "over", "void")]

    def move(start: str, to: str) -> SimpleNamespace:
        return SimpleNamespace(start=(start,), to=to, branches={})

    ways = [move("a", "b"), move("a", "over"), move("b", BACK), move("c", "d"), move("d", BACK), move("over", STAY)]
    sop = SimpleNamespace(states=states, moves=ways, first="a")

    assert ending_states(sop) == {"a", "b", "over", "void"}
    assert reached(sop) == {"a", "b", "over"}
    anywhere = SimpleNamespace(states=states, moves=[*ways, move(ANY, "c"), move("over", "void")], first="a")
    assert reached(anywhere) == {"a", "b", "c", "d", "over", "void"}
    assert reached(SimpleNamespace(states=states, moves=[move("a", "over"), move(ANY, "c")], first="over")) == {"over"}


def test_a_role_is_called_as_this_offices_service_calls_it_and_by_its_key_where_two_call_it_otherwise():
    ours = OfficeRoles({}, {}, {}, {"rapat.penjaga": "Penjaga ruang"}, frozenset())

    assert role_name("rapat.penjaga", ours) == "Penjaga ruang"
    assert role_name("rapat.juru-kunci", ours) == "Juru kunci"


def test_what_is_drafted_as_soon_as_a_complaint_is_read_is_the_receipt_and_the_disposition():
    assert {edition.at_intake for edition in editions()} == {("01-tanda-terima", "03-lembar-disposisi")}
