"""How words make rows, and rows labels with their values; what of a page is not the letter's: each rule by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading_pages import page_of

from pipeline.reading.labels import Pair, kind_near, kind_of, pairs_of, value_end
from pipeline.reading.sheet import Sheet, without_covering, without_stamp
from pipeline.scans.words import Page, Word

HIGH = 0.01


def sheet_of(*pages: str) -> Sheet:
    return Sheet(tuple(page_of(text, number) for number, text in enumerate(pages, start=1)))


def placed(*words: tuple[str, float, float, float, int], width: float = 842, height: float = 842) -> Page:
    """A page on which each word has its left and right edge, its upper edge, and its line."""
    found = tuple(Word(text, (x0, y, x1, y + HIGH), 1.0, line) for text, x0, x1, y, line in words)
    return Page(1, width, height, found, "", "ocr")


def texts(*pages: Page) -> list[str]:
    return [row.text for row in Sheet(pages).rows]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Peerjaan", "pekerjaan"),
        ("Pekerjaann", "pekerjaan"),
        ("Pkrjaan", None),
        ("kerfa", "pekerjaan"),  # of five letters one may be wrong
        ("Nema", "nama"),  # of four only in *nama*
        ("Nem", None),
        ("Nam", None),
        ("Nima", "nama"),
        ("Nimo", None),
        ("Usla", "umur"),  # what scanners confuse is no letter wrong
        ("N1K", "nik"),
        ("N0", None),  # two letters are too few for that
        ("kepala", None),
        ("Telep0n", "telepon"),
    ],
)
def test_a_label_may_have_one_letter_wrong_if_it_is_long_enough(label, kind):
    assert kind_of(label) is None
    assert kind_near(label) == kind


def valued(row: str) -> tuple[str, str] | None:
    """Return kind and value of a row's label."""
    sheet = sheet_of(row)
    pair = pairs_of(sheet).get(0)
    return pair and (pair.kind, sheet.text[pair.start : pair.end])


@pytest.mark.parametrize(
    ("row", "pair"),
    [
        ("Nama : Budi Rekaan", ("nama", "Budi Rekaan")),
        ("Nema : Budi Rekaan", ("nama", "Budi Rekaan")),
        ("Nema Budi Rekaan", None),
        ("Nama\tBudi Rekaan", ("nama", "Budi Rekaan")),
        ("Nama 1 Budi Rekaan", ("nama", "Budi Rekaan")),
        ("Nama Budi Rekaan", ("nama", "Budi Rekaan")),
        ("Nama kami disebut di sana", None),
        ("Nama", ("nama", "")),
        ("Nama :", ("nama", "")),
        ("Nama : Budi\tUmur : 40", ("nama", "Budi")),
        ("Jabatan Ketua RT", None),  # no kind whose value may follow without a colon
        ("Lampiran 1 lembar", ("lampiran", "1 lembar")),  # a count, and no colon that was misread
        ("Lampiran - 2 lembar", ("lampiran", "2 lembar")),
        ("Perihal Air mati", ("perihal", "Air mati")),
        ("Masalah Air mati", None),
        ("Kami datang", None),
    ],
)
def test_behind_a_label_stands_its_value_parted_by_a_colon_a_gap_or_its_own_shape(row, pair):
    assert valued(row) == pair


def below(*pages: str, stop: tuple[int, ...] = (), most: int = 3) -> list[str]:
    """Return what the value of the first label goes on with."""
    sheet = sheet_of(*pages)
    pair: Pair = min(pairs_of(sheet).values(), key=lambda one: one.row.index)
    end, cells = value_end(sheet, pair, frozenset(stop), most)
    assert end == (cells[-1].end if cells else pair.end)
    return [sheet.text[cell.start : cell.end] for cell in cells]


@pytest.mark.parametrize(
    ("pages", "stop", "rest"),
    [
        (("Alamat\t: Desa\n\t  Satu\n\t  Dua\n\t  Tiga\n\t  Empat",), (), ["Satu", "Dua", "Tiga"]),
        (("Alamat\t: Desa\n\t  Satu\n\t  Dua",), (2,), ["Satu"]),
        (("Alamat\t: Desa", "\t  Satu"), (), []),  # on the next page
        (("Alamat\t: Desa\nisi\n\t  Satu",), (), []),
        (("Alamat\t: Desa\nisi\t  Satu",), (), []),  # something else begins in that row
        (("Alamat\t: Desa\n          Satu\t  Dua",), (), ["Dua"]),
        (("Alamat : Desa\nSatu",), (), []),
    ],
)
def test_a_value_goes_on_in_the_rows_below_that_keep_its_column(pages, stop, rest):
    assert below(*pages, stop=stop) == rest


def test_an_offset_lies_in_the_cell_that_ends_with_it_and_behind_them_all_in_the_last():
    (row,) = sheet_of("Nama\tBudi").rows

    assert [row.text_of(row.cell_at(offset)) for offset in (0, 4, 5, 9, 10)] == ["Nama", "Nama", "Budi", "Budi", "Budi"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Desa Satu\n12.", "Desa Satu"), ("Desa Satu\n12)", "Desa Satu"), ("Desa Satu\n12", "Desa Satu\n12")],
)
def test_only_with_its_stop_a_number_at_the_end_is_the_next_items(text, kept):
    sheet = sheet_of(text)

    assert sheet.text[: sheet.before_next_item(0, len(text))] == kept


def test_what_goes_on_on_the_next_page_is_marked_where_it_begins():
    sheet = sheet_of("air mati", "sejak Mei")
    found = sheet.candidate(4, 14, 1.0, "", None, None)

    assert (found.page, found.teks, len(found.boxes)) == (1, "mati sejak", 1)
    assert found.box == sheet.word_at(4)[1].box
    assert sheet.candidate(9, 14, 1.0, "").page == 2
    assert [sheet.candidate(0, 3, 1.0, "", nilai).nilai for nilai in (None, 5)] == ["air", 5]


def test_a_value_beside_another_column_is_marked_by_its_own_words_without_strokes_between():
    sheet = sheet_of("Desa\t- lain\nSatu")
    desa, satu = sheet.word_at(0)[1], sheet.word_at(len(sheet.text) - 1)[1]

    own = sheet.candidate(0, len(sheet.text), 1.0, "", None, "Desa Satu")
    other = sheet.candidate(0, len(sheet.text), 1.0, "", None, "Desa Dua")

    assert own.boxes == (desa.box, satu.box)
    assert len(other.boxes) == 2
    assert other.boxes[0][2] > desa.box[2]


def test_a_page_whose_size_is_not_known_is_laid_out_as_a_sheet_of_paper():
    assert texts(replace(page_of("Nama\tBudi"), width=0)) == ["Nama\tBudi"]


@pytest.mark.parametrize(("words", "parted"), [(6, True), (7, False)])
def test_a_row_of_seven_words_that_all_stand_apart_is_set_wide_and_no_row_of_cells(words, parted):
    found = [("air", 0.05 + 0.05 * at, 0.084 + 0.05 * at, 0.1, 0) for at in range(words)]

    assert ("\t" in texts(placed(*found))[0]) == parted


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("Hal : Air mati lama", 1),
        ("Hal : Air mati Manna, 3 Mei 2025", 2),
        ("Hal : mati Manna, 3 Mei 2025", 2),
        ("Hal mati Manna, 3 Mei 2025", 1),  # six words are place and day alone
        ("Hal : Air mati di Manna kemarin", 1),
    ],
)
def test_place_and_day_stand_by_themselves_close_behind_a_subject(row, cells):
    words, x = [], 0.1
    for word in row.split():
        x += 0.014 if word == "Manna," and words else 0.006
        words.append((word, x, x + 0.03, 0.1, 0))
        x += 0.03

    assert len(texts(placed(*words))[0].split("\t")) == cells


def halves(left: int, right: int, *between: tuple[float, float], wide: float = 121) -> list[str]:
    """Return the rows of a scan on whose halves so many words stand, in rows of five, and others in its middle."""
    found = [
        ("kiri", 0.02 + 0.08 * (at % 5), 0.05 + 0.08 * (at % 5), 0.02 + 0.02 * (at // 5), at // 5) for at in range(left)
    ]
    found += [
        ("kanan", 0.6 + 0.08 * (at % 5), 0.63 + 0.08 * (at % 5), 0.02 + 0.02 * (at // 5), 50 + at // 5)
        for at in range(right)
    ]
    found += [("tengah", x0, x1, 0.9, 100 + at) for at, (x0, x1) in enumerate(between)]
    return texts(placed(*found, width=wide, height=100))


LEFT = "\t".join(["kiri"] * 5)


@pytest.mark.parametrize(
    ("arguments", "wide", "two"),
    [
        ((30, 30), 121, True),
        ((29, 30), 121, False),
        ((30, 29), 121, False),
        ((30, 30), 120, False),  # not so much wider than high
        ((30, 30, (0.47, 0.5), (0.47, 0.5)), 121, False),
        ((30, 30, (0.45, 0.48), (0.45, 0.48)), 121, True),  # up to the middle, not into it
        ((30, 30, (0.52, 0.55), (0.52, 0.55)), 121, True),
        ((50, 48, (0.47, 0.5), (0.49, 0.51)), 121, True),  # two of a hundred may reach into it
        ((50, 48, (0.47, 0.5), (0.48, 0.53), (0.49, 0.51)), 121, False),
    ],
)
def test_two_sheets_on_one_scan_have_thirty_words_each_and_next_to_none_between_them(arguments, wide, two):
    assert (halves(*arguments, wide=wide)[0] == LEFT) == two


def test_a_word_in_the_very_middle_is_read_once():
    assert halves(30, 30, (0.375, 0.625)).count("tengah") == 1


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ((5, 0.5), False),
        ((4, 0.5), True),  # too few words to say how the sheet lies
        ((5, 0.2), True),  # too short
    ],
)
def test_by_a_long_line_is_known_how_the_sheet_lies(line, level):
    words, run = line
    sinking = [
        ("air", 0.1 + run * at / (words - 1), 0.13 + run * at / (words - 1), 0.5 + 0.06 * run * at / (words - 1), 0)
        for at in range(words)
    ]
    rows = texts(placed(*sinking, ("Nama", 0.1, 0.15, 0.1, 1), ("Budi", 0.6, 0.65, 0.13, 2)))
    assert ("Nama\tBudi" in rows) != level

    rows = texts(placed(*sinking, ("Nama", 0.1, 0.15, 0.1, 1), ("Budi", 0.6, 0.65, 0.1, 2)))
    assert ("Nama\tBudi" in rows) == level


def kept(text: str) -> str:
    return " ".join(word.text for word in without_stamp(page_of(text).words))


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("DITERIMA\n14-08-2025\n\n211/W.8\nNomor surat", "Nomor surat"),  # of one word the frame reaches further down
        ("DITERIMA\n14-08-2025\n\n\n211/W.8\nNomor surat", "211/W.8 Nomor surat"),
        ("DITERIMA AGENDA\n14-08-2025\n\n211/W.8\nNomor surat", "211/W.8 Nomor surat"),
        ("DITERIMA\nPERIHAL\n\nNomor surat", "PERIHAL Nomor surat"),
        ("DITERIMA\nNo. 12 tentang air", "No. 12 tentang air"),
        ("DITERIMA\nTGL 12\n\nNomor surat", "Nomor surat"),
        (
            "DITERIMA\nTGL 12 Maret\nNomor surat",
            "12 Maret Nomor surat",
        ),  # what is printed goes beside small letters too
        ("Diterima\nTGL 12\n\nNomor surat", "Diterima TGL 12 Nomor surat"),
        ("isi\n" * 25 + "DITERIMA\n12", "isi " * 25 + "DITERIMA 12"),
        ("DITERIMA\n\t\t\t\t\t\t\t\t\t\t211/W.8\nNomor", "211/W.8 Nomor"),
    ],
)
def test_a_stamp_is_what_stands_in_its_frame_and_is_not_the_letters_own(text, own):
    assert kept(text) == own


COVER = "KECAMATAN REKAAN\nKami teruskan surat dari warga"


@pytest.mark.parametrize(
    ("pages", "left"),
    [
        ((COVER, "Dengan hormat"), [2]),
        ((COVER, "isi saja"), [1, 2]),
        ((COVER,), [1]),
        (("KECAMATAN REKAAN\nKami menunggu", "Dengan hormat"), [1, 2]),
        (("Budi Rekaan\nKami teruskan surat dari warga", "Dengan hormat"), [1, 2]),
        ((COVER + " kata" * 253, "Dengan hormat"), [2]),
        ((COVER + " kata" * 254, "Dengan hormat"), [1, 2]),
    ],
)
def test_a_covering_letter_is_a_short_one_of_an_office_that_passes_a_complaint_on(pages, left):
    found = without_covering(tuple(page_of(text, number) for number, text in enumerate(pages, start=1)))

    assert [page.number for page in found] == left
