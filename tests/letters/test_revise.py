"""Who may make an edited file the next version of a letter, and until when."""

from __future__ import annotations

from dataclasses import replace

import pytest
from life_office import DIVISION, DRAFTED, FIELD, FIRST, HEAD, MEMO, RECOMMENDATION, REVIEW, SUB, TEAM, LifeOffice
from offices import FakeOffice

from pipeline.cases.actor import Actor
from pipeline.cases.decide import decide
from pipeline.cases.ports import content
from pipeline.errors import Incomplete, NotAllowed, Refused, Superseded
from pipeline.letters.ports import MOST_WORD_BYTES
from pipeline.letters.revise import Edit, edited_file, revise
from pipeline.storage.blobs import TypedText


@pytest.fixture
def life(tmp_path):
    life = LifeOffice(FakeOffice(tmp_path / "kantor"))
    life.recommended()
    return life


def word(life, template: str = RECOMMENDATION) -> bytes:
    """The newest version of a letter as a Word file."""
    return content(life.office.root.cabinet.blob(FIRST, life.case.drafts[template].documents[0]))


def edited(life, role: str = SUB, *, docx: bytes | None = None, template: str = RECOMMENDATION, **edit):
    version = life.case.drafts[template].version if template in life.case.drafts else 1
    parts = replace(life.office.revise_parts, files=life.office.decide_parts.letters, unsafe=lambda _docx: ())
    told = Edit(**{"docx": docx or word(life, template), "base": version, "seen": version, **edit})
    return revise(FIRST, template, told, by=Actor(role, role), parts=parts)


def test_an_edit_is_the_next_version_of_that_role_and_says_who_made_it(life):
    before = life.case.drafts[RECOMMENDATION]

    case = edited(life)

    made = case.drafts[RECOMMENDATION]
    assert (made.version, made.editor, case.entries[-1].by) == (2, SUB, SUB)
    assert made.page_code not in ("", before.page_code)
    assert made.trigger == before.trigger


def test_only_those_who_draft_or_initial_a_letter_edit_it(life):
    with pytest.raises(NotAllowed, match="tidak menyunting"):
        edited(life, "arsiparis")
    with pytest.raises(NotAllowed, match="tidak memiliki konsep"):
        edited(life, docx=word(life), template="07-teguran-pertama")


def test_what_was_drafted_again_since_it_was_read_is_shown_first(life):
    edited(life)

    with pytest.raises(Superseded, match="sejak versi 1: kini versi 2"):
        edited(life, seen=1)


def test_a_letter_that_is_signed_or_cancelled_is_not_edited(life):
    life.make("kembalikan", FIELD, {"alasan": "Keliru."})
    life.act("batalkan-naskah", FIELD, RECOMMENDATION, alasan="Keliru.")
    with pytest.raises(NotAllowed, match="sudah dibatalkan"):
        edited(life)

    life.make("susun-rekomendasi", SUB, DRAFTED)
    life.numbered(RECOMMENDATION)
    life.act("tandatangani-naskah", HEAD, RECOMMENDATION, file=b"bertanda tangan")
    with pytest.raises(NotAllowed, match="sudah ditandatangani"):
        edited(life)


def test_a_memo_that_was_decided_on_is_not_edited_any_more(tmp_path):
    life = LifeOffice(FakeOffice(tmp_path / "lain"))
    life.until_review()
    life.make("telaah", SUB, REVIEW)
    for role in (FIELD, DIVISION):
        life.act("paraf-naskah", role, MEMO)
    life.make("putuskan-nota", HEAD, {"keputusan": "rekomendasi"})

    with pytest.raises(NotAllowed, match="sudah diputuskan"):
        edited(life, template=MEMO)


def test_a_letter_is_edited_while_the_machine_still_drafts_others(life):
    edited(life)  # people's own from now on: a correction leaves it as it is
    corrected = {"perihal": "Tanah ulayat", "alasan": "Keliru."}
    decide(FIRST, "koreksi", corrected, by=Actor(TEAM, "tim"), parts=life.office.decide_parts)

    assert edited(life).drafts[RECOMMENDATION].version == 3


def test_a_letter_that_was_composed_anew_waits_for_the_machine(life):
    life.make("kembalikan", FIELD, {"alasan": "Susun lagi."})
    decide(FIRST, "susun-rekomendasi", DRAFTED, by=Actor(SUB, "sub"), parts=life.office.decide_parts)

    with pytest.raises(Superseded, match="sedang dikonsep lagi"):
        edited(life)


def test_an_unfit_file_is_refused_before_anything_of_it_is_kept_and_after_who_sends_it_was_looked_at(life):
    parts = replace(life.office.revise_parts, unsafe=lambda _docx: [("Berkas ini memuat makro", "Hapus.")])
    edit = Edit(b"PK", 1, 1)

    with pytest.raises(NotAllowed):
        revise(FIRST, RECOMMENDATION, edit, by=Actor("arsiparis", "x"), parts=parts)
    for seen in (1, 7):  # who comes too late is told what is wrong with the file first
        with pytest.raises(Refused, match="memuat makro"):
            revise(FIRST, RECOMMENDATION, replace(edit, seen=seen), by=Actor(SUB, SUB), parts=parts)
    assert life.case.drafts[RECOMMENDATION].version == 1


def test_a_name_that_is_written_into_it_is_stopped_and_a_word_needs_a_reason_to_pass(life):
    named = word(life).replace(b"Pasal 9.", b"Menurut Siti.")
    assert named != word(life)

    with pytest.raises(Refused, match="menyebut, atau mungkin menyebut"):
        edited(life, docx=named)
    with pytest.raises(Incomplete, match="tanpa alasan"):
        edited(life, docx=named, cleared=("Menurut Siti",))

    case = edited(life, docx=named, cleared=("Menurut Siti | penyanyi",))

    assert case.drafts[RECOMMENDATION].cleared == ("Menurut Siti | penyanyi",)


def test_a_word_file_is_no_larger_than_any_letter():
    assert edited_file(TypedText("a.docx", b"x" * MOST_WORD_BYTES)).startswith(b"x")
    with pytest.raises(Incomplete, match="terlalu besar"):
        edited_file(TypedText("a.docx", b"x" * (MOST_WORD_BYTES + 1)))
