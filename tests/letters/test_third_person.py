"""What a complainant wrote of themselves, as papers of the office tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from case_factory import case_of, recognised
from kinds_of_case import facts_of_kind, office_of_kind

from pipeline.letters.form_beginnings import BEGINNINGS, Beginning
from pipeline.letters.sheets import context
from pipeline.letters.sheets.disposition_sheet import DISPOSITION
from pipeline.letters.sheets.oral_complaint import FORM
from pipeline.letters.sheets.review_memo import MEMO
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field
from pipeline.letters.sheets.third_person import in_third_person
from pipeline.letters.sheets.transfer_letter import TRANSFER

ONE = {"pelapor": [{"nama": field("Sari Melati")}]}
SEVERAL = {"pelapor": [{"nama": field("Sari Melati")}, {"nama": field("Hendra Gunawan")}]}
OWN: dict[str, Any] = {
    "ringkasan": field("Dengan ini mengadukan Yayasan Rekaan karena menahan gaji saya."),
    "uraian": field("Pada 12 November 2026 gaji saya ditahan."),
    "permintaan": [field("gaji saya dibayar")],
    "upaya": field("Saya mendatangi yayasan dua kali"),
}


@pytest.mark.parametrize(
    ("fields", "written", "told"),
    [
        (ONE, "gaji saya ditahan", "gaji pelapor ditahan"),
        (ONE, "Saya mengadu. Rumah kami rusak.", "Pelapor mengadu. Rumah pelapor rusak."),
        (SEVERAL, "Rumah kami rusak", "Rumah para pelapor rusak"),
        ({**ONE, "kapasitas": field("kelompok")}, "air sumur kami", "air sumur para pelapor"),
        (ONE, "Dengan ini mengadukan PT Rekaan.", "Pelapor mengadukan PT Rekaan."),
        (SEVERAL, "Bersama surat ini kami mengadukan PT Rekaan.", "Para pelapor mengadukan PT Rekaan."),
        (ONE, "Mohon dibantu. Dengan ini saya lampirkan KTP.", "Mohon dibantu. Pelapor lampirkan KTP."),
        (ONE, "GAJI SAYA DITAHAN", "GAJI PELAPOR DITAHAN"),
        (ONE, "Ia berkata “kami tidak tahu” kepada saya", "Ia berkata “kami tidak tahu” kepada pelapor"),
        (ONE, "kamis di Kamituwa, sayap, sayang", "kamis di Kamituwa, sayap, sayang"),
        ({**ONE, "kuasa": {"nama": field("Joko")}}, "klien kami ditahan", "klien kami ditahan"),
        ({**ONE, "cara_penyampaian": field("pelimpahan")}, "kami terima", "kami terima"),
    ],
)
def test_who_says_i_and_we_is_the_complainant(fields: dict[str, Any], written: str, told: str) -> None:
    assert in_third_person(written, fields) == told


def paper_of(template: str) -> dict[str, Any]:
    facts = facts_of_kind("surat", template)
    moves = tuple(move for move in facts.moves if move.key != "telaah")
    return context(template, replace(facts, fields={**facts.fields, **OWN}, moves=moves), office_of_kind("surat"))


def test_a_disposition_sheet_speaks_as_the_office() -> None:
    gist = paper_of(DISPOSITION)["isi_ringkas"]

    assert gist.startswith("Pelapor mengadukan Yayasan Rekaan karena menahan gaji pelapor.")
    assert "Memohon: gaji pelapor dibayar." in gist


def test_memo_and_covering_letter_speak_as_the_office_and_the_complainant_s_form_as_they_do() -> None:
    memo = paper_of(MEMO)

    assert memo["uraian_kejadian"] == ["Pada 12 November 2026 gaji pelapor ditahan."]
    assert (memo["permintaan"], memo["upaya"]) == (["Gaji pelapor dibayar."], ["Pelapor mendatangi yayasan dua kali."])
    assert "Hal yang dimohon: gaji pelapor dibayar." in paper_of(TRANSFER)["rincian"]
    assert paper_of(FORM)["permohonan"] == ["Gaji saya dibayar"]


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("ringkasan", ["Pelapor mengadukan Yayasan Rekaan karena menahan gaji pelapor."]),
        ("kronologi", ["12 November 2026 | Pada 12 November 2026 gaji pelapor ditahan."]),
        ("kesepakatan", [" | gaji pelapor dibayar |"]),
    ],
)
def test_what_a_form_begins_with_is_told_so_too(question: str, begins: list[str]) -> None:
    known = Beginning(case_of(recognised()), {**ONE, **OWN}, SPECIMEN_OFFICE, date(2026, 12, 2))

    assert BEGINNINGS[question](known) == begins
