"""What the cells of an old register's row become, and which of its doubts keep it from becoming a case."""

from __future__ import annotations

from datetime import date

import pytest
from old_registers import book

from pipeline.cases.case_number import CaseNumber
from pipeline.moving_in.book_reading import read_book
from pipeline.moving_in.choices import Choices
from pipeline.moving_in.old_book import Cell, Kind

TODAY = date(2026, 11, 27)
ALLOWED = {"sifat": ("biasa", "terbatas", "rahasia"), "cara_penyampaian": ("surat", "pos")}


def read(cells, name="2019", **said):
    """Read a book with one row, whose cells are told by their headings."""
    return read_book(book((name, [list(cells), list(cells.values())])), Choices(**said), ALLOWED, TODAY)


def row_of(found):
    (row,) = found.rows
    return row


def doubted(found):
    """What is doubted: where, what, and whether the row is refused for it."""
    return [(doubt.place.letters, doubt.fact, doubt.refuses) for doubt in found.doubts]


def told(**cells):
    """Cells of a row that nothing is doubted of, with these changed."""
    return {"No": "1/2019", "Tanggal": "03-02-2019", "Perihal": "Upah", **cells}


# -- cells that say nothing of their own -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "fact"),
    [
        (Cell("A1", Kind.COVERED), "bagian dari sel gabungan A1, jadi kosong"),
        (Cell("=A1", Kind.UNCOUNTED), "rumus yang hasilnya tidak tersimpan"),
        (Cell("#REF!", Kind.ERROR), "rumus yang gagal (#REF!)"),
    ],
)
def test_a_cell_that_says_nothing_of_its_own_is_empty_and_told_and_of_number_or_secrecy_refused(cell, fact):
    found = read(told(Perihal=cell, Pelapor=cell))
    assert doubted(found) == [("C", fact, False), ("D", fact, False)]
    assert not {"perihal", "pelapor"} & row_of(found).register.keys()

    of_number = read(told(No=cell))
    assert (of_number.rows, doubted(of_number)) == ((), [("A", fact, True)])

    of_secrecy = read(told(Sifat=cell))  # its case may be secret: it is not taken over as if it were not
    assert (of_secrecy.rows, doubted(of_secrecy)) == ((), [("D", fact, True)])

    elsewhere = read(told(Catatan=cell))  # a column that is no field
    assert doubted(elsewhere) == []


def test_a_day_that_is_part_of_merged_cells_is_not_read_from_the_name_of_the_first():
    found = read(told(Tanggal=Cell("B1", Kind.COVERED)))

    assert (row_of(found).day, len(found.doubts)) == (None, 2)


def test_a_number_that_excel_made_a_day_is_refused_once_and_a_day_is_no_fault_elsewhere():
    day = Cell("2019-02-01", Kind.DAY)

    assert doubted(read(told(No=day))) == [("A", "nomor yang berubah menjadi tanggal di Excel", True)]
    assert doubted(read(told(Tanggal=day, Perihal=day))) == []


def test_a_number_that_cannot_be_read_refuses_its_row_with_what_is_wrong():
    assert doubted(read(told(No="12a"))) == [
        ("A", "nomor '12a': sisipan (12a, 12 bis) tidak dapat menjadi nomor perkara", True)
    ]
    assert doubted(read(told(No=""))) == [("A", "nomor '': tidak ada, padahal barisnya berisi", True)]


# -- years and days --------------------------------------------------------------------------------------------------


def test_the_year_of_a_number_is_its_own_then_its_rows_then_its_sheets_then_that_of_its_day():
    row = {"No": "7", "Tahun": "2017.0", "Tanggal": "03-02-2016"}

    assert row_of(read(row | {"No": "7/2018"})).number == CaseNumber(2018, 7)
    assert row_of(read(row)).number == CaseNumber(2017, 7)
    assert row_of(read(row | {"Tahun": "?"})).number == CaseNumber(2019, 7)
    assert row_of(read(row | {"Tahun": ""}, name="Lama")).number == CaseNumber(2016, 7)
    nobody = read(row | {"Tahun": "", "Tanggal": "kemarin"}, name="Lama")
    assert (nobody.rows, [d.refuses for d in nobody.doubts]) == ((), [False, True])


def test_a_number_is_remembered_as_the_book_writes_it_unless_it_is_a_serial_alone():
    assert row_of(read(told(No="1/HAM/2019"))).written == "1/HAM/2019"
    assert row_of(read(told(No="0001."))).written == ""


def test_a_day_that_is_not_told_is_the_first_of_its_year_and_that_is_told():
    found = read(told(Tanggal=" - "))

    assert (row_of(found).day, row_of(found).register["diterima_pada"]) == (None, "2019-01-01T00:00:00")
    assert doubted(found) == [("B", "tanggal terima tidak ada; dicatat 1 Januari 2019", False)]
    without_column = read({"No": "1/2019", "Perihal": "Upah"})
    assert [str(d) for d in without_column.doubts] == [
        "lembar '2019', baris 2: tanggal terima tidak ada; dicatat 1 Januari 2019. Isi tanggalnya bila diketahui."
    ]


def test_a_day_that_cannot_be_read_is_told_and_its_row_taken():
    found = read(told(Tanggal="31-02-2019"))

    assert (row_of(found).day, [refuses for _, _, refuses in doubted(found)]) == (None, [False, False])


def test_today_may_stand_in_a_book_and_tomorrow_refuses_its_row():
    this_year = told(No="1/2026")

    assert doubted(read(this_year | {"Tanggal": "27-11-2026"})) == []
    assert doubted(read(this_year | {"Tanggal": "28-11-2026"})) == [("B", "'28-11-2026' belum tiba", True)]


def test_a_number_of_a_year_to_come_refuses_its_row_and_one_of_another_year_than_its_day_is_told():
    assert doubted(read(told(No="1/2026", Tanggal="03-02-2026"))) == []
    assert doubted(read(told(No="1/2027"))) == [("", "tahun 2027 belum mulai", True)]
    assert doubted(read(told(No="1/2018"))) == [("", "nomor tahun 2018, diterima 03-02-2019", False)]
    assert doubted(read(told(No="1/2018", Tanggal=""))) == [
        ("B", "tanggal terima tidak ada; dicatat 1 Januari 2018", False)
    ]


def test_the_day_of_the_letter_is_kept_if_it_can_be_read():
    read_ = read(told(**{"Tanggal Surat": "1 Februari 2019"}))
    assert row_of(read_).register["tanggal_surat"] == "2019-02-01"

    for unread in ("", "kemarin"):
        assert "tanggal_surat" not in row_of(read(told(**{"Tanggal Surat": unread}))).register


# -- its state -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "day", "ended", "ended_on"),
    [
        ("Selesai", "", True, None),
        ("Selesai", "05-03-2019", True, date(2019, 3, 5)),
        ("Selesai", "03-02-2019", True, date(2019, 2, 3)),  # the day of its receipt
        ("", "05-03-2019", True, date(2019, 3, 5)),
        ("?", "kemarin", None, None),
        ("Proses", "", False, None),
        ("", "", None, None),
    ],
)
def test_whether_a_case_had_ended_and_when(state, day, ended, ended_on):
    row = row_of(read(told(Status=state, **{"Tanggal Selesai": day})))

    assert (row.ended, row.ended_on) == (ended, ended_on)


def test_a_case_that_runs_has_no_end_though_the_book_has_a_day_of_it():
    found = read(told(Status="Proses", **{"Tanggal Selesai": "05-03-2019"}))

    assert (row_of(found).ended, row_of(found).ended_on) == (False, None)
    assert doubted(found) == [("D", "keadaan 'Proses', padahal ada tanggal selesai; dianggap berjalan", False)]
    unread = read(told(Status="Proses", **{"Tanggal Selesai": "kemarin"}))
    assert [letters for letters, _, _ in doubted(unread)] == ["E"]


def test_an_end_before_the_receipt_is_told_and_not_kept():
    found = read(told(Status="Selesai", **{"Tanggal Selesai": "02-02-2019"}))

    assert (row_of(found).ended, row_of(found).ended_on) == (True, None)
    assert doubted(found) == [("E", "selesai sebelum diterima; tanggal selesai tidak dipakai", False)]
    undated = read(told(Tanggal="", Status="Selesai", **{"Tanggal Selesai": "02-02-2019"}))
    assert row_of(undated).ended_on == date(2019, 2, 2)


# -- fields ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kept", "fact"),
    [
        ("RAHASIA", "rahasia", None),
        ("Biasa", "biasa", None),
        ("Sangat Rahasia", "rahasia", "sifat 'Sangat Rahasia' tidak dikenal; dicatat rahasia"),
        ("rahasia (anak)", "rahasia", "sifat 'rahasia (anak)' tidak dikenal; dicatat rahasia"),
        ("SR", "rahasia", "sifat 'SR' tidak dikenal; dicatat rahasia"),
        ("R.", "rahasia", "sifat 'R.' tidak dikenal; dicatat rahasia"),
        ("Segera", None, "sifat 'Segera' tidak dikenal"),
        ("", None, None),
    ],
)
def test_what_calls_itself_secret_is_secret_in_whatever_words(text, kept, fact):
    found = read(told(Sifat=text))

    assert row_of(found).register.get("sifat") == kept
    assert doubted(found) == ([("D", fact, False)] if fact else [])


@pytest.mark.parametrize("asked", ["Rahasia", "Anonim"])
@pytest.mark.parametrize(
    "text", ["Tidak", "TIDAK.", "no", "0", "0.0", "FALSE", "Tidak rahasia", "Publik", "bukan anonim"]
)
def test_what_is_plainly_not_secret_is_left_to_the_books_own_word(asked, text):
    assert "sifat" not in row_of(read(told(**{asked: text}))).register
    assert row_of(read(told(**{asked: text}, Sifat="Biasa"))).register["sifat"] == "biasa"


@pytest.mark.parametrize("asked", ["Rahasia", "Anonim"])
@pytest.mark.parametrize(
    ("text", "is_doubted"),
    [("Ya", False), ("1", True), ("TRUE", True), ("v", True), ("-", True), ("", True), ("tidak tahu", True)],
)
def test_whatever_is_not_plainly_no_is_secret_also_against_the_books_own_word(asked, text, is_doubted):
    found = read(told(**{asked: text}, Sifat="Biasa"))

    said = f"{text!r} bukan tidak" if text else "kosong, jadi bukan tidak"
    assert row_of(found).register["sifat"] == "rahasia"
    assert doubted(found) == ([("D", f"{asked.lower()} {said}; dicatat rahasia", False)] if is_doubted else [])


def test_a_cell_that_asks_for_secrecy_and_says_nothing_of_its_own_refuses_its_row():
    found = read(told(Rahasia=Cell("=A1", Kind.UNCOUNTED)))

    assert (found.rows, [refuses for _, _, refuses in doubted(found)]) == ((), [True])


def test_a_way_by_which_a_complaint_came_is_one_that_the_register_knows_or_is_left_to_the_row():
    assert row_of(read(told(Melalui="POS"))).register["cara_penyampaian"] == "pos"

    found = read(told(Melalui="merpati rahasia"))
    assert "cara_penyampaian" not in row_of(found).register
    assert (doubted(found), b"Melalui: merpati rahasia" in row_of(found).text) == ([], True)


def test_several_names_in_a_cell_are_several_people_and_an_address_is_that_of_one():
    where = {"Alamat": "Jalan Contoh 1", "Telepon": "0811 1234 5678"}

    one = row_of(read(told(Pelapor="1. Siti Rekaan", **where))).register["pelapor"]
    two = row_of(read(told(Pelapor="1. Siti Rekaan\n2. Budi Rekaan; -", **where))).register["pelapor"]

    assert one == [{"nama": "Siti Rekaan", "alamat": "Jalan Contoh 1", "telepon": "0811 1234 5678"}]
    assert two == [{"nama": "Siti Rekaan"}, {"nama": "Budi Rekaan"}]
    unreached = row_of(read(told(Pelapor="Siti Rekaan", Telepon="tidak ada"))).register["pelapor"]
    assert unreached == [{"nama": "Siti Rekaan"}]


def test_scans_are_named_one_a_line_or_with_semicolons():
    assert row_of(read(told(Berkas="a.pdf; b.pdf;\n"))).files == ("a.pdf", "b.pdf")


def test_every_column_is_kept_as_people_read_it_also_what_stands_beyond_the_headings():
    cells = told(Tanggal=Cell("2019-02-03", Kind.DAY), Perihal="Upah\nlembur", Catatan=Cell("5", Kind.NUMBER))
    cells |= {"Pelapor": Cell("C1", Kind.COVERED), "Lahir": Cell("1961-02-03", Kind.DAY)}
    head, row = list(cells), list(cells.values())
    old = book(("2019", [head, [*row, "di pinggir", Cell("C1", Kind.COVERED)]]))

    kept = read_book(old, Choices(), ALLOWED, TODAY).rows[0].text.decode()

    assert kept.splitlines() == [
        *("Baris buku register lama", "", "No: 1/2019", "Tanggal: 03-02-2019", "Perihal: Upah", "  lembur"),
        *("Catatan: 5", "Lahir: 03-02-1961", "di pinggir"),
    ]
