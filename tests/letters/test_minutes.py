"""What the minutes of an audience say: who met, what was agreed with whom until when, who signs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from kinds_of_case import KINDS, facts_of_kind, office_of_kind
from sheet_factory import made, paper, usual

from pipeline.letters.sheets import context
from pipeline.letters.sheets.minutes import MINUTES
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE


def minutes(**values: Any) -> dict[str, Any]:
    return paper(MINUTES, moves=(made("laksanakan", **values),))


def test_the_day_stands_in_words_and_in_figures() -> None:
    told = minutes(tanggal_pelaksanaan="2026-12-02")

    assert told["hari_terbilang"] == "Rabu, tanggal dua bulan Desember tahun dua ribu dua puluh enam"
    assert told["tanggal_angka"] == "02/12/2026"


@pytest.mark.parametrize("leader", ["Eko Contoh | Kabid", "Eko Contoh, S.H., M.Si. | Kabid", "eko contoh"])
def test_the_leader_stands_first_once_and_signs_once(leader: str) -> None:
    told = minutes(hadir=["Maya Contoh | Direktur", leader, "Lina"])

    assert [(row["nama"], row["peran"]) for row in told["hadir"]] == [
        ("Eko Contoh", "pemimpin audiensi"),
        ("Maya Contoh", ""),
        ("Lina", ""),
    ]
    assert [row["nama"] for row in told["para_pihak"]] == ["Maya Contoh", "Lina"]


def test_a_leader_who_was_not_typed_in_is_there_all_the_same() -> None:
    assert [row["nama"] for row in minutes(hadir=["Maya Contoh | Direktur"])["hadir"]] == ["Eko Contoh", "Maya Contoh"]


def test_what_was_agreed_says_with_whom_and_until_when() -> None:
    told = minutes(kesepakatan=["memperbaiki kolam | PT Contoh | 2026-12-18", "menyediakan air bersih | – | "])

    assert told["kesepakatan"] == [
        {"butir": "Memperbaiki kolam", "penanggung_jawab": "PT Contoh", "tenggat": "18\u00a0Desember\u00a02026"},
        {"butir": "Menyediakan air bersih", "penanggung_jawab": "", "tenggat": ""},
    ]


def test_minutes_of_a_journal_that_knows_no_agreements_have_none() -> None:
    assert minutes(hasil=["sepakat berdamai"])["kesepakatan"] == []


def test_results_begin_with_a_capital() -> None:
    assert minutes(hasil=["perusahaan mengakui kebocoran."])["hasil"] == ["Perusahaan mengakui kebocoran."]


@pytest.mark.parametrize("kind", KINDS)
def test_the_minutes_say_what_each_kind_of_case_is_about(kind: str) -> None:
    told = context(MINUTES, facts_of_kind(kind, MINUTES), office_of_kind(kind))

    begins = "pemberitaan media mengenai " if kind == "berita" else "pengaduan masyarakat mengenai "
    assert told["pokok_pengaduan"].startswith(begins)
    assert told["acara"].startswith("klarifikasi")


def test_who_leads_for_another_is_named_as_the_deputy() -> None:
    told = context(MINUTES, facts_of_kind("pengganti", MINUTES), office_of_kind("pengganti"))

    assert told["hadir"][0]["jabatan"] == "Plt. Kepala Bidang HAM"


def test_a_post_whose_holder_is_not_named_leads_by_its_title() -> None:
    nameless = replace(SPECIMEN_OFFICE, officials=())

    told = context(MINUTES, usual(MINUTES), nameless)

    assert told["hadir"][0] == {"nama": "Kabid HAM", "jabatan": "", "peran": "pemimpin audiensi"}
    assert "Eko Contoh" in [row["nama"] for row in told["para_pihak"]]
