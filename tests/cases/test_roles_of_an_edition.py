"""Who edits a sheet, who stands between whom, who acts on letters and who heads the office, by each edition."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.cases.sop_rows import Lane
from pipeline.cases.sop_words import CANCEL, NUMBER, SEND, SIGN
from pipeline.cases.store.sop_editions import editions

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
