"""What the complainant is told when the file is closed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from kinds_of_case import facts_of_kind

from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.engines.word_text import passages
from pipeline.letters.sheets import context, specimen_facts
from pipeline.letters.sheets.closing_letter import CLOSING
from pipeline.letters.sheets.sheet_facts import MoveMade, SheetFacts
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"


def closing(**changes: Any) -> dict[str, Any]:
    return context(CLOSING, replace(specimen_facts(CLOSING)["lazim"], **changes), SPECIMEN_OFFICE)


def test_the_closing_letter_says_what_was_recommended_and_what_came_of_it() -> None:
    values = closing()

    assert values["banyak_rekomendasi"] == "3 (tiga) rekomendasi"
    assert values["tujuan_rekomendasi"] == "Bupati Contoh"
    assert values["pokok_pengaduan"] == "pencemaran sumur warga oleh limbah kolam pabrik"
    assert [line.split()[0] for line in values["hasil"]] == ["Pemerintah", "Kolam"]


def test_the_closing_letter_cites_the_notice_and_goes_to_the_complainant() -> None:
    values = closing()

    assert (values["nomor_rekomendasi"], values["tanggal_rekomendasi"]) == ("W.8-HA.01.07-0014", "4 Desember 2026")
    assert (values["nomor_pemberitahuan"], values["tanggal_pemberitahuan"]) == ("W.8-HA.01.07-0015", "4 Desember 2026")
    assert values["yth"][:2] == ["Saudara Sari Melati", "selaku wakil Forum Warga Sumur Jernih"]
    assert values["cara_bertanya"] == SPECIMEN_OFFICE.asking


def test_a_case_without_a_recommendation_has_none_in_its_closing_letter() -> None:
    moves = tuple(move for move in specimen_facts(CLOSING)["lazim"].moves if move.key == "siapkan-penutupan")

    values = closing(moves=moves, letters=())

    assert [values[name] for name in ("banyak_rekomendasi", "nomor_rekomendasi", "nomor_pemberitahuan")] == [""] * 3
    assert len(values["hasil"]) == 2


def test_what_came_of_it_is_taken_from_whichever_move_called_for_the_letter() -> None:
    moves = specimen_facts(CLOSING)["lazim"].moves
    ended = replace(moves[-1], key="selesai", values={"hasil_bagi_pelapor": "Sumur dipulihkan."})

    assert closing(moves=(*moves, ended))["hasil"] == ["Sumur dipulihkan."]


def test_one_result_goes_on_a_sentence_and_several_are_a_list() -> None:
    ended = replace(specimen_facts(CLOSING)["lazim"].moves[-1], values={"hasil_bagi_pelapor": "Sumur dipulihkan."})

    assert closing(moves=(*specimen_facts(CLOSING)["lazim"].moves, ended))["satu_hasil"] == "sumur dipulihkan."
    assert closing()["satu_hasil"] == ""


def test_what_was_corrected_after_the_notice_is_told_after_it() -> None:
    facts = facts_of_kind("surat", CLOSING)
    values, told = context(CLOSING, facts, SPECIMEN_OFFICE), letter(facts)

    recommended = "kepada Bupati Contoh dengan surat Nomor W.8-HA.01.07-0022 tanggal 7 Desember 2026. "
    noticed = "Hal tersebut telah kami beritahukan kepada Saudara dengan surat Nomor W.8-HA.01.07-0023 tanggal 8 "
    corrected = f"Surat kepada Bupati Contoh berlaku {values['ralat_rekomendasi']}. "
    assert f"{recommended}{noticed}Desember 2026. {corrected}Pelaksanaan rekomendasi tersebut" in told


def test_the_closing_letter_rests_on_the_evaluation_once_it_has_its_number() -> None:
    told = context(CLOSING, facts_of_kind("surat", CLOSING), SPECIMEN_OFFICE)

    assert (told["nomor_evaluasi"], told["tanggal_evaluasi"]) == ("W.8-HA.01.07-0004", "21 Januari 2027")
    assert closing()["nomor_evaluasi"] == ""


@pytest.mark.parametrize(
    ("answers", "warned", "says"),
    [
        (
            ["belum", "belum"],
            True,
            "Rekomendasi yang belum dilaksanakan telah kami catat dalam hasil evaluasi dan",
        ),
        (["belum"], False, "Rekomendasi yang belum dilaksanakan telah kami catat dalam hasil evaluasi. Berkas"),
        (["ditolak"], True, "Rekomendasi yang ditolak telah kami catat dalam hasil evaluasi dan kami laporkan kepada"),
        (["dilaksanakan", "sebagian"], True, "Rekomendasi yang belum seluruhnya dilaksanakan telah kami catat"),
        (["dilaksanakan"], True, "kembali jernih. Berkas pengaduan tersebut kami tutup."),
    ],
)
def test_what_was_not_carried_out_is_recorded_and_no_reason_to_close_the_file(
    answers: list[str], warned: bool, says: str
) -> None:
    facts = facts_of_kind("surat", CLOSING)
    rows = [f"{n} | Bupati | 2026-12-18 | – | – | {answer}" for n, answer in enumerate(answers)]
    evaluated = MoveMade("evaluasi", facts.moves[-1].at, "tim-yankomas", {"hasil_evaluasi": rows})
    letters = tuple(one for one in facts.letters if warned or one.template != "07-teguran-kedua")

    told = letter(replace(facts, moves=(*facts.moves, evaluated), letters=letters))

    assert says in told
    assert "Dengan demikian" not in told
    assert ("Direktur Jenderal" in told) == (warned and answers != ["dilaksanakan"])


def letter(facts: SheetFacts) -> str:
    """The words of the letter, drafted from what is known."""
    values = context(CLOSING, facts, SPECIMEN_OFFICE)
    told = " ".join(p.text for p in passages(WordTypist(TEMPLATES).draft(CLOSING, values).docx))
    return told.replace("\u2011", "-").replace("\u00a0", " ")
