"""Who is invited to an audience by which letter, and what neither of them gives away."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from kinds_of_case import KINDS, facts_of_kind, office_of_kind
from sheet_factory import made, paper, usual

from pipeline.letters.sheets import context
from pipeline.letters.sheets.attendance_list import ATTENDANCE
from pipeline.letters.sheets.invitation import INVITATION, TO_COMPLAINANT
from pipeline.letters.sheets.specimens import field

#: How the papers of an audience call what a case began with, where it is no complaint of the public.
BEGINS = {
    "berita": "perkara berdasarkan pemberitaan media Harian Rekaan tanggal 19 November 2026 mengenai ",
    "instansi": "pengaduan yang dilimpahkan oleh Komisi Nasional Rekaan Perwakilan Bengkulu kepada kami mengenai ",
}


def of_kind(kind: str, template: str) -> dict[str, Any]:
    return context(template, facts_of_kind(kind, template), office_of_kind(kind))


@pytest.mark.parametrize("template", [INVITATION, ATTENDANCE])
def test_what_everybody_reads_does_not_say_that_the_complainant_comes(template: str) -> None:
    told = json.dumps(paper(template, moves=usual(INVITATION).moves) | {"pelapor": ""}, ensure_ascii=False)

    assert "identitas ada pada kami" not in told
    assert "Sari" not in told


@pytest.mark.parametrize("guest", ["Joko Contoh, S.H., M.H.", "Kuasa pelapor, Joko Contoh"])
def test_the_proxy_is_invited_by_the_complainant_s_letter_alone(guest: str) -> None:
    fields = {**usual(INVITATION).fields, "kuasa": {"nama": field("Joko Contoh, S.H., M.H.")}}
    called = made("undang", pihak=["Camat Contoh", guest])

    parties = paper(INVITATION, fields=fields, moves=(called,))
    own = paper(TO_COMPLAINANT, fields=fields, moves=(called, made("undang-pelapor")))

    assert parties["undangan"] == ["Camat Contoh"]
    assert any("Joko Contoh" in line for line in own["yth"])


def test_a_letter_whose_only_guest_was_the_complainant_leaves_room_for_the_addressee() -> None:
    told = paper(INVITATION, moves=(made("undang", pihak=["Sari Melati"]),))

    assert told["undangan"] == []
    assert set("".join(told["yth"])) == {"."}


@pytest.mark.parametrize(("guests", "on_letter", "on_list"), [(1, 0, 0), (2, 2, 0), (3, 3, 0), (4, 0, 4)])
def test_up_to_three_guests_stand_on_the_letter_and_more_on_a_list(guests: int, on_letter: int, on_list: int) -> None:
    told = paper(INVITATION, moves=(made("undang", pihak=[f"Camat Contoh {n}" for n in range(guests)]),))

    assert (len(told["undangan_di_surat"]), len(told["daftar_undangan"])) == (on_letter, on_list)
    assert told["di"] == ("Tempat" if guests == 1 else "tempat masing-masing")
    assert told["lampiran_naskah"] == ("1 (satu) lembar" if on_list else "-")


@pytest.mark.parametrize("kind", KINDS)
def test_the_parties_are_told_what_it_is_about_whatever_the_kind_of_case(kind: str) -> None:
    told = of_kind(kind, INVITATION)

    assert told["pokok_pengaduan"].startswith(BEGINS.get(kind, "pengaduan masyarakat mengenai "))
    assert "…" not in json.dumps({n: told[n] for n in ("pokok_pengaduan", "acara", "yth", "undangan")})


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("Limbah pabrik mencemari sumur", "limbah pabrik mencemari sumur"),
        ("Pengaduan tentang PT Contoh", "PT Contoh"),
        ("Bupati Contoh menahan izin", "Bupati Contoh menahan izin"),
    ],
)
def test_a_subject_stands_in_a_sentence_as_it_should(subject: str, said: str) -> None:
    told = paper(INVITATION, fields={"perihal": field(subject)})["pokok_pengaduan"]

    assert told == f"pengaduan masyarakat mengenai {said}"


def test_a_long_subject_is_quoted_whole() -> None:
    subject = "Pengaduan " + "pencemaran sumur warga oleh limbah kolam pabrik " * 40

    told = paper(INVITATION, fields={"perihal": field(subject)})

    assert told["pokok_pengaduan"] == f"pengaduan masyarakat mengenai {subject.removeprefix('Pengaduan ').strip()}"


def test_the_complainant_s_letter_has_day_hour_and_place_of_the_parties_letter() -> None:
    own, parties = paper(TO_COMPLAINANT), paper(INVITATION)

    assert [own[n] for n in ("hari_tanggal", "waktu", "tempat_audiensi")] == [
        parties[n] for n in ("hari_tanggal", "waktu", "tempat_audiensi")
    ]
    assert own["pokok_pengaduan"] == "pencemaran sumur warga oleh limbah kolam pabrik"
    assert "Sari Melati" in " ".join(own["yth"])


@pytest.mark.parametrize("guest", ["Bayu Rekaan", "Ananda Bayu Rekaan (9 tahun) beserta orang tua", "Wulan Rekaan"])
@pytest.mark.parametrize("template", [INVITATION, ATTENDANCE])
def test_no_list_that_others_read_names_the_child_or_its_parent(template: str, guest: str) -> None:
    facts = facts_of_kind("korban-anak", template)
    called = made("undang", pihak=["Kepala SD Negeri Contoh", guest])

    told = context(template, replace(facts, moves=(called,)), office_of_kind("korban-anak"))

    listed = (
        told["undangan"]
        if template == INVITATION
        else [r["unsur"] for r in told["daftar"] if r["unsur"] and not r["nama"]]
    )
    assert listed == ["Kepala SD Negeri Contoh"]


def test_a_child_is_not_asked_to_come() -> None:
    assert of_kind("korban-anak", TO_COMPLAINANT)["korban_anak"] is True
    assert of_kind("surat", TO_COMPLAINANT)["korban_anak"] is False
    assert of_kind("kelompok", TO_COMPLAINANT)["korban_anak"] is False  # children among many, whom nobody named


@pytest.mark.parametrize(("kind", "together"), [("surat", False), ("beberapa-pelapor", True), ("kelompok", True)])
def test_of_many_complainants_some_may_come_for_all(kind: str, together: bool) -> None:
    told = of_kind(kind, TO_COMPLAINANT)

    assert bool(told["bersama"]) is together
    assert told["kelompok"] == ("ya" if kind == "kelompok" else "")


def test_an_agency_that_complains_is_spoken_to_as_one() -> None:
    assert [of_kind(kind, TO_COMPLAINANT)["sapaan"] for kind in ("surat", "kuasa", "instansi")] == [
        "Saudara",
        "Saudara",
        "Bapak/Ibu",
    ]


def test_a_proxy_is_asked_for_the_power_of_attorney_once() -> None:
    proxy = {**usual(INVITATION).fields, "kuasa": {"nama": field("Joko Contoh, S.H.")}}
    called = made("undang", pihak=["Camat Contoh"])

    reminded, thought_of = (
        paper(TO_COMPLAINANT, fields=proxy, moves=(called, made("undang-pelapor", dibawa=[brought])))
        for brought in ("Kartu identitas", "Salinan surat kuasa")
    )

    assert reminded["dibawa"] == ["Kartu identitas", "Surat kuasa asli"]
    assert thought_of["dibawa"] == ["Salinan surat kuasa"]


@pytest.mark.parametrize(
    ("brought", "told"),
    [
        (["Kartu identitas"], "kartu identitas"),
        (["Kartu identitas", "Surat kuasa asli"], "kartu identitas dan surat kuasa asli"),
        (["Kartu identitas dan surat undangan ini", "Foto dan hasil uji air sumur yang terbaru"], ""),
        ([], ""),
    ],
)
def test_a_few_short_things_to_bring_stand_in_a_sentence(brought: list[str], told: str) -> None:
    called = (made("undang", pihak=["Camat Contoh"]), made("undang-pelapor", dibawa=brought))

    assert paper(TO_COMPLAINANT, moves=called)["satu_dibawa"] == told


@pytest.mark.parametrize(("answer", "kept"), [("", "ya"), ("tidak", "ya"), ("ya", "")])
def test_secrecy_is_promised_and_kept_unless_the_complainant_agreed_to_be_named(answer: str, kept: str) -> None:
    fields = {**usual(INVITATION).fields, "izin_identitas": field(answer)}

    assert paper(TO_COMPLAINANT, fields=fields)["dirahasiakan"] == kept
    assert paper(ATTENDANCE, fields=fields)["ada_dirahasiakan"] == kept


def test_a_case_from_the_news_has_nobody_who_signs_elsewhere() -> None:
    assert of_kind("berita", ATTENDANCE)["ada_dirahasiakan"] == ""
