"""What later letters say of a letter that was corrected: they cite the correction, and say what is read since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from fakes import WIB
from kinds_of_case import facts_of_kind
from sheet_factory import usual

from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.engines.word_text import passages
from pipeline.letters.sheets import context
from pipeline.letters.sheets.closing_letter import CLOSING
from pipeline.letters.sheets.corrected_letters import CORRECTION, amended, as_read
from pipeline.letters.sheets.evaluation import EVALUATION
from pipeline.letters.sheets.follow_up import REQUEST
from pipeline.letters.sheets.notice import NOTICE
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.sheet_facts import MoveMade, NumberedLetter, SheetFacts
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.letters.sheets.warning_letters import FIRST, SECOND

TYPIST = WordTypist(Path(__file__).resolve().parents[2] / "letter_templates")
CITED = "sebagaimana diralat dengan surat ralat Nomor W.8-HA.01.07-0024 tanggal 10 Desember 2026"
ADVISED = (
    "Camat Contoh | Membentuk posko | 2026-12-18",
    "Direktur PT Contoh | Memperbaiki kolam limbah | 2026-12-18",
)


def december(day: int) -> datetime:
    return datetime(2026, 12, day, 9, tzinfo=WIB)


def corrected(*rows: str, day: int = 9, number: str = "0020", template: str = RECOMMENDATION) -> tuple[Any, Any]:
    """Return the move and the letter of a correction made on that day."""
    move = MoveMade("ralat", december(day), "tim-yankomas", {"naskah": template, "ralat": list(rows)}, (CORRECTION,))
    return move, NumberedLetter(CORRECTION, number, december(day))


def told(*corrections: tuple[Any, Any], template: str = REQUEST, **changes: Any) -> SheetFacts:
    """Return a case of two recommendations whose letter of 4 December got these corrections."""
    drafted = MoveMade("susun-rekomendasi", december(2), "kasubbid", {"rekomendasi": list(ADVISED)})
    letters = (NumberedLetter(RECOMMENDATION, "0014", december(4)), *(letter for _, letter in corrections))
    return usual(template, moves=(drafted, *(move for move, _ in corrections)), letters=letters, **changes)


@pytest.mark.parametrize("template", [REQUEST, FIRST, SECOND, EVALUATION, CLOSING])
def test_every_letter_after_a_correction_cites_it(template: str) -> None:
    values = context(template, facts_of_kind("surat", template), SPECIMEN_OFFICE)

    text = " ".join(passage.text for passage in passages(TYPIST.draft(template, values).docx))

    assert CITED in text.replace("\u2011", "-").replace("\u00a0", " ")


@pytest.mark.parametrize("template", [RECOMMENDATION, NOTICE, REQUEST, CLOSING])
def test_where_nothing_was_corrected_nothing_is_said_of_it(template: str) -> None:
    values = context(template, told(template=template), SPECIMEN_OFFICE)

    assert "diralat" not in " ".join(passage.text for passage in passages(TYPIST.draft(template, values).docx))


def test_a_notice_after_the_correction_cites_it_too() -> None:
    values = context(NOTICE, told(corrected("posko | pos"), template=NOTICE), SPECIMEN_OFFICE)

    assert values["ralat_rekomendasi"] == "sebagaimana diralat dengan surat ralat Nomor 0020 tanggal 9 Desember 2026"


def test_several_corrections_are_cited_together_and_a_correction_not_by_itself() -> None:
    facts = told(corrected("posko | pos"), corrected("kolam | bak", day=10, number="0021"), template=CORRECTION)

    both = amended(facts, facts.letters[0])
    values = context(CORRECTION, replace(facts, naskah_number="0021"), SPECIMEN_OFFICE)

    assert both.endswith("surat ralat Nomor 0020 tanggal 9 Desember 2026 dan Nomor 0021 tanggal 10 Desember 2026")
    assert values["ralat_sebelumnya"].endswith("surat ralat Nomor 0020 tanggal 9 Desember 2026")


def test_a_correction_of_another_letter_or_of_an_earlier_one_is_not_cited() -> None:
    facts = told(corrected("posko | pos"), corrected("18 | 28", day=16, number="0022", template=REQUEST))
    again = NumberedLetter(RECOMMENDATION, "0017", december(15))

    assert "0022" not in amended(facts, facts.letters[0])
    assert amended(replace(facts, letters=(*facts.letters, again)), again) == ""


@pytest.mark.parametrize(
    ("reading", "deadlines"),
    [
        ("18 Desember 2026 | 28 Desember 2026 | angka 5 nomor 2", ["18 Desember 2026", "28 Desember 2026"]),
        ("18 Desember 2026 | 28 Desember 2026 | angka 1 huruf h", ["18 Desember 2026", "18 Desember 2026"]),
        ("18 Desember 2026 | 28 Desember 2026", ["18 Desember 2026", "18 Desember 2026"]),  # which of them?
        ("8 Desember 2026 | 28 Desember 2026 | angka 5 nomor 2", ["18 Desember 2026", "18 Desember 2026"]),
    ],
)
def test_a_deadline_is_told_as_it_is_read_where_it_is_clear_which_one_was_meant(
    reading: str, deadlines: list[str]
) -> None:
    rows = context(REQUEST, told(corrected(reading)), SPECIMEN_OFFICE)["rekomendasi"]

    assert [row["tenggat"] for row in rows] == deadlines


def test_words_that_stand_in_the_list_once_are_read_anew_without_a_place() -> None:
    rows = [{"instansi": "Camat", "tindakan": "Membentuk posko"}, {"instansi": "Bupati", "tindakan": "Rapat"}]

    read = as_read(rows, told(corrected("posko | pos pengaduan")), RECOMMENDATION)

    assert read == [{"instansi": "Camat", "tindakan": "Membentuk pos pengaduan"}, rows[1]]


@pytest.mark.parametrize("reading", [" | pos", "posko | pos | angka 5 huruf b", " | pos | nomor 1"])
def test_words_that_nobody_named_or_whose_place_is_told_otherwise_stay_as_they_are(reading: str) -> None:
    rows = [{"instansi": "Camat", "tindakan": "Membentuk posko, segera"}]

    assert as_read(rows, told(corrected(reading)), RECOMMENDATION) == rows


@pytest.mark.parametrize(("day", "cited"), [(3, False), (4, True)])
def test_a_correction_is_of_the_letter_that_was_sent_by_then(day: int, cited: bool) -> None:
    facts = told(corrected("posko | pos", day=day))

    assert bool(amended(facts, facts.letters[0])) == cited


def test_nobody_is_warned_of_a_deadline_that_a_correction_put_off() -> None:
    facts = told(corrected("18 Desember 2026 | 28 Desember 2026 | angka 5 nomor 2"), template=FIRST)

    due = [
        [row["tindakan"] for row in context(FIRST, replace(facts, naskah_date=day), SPECIMEN_OFFICE)["rekomendasi"]]
        for day in (date(2026, 12, 21), date(2026, 12, 29))
    ]

    assert due == [["Membentuk posko"], ["Membentuk posko", "Memperbaiki kolam limbah"]]


def test_the_recommendation_itself_says_what_it_said() -> None:
    facts = told(corrected("18 Desember 2026 | 28 Desember 2026 | angka 5 nomor 2"), template=RECOMMENDATION)

    rows = context(RECOMMENDATION, facts, SPECIMEN_OFFICE)["rekomendasi"]

    assert [row["tenggat"] for row in rows] == ["18 Desember 2026"] * 2
