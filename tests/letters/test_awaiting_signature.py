"""What waits on whose desk to be signed: of the cases that they may read, in their role, each read once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_factory import case_of, moved, tended
from life_office import FIRST, HEAD, MEMO, REVIEW, SUB, TEAM, LifeOffice
from offices import FakeOffice

from pipeline.cases.store.sop_editions import editions
from pipeline.letters.awaiting_signature import SignatureList, awaiting

FIRST_EDITION = editions()[0]


@pytest.fixture
def life(tmp_path):
    life = LifeOffice(FakeOffice(tmp_path / "kantor"))
    life.until_review()
    life.make("telaah", SUB, REVIEW)
    life.numbered(MEMO)
    return life


def row_of(life):
    return life.office.root.book.row_of(life.case)


def test_a_case_is_read_when_it_has_changed_and_its_letters_are_on_the_desk_of_who_signs_them(life):
    read = []

    def case(number):
        read.append(number)
        return life.case

    listed, rows = SignatureList(case, life.office.root.sop_of), [row_of(life)]

    def waiting(*roles: str) -> list[str]:
        return [letter.template for letter in listed.waiting_for(roles, rows)]

    assert waiting(HEAD) == waiting(TEAM) == []
    assert read == [], "nobody who has nothing to sign there"
    assert waiting(SUB) == waiting(SUB, HEAD) == [MEMO]
    assert read == [FIRST]
    life.act("tandatangani-naskah", SUB, MEMO, file=b"bertanda tangan")
    rows = [replace(rows[0], head=life.case.head)]
    assert waiting(SUB) == []
    assert read == [FIRST, FIRST]


def test_a_case_that_somebody_may_not_read_has_nothing_for_them_to_sign(life):
    listed = SignatureList(lambda _number: life.case, life.office.root.sop_of)
    row = row_of(life)
    hidden = replace(row, sifat="Sangat Rahasia", opened_to=())

    assert [len(listed.waiting_for((SUB,), [one])) for one in (row, hidden)] == [1, 0]


def test_what_waits_for_another_act_is_on_no_desk_for_signatures(tmp_path):
    life = LifeOffice(FakeOffice(tmp_path / "lain"))
    life.until_review()
    life.make("telaah", SUB, REVIEW)
    read = []
    listed = SignatureList(lambda number: read.append(number) or life.case, life.office.root.sop_of)

    assert listed.waiting_for(("kabid",), [row_of(life)]) == ()
    assert read == [], "an initial is no signature"


def test_under_the_first_edition_the_move_of_that_very_letter_takes_its_signed_scan():
    case = tended(case_of(), FIRST_EDITION)
    for key in ("konfirmasi", "sampaikan", "disposisi", "disposisi", "disposisi"):
        case = tended(moved(case, FIRST_EDITION, key), FIRST_EDITION)
    case = tended(moved(case, FIRST_EDITION, "telaah", saran="rekomendasi"), FIRST_EDITION)
    for key in ("susun-rekomendasi", "paraf", "paraf", "nomori"):
        case = tended(moved(case, FIRST_EDITION, key), FIRST_EDITION)

    (letter,) = awaiting(case, FIRST_EDITION, (HEAD,))

    assert (letter.template, letter.move) == ("06-surat-rekomendasi", "tandatangan")
    assert awaiting(case, FIRST_EDITION, ("kadiv",)) == ()
