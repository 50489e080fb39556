"""However a case wanders, no letter of it is on nobody's desk, and it does not end while one is owed."""

from __future__ import annotations

from contextlib import suppress
from itertools import takewhile

import pytest
from case_factory import case_of, drafted, moved, tended, then
from hypothesis import given, settings
from hypothesis import strategies as st
from thorough import examples

from pipeline.cases.letter_life import STATES, current_letters, letters
from pipeline.cases.moves import LETTER, moves_open_to, open_moves
from pipeline.cases.owed_letters import owed_before
from pipeline.cases.sop import title_of
from pipeline.cases.sop_words import SIGN
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import NotAllowed

SOP = editions()[-1]
RECOMMENDATION = "06-surat-rekomendasi"


def choices(move) -> tuple[str, ...]:
    return next((field.choices for field in move.form if field.name == LETTER), ())


def wandered(data, steps: int):
    """A case after so many moves, each drawn from those open to a role; an end that is refused is not made."""
    case = tended(case_of(), SOP)
    for _ in range(steps):
        role = data.draw(st.sampled_from(["tim-yankomas", "kakanwil", "kadiv", "kabid", "kasubbid"]))
        if not (there := [o for o in moves_open_to(case, SOP, [role]) if o.move.key != "pisahkan"]):
            continue
        opened = data.draw(st.sampled_from(there))
        typed = {LETTER: data.draw(st.sampled_from(choices(opened.move)))} if choices(opened.move) else {}
        if opened.move.branch:
            typed[opened.move.branch] = data.draw(st.sampled_from(sorted(opened.move.branches)))
        with suppress(NotAllowed):
            case = tended(moved(case, SOP, opened.move.key, role, **typed), SOP)
    return case


@settings(max_examples=examples(60))
@given(st.data())
def test_however_a_case_wanders_its_letters_are_on_desks_in_their_order_and_none_is_owed_at_its_end(data):
    case = wandered(data, data.draw(st.integers(0, 50)))

    there = open_moves(case, SOP)
    for letter in letters(case, SOP):
        chain = SOP.sheet(letter.template).initials
        assert letter.state in STATES
        assert tuple(by.role for by in letter.initials) == chain[: len(letter.initials)]
        assert letter.signed or not letter.sent
        assert letter.sent or not letter.received
        if letter.turn:
            about = [o for o in there if letter.template in (o.move.letter, *choices(o.move))]
            able = {role for o in about if o.move.act == letter.turn.act for role in o.roles}
            assert not able.isdisjoint(letter.turn.roles), (letter.template, letter.turn, case.state(SOP.first))
    if (state := SOP.state(case.state(SOP.first))).final:
        later = titles_since_the_end(case)
        assert [owed for owed in owed_before(case, SOP, state.key) if owed[0] not in later] == []


def titles_since_the_end(case):
    """What was called for only when the case had ended: a letter that the end itself called for may need a ralat."""
    since = list(takewhile(lambda made: SOP.state(made.decision.state).final, reversed(case.made)))[:-1]
    return {title_of(template) for made in since for template in made.decision.sheets}


WAY = ("konfirmasi", "sampaikan", "disposisi", "disposisi", "disposisi", "telaah")


@pytest.fixture
def at_memo():
    case = tended(case_of(), SOP)
    for key in WAY:
        case = tended(moved(case, SOP, key), SOP)
    return case


def test_an_edit_voids_the_initials_of_the_version_before(at_memo):
    case = moved(at_memo, SOP, "paraf-naskah", "kabid", naskah="04-nota-telaahan")
    before = current_letters(case, SOP)["04-nota-telaahan"]

    after = current_letters(then(case, drafted("04-nota-telaahan", 2)), SOP)["04-nota-telaahan"]

    assert [by.role for by in before.initials] == ["kabid"]
    assert (after.initials, [by.role for by in after.voided], after.version) == ((), ["kabid"], 2)


def test_numbering_voids_nothing(at_memo):
    case = at_memo
    for role in ("kabid", "kadiv"):
        case = moved(case, SOP, "paraf-naskah", role, naskah="04-nota-telaahan")
    case = tended(moved(case, SOP, "nomori-naskah", naskah="04-nota-telaahan"), SOP)

    letter = current_letters(case, SOP)["04-nota-telaahan"]

    assert [by.role for by in letter.initials] == ["kabid", "kadiv"]
    assert (letter.version, letter.number, letter.turn.act) == (2, "W.8-1", SIGN)


def test_letters_of_a_case_under_the_first_edition_are_known_as_far_as_it_tells():
    first = editions()[0]
    case = tended(case_of(), first)
    for key in (*WAY[:-1], "minta-kelengkapan"):
        case = tended(moved(case, first, key), first)
    drawn = current_letters(case, first)["04-permintaan-kelengkapan"]
    case = tended(moved(case, first, "nomori-surat"), first)
    numbered = current_letters(case, first)["04-permintaan-kelengkapan"]
    case = moved(case, first, "tandatangani-naskah")
    signed = current_letters(case, first)["04-permintaan-kelengkapan"]

    assert [(one.state, one.turn.act if one.turn else None) for one in (drawn, numbered, signed)] == [
        ("konsep", "nomor"),
        ("bernomor", "tanda-tangan"),
        ("bertanda tangan", None),
    ]
