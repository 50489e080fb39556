"""What the questions of a long form begin with: the register, the minutes, what was noted; nothing that nobody said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from case_factory import case_of, recognised, then
from fakes import wib

from pipeline.cases import sop_words
from pipeline.cases.events import Decided
from pipeline.cases.line_values import NO_HOLDER
from pipeline.letters.form_beginnings import BEGINNINGS, Beginning
from pipeline.office.office import Region

REGIONS = (Region("Kabupaten Seluma", ("Kecamatan Tais",)),)


def decided(case, move, at="2026-12-01 09:00", **values):
    nothing: dict[str, Any] = {"holder": NO_HOLDER, "register": {}, "sheets": (), "numbers": {}, "documents": ()}
    return then(case, Decided(move, "x", "x", login="rani", values=values, **nothing), "tim-yankomas", wib(at))


@pytest.fixture
def begun(office):
    served = replace(office.root.settings.office, regions=REGIONS)

    def begins(source, case=None, **fields):
        return BEGINNINGS[source](Beginning(case or case_of(recognised()), fields, served, date(2026, 12, 2)))

    return begins


def test_the_issue_is_as_the_register_puts_it_else_what_is_told_of_and_the_rights_it_names(begun):
    told = {"perihal": "Pengaduan upah tidak dibayar", "hak": ["rasa aman"]}

    assert begun(sop_words.ISSUE, **told, pokok_permasalahan="Upah.") == ["Upah."]
    assert begun(sop_words.ISSUE, **told) == ["Apakah upah tidak dibayar melanggar hak atas rasa aman?"]
    assert begun(sop_words.ISSUE, perihal="Upah tidak dibayar") == [
        "Apakah upah tidak dibayar merupakan pelanggaran hak asasi manusia?"
    ]
    assert begun(sop_words.ISSUE) == []


def test_the_chronology_is_the_sentences_that_name_a_day_else_the_summary_at_the_day_that_was_recorded(begun):
    told = "Warga hidup rukun. Pada tanggal 3 Agustus 2026 pagar dibangun. Sejak September 2026 jalan tertutup."

    assert begun(sop_words.EVENTS, uraian=told) == [
        "3 Agustus 2026 | Pada tanggal 3 Agustus 2026 pagar dibangun.",
        "September 2026 | Sejak September 2026 jalan tertutup.",
    ]
    assert begun(sop_words.EVENTS, ringkasan="Jalan tertutup.", waktu_kejadian="awal tahun") == [
        "awal tahun | Jalan tertutup."
    ]
    assert begun(sop_words.EVENTS, ringkasan="Jalan tertutup.") == []


def test_a_letter_begins_to_the_post_of_the_first_respondent(begun):
    assert begun(sop_words.RESPONDENT, terlapor=["Bambang Contoh | Manajer | PT Contoh", "Lain"]) == [
        "Manajer, PT Contoh"
    ]
    assert begun(sop_words.RESPONDENT, terlapor=["Kantor Contoh"]) == ["Kantor Contoh"]
    assert begun(sop_words.RESPONDENT) == []


def test_recommendations_begin_with_what_was_agreed_else_with_what_is_asked_of_the_respondent(begun):
    met = decided(case_of(recognised()), "laksanakan", kesepakatan=["Membuka jalan | PT Contoh | 2026-12-18"])

    assert begun(sop_words.AGREED, met) == ["PT Contoh | Membuka jalan | 2026-12-18"]
    assert begun(sop_words.AGREED, terlapor=["PT Contoh"], permintaan=["Jalan dibuka"]) == [
        "PT Contoh | Jalan dibuka |"
    ]


def test_an_evaluation_begins_with_the_notes_day_by_day_and_each_recommendation_with_its_answer(begun):
    case = case_of(recognised())
    case = decided(
        case, "susun-rekomendasi", rekomendasi=["Dinas A | Memeriksa sumur | 2026-12-18", "Camat | Posko | "]
    )
    case = decided(case, "catatan-pemantauan", "2026-12-10 09:00", catatan="Sumur satu diperiksa.")
    case = decided(case, "catatan-pemantauan", "2026-12-14 09:00", catatan="Sumur dua diperiksa.")
    case = decided(case, "jawaban-instansi", "2026-12-16 09:00", penjawab="dinas a", isi_jawaban="Sudah | semua.")

    assert begun(sop_words.WATCHED, case) == [
        "Tanggal 10 Desember 2026: Sumur satu diperiksa.",
        "Tanggal 14 Desember 2026: Sumur dua diperiksa.",
    ]
    assert begun(sop_words.ADVISED, case) == [
        "Memeriksa sumur | Dinas A | 2026-12-18 | Sudah , semua. | |",
        "Posko | Camat |  |  | |",
    ]


def test_a_regency_is_concluded_only_where_the_offices_list_tells_it(begun):
    assert begun(sop_words.REGENCY, tempat_kejadian="Desa Contoh, Kec. Tais") == ["Kabupaten Seluma"]
    assert begun(sop_words.REGENCY, tempat_kejadian="Palembang") == begun(sop_words.REGENCY) == []


@pytest.mark.parametrize(
    ("place", "homes", "regency"),
    [
        ("Desa Contoh", ["Dusun II, Desa Contoh, Kec. Tais"], ["Kabupaten Seluma"]),
        ("balai Desa Contoh Rekaan", ["Desa Contoh Rekaan, Kabupaten Seluma", "Palembang"], ["Kabupaten Seluma"]),
        ("Desa Contoh", ["Desa Contoh Baru, Kabupaten Seluma"], []),
        ("Desa Contoh", ["Jalan Rekaan 7, Kabupaten Seluma"], []),
        ("Desa Contoh", ["Desa Contoh"], []),
        ("pasar", ["Desa Contoh, Kabupaten Seluma"], []),
    ],
)
def test_where_the_place_does_not_tell_the_regency_is_that_of_who_lives_in_its_village(begun, place, homes, regency):
    people = [{"nama": "Siti Contoh", "alamat": home} for home in homes]

    assert begun(sop_words.REGENCY, tempat_kejadian=place, pelapor=people) == regency
