"""What the form of an oral complaint and the register say of a case."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheet_factory import made, paper, usual

from pipeline.letters.sheets import specimen_values
from pipeline.letters.sheets.oral_complaint import FORM, box_name
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.register_book import BOOK, ROOM, ROWS, book, row
from pipeline.letters.sheets.specimens import field
from pipeline.office import wording


def complaint(**fields: Any) -> dict[str, Any]:
    return paper(FORM, fields={name: field(value) for name, value in fields.items()})


def ticked(boxes: dict[str, str]) -> list[str]:
    return [name for name, box in boxes.items() if box == "☒"]


# The form of an oral complaint.


def test_the_form_of_a_case_of_which_nothing_is_known_has_every_box_open() -> None:
    values = specimen_values(FORM)["kosong"]

    groups = [value for value in values.values() if isinstance(value, dict)]
    assert len(groups) == 7
    assert not any(ticked(group) for group in groups)
    assert values["nik"] == [""] * 16
    assert len(values["terlapor"]) == len(values["pelapor_lain"]) == 2


def test_a_nik_of_sixteen_digits_fills_its_sixteen_boxes() -> None:
    values = paper(FORM, fields={"pelapor": [{"nik": field("1771014501850001")}]})

    assert "".join(values["nik"]) == "1771014501850001"
    assert values["nik_tertulis"] == ""


@pytest.mark.parametrize("written", ["177101450185000", "17710145018500011", "177101450185000O", "١٧٧١٠١٤٥٠١٨٥٠٠٠١"])
def test_any_other_nik_is_shown_as_written_and_fills_no_box(written: str) -> None:
    values = paper(FORM, fields={"pelapor": [{"nik": field(written)}]})

    assert values["nik"] == [""] * 16
    assert values["nik_tertulis"] == written


@pytest.mark.parametrize("channel", ["SIMASHAM", "simasham", "lisan", "pos"])
def test_the_channel_ticks_its_box_however_it_is_capitalised(channel: str) -> None:
    assert ticked(paper(FORM, channel=channel)["cara"]) == [channel.lower()]


def test_rights_are_ticked_whether_given_by_number_or_by_name() -> None:
    values = paper(FORM, fields={"hak": [field(4), field("Hak atas rasa aman"), field("anak"), field(99)]})

    assert ticked(values["hak"]) == ["memperoleh_keadilan", "rasa_aman", "anak"]


def test_a_right_not_yet_decided_has_a_box_of_its_own() -> None:
    assert ticked(paper(FORM, fields={"hak": [field("belum ditentukan")]})["hak"]) == ["belum_ditentukan"]


def test_a_respondent_written_with_bars_fills_name_post_and_agency() -> None:
    values = paper(FORM, fields={"terlapor": [field("Bambang Contoh | Manajer | PT Contoh")]})

    assert values["terlapor"][0] == {"nama": "Bambang Contoh", "jabatan": "Manajer", "instansi": "PT Contoh"}


def test_a_proxy_may_be_one_text() -> None:
    assert complaint(kuasa="Joko Contoh, S.H.")["kuasa_nama"] == "Joko Contoh, S.H."


def test_without_a_matter_of_its_own_the_form_shows_the_letter_s_subject() -> None:
    assert complaint(perihal="Pencemaran sumur")["pokok_permasalahan"] == ["Pencemaran sumur"]


def test_what_was_told_in_several_lines_is_several_paragraphs() -> None:
    assert complaint(uraian="Satu.\n\n  Dua  \r\nTiga.")["uraian"] == ["Satu.", "Dua", "Tiga."]


def test_every_box_of_the_register_s_words_has_a_name_that_a_template_can_use() -> None:
    assert [box_name(word) for word in ("BUMN/BUMD", "laki-laki", "surat kuasa")] == [
        "bumn_bumd",
        "laki_laki",
        "surat_kuasa",
    ]


# The register.


def rows(count: int) -> list[dict[str, str]]:
    return [row(usual(BOOK, number=f"2026/{n:04d}")) for n in range(1, count + 1)]


def test_a_year_without_cases_is_one_page_that_says_so() -> None:
    (only,) = book([], 2026)["halaman"]

    assert only["jumlah_sampai"] == "0 (nol) perkara"


@given(st.integers(1, 60))
def test_the_totals_of_the_pages_add_up_to_the_year(count: int) -> None:
    leaves = book([{}] * count, 2026)["halaman"]

    on_pages = [len(leaf["baris"]) for leaf in leaves]
    assert sum(on_pages) == count
    assert all(n == ROWS for n in on_pages[:-1])
    assert [leaf["jumlah_lalu"] for leaf in leaves[1:]] == [leaf["jumlah_sampai"] for leaf in leaves[:-1]]
    assert leaves[-1]["jumlah_sampai"] == wording.counted(count, "perkara")


def test_a_row_numbers_the_case_as_the_folder_does() -> None:
    assert [entry["urut"] for entry in rows(12)][-1] == "12"


def test_a_row_tells_the_way_of_the_case() -> None:
    entry = row(usual(BOOK))

    assert entry["disposisi"] == "Kakanwil 25/11/2026; Kadiv 26/11/2026; Kabid 27/11/2026"
    assert entry["telaahan"] == "indikasi: ya; saran: audiensi"
    assert entry["rekomendasi"].startswith("W.8-HA.01.07-74; kepada Bupati Contoh; dikirim 07/12/2026")
    assert (entry["status"], entry["tanggal_selesai"]) == ("selesai", "05/12/2026")


def test_the_number_that_the_series_gave_stands_in_the_row() -> None:
    entry = row(usual(BOOK, numbers={RECOMMENDATION: "W.8-HA.01.07-0099"}))

    assert entry["rekomendasi"].startswith("W.8-HA.01.07-0099;")


@pytest.mark.parametrize(("end", "status"), [("cabut", "dicabut"), ("gabung", "digabung"), ("batal", "batal")])
def test_a_case_that_ended_aside_says_how(end: str, status: str) -> None:
    assert row(usual(BOOK, moves=(made(end),)))["status"] == status


def test_a_case_that_was_opened_again_is_in_work() -> None:
    entry = row(usual(BOOK, moves=(made("cabut"), made("buka-kembali"))))

    assert (entry["status"], entry["tanggal_selesai"]) == ("dalam proses", "")


@given(st.text(), st.lists(st.text(), max_size=4))
def test_no_text_of_a_row_is_wider_than_its_room(text: str, names: list[str]) -> None:
    fields = {
        "pelapor": [{"nama": field(name)} for name in names],
        "terlapor": [field(name) for name in names],
        **{name: field(text) for name in ("perihal", "nomor_surat", "tanggal_surat", "tempat_kejadian", "kapasitas")},
    }
    moves = (made("susun-rekomendasi", tujuan_surat=text), made("telaah", indikasi=text, saran=text))

    entry = row(usual(BOOK, fields=fields, moves=moves, channel=text))

    assert set(entry) == set(ROOM) - {"tujuan"}
    assert all(wording.width(value) <= ROOM[name] for name, value in entry.items())
