"""A child's name goes from what nobody looks through, however it was typed; all other names stay readable."""

from __future__ import annotations

import pytest

from pipeline.access.children import without_children
from pipeline.access.identities import OFFICIALS

PARENT = [{"nama": "Hasan Basri", "umur": "40"}]


def told(text, child, **known):
    fields = {"korban": [child], "kerentanan": ["anak"], "kapasitas": "orang tua", "pelapor": PARENT}
    return without_children(text, {**fields, **known})


@pytest.mark.parametrize(
    "text",
    [
        "Perundungan di SD Tunas Melati",
        "kekerasan di jl. melati raya",
        "Penganiayaan di Polsek Gading Melati",
        "Perundungan di TK Bunga Melati",
        "Perundungan di MI Sari Ilmu",
        "Pelayanan RSUD dr. T. Sari",
        "Dugaan kelalaian Bupati Melati",
    ],
)
def test_a_place_or_post_that_bears_a_childs_name_stays(text):
    assert told(text, "Sari Melati") == text


@pytest.mark.parametrize(
    ("text", "child"),
    [
        ("Penganiayaan anak di Polsek Gading Cempaka", "Cempaka Rekaan"),
        ("Penggusuran di Kelurahan Cempaka Permai", "Cempaka Rekaan"),
        ("Perundungan di Ponpes Zamrud Ilmu", "Zamrud Rekaan"),
    ],
)
def test_so_does_one_that_bears_a_name_that_is_no_everyday_word(text, child):
    assert told(text, child) == text


@pytest.mark.parametrize("text", ["Permohonan wali Sari", "Perundungan ke sari", "Kekerasan pada Sari di SD Melati"])
def test_behind_a_guardian_or_to_whom_something_was_done_there_is_a_name(text):
    assert "sari" not in told(text, "Sari Melati").casefold()


@pytest.mark.parametrize(
    "respondent",
    [
        "Bupati Budi Melati",
        "Bupati Contoh (Budi Melati)",
        "Budi Melati, Bupati Contoh",
        "Guru Olahraga Budi Melati | guru",
    ],
)
def test_whom_a_complaint_is_against_keeps_the_name_of_which_a_part_is_the_childs(respondent):
    assert told("Tindakan Budi Melati", "Sari Melati", terlapor=[respondent]) == "Tindakan Budi Melati"


def test_so_do_the_offices_own_people_and_a_place_of_the_register():
    officials = {OFFICIALS: ("Sri Melati, S.H.",)}

    assert told("Nota Sri Melati", "Sari Melati", **officials) == "Nota Sri Melati"
    assert told("Nota di sd tunas melati", "Sari Melati", tempat_kejadian="SD Tunas Melati, Contoh").endswith("melati")
    assert told("Kekerasan di rumah Sari", "Sari Melati", tempat_kejadian="rumah Sari").endswith("korban")


@pytest.mark.parametrize(
    ("text", "child"), [("Perundungan SM", "Sari Melati"), ("anak berinisial S.M.", "Sari Melati")]
)
def test_initials_that_somebody_chose_stay_and_a_short_name_in_capitals_does_not(text, child):
    assert told(text, child) == text
    assert told("Perundungan ANI di sekolah", "Ani Rekaan") == "Perundungan korban di sekolah"


@pytest.mark.parametrize(
    "text",
    [
        "Anak kami Muhammad Kenzo Al-Fatih dilarang sekolah",
        "Ananda Kenzo Al-Fatih dilarang sekolah",
        "Permohonan ananda Kenzo Fatih",
    ],
)
def test_a_child_whom_the_text_alone_names_goes_as_a_whole(text):
    left = told(text, "Dewi Rekaan")

    assert "Kenzo" not in left
    assert "Fatih" not in left


def test_nothing_is_hidden_in_a_case_without_children():
    grown = {"korban": ["Sari Melati"], "pelapor": PARENT, "kapasitas": "kuasa"}

    assert without_children("Upah Sari Melati", grown) == "Upah Sari Melati"
