"""What a correction of the register changes in letters that people made theirs is proposed, place by place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from life_office import DRAFTED, FIELD, HEAD, MEMO, RECOMMENDATION, SUB, TEAM, LifeOffice
from offices import FakeOffice

from pipeline.letters.outdated import OutdatedPlace, outdated_places


@pytest.fixture
def life(tmp_path):
    """An office whose recommendation has one initial: the machine leaves it as it is."""
    life = LifeOffice(FakeOffice(tmp_path / "kantor"))
    life.recommended()
    life.act("paraf-naskah", FIELD, RECOMMENDATION)
    return life


def told(life, words: tuple[str, ...] | None = None) -> list[tuple[str, str, str]]:
    """What is proposed, of letters that say these words (default: what they do)."""
    root = life.office.root

    def said(template: str) -> tuple[str, ...]:
        return (
            words
            if words is not None
            else root.letter_versions.words(life.case, template, life.case.drafts[template].version)
        )

    found = outdated_places(life.case, life.sop, root.calendar, root.settings.office, said)
    return [(place.template, place.was, place.now) for place in found]


def corrected(life, **fields) -> None:
    life.make("koreksi", TEAM, {"alasan": "Salah tulis", **fields})


def test_while_nothing_was_corrected_nothing_is_proposed(life):
    assert told(life) == []


def test_what_a_kept_letter_says_otherwise_by_now_is_proposed_once(life):
    corrected(life, perihal="Sengketa tanah ulayat")

    proposed = [one for one in told(life) if one[0] == RECOMMENDATION]

    assert len(proposed) == 1
    assert "anah" in proposed[0][1]
    assert "engketa tanah ulayat" in proposed[0][2]


def test_a_correction_that_is_older_than_the_letter_is_in_it(tmp_path):
    life = LifeOffice(FakeOffice(tmp_path / "lain"))
    life.decided("rekomendasi")
    corrected(life, perihal="Sengketa tanah ulayat")
    life.make("susun-rekomendasi", SUB, DRAFTED)
    life.act("paraf-naskah", FIELD, RECOMMENDATION)

    proposed = {template for template, *_ in told(life, words=("Tanah.",))}

    assert proposed == {MEMO}, "the recommendation was drafted of what is so"


def test_what_was_told_nowhere_is_proposed_until_the_letter_says_it(life):
    corrected(life, tempat_kejadian="Desa Umpama")

    (place,) = told(life, words=("Lain.",))
    assert (place[0], place[1], "Desa Umpama" in place[2]) == (MEMO, "", True)
    assert told(life, words=(f"Tempat: {place[2]}.",)) == []


def test_a_letter_that_was_numbered_is_held_against_the_form_that_it_was_drafted_from(life):
    corrected(life, perihal="Sengketa tanah ulayat")
    before = [one for one in told(life) if one[0] == RECOMMENDATION]
    life.act("paraf-naskah", "kadiv", RECOMMENDATION)
    life.act("nomori-naskah", TEAM, RECOMMENDATION)

    assert [one for one in told(life) if one[0] == RECOMMENDATION] == before != []


def test_what_the_letter_no_longer_says_is_settled(life):
    corrected(life, perihal="Sengketa tanah ulayat")

    assert told(life, words=("Sama sekali lain.",)) == []


def test_a_letter_that_is_signed_is_corrected_by_another_letter(life):
    life.act("paraf-naskah", "kadiv", RECOMMENDATION)
    life.act("nomori-naskah", TEAM, RECOMMENDATION)
    corrected(life, perihal="Sengketa tanah ulayat")
    assert RECOMMENDATION in {template for template, *_ in told(life)}

    life.act("tandatangani-naskah", HEAD, RECOMMENDATION, file=b"bertanda tangan")

    assert RECOMMENDATION not in {template for template, *_ in told(life)}


def test_a_draft_that_nobody_made_theirs_is_drafted_anew_and_not_proposed(tmp_path):
    life = LifeOffice(FakeOffice(tmp_path / "lain"))
    life.recommended()
    corrected(life, perihal="Sengketa tanah ulayat")

    assert RECOMMENDATION not in {template for template, *_ in told(life)}


def test_a_place_says_what_is_empty():
    place = OutdatedPlace(RECOMMENDATION, "Surat rekomendasi", "perihal", "", "Tanah")

    assert str(place) == "Surat rekomendasi: perihal dalam naskah (kosong), menurut register Tanah"
    assert str(replace(place, was="Tanah", now="")).endswith("dalam naskah Tanah, menurut register (kosong)")
