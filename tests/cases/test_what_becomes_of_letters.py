"""What becomes of a letter by each line of its case: signed, given back, mended, replaced, or none of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_factory import document, drafted, moved, then
from test_letters_owed_to_complainants import RECOMMENDATION, SOP, drafted_recommendation, initialled, numbered, walked
from test_moving import CASES, walk
from test_moving import SOP as FIRST

from pipeline.cases.case import Case
from pipeline.cases.events import Disputed, Returned, Withdrawn
from pipeline.cases.letter_life import Letter, current_letters, letters
from pipeline.cases.moves import LETTER
from pipeline.cases.sop_words import HAND_IN, INITIAL, NUMBER, SEND, SIGN

NAMED = {LETTER: RECOMMENDATION}


@pytest.fixture(scope="module")
def composed() -> Case:
    return drafted_recommendation()


@pytest.fixture(scope="module")
def with_number(composed) -> Case:
    return numbered(composed)


@pytest.fixture(scope="module")
def signed(with_number) -> Case:
    return walked(with_number, ("tandatangani-naskah", NAMED))


def letter(case: Case, sop=SOP) -> Letter:
    return current_letters(case, sop)[RECOMMENDATION]


def scan(version: int) -> Returned:
    paper = document(f"{RECOMMENDATION}-v{version}-bertanda-tangan.pdf", kind=RECOMMENDATION, version=version)
    return Returned(RECOMMENDATION, version, (paper,))


def edited(case: Case, editor: str = "rina") -> Case:
    before = case.drafts[RECOMMENDATION]
    return then(case, replace(drafted(RECOMMENDATION, before.version + 1, before.trigger), editor=editor), "kasubbid")


def test_only_a_scan_of_the_newest_version_that_still_stands_signs_a_letter(with_number, signed):
    version = with_number.drafts[RECOMMENDATION].version
    back, old = then(with_number, scan(version)), then(with_number, scan(version - 1))
    about = (scan(version).documents[0].name, RECOMMENDATION, version, "bukan surat itu", "rina")

    assert letter(back).turn.act == letter(signed).turn.act == SEND
    assert letter(old).turn.act == SIGN
    for case in (back, signed):
        for fallen in (Withdrawn(*about), Disputed(*about)):
            assert letter(then(case, fallen)).turn.act == SIGN


def test_composed_anew_a_signed_letter_is_replaced_unless_it_was_sent_or_its_edition_tells_of_no_sending(signed):
    anew = walked(signed, "kembalikan", "susun-rekomendasi")
    sent = walked(signed, ("kirim-naskah", NAMED), "kembalikan", "susun-rekomendasi")
    dropped = walked(signed, "kembalikan", ("batalkan-naskah", NAMED), "susun-rekomendasi")
    first = walk(*["kembalikan"] * 5, "susun-rekomendasi", start=CASES["pengiriman"])

    def told(case: Case, sop) -> list[tuple[bool, int]]:
        return [(one.replaced, one.serial) for one in letters(case, sop) if one.template == RECOMMENDATION]

    assert told(anew, SOP) == [(True, 1), (False, 1)]
    assert told(dropped, SOP) == [(False, 1), (False, 1)]
    assert told(sent, SOP) == told(first, FIRST) == [(False, 1), (False, 2)]


def test_composed_anew_a_letter_keeps_its_number_if_the_file_by_which_it_was_signed_was_withdrawn(signed):
    file = signed.signatures[-1]
    withdrawn = then(signed, Withdrawn(file.documents[0], RECOMMENDATION, file.version, "bukan surat itu", "rina"))
    again, kept = (moved(walked(case, "kembalikan"), SOP, "susun-rekomendasi") for case in (signed, withdrawn))

    assert RECOMMENDATION not in again.numbers
    assert kept.numbers[RECOMMENDATION] == signed.numbers[RECOMMENDATION]


def test_a_letter_of_the_first_edition_waits_for_nobody_before_its_own_moves_are_open():
    states = ("paraf-kabid", "paraf-kadiv", "penomoran", "penandatanganan")

    turns = [letter(CASES[state], FIRST).turn for state in states]

    assert [turn and turn.act for turn in turns] == [None, None, NUMBER, SIGN]


def test_a_letter_given_back_waits_to_be_handed_in_while_it_is_mended_and_not_once_it_is_composed_anew(composed):
    initial = walked(composed, ("paraf-naskah", NAMED))
    returned = walked(initial, "kembalikan")
    mended = walked(edited(returned))

    assert [by.role for by in letter(returned).voided] == ["kabid"]
    assert (letter(returned).initials, letter(returned).state) == ((), "dikembalikan")
    assert letter(returned).turn.roles == SOP.sheet(RECOMMENDATION).drafters == ("kasubbid", "tim-yankomas")
    untold = replace(SOP, sheets=tuple(replace(sheet, drafters=()) for sheet in SOP.sheets))
    assert letter(returned, untold).turn.roles == untold.editors(RECOMMENDATION)
    assert letter(mended).turn.act == letter(returned).turn.act == HAND_IN
    assert letter(walked(mended, "ajukan-rekomendasi")).turn.act == INITIAL
    assert letter(walked(returned, "susun-rekomendasi")).turn.act == INITIAL


def test_its_number_leaves_a_letter_as_old_as_it_was_and_an_edit_begins_it_anew(composed):
    ready = walked(composed, *initialled(RECOMMENDATION))
    number = moved(ready, SOP, "nomori-naskah", **NAMED)
    drawn, other = walked(number), edited(ready)

    assert letter(drawn).since == letter(number).since > letter(ready).since
    assert len(letter(drawn).initials) == 2
    assert (letter(other).initials, letter(other).since) == ((), other.entries[-1].at)
