"""Before a letter gets its number: who is to sign it holds the post today, and the office has its name of then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from case_factory import moved
from fakes import MORNING, wib
from test_letters_owed_to_complainants import RECOMMENDATION, SOP, drafted_recommendation, numbered
from test_moving import CASES, walk
from test_moving import SOP as FIRST

from pipeline.cases.forms import Filled
from pipeline.cases.moves import TYPED_NUMBER, open_move, takes_signed
from pipeline.cases.next_move import next_move
from pipeline.cases.numbering import check_issuable, check_unapproved
from pipeline.cases.numbering import numbered as numbered_by
from pipeline.cases.signature_proof import UNPROVEN
from pipeline.errors import Incomplete, NotAllowed
from pipeline.office.office import Letterhead, Office
from pipeline.office.officials import Official

CASE = drafted_recommendation()
BUDI = Official("kakanwil", "Kepala Kantor Wilayah", "Budi Rekaan", until=date(2026, 12, 6))
DEWI = Official("kakanwil", "Kepala Kantor Wilayah", "Dewi Rekaan", since=date(2026, 12, 7))
OLD, NEW = (Letterhead((ministry,), "Kantor Wilayah Rekaan", "", "") for ministry in ("KEMENTERIAN A", "KEMENTERIAN B"))
OFFICE = Office("Kantor A", "Kota", OLD, (BUDI, DEWI), "")
TYPED = Filled({TYPED_NUMBER: "W.8-118"}, {})
SIGNED_BY_BUDI = ("Kepala Kantor Wilayah,", "Budi Rekaan")


def number(*words: str, on: str, office: Office = OFFICE) -> None:
    letters = SimpleNamespace(check_places=lambda _docx, _names: None, words=lambda _docx: words)
    check_issuable(CASE, SOP, RECOMMENDATION, b"", letters=letters, office=office, at=wib(f"{on}T09:00"))


def test_a_letter_is_not_numbered_for_who_left_the_post_unless_somebody_wrote_another_name():
    number(*SIGNED_BY_BUDI, on="2026-12-04")

    with pytest.raises(NotAllowed, match="hari ini jabatan itu dipegang Kepala Kantor Wilayah Dewi Rekaan"):
        number(*SIGNED_BY_BUDI, on="2026-12-07")
    number("Kepala Kantor Wilayah,", "Dewi Rekaan", on="2026-12-07")
    number("Kepala,", "Rini Contoh", on="2026-12-07")
    number(*SIGNED_BY_BUDI, on="2026-12-07", office=replace(OFFICE, officials=(DEWI,)))


def test_a_letter_is_not_numbered_under_the_letterhead_of_before_unless_somebody_wrote_the_new_one():
    renamed = replace(OFFICE, name="Kantor B", letterhead=NEW, since=date(2026, 12, 1))
    office = replace(OFFICE, periods=(renamed,))

    number(*SIGNED_BY_BUDI, on="2026-11-30", office=office)
    with pytest.raises(NotAllowed, match="dikonsep dengan kop Kantor A; sejak 1 Desember 2026"):
        number(*SIGNED_BY_BUDI, on="2026-12-01", office=office)
    number("KEMENTERIAN B", "Kantor Wilayah Rekaan", *SIGNED_BY_BUDI, on="2026-12-01", office=office)
    number("KEMENTERIAN B", "Kantor Wilayah Rekaan", on="2026-12-01", office=office)
    number(*SIGNED_BY_BUDI, on="2026-12-01", office=replace(office, periods=(replace(renamed, letterhead=OLD),)))


def test_only_where_a_letter_comes_back_signed_it_is_asked_why_it_cannot_be_proved():
    assert {move.key for move in SOP.moves if takes_signed(move, SOP)} == {"tandatangani-naskah"}

    asked = [field.name for field in open_move(numbered(CASE), SOP, "tandatangani-naskah", "kakanwil").move.form]

    assert asked.count(UNPROVEN) == 1


@pytest.mark.parametrize(
    ("state", "role", "key"),
    [("telaahan", "kasubbid", "telaah"), ("telaahan", "kadiv", ""), ("disposisi-kadiv", "kadiv", "disposisi")],
)
def test_the_next_move_is_the_first_by_which_a_role_leads_a_case_on_from_its_state(state, role, key):
    move = next_move(SOP, state, [role])

    assert (move.key if move else "") == key


def test_in_the_first_edition_a_letter_that_was_passed_on_as_it_stood_is_edited_only_once_it_came_back():
    composed, passed, signing = (CASES[state] for state in ("paraf-kabid", "paraf-kadiv", "penandatanganan"))
    back = moved(passed, FIRST, "kembalikan")
    anew = walk("kembalikan", "susun-rekomendasi", start=back)

    for case in (composed, back, anew):
        check_unapproved(case, FIRST, RECOMMENDATION)
    for case in (passed, signing):
        with pytest.raises(NotAllowed, match="diparaf atau dinomori sebagaimana adanya"):
            check_unapproved(case, FIRST, RECOMMENDATION)
        check_unapproved(case, FIRST, "04-nota-telaahan")
        check_unapproved(case, SOP, RECOMMENDATION)


def test_in_the_first_edition_a_number_that_is_typed_for_a_letter_that_has_one_is_refused():
    again = moved(CASES["penandatanganan"], FIRST, "kembalikan")
    opened = open_move(again, FIRST, "nomori", "tim-yankomas").move

    with pytest.raises(Incomplete, match="sudah bernomor"), numbered_by(again, FIRST, opened, TYPED, MORNING, None):
        pass
