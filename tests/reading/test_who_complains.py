"""Who complains, by blocks of labels, numbered lists, the sender's line and the signature: each rule by itself."""

from __future__ import annotations

import pytest
from reading_pages import page_of

from pipeline.reading.complainants import find_complainants
from pipeline.reading.identity import Person
from pipeline.reading.layout import layout_of
from pipeline.reading.sheet import Sheet

HEAD, SIGNED = "KANTOR REKAAN\nDengan hormat,\n", "\nisi surat\nisi surat\nHormat kami,\nEko Umpama"
SAYS, WE = "Saya Budi Rekaan, umur 40 tahun, mengadu.\nisi\nHormat kami,\n", "Kami yang bertanda tangan di bawah ini:\n"
BUDI, ANI = "1. Budi Rekaan, umur 40 tahun, tani;\n", "2. Ani Rekaan, umur 39 tahun, guru."


def people(text: str, *representatives: str) -> tuple[Person, ...]:
    return find_complainants(layout_of(Sheet((page_of(text),))), frozenset(representatives))


def told(text: str, *representatives: str) -> list[str]:
    """What is known of each in the order of what may be known, as ``Budi Rekaan, 40``."""
    return [
        ", ".join(str(field.best.nilai) for field in person.values() if field)
        for person in people(text, *representatives)
    ]


NIK = "1701021203790003"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("KANTOR REKAAN\nAlamat\t: Desa Satu\nNama\t: Budi Rekaan\nUmur\t: 40 tahun", ["Budi Rekaan, 40, Desa Satu"]),
        ("KANTOR REKAAN\nAlamat\t: Desa Satu\nbaris\nNama\t: Budi Rekaan\nUmur\t: 40 tahun", ["Budi Rekaan, 40"]),
        (f"{HEAD}Nama\t:\nNIK\t: {NIK}\nNama\t: Budi Rekaan\nUmur\t: 40 tahun", [f"Budi Rekaan, {NIK}, 40"]),
        (f"{HEAD}Nama\t: Budi Rekaan\nsatu\ndua\ntiga\nUmur\t: 40 tahun", ["Budi Rekaan, 40"]),
        (f"{HEAD}Nama\t: Budi Rekaan\nsatu\ndua\ntiga\nempat\nUmur\t: 40 tahun", ["Budi Rekaan"]),
        (
            f"{HEAD}Nama\t: Budi Rekaan\nUmur\t: 40 tahun\nNama\t: Ani Rekaan\nUmur\t: 41 tahun",
            ["Budi Rekaan, 40", "Ani Rekaan, 41"],
        ),
        (f"{HEAD}Nama\t: Budi Rekaan", ["Eko Umpama"]),  # a label alone introduces nobody
        (f"{HEAD}Nama\t: Budi Rekaan\nUmur\t: 40 tahun\nkesemuanya beralamat di Desa Satu", ["Budi Rekaan, 40"]),
        (f"{HEAD}\tDodo Umpama\nNama\t: Budi Rekaan\nUmur\t: 40 tahun", ["Budi Rekaan, 40"]),
        (f"{HEAD}\tDodo Umpama\nUmur\t: 40 tahun\nPekerjaan\t: tani", ["Dodo Umpama, 40, tani"]),
        (f"{HEAD}Dodo Umpama\nUmur\t: 40 tahun\nPekerjaan\t: tani", ["Eko Umpama"]),  # not in the values' column
        (f"{HEAD}\tsatu dua tiga\nUmur\t: 40 tahun\nPekerjaan\t: tani", ["Eko Umpama"]),
        (
            f"{HEAD}nama: Budi Rekaan, umur 40 tahun, pekerjaan tukang kayu, alamat Desa Satu\nNIK\t: {NIK}",
            [f"Budi Rekaan, {NIK}, 40, tukang kayu, Desa Satu"],
        ),
    ],
)
def test_a_block_of_labels_is_one_person_until_the_next_name_or_a_gap(text, known):
    assert told(text + SIGNED) == known


def test_who_acts_for_a_complainant_is_none_of_them_in_a_block_or_below_it():
    block = f"{HEAD}Nama\t: Budi Rekaan\nUmur\t: 40 tahun{SIGNED}"

    assert told(block, "Budi Rekaan") == ["Eko Umpama"]
    assert told(block, "Budi Rekaan", "Eko Umpama") == []


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (f"{WE}{BUDI}{ANI}", ["Budi Rekaan, 40, tani", "Ani Rekaan, 39, guru"]),
        (f"{WE}{BUDI}satu\ndua\ntiga\n{ANI}", ["Budi Rekaan, 40", "Ani Rekaan, 39, guru"]),
        (f"{WE}{BUDI}satu\ndua\ntiga\nempat\n{ANI}", ["Eko Umpama"]),
        (f"{WE}{BUDI}", ["Eko Umpama"]),  # one is no list
        (f"{WE}a{BUDI[1:]}b{ANI[1:]}", ["Eko Umpama"]),  # nor are letters
        (f"Dengan hormat, kami mengadukan:\n{BUDI}{ANI}", ["Eko Umpama"]),  # those are complained of
        (f"Dengan hormat, ini daftar:\n{BUDI}{ANI}", ["Eko Umpama"]),
        (f"{WE}1. Budi Rekaan\n2. Ani Rekaan", ["Budi Rekaan", "Ani Rekaan"]),
        (
            "Dengan hormat, kami warga Desa Satu:\n1. Budi Rekaan\n2. Ani Rekaan",
            ["Budi Rekaan, Desa Satu", "Ani Rekaan"],
        ),
        ("Dengan hormat, kami minta kepada Bapak:\n1. Air Dialirkan\n2. Ganti Rugi", ["Eko Umpama"]),
        ("Dengan hormat, inilah permohonan kami:\n1. Air Dialirkan\n2. Ganti Rugi", ["Eko Umpama"]),
        ("Dengan hormat, kami pelapor mengadu.\nSaksi :\n1. Budi Rekaan\n2. Ani Rekaan", ["Eko Umpama"]),
        (f"{WE}1. Dasar\nsatu\n2. Kronologi\ndua", ["Eko Umpama"]),  # headings
        (f"{WE}DATA PELAPOR\n1. Budi Rekaan\n2. Ani Rekaan", ["Budi Rekaan", "Ani Rekaan"]),
        (f"{WE}1. Nama: Budi Rekaan\nUmur: 40 tahun\n2. Nama: Ani Rekaan", ["Budi Rekaan, 40", "Ani Rekaan"]),
        (
            f"{WE}1. Nama: Budi Rekaan, pekerjaan tani, umur 40 tahun\n2. Nama: Ani Rekaan",
            ["Budi Rekaan, 40, tani", "Ani Rekaan"],
        ),
        (
            f"{WE}1. Budi Rekaan, umur 40 tahun, alamat Desa Satu;\n{ANI}",
            ["Budi Rekaan, 40, Desa Satu", "Ani Rekaan, 39, guru"],
        ),
        (
            f"{WE}{BUDI}2. Ani Rekaan, umur 39 tahun, alamat Desa Satu.",
            ["Budi Rekaan, 40, tani, Desa Satu", "Ani Rekaan, 39"],  # said once behind the last
        ),
    ],
)
def test_a_numbered_list_that_we_the_undersigned_leads_to_names_them(text, known):
    assert told(f"KANTOR REKAAN\n{text}\nmengadu{SIGNED}") == known


@pytest.mark.parametrize(
    ("text", "telephone"),
    [
        (f"{HEAD}{SAYS}Budi Rekaan\n0812 3456 7890", "081234567890"),
        (f"{HEAD}{SAYS}Budi Rekaan 0812 3456 7890\nAni Umpama 0813 3456 7890", "081234567890"),
        (f"{HEAD}{SAYS}Ani Umpama 0813 3456 7890\nBudi Rekaan", None),  # somebody else's
        (f"BUDI REKAAN\nTelp 0812 3456 7890\nDengan hormat,\n{SAYS}Budi Rekaan", "081234567890"),
        (f"KANTOR REKAAN\nTelp 0812 3456 7890\nDengan hormat,\n{SAYS}Budi Rekaan", None),
        (f"{HEAD}Nomor yang dapat dihubungi 0814 3456 7890.\n{SAYS}Budi Rekaan\n0812 3456 7890", "081434567890"),
    ],
)
def test_a_telephone_is_the_complainants_where_it_stands_alone_beside_the_name_or_in_the_own_head(text, telephone):
    (person,) = people(text)

    assert (person["telepon"] and person["telepon"].best.nilai) == telephone


def test_the_sender_of_a_mail_complains_and_the_name_signed_otherwise_is_a_second_candidate():
    (sender,) = people(f"Dari : Budi Rekaan\nKepada : Kepala Kantor\nDengan hormat,\nisi{SIGNED}")
    (same,) = people(f"{HEAD}{SAYS}Budi Rekaan")
    below = told(f"{HEAD}isi\nDari : Budi Rekaan{SIGNED}")

    assert sender["nama"]
    assert [c.nilai for c in sender["nama"].candidates] == ["Budi Rekaan", "Eko Umpama"]
    assert same["nama"]
    assert [c.nilai for c in same["nama"].candidates] == ["Budi Rekaan"]
    assert below == ["Eko Umpama"]  # whom a letter quotes sent nothing


def test_a_telephone_at_the_end_of_a_letter_without_closing_words_is_no_day_and_ends_nothing():
    assert told(f"{HEAD}Nama\t: Budi Rekaan\nUmur\t: 40 tahun\nTelp 0812 3456 7890") == [
        "Budi Rekaan, 40, 081234567890"
    ]


def test_a_list_of_labels_is_read_by_its_labels_and_one_of_sentences_as_a_list():
    labels, sentences = (
        people(f"KANTOR REKAAN\n{WE}1. Nama: Budi Rekaan{more}\n2. Nama: Ani Rekaan{more}\nmengadu{SIGNED}")
        for more in ("", ", pekerjaan tani")
    )

    assert [p["nama"].best.reason for p in labels if p["nama"]] == ["baris berlabel 'Nama'"] * 2
    assert [p["nama"].best.reason for p in sentences if p["nama"]] == ["daftar pelapor bernomor"] * 2


def test_a_senders_line_counts_down_to_the_row_in_which_the_letter_begins():
    assert told("Baris\n" * 12 + f"Dari : Budi Rekaan{SIGNED}") == ["Budi Rekaan"]


@pytest.mark.parametrize(
    ("head", "below", "known"),
    [
        ("KANTOR REKAAN", "Budi Rekaan\tAni Umpama", ["Budi Rekaan, Desa Satu", "Ani Umpama"]),
        ("KANTOR BUDI REKAAN", "Budi Rekaan\tAni Umpama", ["Ani Umpama"]),  # the letterhead's is the office's
        ("Alamat : Budi Rekaan", "Budi Rekaan\tAni Umpama", ["Budi Rekaan, Desa Satu", "Ani Umpama"]),
        ("KANTOR BUDI REKAAN", "Budi Rekaan", ["Budi Rekaan, Desa Satu"]),
    ],
)
def test_who_signs_complains_where_nobody_is_introduced(head, below, known):
    text = f"{head}\nDengan hormat,\nmengadu Budi Rekaan, alamat Desa Satu.\nisi\nHormat kami,\n{below}"

    assert told(text) == known


def test_a_name_above_a_block_is_none_that_stands_at_the_foot():
    (person,) = people(f"Umur\t: 40 tahun\nNIK\t: {NIK}\nisi surat\nisi surat\nHormat kami,\n\tEko Umpama")

    assert person["nama"]
    assert person["nama"].best.reason == "nama di bawah tanda tangan"


@pytest.mark.parametrize(
    ("rows", "signed", "name"),
    [
        ("KETERANGAN SINGKAT\nair mati", "Budi Rekaan", "Budi Rekaan"),
        ("KETERANGAN SINGKAT\nNama : Eko Umpama\nair mati", "", None),
        ("BUDI REKAAN\nair mati", "", "Budi Rekaan"),
        ("BUDI REKAAN\nair mati", "Budi", "Budi Rekaan"),
        ("BUDI REKAAN\nair mati", "Eudi", "Budi Rekaan"),  # one letter misread
        ("BUDI REKAAN\nair mati", "Eko Umpama", "Eko Umpama"),
        ("BUDI REKAAN\numur 40 tahun", "Eko Umpama", "Budi Rekaan"),  # a particular follows names, not headings
        ("Budi Rekaan\nair mati", "Eko Umpama", "Budi Rekaan"),
    ],
)
def test_a_row_in_capitals_that_nobody_who_signed_is_called_by_is_a_heading_however_like_a_name(rows, signed, name):
    found = people(f"{HEAD}Saya yang bertanda tangan di bawah ini:\n{rows}\nisi\nHormat kami,\n{signed}")

    assert [str(person["nama"].best.nilai) for person in found if person["nama"]] == ([name] if name else [])


def test_who_is_introduced_in_capitals_stays_where_only_a_representative_signed():
    text = f"{HEAD}Saya yang bertanda tangan di bawah ini:\nBUDI REKAAN\nair mati.\nHormat kami,\nEko Umpama"
    ((alone,), (represented,)) = people(text), people(text, "Eko Umpama")

    assert [person["nama"].best.nilai for person in (alone, represented)] == ["Eko Umpama", "Budi Rekaan"]
