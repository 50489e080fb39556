"""Where the parts of a letter begin: its first words, its sections, its signature."""

from __future__ import annotations

import pytest
from reading_pages import page_of, read, value

from pipeline.reading.layout import Layout, layout_of
from pipeline.reading.sheet import Sheet

TO = "Kepada Yth.\nKepala Kantor Wilayah HAM\ndi Tempat"
STORY = "air di kampung kami mati sejak Mei\ntidak ada yang memperbaikinya\nkami sudah dua kali datang"
WHO = "Nama\t: Budi Rekaan\nNIK\t: 1701021203790003\nAlamat\t: Desa Suka Maju RT 3"


def laid_out(text: str) -> Layout:
    return layout_of(Sheet((page_of(text),)))


def first_words(layout: Layout, row: int) -> str:
    """Return what stands in a row; nothing behind the last."""
    rows = layout.sheet.rows
    return rows[row].text if row < len(rows) else ""


@pytest.mark.parametrize(
    "home",
    [
        "Jalan Melati 12 RT 03",
        "Jl. Melati No. 12 RT 03 RW 01",
        "Desa Suka Maju 12 RT 03",
        "Gang Mawar 7 Blok 12",
        "Jl Merdeka 45 Manna 38511",
        "Perum Asri 5-12",
    ],
)
def test_an_address_in_a_letter_without_closing_words_is_read_and_ends_nothing(home):
    text = f"{TO}\nDengan hormat,\nNama\t: Budi Rekaan\nAlamat\t: {home}\nair mati sejak Mei\ntolong kami"

    (person,) = read(text).fields["pelapor"]

    assert person["alamat"].best.nilai == home
    assert first_words(laid_out(text), laid_out(text).ending) == ""


@pytest.mark.parametrize(
    "row",
    [
        "Jalan Melati 12 RT 03",
        "HP 0812 34 56 78 90",
        "HP. 0812-7000-1122",
        "WA 0812 70 00 11 22",
        "Hubungi kami di 0812 7000 11 22",
        "Email: budi.12@contoh.invalid",
        "Kami menunggu sejak jam 10.30",
        "Pekerjaan\t: Ketua RT 03",
        "Jabatan\t: Direktur",
    ],
)
def test_what_is_neither_a_day_nor_a_signers_part_does_not_end_a_letter_without_closing_words(row):
    layout = laid_out(f"{TO}\nDengan hormat,\n{STORY}\n{row}\nManna, 3 Mei 2025\nBudi Rekaan")

    assert first_words(layout, layout.ending) == "Manna, 3 Mei 2025"


@pytest.mark.parametrize(
    "row",
    [
        "Manna, 3 Mei 2025",
        "Manna 3-5-2025",
        "Manna, tgl. 3/5/25",
        "Manna, Sabtu, 3 Mei 2025",
        "Muko-Muko, 3 Mei 2025",
        "Bengkulu, tanggal : 3 Mei 2025",
        "Manna, 3 Mei '25",
        "Manna, I2 Mei 2O25",
        "Mengetahui\tManna, 3 Mei 2025",
        "Pelapor,",
        "Nama\t: Budi Rekaan\tPelapor,",
        "yang melapor",
        "Ketua RT 03",
    ],
)
def test_place_and_day_or_who_signs_ends_a_letter_without_closing_words(row):
    layout = laid_out(f"{TO}\nDengan hormat,\n{STORY}\n{row}\nBudi Rekaan")

    assert first_words(layout, layout.ending) == row


@pytest.mark.parametrize("row", ["Manna, 3 Mei 2025 rumah kami dibakar", "3 Mei 2025", "Air, 32 Mei 2025"])
def test_a_day_that_is_told_or_stands_alone_or_is_none_does_not_end_it(row):
    layout = laid_out(f"{TO}\nDengan hormat,\n{STORY}\n{row}\nBudi Rekaan")

    assert first_words(layout, layout.ending) == ""


@pytest.mark.parametrize("above", ["Dengan hormat,", "Saya yang bertanda tangan di bawah ini"])
@pytest.mark.parametrize(
    "head",
    [
        "Lampiran :",
        "Lampiran\t:",
        "LAMPIRAN :",
        "LAMPIRAN : 2 LEMBAR",
        "Perihal\t: Pengaduan\nLampiran\t:",
        "Bukti :",
        "Tembusan :",
        "Perihal :",
        "HAL : PERMOHONAN KEADILAN",
        "Perihal\t: Pengaduan dan\n\tPermohonan Perlindungan",
        "Perihal\t: Perlindungan bagi\n\tSaksi dan Korban",
        "HAL : PERLINDUNGAN SAKSI",
        "SURAT PERMOHONAN",
        "PENGADUAN TERHADAP TERLAPOR",
    ],
)
def test_a_line_of_the_head_opens_no_section_that_swallows_the_letter(head, above):
    letter = f"{TO}\n{head}\n{above}\n{WHO}\n{STORY}\nHormat saya,\nBudi Rekaan"

    assert laid_out(letter).sections == {}
    assert "Dengan hormat" not in str(value(read(letter), "lampiran"))
    assert [person["nik"].best.nilai for person in read(letter).fields["pelapor"]] == ["1701021203790003"]


@pytest.mark.parametrize(
    ("head", "section"),
    [
        ("A. TERLAPOR", "terlapor"),
        ("Terlapor :", "terlapor"),
        ("DATA KORBAN", "korban"),
        ("SURAT PERMOHONAN", None),
        ("Lampiran :", None),
        ("PERIHAL : PERLINDUNGAN SAKSI", None),
    ],
)
def test_right_above_the_first_name_a_heading_says_whose_it_is_and_nothing_else(head, section):
    layout = laid_out(f"FORMULIR\n{head}\nNama\t: Budi Rekaan\n{STORY}")

    assert layout.sections.get(layout.body) == section
    assert layout.sheet.rows[layout.body].text.startswith("Nama")


def test_headings_below_the_salutation_open_their_sections():
    layout = laid_out(f"{TO}\nDengan hormat,\nLampiran :\n1. KTP\nTUNTUTAN\nair dialirkan\nHormat kami,\nBudi")

    assert layout.sections == {4: "lampiran", 5: "lampiran", 6: "permintaan", 7: "permintaan"}


@pytest.mark.parametrize(
    "greeting",
    [
        "Dengan hormat,",
        "Assalamu'alaikum wr. wb.",
        "Assalamualaikum Warahmatullahi Wabarakatuh",
        "Ass. Wr. Wb.",
        "Aslm pak",
        "As-salamu'alaikum,",
        "Salam sejahtera,",
        "Selamat pagi Bapak Kepala,",
        "Shalom,",
        "Halo pak",
    ],
)
def test_a_letter_may_begin_with_its_salutation_however_short_it_is(greeting):
    text = f"{greeting}\nair kami mati.\nTolong kami.\nHormat saya,\nBudi Rekaan"
    layout = laid_out(text)

    assert (layout.body, first_words(layout, layout.ending)) == (0, "Hormat saya,")
    assert [person["nama"].best.nilai for person in read(text).fields["pelapor"]] == ["Budi Rekaan"]


def test_what_is_told_in_short_rows_below_a_salutation_in_the_first_row_belongs_to_the_story():
    layout = laid_out(f"Dengan hormat,\n{STORY}\nsaya yang bertanda tangan\nHormat saya,\nBudi Rekaan")

    assert layout.sheet.text[slice(*layout.story_span)].startswith("air di kampung")


@pytest.mark.parametrize("below", ["Nomor : 5/SK/2025", "Perihal : Air mati", "Kepada Yth.", "Kepada :", "Yth. Kepala"])
def test_a_greeting_above_a_head_is_a_letterhead(below):
    text = f"Salam Keadilan\n{below}\nKepala Kantor Wilayah HAM\ndi Tempat\nDengan hormat,\n{STORY}"

    assert laid_out(text).body == 4


def test_a_greeting_above_the_addressee_is_the_salutation_where_no_other_is():
    text = "Assalamu'alaikum\nYth. Kepala Kantor Wilayah HAM\nair kami mati.\nHormat saya,\nBudi Rekaan"

    assert laid_out(text).body == 0
    assert value(read(text), "tujuan") == "Kepala Kantor Wilayah HAM"


def test_a_word_that_runs_into_the_next_one_does_not_begin_the_letter():
    layout = laid_out(f"KANTOR REKAAN\n{'kata ' * 12}\n{STORY}\npemberhentiansaya yang tanpa sebab\nisi")

    assert layout.body == 1
