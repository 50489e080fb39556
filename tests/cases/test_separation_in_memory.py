"""Of two steps that two people must make: which first steps count, for which letters, and what is left to offer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_factory import case_of, drafted, received, tended, then
from test_letters_owed_to_complainants import (
    NOTICE,
    RECOMMENDATION,
    SOP,
    TO_REVIEW,
    drafted_recommendation,
    initialled,
    numbered,
    walked,
)
from test_rules_of_case_files import decided

from pipeline.cases.actor import Actor
from pipeline.cases.case import Case
from pipeline.cases.moves import LETTER
from pipeline.cases.offers import offers
from pipeline.cases.separation import Barred, first_steps, kept_apart
from pipeline.cases.sop_rows import PairStep
from pipeline.cases.sop_words import INITIAL, SIGN
from pipeline.office.office import Letterhead, Office, OnePerson
from pipeline.office.person import Person

OFFICE = Office("Kantor", "Kota", Letterhead((), "", "", ""), (), "")
MEMO = "04-nota-telaahan"
VOIDING, SIGNING = SOP.pairs


@pytest.fixture(scope="module")
def composed() -> Case:
    return drafted_recommendation()


def steps(case: Case, letter: str, sop=SOP) -> list[tuple[str, str]]:
    """What was made first before a letter is signed, and by whom."""
    made = first_steps("tandatangani-naskah", SIGN, (letter,), "kakanwil", case, sop)
    return [(one.earlier.what, one.earlier.person.account) for one in made]


def with_pair(**values) -> object:
    return replace(SOP, pairs=(replace(SIGNING, **values),))


def test_composing_keeps_from_signing_the_letters_that_the_pair_names_and_all_where_it_names_none(composed):
    assert steps(composed, RECOMMENDATION) == [("menyusun surat rekomendasi", "penguji")]
    assert steps(composed, MEMO) == []
    assert steps(composed, MEMO, with_pair(letters=())) == [("menyusun nota telaahan", "penguji")]


def test_a_pair_counts_the_first_steps_that_it_names_and_no_others(composed):
    opened = tended(case_of(first=received(person=Person("dewi", name="Dewi Rekaan"))), SOP)
    both = walked(opened, *TO_REVIEW, "telaah", *initialled(MEMO))
    initials = with_pair(first=PairStep(acts=(INITIAL,)), letters=())

    assert [what for what, _ in steps(both, MEMO, with_pair(letters=()))] == ["menyusun nota telaahan"]
    assert steps(both, MEMO, initials) == [("melakukan paraf-naskah atas nota telaahan", "penguji")] * 2
    assert steps(composed, RECOMMENDATION, initials) == []


def test_voiding_is_kept_from_who_opened_the_case_and_from_who_confirmed_it_by_the_words_of_that_move():
    opened = case_of(first=received(person=Person("dewi")))
    confirmed = walked(opened, "konfirmasi")

    found = [one.earlier.words for one in first_steps("batal", "", (), "kabid", confirmed, SOP)]

    assert [one.earlier.person.account for one in first_steps("batal", "", (), "kabid", opened, SOP)] == ["dewi"]
    assert found[0].startswith("membuka perkara ini pada 25 November 2026")
    assert found[1].startswith('melakukan "Konfirmasi isian register" pada 25 November 2026')


def test_who_corrected_the_register_did_not_compose_the_letters_that_were_drawn_anew(composed):
    anew = then(composed, decided("koreksi", login="rina", sheets=(RECOMMENDATION,)), "tim-yankomas")

    assert steps(anew, RECOMMENDATION) == [("menyusun surat rekomendasi", "penguji")]


def test_who_edited_a_letter_before_it_was_composed_anew_has_no_part_in_it(composed):
    trigger = composed.drafts[RECOMMENDATION].trigger
    edited = then(composed, replace(drafted(RECOMMENDATION, 2, trigger), editor="rina"), "kasubbid")
    anew = walked(edited, "kembalikan", "susun-rekomendasi")

    assert steps(edited, RECOMMENDATION)[1:] == [("menyunting surat rekomendasi", "rina")]
    assert steps(anew, RECOMMENDATION) == [("menyusun surat rekomendasi", "penguji")]


def test_of_two_letters_whoever_composed_one_is_offered_the_other_and_all_where_the_office_has_one_person(composed):
    waiting = walked(numbered(composed), *initialled(NOTICE), ("nomori-naskah", {LETTER: NOTICE}))
    own = with_pair(letters=(RECOMMENDATION,))
    small = replace(OFFICE, one_person=(OnePerson(SIGNING.key, "Jabatan lowong."),))
    found = tuple(one for one in offers(waiting, own, {"kakanwil"}) if one.act == SIGN)

    def left(office: Office, login: str) -> tuple[list[tuple[str, ...]], tuple[Barred, ...]]:
        offered, kept = kept_apart(found, lambda role: Actor(role, login), waiting, own, office)
        return [one.choices for one in offered], kept

    assert left(OFFICE, "rina") == left(small, "penguji") == ([(RECOMMENDATION, NOTICE)], ())
    offered, kept = left(OFFICE, "penguji")
    assert (offered, [one.letter for one in kept]) == ([(NOTICE,)], [RECOMMENDATION])
