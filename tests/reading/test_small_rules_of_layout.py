"""Where a letter's parts begin and end, its headings, its lists: rules that are a condition each."""

from __future__ import annotations

import pytest
from reading_pages import page_of

from pipeline.reading.layout import Layout, items_between, layout_of, list_end
from pipeline.reading.sheet import Sheet

EIGHT, NINE = "satu dua tiga empat lima enam tujuh delapan", "satu dua tiga empat lima enam tujuh delapan sembilan"


def laid_out(*pages: str) -> Layout:
    return layout_of(Sheet(tuple(page_of(text, number) for number, text in enumerate(pages, start=1))))


def row_of(layout: Layout, index: int) -> str:
    """Return what stands in a row; nothing behind the last."""
    rows = layout.sheet.rows
    return rows[index].text if index < len(rows) else ""


def story(layout: Layout) -> str:
    return layout.sheet.text[slice(*layout.story_span)]


@pytest.mark.parametrize(
    ("rows", "begins"),
    [
        ("Dengan hormat\nair mati", "air mati"),
        ("Dengan hormat Bapak Kepala Kantor\nair mati", "air mati"),
        ("Dengan hormat Bapak Kepala Kantor kami\nair mati", "Dengan hormat"),  # six words tell something
        ("Nama : Budi bin Rekaan bin Umpama\nair mati", "air mati"),
        ("Nama : Budi\nair\nair\nair\nair\nUmur : 40\nisi", "isi"),  # six rows without a particular end them
        ("Nama : Budi\nair\nair\nair\nair\nair\nair\nUmur : 40\nisi", "air\nair\nair\nair\nair\nair\nUmur"),
        (f"Nama : Budi\n{NINE}\n{NINE}\nUmur : 40\nisi", "isi"),
        (f"Nama : Budi\n{NINE}\n{NINE}\n{NINE}\nUmur : 40\nisi", NINE),
        (f"Nama : Budi\n{EIGHT}\n{EIGHT}\n{EIGHT}\nUmur : 40\nisi", "isi"),
        ("Nama : Budi\nPerihal : air mati\nisi", "Perihal"),  # no particular of a person
        ("Alamat : Desa Satu\nDengan hormat,\nair mati", "air mati"),
    ],
)
def test_the_story_begins_below_the_salutation_and_the_particulars(rows, begins):
    assert story(laid_out(f"KANTOR REKAAN\n{rows}\nHormat kami,\nBudi")).startswith(begins)


def test_a_letter_of_two_rows_has_no_story_and_ends_where_its_text_does():
    layout = laid_out("air\nmati")

    assert story(layout) == ""
    assert [layout.offset(row) for row in range(3)] == [0, 4, len(layout.sheet.text)]


def test_a_row_may_have_been_wrapped_if_it_reaches_as_far_as_the_others_of_its_page():
    layout = laid_out("satu dua tiga empat\nsatu", f"{NINE} {NINE}\nsatu dua tiga empat")

    assert [layout.reaches_margin(row) for row in layout.sheet.rows] == [True, True, True, False]


HEAD = "KANTOR REKAAN\nDengan hormat,\n" + "isi\n" * 8 + "Hormat kami,\nBudi Rekaan"
CARD = "PROVINSI BENGKULU\nKABUPATEN REKAAN\nGol. Darah : O"


@pytest.mark.parametrize(
    ("pages", "own"),
    [
        ((f"{HEAD}\nDokumentasi\nfoto satu",), 14),
        ((HEAD, "Dokumentasi\nfoto satu"), 12),
        ((HEAD, "Rumah kami\nfoto satu"), 14),
        ((HEAD, f"{CARD}\nBerlaku Hingga : seumur hidup"), 12),
        ((HEAD, CARD), 15),
    ],
)
def test_photographs_on_a_page_of_their_own_and_identity_cards_are_not_the_letter(pages, own):
    assert laid_out(*pages).last == own


@pytest.mark.parametrize(
    ("rows", "body"),
    [
        (f"{NINE}\n{NINE}\nDengan hormat,", "Dengan hormat,"),
        (f"{NINE}\n{NINE}\n{NINE}\nDengan hormat,", NINE),
        (f"{EIGHT}\n{EIGHT}\n{EIGHT}\nDengan hormat,", "Dengan hormat,"),
        (f"Hal : {NINE}\nSifat : {NINE}\nAlamat : {NINE}\nDengan hormat,", "Dengan hormat,"),
        ("Nama :\nNama : Budi", "Nama : Budi"),
        ("Alamat : Desa Satu\nNIK : 1701021203790003", "NIK : 1701021203790003"),
        ("air\nair\nidentitas pelapor\nNama : Budi", "identitas pelapor"),
        (f"{NINE.upper()}\nHal : {NINE}\n{EIGHT}\n{NINE}", NINE),
    ],
)
def test_the_letter_begins_with_its_salutation_or_its_first_name_or_else_its_first_row_of_prose(rows, body):
    layout = laid_out(f"KANTOR REKAAN\n{rows}\nHormat kami,\nBudi Rekaan")

    assert row_of(layout, layout.body) == body
    assert layout.body == max(
        row.index for row in layout.sheet.rows if row.text == body and row.index < layout.ending
    ) or (body == NINE)


@pytest.mark.parametrize(
    ("rows", "ending"),
    [
        ("Demikian surat ini.\na\na\na\na\na\nHormat kami,\nBudi", "Demikian surat ini."),
        ("Demikian surat ini.\na\na\na\na\na\na\nHormat kami,\nBudi", "Hormat kami,"),
        ("tidak bersalah dengan\ndemikian kami rugi besar\nBudi", "demikian kami rugi besar"),
        ("tidak bersalah dengan\ndemikian kami rugi besar sekali\nBudi", ""),
        ("Pelapor,\n1. Budi Rekaan\n2. Ani Umpama", "Pelapor,"),
        ("A. Kejadian 3 Mei 2025\nBudi", ""),  # a day in a heading is nobody's signature
        ("Pelapor,\nB. Kejadian 3 Mei 2025\nManna, 4 Mei 2025\nBudi", "Manna, 4 Mei 2025"),
        ("Pekerjaan\tKetua RT 03\nBudi", ""),
        ("Nama\tPelapor :\nBudi", ""),
        ("Perihal\t: Air\tPelapor,\nBudi", "Perihal\t: Air\tPelapor,"),
        ("Perihal\tPelapor\nBudi", "Perihal\tPelapor"),  # only behind particulars of a person it is a value
    ],
)
def test_a_letter_ends_with_its_first_closing_words_or_where_somebody_signs(rows, ending):
    layout = laid_out(f"KANTOR REKAAN\nDengan hormat,\nair mati\n{rows}")

    assert row_of(layout, layout.ending) == ending


def headings(text: str) -> list[str]:
    layout = laid_out(text)
    return [layout.sheet.rows[index].text for index in sorted(layout.headings)]


@pytest.mark.parametrize(
    ("row", "is_heading"),
    [
        ("A. Uraian kejadian di desa kami kemarin", True),
        ("A. Uraian kejadian di desa kami kemarin siang", False),
        ("Uraian kejadian di desa kami", True),
        ("Uraian kejadian di desa kami kemarin", False),
        ("Uraian kejadian di desa kami kemarin:", True),
        ("A. uraian kejadian", False),
        ("Uraian: banjir", False),
        ("URAIAN: BANJIR", True),
        ("URAIAN KEJADIAN,", False),
        ("BUKTI.", True),
        ("BUKTi.", False),  # four of five letters are not yet capitals
        ("Uraian kejadian.", False),
        ("Uraian kejadian -", False),
        ("Surat ini", False),
        ("NAMA DAN ALAMAT PIHAK TERLAPOR", True),  # read to its end if it is short
        ("NAMA DAN ALAMAT PIHAK yang menjadi terlapor dalam surat ini", False),
        ("NAMA DAN URAIAN TENTANG apa saja yang terjadi di desa", True),
    ],
)
def test_a_heading_is_short_and_numbered_or_in_capitals_or_ends_in_a_colon(row, is_heading):
    assert (
        headings(f"KANTOR REKAAN\nDengan hormat,\nair mati\n{row}\nair mati\nHormat kami,\nBudi") == [row] * is_heading
    )


@pytest.mark.parametrize(("between", "is_heading"), [("a\na\na", False), ("a\na\na\na", True)])
def test_the_next_number_within_four_rows_is_an_item_and_no_heading(between, is_heading):
    text = f"KANTOR REKAAN\nDengan hormat,\n1. air mati\n{between}\n2. Uraian kejadian\nHormat kami,\nBudi"

    assert headings(text) == ["2. Uraian kejadian"] * is_heading


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("baris\n" * 12 + "TUNTUTAN\nair dialirkan", {12: "permintaan", 13: "permintaan"}),
        ("KANTOR\nDATA KORBAN\nDengan hormat,\nisi", {}),
        ("KANTOR\nDATA KORBAN\nSaya yang bertanda tangan\nisi", {}),
        ("KANTOR\nDATA KORBAN\nNama : Budi\nisi", {1: "korban", 2: "korban", 3: "korban"}),
        ("KANTOR\nDengan hormat,\nTUNTUTAN\nair\nHormat kami,\nBudi", {2: "permintaan", 3: "permintaan"}),
        ("KANTOR\nDengan hormat,\nLAMPIRAN\nHormat kami,\nBudi", {2: "lampiran", 3: "lampiran", 4: "lampiran"}),
        ("KANTOR\nDengan hormat,\nair\nHormat kami,\nTUNTUTAN\nair", {4: "permintaan"}),
    ],
)
def test_a_section_goes_on_to_the_closing_words_and_one_of_enclosures_beyond_them(text, sections):
    assert laid_out(text).sections == sections


def items(text: str, *, copies: bool = False, first: int = 0) -> list[str]:
    layout = laid_out(text)
    found = items_between(layout, layout.offset(first), len(layout.sheet.text), copies=copies)
    return [layout.sheet.printed(*span) for span in found]


@pytest.mark.parametrize(
    ("text", "copies", "said"),
    [
        ("Bupati\nCamat", True, ["Bupati", "Camat"]),
        ("air\nmati", False, ["air mati"]),
        ("1. Bupati\nBengkulu\n2. Camat", True, ["Bupati Bengkulu", "Camat"]),
        ("1. Bupati\nNama : Budi\n2. Camat", True, ["Bupati"]),
        ("1. Bupati\nNama : Budi\n2. Camat", False, ["Bupati Nama : Budi", "Camat"]),
        ("Nama\tBudi\nBupati", True, ["Nama Budi", "Bupati"]),
        ("1. Bupati\n2. Kantor : Camat", True, ["Bupati", "Kantor : Camat"]),
        ("1. Bupati\nNarahubung 0812\n2. Camat", True, ["Bupati"]),
        ("1. Bupati\nNarahubung 0812", False, ["Bupati Narahubung 0812"]),
        ("Narahubung 0812\nBupati", True, ["Narahubung 0812", "Bupati"]),
        ("1. Bupati, Camat", True, ["Bupati, Camat"]),
        ("1. Bupati, 2 Camat", True, ["Bupati", "Camat"]),
        ("1. air, 2 Orang", False, ["air, 2 Orang"]),
        ("1. air; 2 orang, 3 Camat", True, ["air", "2 orang, 3 Camat"]),
        ("Bupati, Camat", True, ["Bupati", "Camat"]),
        ("Bupati, 2 Camat", True, ["Bupati", "2 Camat"]),
        ("Bupati, Camat", False, ["Bupati, Camat"]),
        ("Bupati; Camat, Lurah", True, ["Bupati", "Camat, Lurah"]),
        ("Bupati - Camat, Lurah", True, ["Bupati", "Camat, Lurah"]),
    ],
)
def test_a_list_is_parted_at_its_numbers_else_at_semicolons_and_one_of_copies_at_dashes_or_commas(text, copies, said):
    assert items(text, copies=copies) == said


def test_what_stands_above_and_below_a_list_is_none_of_it():
    layout = laid_out("1. air\n2. jalan\n3. pagar")
    found = items_between(layout, layout.offset(1), layout.offset(2))

    assert [layout.sheet.printed(*span) for span in found] == ["jalan"]


def test_a_number_below_a_list_of_copies_does_not_make_it_a_numbered_one():
    layout = laid_out("Bupati, Camat\n1. air\n2. jalan")
    found = items_between(layout, 0, layout.offset(1), copies=True)

    assert [layout.sheet.printed(*span) for span in found] == ["Bupati", "Camat"]


@pytest.mark.parametrize(("text", "said"), [("1. air 2. jalan. Isi", "jalan"), ("1. air\njalan. Isi", "air jalan")])
def test_a_list_that_ends_within_a_row_ends_there(text, said):
    layout = laid_out(text)
    found = items_between(layout, 0, layout.sheet.text.index(". Isi"))

    assert layout.sheet.printed(*found[-1]) == said


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        ("1. air\na\na\nb;\n2. jalan\nmati", "mati"),  # four rows further down is still the next item
        ("1. air\na\na\na\nb;\n2. jalan\nmati", "b;"),
        ("1. BUKTI:\n2. foto;\nisi", "2. foto;"),  # the heading of a list may be its first item
        ("1. air;\nTUNTUTAN\n2. foto;", "1. air;"),
        ("1. air\nTUNTUTAN\n2. foto;", "1. air"),
        ("1. air\nmati\n2. jalan;\nisi", "2. jalan;"),
        ("1. air.\nisi\n2. jalan;", "1. air."),
        ("air:\n1. jalan;\nisi", "1. jalan;"),  # the row above the list ends a sentence, the list does not
        ("1. air\nmati.\nisi", "mati."),
        ("1. air\nmati:\nisi", "mati:"),
        ("1. air\nmati", "mati"),
        (f"1. air\nMati\n{EIGHT}", "1. air"),
        (f"1. air\nmati;\n{EIGHT}", "mati;"),
        (f"1. {EIGHT}\nMati;\n{EIGHT}", "Mati;"),
    ],
)
def test_a_list_ends_with_the_sentence_of_its_last_item(rows, last):
    layout = laid_out(f"KANTOR REKAAN\nDengan hormat,\nkami minta.\n{rows}\nHormat kami,\nBudi")

    assert row_of(layout, list_end(layout, 3) - 1) == last


def test_a_list_may_begin_in_the_row_of_the_closing_words():
    layout = laid_out("KANTOR REKAAN\nDengan hormat,\nair mati\nHormat kami,\nBudi\nTembusan:\nBupati")

    assert [list_end(layout, row) for row in (layout.ending, layout.copies)] == [5, 6]
