"""A correction goes to whom the corrected letter went to, cites it, and says which words are read how."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from printed_sheets import specimen_of

from pipeline.cases.letter_subjects import CITED, subject
from pipeline.errors import TemplateFault
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.engines.word_text import passages
from pipeline.letters.sheets import context, specimen_facts
from pipeline.letters.sheets.closing_letter import CLOSING
from pipeline.letters.sheets.corrected_letters import CORRECTION
from pipeline.letters.sheets.correction import TO_COMPLAINANT
from pipeline.letters.sheets.follow_up import REQUEST
from pipeline.letters.sheets.invitation import INVITATION
from pipeline.letters.sheets.notice import NOTICE
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.sheet_facts import MoveMade, NumberedLetter
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE

AT = datetime(2026, 12, 8, 9, 0, tzinfo=timezone(timedelta(hours=7)))
TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"


def correction(cited: str, *rows: str, **values: Any) -> dict[str, Any]:
    """Return what the correction of a letter says, in the invented case in which that letter was sent."""
    facts = specimen_facts(cited)["lazim"] if cited in CITED else specimen_facts(CORRECTION)["lazim"]
    move = MoveMade("ralat", AT, "tim-yankomas", {"naskah": cited, "ralat": list(rows), **values}, (CORRECTION,))
    letters = (*facts.letters, NumberedLetter(cited, "W.8-HA.01.07-0099", AT))
    return context(CORRECTION, replace(facts, moves=(*facts.moves, move), letters=letters), SPECIMEN_OFFICE)


@pytest.mark.parametrize("cited", CITED)
def test_a_correction_goes_to_whom_the_letter_went_to(cited: str) -> None:
    letter, corrected = specimen_of(cited), correction(cited)

    assert [corrected[name] for name in ("yth", "di", "tembusan")] == [
        letter[name] for name in ("yth", "di", "tembusan")
    ]


@pytest.mark.parametrize("cited", CITED)
def test_a_correction_cites_number_date_and_subject(cited: str) -> None:
    values = correction(cited)

    assert (values["nomor_diralat"], values["tanggal_diralat"]) == ("W.8-HA.01.07-0099", "8 Desember 2026")
    assert values["hal_diralat"].capitalize() == subject(cited, "0007/YANKOMAS/2026").capitalize()
    assert values["hal_diralat"][0].islower()


@pytest.mark.parametrize("cited", CITED)
def test_the_cited_subject_is_that_of_the_letter_itself(cited: str) -> None:
    docx = WordTypist(TEMPLATES).draft(cited, specimen_of(cited)).docx

    assert subject(cited, "0007/YANKOMAS/2026") in [passage.text for passage in passages(docx)]


def test_of_two_letters_of_a_kind_the_newest_is_corrected() -> None:
    facts = specimen_facts(REQUEST)["lazim"]
    move = MoveMade("ralat", AT, "tim-yankomas", {"naskah": REQUEST, "ralat": ["18 | 28"]})
    letters = tuple(NumberedLetter(REQUEST, number, AT) for number in ("0015", "0016"))

    values = context(CORRECTION, replace(facts, moves=(*facts.moves, move), letters=letters), SPECIMEN_OFFICE)

    assert values["nomor_diralat"] == "0016"


@pytest.mark.parametrize(
    ("why", "says"),
    [
        ("", "dalam surat tersebut terdapat kekeliruan penulisan."),
        ("Tenggat keliru disalin", "dalam surat tersebut terdapat kekeliruan penulisan, yaitu tenggat keliru disalin."),
        ("karena Camat salah ketik.", "dalam surat tersebut terdapat kekeliruan penulisan, yaitu camat salah ketik."),
        ("Tenggat keliru.\nNama keliru.", "dalam surat tersebut terdapat kekeliruan penulisan, yaitu:"),
    ],
)
def test_why_a_letter_was_wrong_stands_in_the_sentence_that_says_so(why: str, says: str) -> None:
    docx = WordTypist(TEMPLATES).draft(CORRECTION, correction(RECOMMENDATION, "18 | 28", alasan=why)).docx

    text = [passage.text for passage in passages(docx)]
    assert any(paragraph.endswith(says) for paragraph in text)
    assert ("Nama keliru." in text) == ("\n" in why)


def test_words_are_read_from_left_to_right() -> None:
    assert correction(RECOMMENDATION, "tanggal 18 | tanggal 28", "dan seterusnya |")["ralat"] == [
        {"semula": "tanggal 18", "menjadi": "tanggal 28", "letak": ""},
        {"semula": "dan seterusnya", "menjadi": "", "letak": ""},
    ]


@pytest.mark.parametrize(("row", "there"), [("18 | 28 | angka 5 huruf b", True), ("18 | 28", False)])
def test_where_the_words_stand_has_a_column_where_somebody_said_it(row: str, there: bool) -> None:
    docx = WordTypist(TEMPLATES).draft(CORRECTION, correction(RECOMMENDATION, row)).docx

    text = [passage.text for passage in passages(docx)]
    assert ("Letak" in text, "Angka 5 huruf b" in text) == (there, there)
    assert text.count("Dibaca menjadi") == 1


@pytest.mark.parametrize("cited", [template for template in CITED if template not in TO_COMPLAINANT])
def test_a_correction_for_others_never_says_who_complains(cited: str) -> None:
    values = correction(cited, "Sari Melati | SARI  MELATI", alasan="Nama Sari Melati tercetak.")

    assert "sari melati" not in " ".join(json.dumps(values, ensure_ascii=False).split()).casefold()
    assert values["sapaan"] == "Bapak/Ibu"


@pytest.mark.parametrize("cited", [NOTICE, CLOSING])
def test_the_complainant_s_own_name_may_be_corrected_in_their_letter(cited: str) -> None:
    values = correction(cited, "Sari Melatie | Sari Melati")

    assert values["ralat"] == [{"semula": "Sari Melatie", "menjadi": "Sari Melati", "letak": ""}]
    assert values["sapaan"] == "Saudara"


def test_the_guests_of_a_corrected_invitation_are_listed_as_on_it() -> None:
    facts = specimen_facts(INVITATION)["panjang"]
    move = MoveMade("ralat", AT, "tim-yankomas", {"naskah": INVITATION, "ralat": ["09.00 | 10.00"]})

    values = context(CORRECTION, replace(facts, moves=(*facts.moves, move)), SPECIMEN_OFFICE)

    assert values["yth"] == ["Pejabat sebagaimana tercantum dalam lampiran"]
    assert values["lampiran_naskah"] == "1 (satu) lembar"
    assert values["daftar_undangan"] == specimen_of(INVITATION, "panjang")["daftar_undangan"] != []


def test_a_correction_of_no_letter_leaves_room_to_write_which() -> None:
    values = correction("")

    assert (values["hal_diralat"], values["tembusan"]) == ("", [])
    assert set(values["yth"][0]) == {"."}


def test_only_letters_that_leave_the_office_have_a_subject() -> None:
    with pytest.raises(TemplateFault, match="06-surat-rekomendasi"):
        subject("03-lembar-disposisi", "1")
