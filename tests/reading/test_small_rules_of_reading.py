"""Rules of reading that are a condition each: what is a name, an age, a telephone, a letter's number and subject."""

from __future__ import annotations

import pytest
from reading_pages import page_of

from pipeline.reading.classification import classification
from pipeline.reading.identity import age_field, from_pairs, is_name, name_field, plain, telephone
from pipeline.reading.layout import Layout, layout_of
from pipeline.reading.reference_block import complaint_number, enclosures, subject
from pipeline.reading.sheet import Sheet

BODY = "\nDengan hormat,\nkami mengadu.\nisi\nisi\nHormat kami,\nBudi Rekaan"


def laid_out(text: str) -> Layout:
    return layout_of(Sheet((page_of(text),)))


def whole(layout: Layout) -> tuple[int, int]:
    return 0, len(layout.sheet.text)


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("BUDI BIN KARIM", "Budi bin Karim"),
        ("BUDI Bin KARIM", "Budi bin Karim"),
        ("SARI", "Sari"),
        ("ANI", "ANI"),  # so short it may be an abbreviation
        ("RUSLi", "RUSLi"),  # one small letter of five is more than a slip
    ],
)
def test_a_name_in_capitals_gets_small_letters_and_its_bin_too(printed, bare):
    assert plain(printed) == bare


def test_a_name_has_four_letters_and_six_words_at_the_most():
    six = "Adi Budi Cici Dodo Eko Fani"

    assert [is_name(text) for text in ("Sari", "Ani", six, f"Dr. {six}", f"{six} Gani")] == [
        True,
        False,
        True,
        True,
        False,
    ]


def test_three_letters_behind_a_label_are_a_name_and_two_are_none():
    layout = laid_out("Ani Al")

    assert [name_field(layout, *span, 1.0, "") is not None for span in ((0, 3), (4, 6))] == [True, False]


def test_of_a_block_the_first_value_counts_a_short_nik_is_kept_and_an_address_alone_goes_on_for_three_rows():
    layout = laid_out(
        "KANTOR REKAAN\nNama\t: Budi Rekaan\nNama\t: Eko Rekaan\nNIK\t: 12345678\nHP\t: O8I2 34S6 7890\n"
        "Alamat\t: Desa Satu\n\tRT 1\n\tKec. Dua\nPekerjaan\t: tani\n\tdan nelayan\n\tdan guru\nPerihal\t: apa"
    )
    person = from_pairs(layout, list(layout.pairs.values()))

    assert {key: field.best.nilai for key, field in person.items() if field} == {
        "nama": "Budi Rekaan",
        "nik": "12345678",
        "telepon": "081234567890",
        "alamat": "Desa Satu RT 1 Kec. Dua",
        "pekerjaan": "tani dan nelayan",
    }


@pytest.mark.parametrize(("age", "read"), [(4, False), (5, True), (110, True), (111, False)])
def test_an_age_is_one_that_people_have(age, read):
    layout = laid_out(f"umur {age} tahun")

    assert (age_field(layout, *whole(layout), 1.0, "") is not None) == read


@pytest.mark.parametrize(
    ("printed", "in_prose", "labelled"),
    [
        ("081234567", "081234567", "081234567"),
        ("08123456", None, None),
        ("0812345678901", "0812345678901", "0812345678901"),
        ("08123456789012", None, None),
        ("O8I2 34S6 7890", None, "081234567890"),
    ],
)
def test_a_telephone_has_nine_to_thirteen_figures_and_letters_for_some_behind_its_label_alone(
    printed, in_prose, labelled
):
    layout = laid_out(printed)
    found = [telephone(layout, *whole(layout), "", misread=misread) for misread in (False, True)]

    assert [field and field.best.nilai for field in found] == [in_prose, labelled]


def test_a_telephone_is_read_to_its_end_where_what_is_looked_at_ends_within_it():
    layout = laid_out("Telp 0812-3456-7890\nRT 3")

    ends = [telephone(layout, 0, end, "") for end in (5, 17, 19)]

    assert [field and field.best.nilai for field in ends] == [None, "081234567890", "081234567890"]


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("Nomor : 5/LBH/2025", "5/LBH/2025"),
        ("Nomor : 077", "077"),
        ("Nomor : tanpa", None),
        ("Nomor :", None),
        ("Nomor : tanpa\tNomor : 6/LBH/2025", "6/LBH/2025"),
        ("Nomor :\tNomor : 6/LBH/2025", "6/LBH/2025"),
        ("Nomor Agenda : 5/LBH/2025", None),
        ("Nomor : 5 Agenda 7", None),
        ("Nomor : 007 KPPU V 2025", "007/KPPU/V/2025"),
    ],
)
def test_the_letters_number_stands_behind_its_label_and_is_no_register_of_others(head, number):
    found = complaint_number(laid_out(f"KANTOR REKAAN\n{head}{BODY}"))

    assert (found and found.best.nilai) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"KANTOR REKAAN\nPerihal : Air mati{BODY}", "Air mati"),
        (f"KANTOR REKAAN\nPerihal :{BODY}", None),
        (f"KANTOR REKAAN\nPerihal : Air mati\tsejak lama sekali{BODY}", "Air mati sejak lama sekali"),
        (f"KANTOR REKAAN\nPerihal : Air mati\tdi desa{BODY}", "Air mati"),
        (f"KANTOR REKAAN\nPerihal : Air mati\tManna 2025{BODY}", "Air mati"),
        (f"KANTOR REKAAN\nPerihal : Air mati\t12{BODY}", "Air mati"),
        ("KANTOR REKAAN\nDengan hormat,\nHal : Air mati\nisi\nHormat kami,\nBudi", "Air mati"),
        ("KANTOR REKAAN\nDengan hormat,\nisi\nHal : Air mati\nisi\nHormat kami,\nBudi", None),
        ("KANTOR REKAAN\nDengan hormat,\nisi\nPerihal : Air mati\nisi\nHormat kami,\nBudi", "Air mati"),
        ("KANTOR REKAAN\nDengan hormat,\nisi\nHormat kami,\nPerihal : Air mati\nBudi", None),
    ],
)
def test_the_subject_is_what_stands_in_its_line_above_the_letter_or_in_a_form_of_it(text, said):
    found = subject(laid_out(text))

    assert (found and found.best.nilai) == said


def test_a_subject_right_below_the_salutation_is_as_sure_as_one_above_it_and_surer_than_one_further_down():
    def sure(rows: str) -> float:
        found = subject(laid_out(f"KANTOR REKAAN\n{rows}\nisi\nHormat kami,\nBudi"))
        assert found
        return found.best.confidence

    below, above = sure("Dengan hormat,\nPerihal : Air mati"), sure("Perihal : Air mati\nDengan hormat,")
    assert below == above > sure("Dengan hormat,\nisi\nPerihal : Air mati")


CARDS = "1. KTP\n2. KK\n3. Foto"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"KANTOR REKAAN\nLampiran\t: foto rumah,\n\tpeta desa{BODY}", ["foto rumah, peta desa"]),
        (f"KANTOR REKAAN\nLampiran\t: foto rumah,\tsatu\n\tpeta desa{BODY}", ["foto rumah"]),
        (f"KANTOR REKAAN\nLampiran\t:\n\tfoto rumah\nKepada Yth.\nKepala Kantor\ndi Tempat{BODY}", None),
        ("Baris\n" * 12 + "Lampiran : foto rumah\nisi\nHormat kami,\nBudi", ["foto rumah"]),
        (f"KANTOR REKAAN{BODY}\nLampiran : satu foto", None),
        (f"KANTOR REKAAN\nLampiran : 2 lembar{BODY}\nLampiran:\n1. Fotokopi KTP", ["2 lembar"]),
        (f"KANTOR REKAAN\nLampiran : 2 lembar{BODY}\nLampiran:\n1. KTP\n2. Foto", ["KTP; Foto", "2 lembar"]),
        (f"KANTOR REKAAN\nLampiran : foto rumah{BODY}\nLampiran:\n1. KTP\n2. Foto", ["foto rumah"]),
        (f"KANTOR REKAAN{BODY}\nLampiran:\nKTP, foto, peta", ["KTP; foto; peta"]),
        (f"KANTOR REKAAN{BODY}\nLampiran:\n1. KTP\n2. x\n3. Foto", ["KTP; Foto"]),
        (f"KANTOR REKAAN{BODY}\nLampiran:\n{CARDS}", ["KTP; KK; Foto"]),
        (f"KANTOR REKAAN{BODY}\nLampiran:\n{CARDS}\nTembusan:\n1. Bupati", ["KTP; KK; Foto"]),
        (f"KANTOR REKAAN{BODY}\nTembusan:\n1. Bupati\nLampiran:\n{CARDS}", ["KTP; KK; Foto"]),
        (f"KANTOR REKAAN{BODY}\nE. BUKTI\n{CARDS}", ["KTP; KK; Foto"]),
        (f"KANTOR REKAAN{BODY}\nE. BUKTI\n{CARDS}\nTembusan:\n1. Bupati", ["KTP; KK; Foto"]),
        (f"KANTOR REKAAN{BODY}", None),
    ],
)
def test_enclosures_are_read_from_their_line_or_from_the_whole_of_their_list(text, said):
    found = enclosures(laid_out(text))

    assert (found and [candidate.nilai for candidate in found.candidates]) == said


LONG = "rahasia, " + "x" * 31


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        (["KANTOR REKAAN\nSifat : Rahasia"], "Rahasia"),
        (["KANTOR REKAAN\nisi surat", "KANTOR REKAAN\nSifat : Rahasia"], None),  # on another page
        (["Baris\n" * 11 + "RAHASIA"], "RAHASIA"),
        (["Baris\n" * 12 + "RAHASIA"], None),  # alone in a row too far down
        (["Baris\n" * 17 + "Sifat : rahasia"], "rahasia"),
        (["Baris\n" * 18 + "Sifat : rahasia"], None),
        ([f"KANTOR REKAAN\nSifat : {LONG}"], LONG),
        ([f"KANTOR REKAAN\nSifat : {LONG}x"], None),
    ],
)
def test_how_secret_a_letter_is_it_says_itself_at_its_head(pages, said):
    layout = layout_of(Sheet(tuple(page_of(text, number) for number, text in enumerate(pages, start=1))))
    found = classification(layout)

    assert (found and found.best.teks) == said
