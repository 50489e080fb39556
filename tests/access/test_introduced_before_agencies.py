"""A name that a text gives a child, a victim or a witness is shown, and certain where the register knows it."""

from __future__ import annotations

import pytest

from pipeline.access.masking import masked, naming
from pipeline.cases.cleared_words import CLEARED
from pipeline.cases.kept_identity import AGREED, CONSENT

UNKNOWN = {"pelapor": [{"nama": "Wiratno Misalan"}]}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("anak saya bernama rizki khayali dipukul", "rizki khayali dipukul"),
        ("Anak saya yang bernama Rizki Khayali dipukul guru", "Rizki Khayali"),
        ("anak kandung kami, rizki, umur 9 tahun", None),
        ("anak kandung kami, Rizki, umur 9 tahun", "Rizki"),
        ("korban a.n. rizki yang dirawat", "rizki"),
        ("korban atas nama: Rizki bin Umpama (9 tahun)", "Rizki bin Umpama"),
        ("siswi kelas 5 bernama rina. Ia menangis", "rina"),
        ("anak saya umur 9 tahun, namanya rina", "rina"),
        ("adik saya a.n. Sdri. Rina Khayali", "Rina Khayali"),
        ("saksi bernama Rina melihatnya", "Rina"),
        ("ANAK SAYA BERNAMA RINA. DIPUKUL", "RINA"),
        ("anak\nsaya Rina menangis", "Rina"),
        ("anakku bernama rina", "rina"),
        ("anaknya, Rina, menangis", "Rina"),
        ("anak perempuannya Rina menangis", "Rina"),
        ("anak saya si Rina menangis", "Rina"),
        ("anak kami (Rina) menangis", "Rina"),
    ],
)
def test_whom_a_text_introduces_is_shown_though_the_register_does_not_know_the_name(text, name):
    shown = naming(text, UNKNOWN)

    assert [(one.words, one.sure) for one in shown] == ([(name, False)] if name else [])
    assert masked(text, UNKNOWN) == text


@pytest.mark.parametrize(
    "text",
    [
        "anak saya dipukul. Kepala sekolah diam",
        "Hal: perkara anak korban\nKepada Yth. Kepala Dinas",
        "anak saya, kelas VIII di sana",
        "anak saya MF (13 tahun)",
        "anak saya yang SMP melihat",
        "anak pelapor bernama (identitas ada pada kami)",
        "petugas bernama Anton Khayali dan seseorang bernama Rino",
        "atas nama 118 keluarga dan anak-anak kami",
        "korban bernama pelapor",
        "anak kami sempat menangis sebentar",
        "anak yang belum bernama",
        "korban bernama korban dan saksi bernama saksi",
        "putra daerah bernama desa itu",
        "anak saya",
        "anaknya dipukul",
        "anaknya si kecil",
        "siswanya, SMP di sana",
        "anak-anak, nama mereka ada pada kami",
        "bernama",
    ],
)
def test_what_introduces_nobody_is_left_alone(text):
    assert naming(text, UNKNOWN) == ()


def test_who_is_known_to_be_somebody_else_agreed_or_was_cleared_is_not_shown():
    text = "anak saya bernama Rizki Khayali"

    assert naming(text, UNKNOWN)
    assert naming(text, {**UNKNOWN, "terlapor": ["Rizki Khayali"]}) == ()
    assert naming(text, {**UNKNOWN, CLEARED: ["Rizki Khayali | tokoh buku"]}) == ()
    agreed = {"pelapor": [{"nama": "Rizki Khayali"}], CONSENT: AGREED}
    assert naming(text, agreed) == ()
    assert naming("anak saya bernama Rizki Misalan", agreed)
    assert naming(text, {**agreed, CONSENT: ""})[0].sure


EVERYDAY = {"korban": ["budi santoso"]}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("anak saya bernama budi santoso dipukul", "anak saya korban dipukul"),
        ("anak kandung saya budi santoso dipukul", "anak kandung saya korban dipukul"),
        ("korban budi santoso dipukul", "korban dipukul"),
        ("korban a.n. budi dipukul", "korban dipukul"),
        ("yang bernama santoso", "yang korban"),
        ("sifat budi santoso itu", None),
        ("ibu budi", None),
        ("budi pekerti", "budi pekerti"),
    ],
)
def test_everyday_words_in_small_letters_are_a_name_where_the_text_says_so(text, told):
    assert masked(text, EVERYDAY) == (told or text)
    assert bool(naming(text, EVERYDAY)) == (told != text)


def test_a_name_with_whose_it_is_at_its_end_is_a_name_unless_it_is_an_everyday_word():
    assert masked("Rizkinya menangis", {"korban": ["Rizki Khayali"]}) == "Korban menangis"
    assert masked("Harapannya Desa itu", {"korban": ["Sari Harapan"]}) == "Harapannya Desa itu"


def test_a_place_that_is_called_as_somebody_is_does_not_become_a_person_by_what_stands_before():
    assert masked("ibu di Harapan", {"korban": ["Sari Harapan"]}) == "ibu di Harapan"


@pytest.mark.parametrize(
    "told", ["siswi bernama rina khayali", "siswi rina khayali", "anak saya rina khayali", "An. rina khayali"]
)
def test_a_name_is_found_in_a_field_that_says_who_somebody_is(told):
    fields = {"korban": [told]}

    assert masked("Rina Khayali menangis", fields) == "Korban menangis"
    assert masked("siswi saya itu anak baik", fields) == "siswi saya itu anak baik"


@pytest.mark.parametrize(
    "told", ["anak kedua pelapor", "siswa SMP Contoh", "bayi perempuan", "tujuh orang siswa", "anak-anak"]
)
def test_a_field_that_tells_somebody_without_a_name_hides_no_words(told):
    assert naming(f"Di sana {told} dan sekolah SMP Contoh itu.", {"korban": [told]}) == ()
