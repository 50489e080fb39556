"""A letter's versions as they are shown: those that there are, and none that says of people of another case."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeLetters
from life_office import FIRST, RECOMMENDATION, LifeOffice
from offices import FakeOffice

from pipeline.cases.ports import content
from pipeline.errors import NotAllowed, NotFound
from pipeline.letters.differences import Kind
from pipeline.letters.issue import with_fields_of
from pipeline.letters.letter_versions import LetterVersions


@pytest.fixture
def life(tmp_path):
    """An office whose recommendation has its number: version 2."""
    life = LifeOffice(FakeOffice(tmp_path / "kantor"))
    life.recommended()
    life.numbered(RECOMMENDATION)
    return life


def versions(life) -> LetterVersions:
    return LetterVersions(life.office.root.cabinet, FakeLetters())


def test_what_differs_between_a_draft_and_what_was_numbered_is_number_date_and_mark(life):
    found = versions(life).differences(life.case, RECOMMENDATION, 1, 2)

    changed = [one for one in found if one.kind is not Kind.SAME]
    assert 0 < len(changed) <= 4
    assert any(life.letter(RECOMMENDATION).number in one.new for one in changed)


def test_a_version_that_is_not_there_is_not_shown(life):
    with pytest.raises(NotFound, match="tidak memiliki 06-surat-rekomendasi versi 3"):
        versions(life).words(life.case, RECOMMENDATION, 3)


def test_an_old_version_that_says_of_pages_of_another_case_is_not_shown_and_all_others_are(life):
    shared = replace(life.case, shared=frozenset({f"{RECOMMENDATION}-v1.docx", f"{RECOMMENDATION}-v2.docx"}))

    with pytest.raises(NotAllowed, match="juga memuat halaman yang menjadi perkara lain"):
        versions(life).file(shared, RECOMMENDATION, 1)
    assert versions(life).file(shared, RECOMMENDATION, 2), "the newest is to be mended"
    assert versions(life).file(life.case, RECOMMENDATION, 1)


def test_number_and_date_are_those_of_the_newest_version_whatever_an_editor_wrote(life):
    letters, cabinet = FakeLetters(), life.office.root.cabinet
    newest = content(cabinet.blob(FIRST, life.case.drafts[RECOMMENDATION].documents[0]))
    number = life.letter(RECOMMENDATION).number.encode()
    assert number in newest

    edited = with_fields_of(newest, newest.replace(number, b"PALSU-1"), files=letters)

    assert letters.lines(edited) == letters.lines(newest)


def test_of_a_letter_without_places_for_them_nothing_is_filled_in():
    plain = b'{"isi": "Tanpa nomor", "tanda_konsep": "KONSEP"}'

    assert with_fields_of(plain, b'{"isi": "Lain"}', files=FakeLetters()) == b'{"isi": "Lain"}'
