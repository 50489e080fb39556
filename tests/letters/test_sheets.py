"""What the sheets say of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from fakes import WIB
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cases import sop_check
from pipeline.errors import TemplateFault
from pipeline.letters.sheets import TEMPLATES, context, known_fields, specimen_values
from pipeline.letters.sheets.disposition_sheet import AUDIENCE_ROW, DISPOSITION
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.sheet_facts import MoveMade, SheetFacts
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, SPECIMENS, field
from pipeline.letters.sheets.texts import LIMITS
from pipeline.office import wording
from pipeline.office.officials import Official

RECEIVED = datetime(2026, 11, 25, 8, 15, tzinfo=WIB)


def facts(**changes: object) -> SheetFacts:
    plain = SheetFacts(
        register_number="0007/YANKOMAS/2026",
        number="2026/0007",
        received_at=RECEIVED,
        status_code="K7QM-2XPA-94TD",
        drafted_on=date(2026, 11, 25),
        fields={},
        pages=2,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def receipt(**changes: object) -> dict[str, object]:
    return context(RECEIPT, facts(**changes), SPECIMEN_OFFICE)


def disposition(**changes: object) -> dict[str, object]:
    return context(DISPOSITION, facts(**changes), SPECIMEN_OFFICE)


def test_an_sop_may_call_for_exactly_the_sheets_that_can_be_drafted() -> None:
    assert sop_check.TEMPLATES == TEMPLATES


def test_dates_and_hours_are_written_as_the_office_writes_them() -> None:
    assert wording.long_date(date(2024, 5, 6)) == "6 Mei 2024"
    assert wording.weekday_and_hour(RECEIVED) == "Rabu, 25 November 2026 pukul 08.15 WIB"


def test_the_hour_names_the_zone_of_the_office() -> None:
    in_makassar = RECEIVED.astimezone(timezone(timedelta(hours=8)))
    in_jayapura = RECEIVED.astimezone(timezone(timedelta(hours=9)))

    assert [wording.hour(in_makassar), wording.hour(in_jayapura)] == ["09.15 WITA", "10.15 WIT"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (99, "sembilan puluh sembilan"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1234, "seribu dua ratus tiga puluh empat"),
        (2024, "dua ribu dua puluh empat"),
        (100_000, "seratus ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
    ],
)
def test_numbers_are_said_in_words(number: int, words: str) -> None:
    assert wording.in_words(number) == words


@given(st.integers(0, 10**15 - 1), st.integers(0, 10**15 - 1))
def test_two_numbers_never_share_their_words(one: int, other: int) -> None:
    assert (wording.in_words(one) == wording.in_words(other)) == (one == other)


def test_counts_stand_in_figures_and_words() -> None:
    assert wording.counted(1, "berkas") == "1 (satu) berkas"


@given(st.text(), st.integers(8, 60))
def test_a_shortened_text_fits_and_says_that_it_was_cut(text: str, limit: int) -> None:
    short = wording.shortened(text, limit)

    assert wording.width(short) <= limit
    assert short == wording.one_line(text) or short.endswith("…")


def test_a_long_subject_is_cut_between_words() -> None:
    assert wording.shortened("Pengaduan pencemaran sumur warga, desa", 40) == "Pengaduan pencemaran sumur warga…"


def test_a_case_whose_letter_could_not_be_read_leaves_the_lines_free() -> None:
    sheet = disposition(fields={})

    assert [sheet[name] for name in ("pelapor", "hal", "nomor_surat", "tanggal_surat", "isi_ringkas")] == [""] * 5
    assert sheet["nomor_register"] == "0007/YANKOMAS/2026"


def test_several_complainants_are_named_by_the_first() -> None:
    people = [{"nama": field(name), "nik": None} for name in ("Sari Melati", "Hendra", "Yusuf")]

    assert receipt(fields={"pelapor": people})["pelapor"] == "Sari Melati dkk. (3 orang)"


def test_an_organisation_is_named_with_who_signs_for_it() -> None:
    fields = {"lembaga_pelapor": field("Forum Warga"), "pelapor": [{"nama": field("Sari Melati")}]}

    assert receipt(fields=fields)["pelapor"] == "Forum Warga (Sari Melati)"


def test_a_letter_number_that_is_only_a_dash_is_none() -> None:
    assert disposition(fields={"nomor_surat": field(" - ")})["nomor_surat"] == ""


def test_an_unreadable_date_of_the_letter_leaves_its_line_free() -> None:
    assert disposition(fields={"tanggal_surat": field("2026-13-45")})["tanggal_surat"] == ""


def test_the_receipt_lists_the_letter_and_what_came_with_it() -> None:
    fields = {"lampiran": {"nilai": None, "teks": None, "daftar": [field("Foto"), field("Salinan KTP")]}}

    assert receipt(fields=fields)["berkas"] == ["Surat pengaduan, 2 (dua) lembar", "Foto", "Salinan KTP"]


def test_as_many_papers_as_have_a_line_are_all_listed() -> None:
    fields = {"lampiran": {"nilai": {"daftar": [field(f"Bukti {n}") for n in range(3)]}, "teks": "3 berkas"}}

    assert receipt(fields=fields)["berkas"] == ["Surat pengaduan, 2 (dua) lembar", "Bukti 0", "Bukti 1", "Bukti 2"]


def test_a_long_list_of_papers_ends_with_how_many_more() -> None:
    fields = {"lampiran": {"nilai": {"daftar": [field(f"Bukti {n}") for n in range(9)]}, "teks": "9 berkas"}}

    papers = receipt(fields=fields)["berkas"]

    assert papers == ["Surat pengaduan, 2 (dua) lembar", "Bukti 0", "Bukti 1", "dan 7 (tujuh) berkas lainnya"]


def test_the_officer_is_whoever_holds_the_desk_that_day() -> None:
    later = Official("tim-yankomas", "Petugas Yankomas", "Joko Contoh", since=date(2026, 12, 1), acting="Plh.")
    office = replace(SPECIMEN_OFFICE, officials=(*SPECIMEN_OFFICE.officials, later))

    names = [
        context(RECEIPT, facts(drafted_on=day), office)["petugas_nama"]
        for day in (date(2026, 11, 30), date(2026, 12, 1))
    ]

    assert names == ["Rina Contoh, S.H.", "Joko Contoh"]


def test_an_acting_official_stands_on_the_sheet_as_acting() -> None:
    acting = Official("kadiv", "Kepala Divisi", "Tri Contoh", acting="Plt.")
    office = replace(SPECIMEN_OFFICE, officials=(*SPECIMEN_OFFICE.officials, acting))

    hops = context(DISPOSITION, facts(), office)["alur"]

    assert [hop["kepada"] for hop in hops][1] == "Plt. Kepala Divisi"


def test_an_empty_post_is_printed_as_the_sop_calls_it() -> None:
    hops = context(DISPOSITION, facts(), replace(SPECIMEN_OFFICE, officials=()))["alur"]

    assert [(hop["dari"], hop["kepada"]) for hop in hops] == [
        ("Tim Yankomas", "Kepala Kantor Wilayah"),
        ("Kepala Kantor Wilayah", "Kadiv Yankum"),
        ("Kadiv Yankum", "Kabid HAM"),
        ("Kabid HAM", "Kasubbid Pemajuan HAM"),
    ]


def disposed(role: str, words: str, **values: object) -> MoveMade:
    return MoveMade("disposisi", RECEIVED, role, {"isi_disposisi": words, **values})


def test_a_disposition_stands_in_the_row_of_who_made_it() -> None:
    hops = disposition(moves=(disposed("kakanwil", "Telaah."), disposed("kabid", "Siapkan\nkonsep.")))["alur"]

    assert [(hop["tanggal"], hop["isi"]) for hop in hops] == [  # type: ignore[attr-defined]
        ("", ""),
        ("25 November 2026", "Telaah."),
        ("", ""),
        ("25 November 2026", "Siapkan konsep."),
    ]


def test_what_was_ticked_and_what_was_added_in_own_words_are_parted_on_the_sheet() -> None:
    hops = disposition(moves=(disposed("kakanwil", "Telaah; Siapkan konsep\nDahulukan.\nLaporkan."),))["alur"]

    assert hops[1]["isi"] == "Telaah; Siapkan konsep; Dahulukan. Laporkan."  # type: ignore[index]


def test_a_disposition_made_again_takes_the_place_of_the_first() -> None:
    hops = disposition(moves=(disposed("kadiv", "Lama."), disposed("kadiv", "Baru.")))["alur"]

    assert hops[2]["isi"] == "Baru."  # type: ignore[index]


def test_a_row_keeps_the_title_of_the_day_it_was_made() -> None:
    acting = Official("kakanwil", "Kepala", "Tri", until=date(2026, 11, 25), acting="Plh.")
    office = replace(SPECIMEN_OFFICE, officials=(*SPECIMEN_OFFICE.officials, acting))
    later = facts(moves=(disposed("kakanwil", "Telaah."),), drafted_on=date(2026, 11, 27))

    hops = context(DISPOSITION, later, office)["alur"]

    assert [hop["dari"] for hop in hops][1] == "Plh. Kepala"


def test_the_derajat_that_was_given_is_ticked() -> None:
    sheet = disposition(moves=(disposed("kakanwil", "Telaah.", derajat="Amat segera"), disposed("kadiv", "Ya.")))

    boxes = [sheet[f"kotak_derajat_{name}"] for name in ("biasa", "segera", "amat_segera")]
    assert boxes == ["☐", "☐", "☒"]


def test_what_was_decided_on_a_proposed_audience_stands_in_a_row_of_its_own() -> None:
    proposed = MoveMade("usulkan-audiensi", RECEIVED, "kabid", {})
    words = {"keputusan": "disetujui", "isi_disposisi": "Jadwalkan audiensi"}
    decided = MoveMade("disposisi-audiensi", RECEIVED, "kakanwil", words)

    empty, sheet = disposition(moves=(proposed,)), disposition(moves=(proposed, decided))

    assert [empty[name] for name in AUDIENCE_ROW] == [""] * 4
    assert [sheet[name] for name in AUDIENCE_ROW] == [
        "25 November 2026",
        "Kepala Kantor Wilayah",
        "Kepala Bidang HAM",
        "Usulan audiensi disetujui: Jadwalkan audiensi",
    ]


def test_the_instructions_that_officials_chose_are_ticked_and_their_own_words_are_not() -> None:
    taken_back = disposed("kabid", "Arsipkan")
    chosen = (
        disposed("kakanwil", "Telaah; Koordinasikan/konfirmasikan\nDahulukan."),
        disposed("kadiv", "Siapkan konsep."),
        disposed("kabid", "Telaah bersama dinas"),
    )
    sheet = disposition(moves=(taken_back, *chosen))

    ticked = [name for name in sheet if name.startswith("kotak_") and sheet[name] == "☒"]
    assert ticked == ["kotak_terbatas", "kotak_koordinasikan_konfirmasikan", "kotak_telaah", "kotak_siapkan_konsep"]


def test_capitals_are_cut_sooner_because_they_are_wider() -> None:
    small, capital = (receipt(fields={"perihal": field(word * 50)})["hal"] for word in ("sumur ", "SUMUR "))

    assert 0 < len(str(capital)) < len(str(small)) < 200


@pytest.mark.parametrize("grade", ["Biasa", "Terbatas", "rahasia"])
def test_only_the_box_of_its_grade_is_ticked(grade: str) -> None:
    sheet = disposition(classification=grade)

    ticked = [name for name in ("biasa", "terbatas", "rahasia") if sheet[f"kotak_{name}"] == "☒"]

    assert ticked == [grade.lower()]


def test_an_unknown_sheet_is_refused_with_those_there_are() -> None:
    with pytest.raises(TemplateFault, match=RECEIPT):
        context("99-tidak-ada", facts(), SPECIMEN_OFFICE)


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_value_of_a_sheet_is_explained_and_every_explained_one_is_there(template: str) -> None:
    for specimen in specimen_values(template).values():
        assert set(specimen) | {"logo"} == set(known_fields()[template])


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_longest_case_keeps_to_the_limits(template: str) -> None:
    specimens = specimen_values(template)

    assert tuple(specimens) == SPECIMENS
    assert all(
        wording.width(specimens["panjang"][name]) <= limit
        for name, limit in LIMITS.items()
        if name in ("hal", "pelapor")
    )
