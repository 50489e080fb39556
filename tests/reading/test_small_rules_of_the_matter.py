"""To whom a letter goes, where and when it happened, what is asked and which rights it names: each rule by itself."""

from __future__ import annotations

from datetime import date

import pytest
from reading_pages import page_of

from pipeline.reading.addressee import copies, find_addressee
from pipeline.reading.fields import Field
from pipeline.reading.incident import moment, scene
from pipeline.reading.layout import Layout, layout_of
from pipeline.reading.matter import requests, rights, summary
from pipeline.reading.sheet import Sheet

TODAY = date(2026, 3, 2)
NINE = "satu dua tiga empat lima enam tujuh delapan sembilan"
END = "\nHormat kami,\nBudi Rekaan"


def laid_out(text: str) -> Layout:
    return layout_of(Sheet((page_of(text),)))


def letter(body: str) -> Layout:
    return laid_out(f"KANTOR REKAAN\nDengan hormat,\n{body}{END}")


def said(field: Field | None) -> object:
    return field and field.best.nilai


@pytest.mark.parametrize(
    ("head", "whose"),
    [
        ("Kepada Yth. Andi\nKepala Kantor\ndi Tempat", "Andi Kepala Kantor"),
        ("Kepada Yth. Ani\nKepala Kantor\ndi Tempat", "Kepala Kantor"),  # three letters are no addressee
        ("Kepada Yth.\nSatu Rekaan\nKedua\nTiga\nEmpat\nLima\nEnam", "Satu Rekaan Kedua Tiga Empat Lima"),
        ("Kepada Yth.\nKepala Kantor\nAni\nDua Rekaan", "Kepala Kantor Dua Rekaan"),
        ("Kepada Yth.\nKepala Dinas\nTelp : 0812 7000 1122\nRekaan", "Kepala Dinas"),
        ("Kepada Yth.\nKepala Kantor\njalan Satu\nRekaan", "Kepala Kantor"),
        ("Kepada Yth.\nKepala Kantor Wilayah\nKabupaten Dua\nTiga", "Kepala Kantor Wilayah Kabupaten Dua Tiga"),
        ("Kepada Yth.\nKepala Kantor Wilayah\ndi Dua\nTiga", "Kepala Kantor Wilayah"),
        ("Kepada Yth.\nJalan Satu\nKepala Kantor", "Kepala Kantor"),
        ("Kepada Yth.\nAni di Manna\nbaris", None),
        ("Kepada Yth.\nandi@contoh.invalid\nbaris", None),
        ("Kepada Yth. Andi", "Andi"),
        ("Kepada Yth.\n1. Kepala Kantor\n2. Camat Dua", "Kepala Kantor"),
        ("Kepala Kantor Rekaan\ndi Tempat", "Kepala Kantor Rekaan"),
        ("Kantor : Rekaan Satu\ndi Tempat", None),
        ("Kepala Kantor Rekaan\nisi", None),
        ("Kabar baik\ndi Tempat", None),
        ("satu\ndua\nKEPALA KANTOR HAM REKAAN\nempat", "KEPALA KANTOR HAM REKAAN"),
        ("satu\nKEPALA KANTOR HAM REKAAN\nempat", None),
    ],
)
def test_an_addressee_stands_behind_its_label_and_in_the_rows_below_or_is_an_office_above_a_place(head, whose):
    assert said(find_addressee(laid_out(f"KOP REKAAN\n{head}\nDengan hormat,\nair mati{END}"))) == whose


def test_a_heading_ends_an_addressee_and_a_long_row_below_the_label_is_one():
    headed = laid_out("FORMULIR\nKepada Yth.\nKepala Kantor\nA. TERLAPOR\nNama : Budi Rekaan\nair mati")
    long = "Kepala Kantor Wilayah Kementerian Hukum dan Hak Asasi Manusia"
    alone = laid_out(f"KOP REKAAN\nKepada Yth.\n{long}\nair mati\nHormat kami,\nBudi")

    assert said(find_addressee(headed)) == "Kepala Kantor"
    assert (alone.body, said(find_addressee(alone))) == (2, long)


@pytest.mark.parametrize(
    ("foot", "whose"),
    [
        ("Disampaikan kepada Yth. Andi\nCamat Dua", "Andi"),
        ("Disampaikan kepada Yth. Ani\nCamat Dua", "Camat Dua"),
        ("Disampaikan kepada Yth.\nCamat Dua", "Camat Dua"),
        ("Terima kasih Tim Yankomas.", "Tim Yankomas"),
        ("isi", None),
    ],
)
def test_an_addressee_may_stand_below_the_signature_or_be_thanked(foot, whose):
    assert said(find_addressee(laid_out(f"KOP REKAAN\nDengan hormat,\nair mati{END}\n{foot}"))) == whose


def test_a_letter_of_two_rows_has_no_addressee():
    assert find_addressee(laid_out("KANTOR\nisi")) is None


@pytest.mark.parametrize(
    ("foot", "whose"),
    [
        ("Tembusan:\n1. Andi\n2. Ani\n3. Arsip\n4. Kepada Yth.", ["Andi"]),
        ("Tembusan:\nBupati\nCamat", ["Bupati", "Camat"]),
        ("isi", []),
    ],
)
def test_copies_go_to_whom_their_list_names_in_four_letters_and_not_to_the_files(foot, whose):
    assert [field.best.nilai for field in copies(laid_out(f"KOP\nDengan hormat,\nair mati{END}\n{foot}"))] == whose


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("Lokasi :\nTKP : Desa Dua", "Desa Dua"),
        ("Lokasi\t:\n\tDesa Satu\nisi", "Desa Satu"),  # below its label
        ("Lokasi\t: Desa\n\tSatu\nisi", "Desa Satu"),
        ("WAKTU DAN TEMPAT\nDesa Satu", "Desa Satu"),
        ("WAKTU DAN TEMPAT\nCurup Utara 3 Mei 2025 Dusun Empat", "Dusun Empat"),  # as much before the day as behind it
        ("WAKTU DAN TEMPAT\nCurup Utaraa 3 Mei 2025 Dusun Empat", "Curup Utaraa"),
        ("WAKTU DAN TEMPAT\nTKP : Desa Satu", "Desa Satu"),
        ("WAKTU DAN TEMPAT\n" + "x" * 90, "x" * 90),
        ("WAKTU DAN TEMPAT\n" + "x" * 91, None),
        ("WAKTU DAN TEMPAT\nbaris satu\nbaris dua", None),
        ("URAIAN\nbaris satu", None),
        ("Dipukul di Manna.", None),  # five letters
        ("Dipukul di Mannas.", "Mannas"),
        ("Dipukul di rumah.", None),
        ("Dipukul di rumah tua Budi.", "rumah tua Budi"),
    ],
)
def test_where_it_happened_stands_behind_a_label_below_a_heading_or_in_a_sentence(body, place):
    assert said(scene(letter(body))) == place


def test_a_value_below_its_label_is_marked_where_it_stands():
    found = scene(letter("Lokasi\t:\n\tDesa Satu\nisi"))

    assert found
    assert len(found.best.boxes) == 1


def sure_of_place(sentence: str, *homes: str) -> float:
    found = scene(letter(sentence), frozenset(homes))
    assert found
    return found.best.confidence


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("Dia di rumah warga desa ada.", "Dia di rumah Warga Desa ada."),
        ("Dia ada di rumah Besar Koperasi.", "Dia ada di rumah Besar Koperasi Utama."),
        ("Dia ada di Desa Satu Kecamatan Dua.", "Dia ada di Desa Satu, Kecamatan Dua."),
        ("Dia ada di Tanjung Satu.", "Dia ada di rumah Satu Dua."),
        ("Dia ada di Desa Satu Dua.", "WAKTU DAN TEMPAT\nDia ada di Desa Satu Dua.\nisi"),
    ],
)
def test_a_place_is_surer_with_a_name_a_long_name_a_word_for_what_it_is_or_a_heading(less, more):
    assert sure_of_place(less) + 0.03 < sure_of_place(more)


def test_the_complainants_home_is_less_likely_the_place():
    sentence = "Dia ada di Desa Satu Dua Tiga."

    assert (
        sure_of_place(sentence, "Desa Satu Dua Tiga RT 4")
        < sure_of_place(sentence, "Desa Lain")
        == sure_of_place(sentence)
    )


@pytest.mark.parametrize(
    ("body", "times"),
    [
        ("Waktu kejadian : malam", ["malam"]),
        ("Waktu kejadian\t:\n\tmalam Senin\nisi", ["malam Senin"]),
        ("Waktu kejadian :\nisi", None),
        ("Umur : malam", None),
        ("Dipukul pada tanggal 2 Maret 2026.", ["2 Maret 2026"]),  # today
        ("Dipukul pada tanggal 3 Maret 2026.", None),
        ("Surat nomor 5 tanggal 1 Maret 2026.", None),
        ("Dipukul sejak Maret 2026.", ["Maret 2026"]),
        ("Dipukul sejak April 2026.", None),
        ("Dipukul sejak Mantan 2025.", None),
    ],
)
def test_when_it_happened_is_no_day_to_come_and_no_papers(body, times):
    found = moment(letter(body), TODAY)

    assert (found and [candidate.nilai for candidate in found.candidates]) == times


def asked(body: str) -> list[object]:
    return [field.best.nilai for field in requests(letter(body))]


ASKED = "Adapun permintaan warga di sini adalah yang berikut ini"


@pytest.mark.parametrize(
    ("body", "wishes"),
    [
        ("TUNTUTAN\n1. air dialirkan\n2. jalan dibuka", ["air dialirkan", "jalan dibuka"]),
        ("TUNTUTAN\nAgar air dialirkan dan jalan dibuka", ["air dialirkan", "jalan dibuka"]),
        ("TUNTUTAN\nair dialirkan dan jalan dibuka", []),
        ("URAIAN\n1. air mati\n2. jalan ditutup", []),
        ("TUNTUTAN\n1. air dialirkan\nURAIAN\n2. jalan dibuka", ["air dialirkan"]),
        ("Kami mohon:\n1. air dialirkan\n2. jalan dibuka", ["air dialirkan", "jalan dibuka"]),
        (f"{ASKED}:\n1. air dialirkan", ["air dialirkan"]),
        (f"{ASKED}:\n2. air dialirkan", []),
        (f"{ASKED}\n{'x' * 59}\nini:\n1. air dialirkan", ["air dialirkan"]),
        (f"{ASKED}\n{'x' * 60}\nini:\n1. air dialirkan", []),
        ("Kami tulis:\n1. air dialirkan", []),
        ("1. Kami mohon\n1. air dialirkan", []),  # an item that asks leads to no list
        ("1. Kami mohon:\n1. air dialirkan", ["air dialirkan"]),
        ("Kami mohon: 1. air dialirkan 2. jalan dibuka. Lain", ["air dialirkan", "jalan dibuka"]),
        ("isi isi isi. Kami mohon agar warung tutup.", ["warung tutup"]),
        ("isi isi isi. Kami mohon agar warung buka.", []),  # fewer than twelve letters
        ("isi isi isi. Kami mohon agar jalan kami dibuka dan diperbaiki.", ["jalan kami dibuka dan diperbaiki"]),
        ("isi isi isi. Kami mohon agar jalan dibuka dan pagar dibongkar.", ["jalan dibuka", "pagar dibongkar"]),
        ("isi isi isi. Kami mohon agar jalan dibuka dan .", ["jalan dibuka dan"]),
        ("isi isi isi. Kami mohon agar jalan dibuka, ditutupi, dan kios buka.", ["jalan dibuka", "kios buka"]),
        ("Kami mohon agar jalan dibuka.\nIsi isi isi isi isi isi", ["jalan dibuka"]),
        ("Kami mohon maaf sekali lagi.", []),
    ],
)
def test_what_is_asked_for_is_a_list_under_a_heading_or_behind_a_wish_or_the_clauses_of_one(body, wishes):
    assert asked(body) == wishes


def test_a_letter_may_begin_with_what_it_asks_for():
    layout = laid_out(f"KANTOR REKAAN\nKami mohon agar jalan ke sawah kami dibuka oleh desa.\nIsi isi{END}")

    assert [field.best.nilai for field in requests(layout)] == ["jalan ke sawah kami dibuka oleh desa"]


@pytest.mark.parametrize(("letters", "is_told"), [(39, False), (40, True), (420, True), (421, False)])
def test_a_sentence_of_the_summary_is_neither_short_nor_long(letters, is_told):
    sentence = ("Kami" + " kami" * 90)[: letters - 1] + "."

    found = summary(letter(f"Dua.\n{sentence}\nDua."))

    assert (found is not None) == is_told


TOLD = "Kemarin rumah kami dibongkar oleh petugas dari kota."


@pytest.mark.parametrize(
    ("above", "begins"),
    [
        ("Kolom\tlain", "Kemarin"),
        ("DUDUK PERKARA", "Kemarin"),
        ("URAIAN:", "Kemarin"),
        ("Uraian kejadian:", "Kemarin"),
        ("KOLOM LAIN", "Kemarin"),
        ("Ciri = tegap", "Kemarin"),
        ("empat kata saja dahulu", "empat kata"),
        ("lima kata ada di sini\nKolom\tlain", "lima kata"),
        ("ini empat kata saja\nKolom\tlain", "Kemarin"),
    ],
)
def test_a_sentence_of_the_summary_begins_below_tables_and_headings(above, begins):
    found = summary(letter(f"{above}\n{TOLD}"))

    assert found
    assert str(found.best.nilai).startswith(begins)


@pytest.mark.parametrize(
    ("story", "title", "codes"),
    [
        ("tanah kami diambil", None, [7]),
        ("tanah kami diambil oleh perempuan", None, [7]),  # not more than six tenths of the better
        ("tanah kami diambil polisi", None, [7, 4]),
        ("tanah kami diambil polisi dan diancam", None, [7, 4]),
        ("kami ditolak ibadah", None, []),  # one such word is too little
        ("kami ditolak ibadah di gereja", None, [5]),
        ("kami ditolak", "Tanah", []),
        ("ibadah kami ditolak", "Ibadah", [5]),
    ],
)
def test_one_or_two_groups_of_rights_are_suggested_by_words_of_the_story(story, title, codes):
    layout = letter(story)
    perihal = title and Field((layout.sheet.candidate(0, 6, 1.0, "", title, title),))

    assert [field.best.nilai for field in rights(layout, perihal or None)] == codes
