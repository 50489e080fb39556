"""Who is complained of: named in a section, behind a label, in a list, or told of; each rule by itself."""

from __future__ import annotations

import pytest
from reading_pages import page_of

from pipeline.reading.layout import Layout, layout_of
from pipeline.reading.respondents import all_named, find_respondents
from pipeline.reading.sheet import Sheet

EIGHT = "Satu dua tiga empat lima enam tujuh delapan"


def laid_out(text: str) -> Layout:
    return layout_of(Sheet((page_of(text),)))


def letter(body: str, *, head: str = "KANTOR REKAAN", signed: str = "Budi Rekaan") -> Layout:
    return laid_out(f"{head}\nDengan hormat,\n{body}\nHormat kami,\n{signed}")


def accused(layout: Layout, *others: str) -> list[str]:
    return [field.best.teks for field in find_respondents(layout, frozenset(others))]


@pytest.mark.parametrize(
    ("section", "named"),
    [
        ("Nama : Warga Sebelah\nAlamat : Desa Satu", ["Warga Sebelah"]),
        ("Nama : Warga Sebelah dan Warga Lain", ["Warga Sebelah", "Warga Lain"]),
        ("Kantor : Jalan Satu\nNama : Warga Sebelah", ["Warga Sebelah"]),
        ("Jabatan : Juru Tulis\nNama : Warga Sebelah", ["Warga Sebelah"]),
        ("Pekerjaan : Juru Tulis\nWarga Sebelah", []),
        ("Nama :\nWarga Sebelah", ["Warga Sebelah"]),  # an empty label is nobody
        ("Warga Sebelah\nWarga Lain\nyang kami kenal\nWarga Ketiga", ["Warga Sebelah", "Warga Lain"]),
        (f"{EIGHT}\nWarga Lain", [EIGHT, "Warga Lain"]),
        (f"{EIGHT} sembilan\nWarga Lain", []),
        ("1. Warga Sebelah\n2. Warga Lain", ["Warga Sebelah", "Warga Lain"]),
        ("Warga berikut\n1. Warga Sebelah\n2. Warga Lain", ["Warga berikut", "Warga Sebelah", "Warga Lain"]),
        ("1. Nama : Warga Sebelah\n2. Nama : Warga Lain", ["Warga Sebelah", "Warga Lain"]),
        ("\n".join(f"Nama : Warga Ke-{at}" for at in range(1, 8)), [f"Warga Ke-{at}" for at in range(1, 7)]),
    ],
)
def test_a_section_on_them_names_them_by_labels_or_as_a_list_or_in_short_rows(section, named):
    assert accused(letter(f"TERLAPOR\n{section}")) == named


def test_another_section_names_nobody():
    assert accused(letter("SAKSI\nNama : Warga Sebelah")) == []


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ("Terlapor I : Warga Satu\na\na\nTerlapor II : Warga Dua", ["Warga Satu", "Warga Dua"]),
        ("Terlapor I : Warga Satu\na\na\na\nTerlapor II : Warga Dua", ["Warga Satu"]),
        ("Pelaku :\na\na\na\nPelaku : Warga Dua", ["Warga Dua"]),
        ("Pelaku\t:\n\tWarga Satu", ["Warga Satu"]),  # below its label
        ("Pelaku\t: Warga\n\tSatu", ["Warga Satu"]),
        ("Pelaku\t: Warga\nSatu", ["Warga"]),
        ("Pelaku\t: Warga\n\tJalan Satu", ["Warga"]),
        ("Pelaku\t: Warga\n\tUmur : 40", ["Warga"]),
        ("Korban : Warga Satu", []),
        ("Pelaku : 1. Warga Satu", ["Warga Satu"]),
    ],
)
def test_who_is_labelled_so_is_complained_of_and_those_close_below_too(rows, named):
    assert accused(letter(rows)) == named


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ("Surat ini mengadukan :\n1. PT Satu\n2. Koperasi Dua", ["PT Satu", "Koperasi Dua"]),
        ("Kami menemui :\n1. PT Satu\n2. Koperasi Dua", []),
        ("Surat ini mengadukan :\nPT Satu", []),
        ("Surat ini mengadukan :\n1. PT Satu\n2. air mati", []),
        ("Surat ini mengadukan :\n1. si anu PT Satu", ["si anu PT Satu"]),
        ("Surat ini mengadukan :\n1. orangku PT Satu", []),  # named in its ninth letter
    ],
)
def test_a_list_that_a_charge_leads_to_names_them_if_all_of_its_items_name_somebody_at_once(rows, named):
    fields = find_respondents(letter(rows), frozenset())

    assert [field.best.teks for field in fields if "daftar" in field.best.reason] == named


def test_who_is_listed_may_be_the_very_first_words_of_the_letter():
    (field,) = find_respondents(letter("Surat ini mengadukan :\n1. PT Satu", head="PT Satu"), frozenset())

    assert (field.best.teks, field.best.reason) == ("PT Satu", "daftar pihak yang diadukan")


def test_those_in_the_rows_of_a_table_that_a_charge_leads_to_are_complained_of():
    table = "No\tNama\tPekerjaan\n1\tAni Umpama\tguru\n2\tDodo Misalan\ttani"

    assert accused(letter(f"Kami mengadukan:\n{table}")) == ["Ani Umpama", "Dodo Misalan"]
    assert accused(letter(f"Kami warga:\n{table}")) == []


def test_where_somebody_is_named_outright_nobody_told_of_is_added():
    assert accused(letter("Pelaku : Warga Satu\nPT Dua merampas tanah kami.")) == ["Warga Satu"]


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ("PT Satu merampas tanah kami.", ["PT Satu"]),
        ("Tanah kami dirampas oleh PT Satu dan PT Dua kemarin.", ["PT Satu", "PT Dua"]),
        ("Kami mengadukan Ibu Ani Umpama. PT Satu merampas tanah kami oleh PT Satu.", ["Ibu Ani Umpama", "PT Satu"]),
        ("Kami mengadukan PT Satu. PT Satu Jaya merampas tanah kami.", ["PT Satu"]),
        ("PT Satu Jaya merampas tanah kami. PT Satu Jaya Abadi merampas kebun kami.", ["PT Satu Jaya"]),
        ("Kami mengadukan SD Satu. Kepala SD Satu memukul anak kami.", ["SD Satu", "Kepala SD Satu"]),
        ("SD Satu memukul anak kami. Kepala SD Satu memukul anak kami.", ["Kepala SD Satu"]),
        ("Kantor Desa Satu menolak kami. Kepala Desa Satu menolak kami.", ["Kepala Desa Satu"]),
        ("SD Satu memukul anak kami. Kepala SMP Dua memukul anak kami.", ["SD Satu", "Kepala SMP Dua"]),
        ("Kami datang ke Dinas Satu.", []),
        ("Pak Doni memukul kami.", ["Pak Doni"]),
        ("Pak Oni memukul kami.", []),  # three letters are nobody
        ("Budi Karno ditolong.", []),
    ],
)
def test_of_those_told_of_the_ones_are_complained_of_of_whom_enough_is_said(told, named):
    assert accused(letter(told)) == named


@pytest.mark.parametrize(
    ("signed", "named"),
    [
        ("Ketua Paguyuban Nelayan", []),
        ("Ketua Nelayan", ["Ketua Paguyuban Nelayan"]),
        ("Budi Rekaan", ["Ketua Paguyuban Nelayan"]),
    ],
)
def test_the_post_of_a_writer_is_not_complained_of(signed, named):
    assert accused(letter("Ketua Paguyuban Nelayan memukul kami.", signed=signed)) == named


def test_a_post_of_two_words_is_not_yet_one_person_and_a_name_is_no_post():
    assert accused(letter("Ketua Nelayan memukul kami.", signed="Ketua Nelayan")) == ["Ketua Nelayan"]
    assert accused(letter("PT Satu Jaya memukul kami.", signed="PT Satu Jaya")) == ["PT Satu Jaya"]


@pytest.mark.parametrize(
    ("head", "named"),
    [("PT Satuan", ["PT Satuan"]), ("PT Satuana", ["PT Satuana"]), ("PT Satuanjaya", [])],
)
def test_whose_letterhead_it_is_writes_and_is_not_complained_of(head, named):
    assert accused(letter(f"{head} memukul kami.", head=head)) == named


@pytest.mark.parametrize(
    ("other", "named"),
    [("PT Satu", []), ("Satu", []), ("PT Satu Jaya", []), ("Satu Pt", []), ("A Satu Pt", []), ("PT Dua", ["PT Satu"])],
)
def test_senders_and_addressees_are_not_complained_of_however_they_are_called(other, named):
    assert accused(letter("PT Satu memukul kami."), other) == named


@pytest.mark.parametrize("head", ["Perihal : PT Satu memukul warga", "Hal : Kelakuan PT Satu"])
def test_the_subject_may_name_who_is_complained_of(head):
    assert [f.best.teks for f in all_named(letter("air mati", head=f"KANTOR\n{head}"), frozenset())] == ["PT Satu"]
    assert all_named(letter("air mati", head="KANTOR\nSifat : Kelakuan PT Satu"), frozenset()) == ()


def test_a_subject_where_the_letter_begins_names_too():
    layout = laid_out("baris\n" * 12 + "Perihal : PT Satu\nair mati")

    assert (layout.body, [f.best.teks for f in all_named(layout, frozenset())]) == (12, ["PT Satu"])


def test_what_is_said_before_several_is_said_of_each():
    found = all_named(letter("Tanah kami dirampas oleh PT Satu dan PT Dua."), frozenset())

    assert [field.best.reason for field in found] == ["perusahaan: disebut sebagai pelaku ('oleh …')"] * 2


def test_why_one_is_proposed_is_said_by_what_speaks_for_it_or_that_he_is_named():
    (told,) = all_named(letter("Kami mengadukan PT Satu."), frozenset())
    (named,) = all_named(letter("Ada PT Satu."), frozenset())

    assert told.best.reason == "perusahaan: diadukan dengan tegas"
    assert named.best.reason == "perusahaan: disebut dalam uraian"
