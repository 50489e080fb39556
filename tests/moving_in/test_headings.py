"""Which row of an old register holds its headings, which column is what, and which rows below are no cases."""

from __future__ import annotations

from datetime import date

import pytest
from old_registers import HEADINGS, book, of_2019, row

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Refused, UsageFault
from pipeline.moving_in.book_reading import read_book
from pipeline.moving_in.choices import Choices
from pipeline.moving_in.columns import fields, headings, labelled
from pipeline.moving_in.old_book import BookRow, BookSheet, Cell, Kind, OldBook, Place

TODAY = date(2026, 11, 27)


def read(old, **said):
    return read_book(old, Choices(**said), {}, TODAY)


def numbers(found):
    return [r.number for r in found.rows]


def sheet(*rows):
    """A sheet whose rows are told with their numbers."""
    return BookSheet("2019", [BookRow(n, tuple(Cell(text) for text in texts)) for n, texts in rows])


def fields_of(found):
    return {column.letters: column.field for column in found.columns}


# -- the row of the headings -----------------------------------------------------------------------------------------


def test_two_headings_that_are_known_are_enough_and_one_is_not():
    assert headings(sheet((1, ["No", "Perihal", "Lain"]))).row == 1
    assert headings(sheet((1, ["No", "Entah", "Lain"]))) is None


def test_headings_that_stand_again_further_down_part_no_rows():
    found = read(of_2019(row("1/2019"), HEADINGS, row("2/2019", who="Budi Rekaan")))

    assert found.sheets[0].headings.row == 1
    assert numbers(found) == [CaseNumber(2019, 1), CaseNumber(2019, 2)]
    assert found.doubts == ()


def test_a_row_of_more_headings_right_below_is_the_one_and_one_behind_cases_is_not():
    title, more = ["Register", "Perihal"], [*HEADINGS, "Alamat"]

    assert headings(sheet((1, title), (2, HEADINGS))).row == 2
    assert headings(sheet((1, title), (4, HEADINGS))).row == 4  # rows between are empty
    cases = ((9, list(HEADINGS)), (10, ["1/2019"]), (11, ["2/2019"]), (12, more), (13, ["3/2019"]))
    assert headings(sheet(*cases)).row == 9
    assert headings(sheet((1, title), (2, ["1/2019"]), (3, ["2/2019"]), (4, HEADINGS))).row == 1


def test_rows_below_other_headings_are_told_and_not_lost():
    found = read(of_2019(row("1/2019"), row("2/2019", who="Budi Rekaan"), [*HEADINGS, "Alamat"], row("3/2019")))

    assert numbers(found) == [CaseNumber(2019, n) for n in (1, 2, 3)]
    assert [str(d.place) for d in found.doubts if d.refuses] == ["lembar '2019', baris 4, kolom A"]


def test_a_person_says_in_which_row_the_headings_stand():
    old = book(("2019", [["No", "Perihal"], ["1", "2"], HEADINGS, row("1/2019")]))

    assert read(old, heading_row=3).sheets[0].headings.row == 3
    with pytest.raises(UsageFault, match="Baris 9 lembar '2019' kosong"):
        read(old, heading_row=9)


def test_in_a_row_that_a_person_named_no_heading_need_be_known():
    found = headings(sheet((1, ["Kode", "", "Orang"])), row=1)

    assert (found.row, [(c.letters, c.heading, c.field) for c in found.columns]) == (
        1,
        [("A", "Kode", ""), ("C", "Orang", "")],
    )


def test_headings_of_a_group_are_put_before_those_below_it_and_only_there():
    upper = [Cell("No"), Cell("Pelapor"), Cell("B1", Kind.COVERED), Cell(""), Cell("Terlapor")]
    lower = [Cell("A1", Kind.COVERED), Cell("Nama"), Cell("Alamat"), Cell("Perihal"), Cell("E1", Kind.COVERED)]
    found = headings(BookSheet("", [BookRow(1, tuple(upper)), BookRow(2, tuple(lower))]))

    assert [c.heading for c in found.columns] == ["No", "Pelapor Nama", "Pelapor Alamat", "Perihal", "Terlapor"]


def test_merged_headings_in_the_last_row_have_none_below():
    only = BookSheet("", [BookRow(1, (Cell("No"), Cell("Perihal"), Cell("B1", Kind.COVERED)))])

    assert [c.heading for c in headings(only).columns] == ["No", "Perihal"]


def test_rows_that_are_not_merged_are_not_put_together():
    assert headings(sheet((1, ["No", "Perihal", "Pihak"]), (2, ["1/2019", "", "Terlapor"]))).row == 1


# -- which column is what --------------------------------------------------------------------------------------------


def test_each_field_is_one_column_and_the_surest_heading_has_it():
    found = headings(sheet((1, ["No", "No. Register", "Tanggal", "Tgl Terima", "Nama", "No HP"])))

    assert fields_of(found) == {"A": "", "B": "nomor", "C": "", "D": "tanggal", "E": "pelapor", "F": "telepon"}


def test_columns_without_a_heading_are_none_unless_a_person_names_them():
    old = sheet((1, ["No", "  ", "Perihal"]))

    assert fields_of(headings(old)) == {"A": "nomor", "C": "perihal"}
    named = headings(old, said={"tanggal": "B"})
    assert [(c.heading, c.field) for c in named.columns] == [("No", "nomor"), ("B", "tanggal"), ("Perihal", "perihal")]


def test_a_column_that_a_person_named_is_nothing_else_and_the_field_no_other_column():
    old = sheet((1, ["No", "No. Surat", "Perihal", "Catatan"]))

    assert fields_of(headings(old, said={"nomor": "B"})) == {"A": "", "B": "nomor", "C": "perihal", "D": ""}
    assert fields_of(headings(old, said={"perihal": "d"})) == {
        "A": "nomor",
        "B": "nomor_surat",
        "C": "",
        "D": "perihal",
    }
    assert fields_of(headings(old, said={"perihal": "-"})) == {"A": "nomor", "B": "nomor_surat", "C": "", "D": ""}


def test_a_column_is_named_by_its_heading_before_its_letter_and_by_signs_alone_it_is_not():
    old = sheet((1, ["No", "A", "Perihal", "??"]))

    assert fields_of(headings(old, said={"tanggal": "a"}))["B"] == "tanggal"
    with pytest.raises(UsageFault, match=r"Kolom '\?\?' \(tanggal\) tidak ada") as fault:
        headings(old, said={"tanggal": "??"})
    assert fault.value.remedy == "Kolom yang ada: A 'No'; B 'A'; C 'Perihal'; D '??'."


# -- sheets ----------------------------------------------------------------------------------------------------------


def test_of_a_book_only_the_sheet_that_a_person_named_is_read():
    old = book(("2018", [HEADINGS, row("1/2018")]), ("2019", [HEADINGS, row("1/2019"), row("2/2019")]), ("Kosong", []))

    found = read(old, sheet="2019")

    assert [(s.name, s.rows) for s in found.sheets] == [("2019", 2)]
    assert numbers(found) == [CaseNumber(2019, 1), CaseNumber(2019, 2)]
    with pytest.raises(UsageFault) as fault:
        read(old, sheet="Kosong")
    assert fault.value.remedy == "Lembar yang ada: '2018', '2019'."
    with pytest.raises(UsageFault, match="tidak ada") as fault:
        read(book(("Kosong", [])), sheet="2019")
    assert fault.value.remedy == "Lembar yang ada: tidak ada yang berisi."


def test_what_a_person_said_of_columns_is_for_the_sheets_that_have_them():
    """Of a book with one sheet a column that is not there is a slip of the pen, and is told."""
    lettered = ("2018", [["No", "Perihal", "Kode"], ["1", "Upah", "7/2018"]])
    other = ("2019", [HEADINGS[:2], ["8/2019", "03-02-2019"]])

    found = read(book(lettered, other), columns={"nomor": "Kode"})

    assert numbers(found) == [CaseNumber(2018, 7), CaseNumber(2019, 8)]
    with pytest.raises(UsageFault, match="Kolom 'Kode'"):
        read(book(other), columns={"nomor": "Kode"})


def test_sheets_without_headings_are_passed_over_and_what_was_told_of_a_sheet_is_told():
    notes, cases = book(("Catatan", [["entah"]]), ("2019", [HEADINGS, row("1/2019")])).sheets
    told = BookSheet(cases.name, cases.rows, told=("terpotong",))

    found = read(OldBook("b.csv", "a" * 64, (notes, told)))

    assert (found.skipped, len(found.sheets)) == (("Catatan",), 1)
    assert [(d.place, d.fact) for d in found.doubts] == [(Place("2019"), "terpotong")]


def test_a_sheet_with_headings_but_no_column_of_numbers_names_its_columns():
    with pytest.raises(Refused) as refusal:
        read(book(("2019", [["Perihal", "Pelapor"], ["Upah", "Siti Rekaan"]])))

    assert "(judul di baris 1)" in refusal.value.message
    there = "Yang ada: A 'Perihal'; B 'Pelapor'."
    assert refusal.value.remedy == f"Tentukan kolomnya (di terminal: --kolom nomor=A). {there}"


# -- rows that are no cases ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [0, 1])
def test_the_year_above_a_stretch_is_that_of_the_rows_below_it_in_whichever_column_it_stands(place):
    def title(text):
        return [*[""] * place, text]

    old = book(("Buku", [HEADINGS, title("TAHUN 2018"), row(1, None), row(2, None), title("TAHUN 2019"), row(1, None)]))

    found = read(old)

    assert numbers(found) == [CaseNumber(2018, 1), CaseNumber(2018, 2), CaseNumber(2019, 1)]
    assert [d.fact for d in found.doubts if not d.place.column >= 0] == [
        "bukan perkara, dilewati: 'TAHUN 2018'",
        "bukan perkara, dilewati: 'TAHUN 2019'",
    ]


def test_a_title_without_a_year_leaves_the_year_as_it_was():
    old = book(("2018", [HEADINGS, row(1, None), ["", "TAHUN 2018/2019"], ["", "Jumlah 2"], row(2, None)]))

    assert numbers(read(old)) == [CaseNumber(2018, 1), CaseNumber(2018, 2)]


@pytest.mark.parametrize("text", ["12", "12/HAM/2019", "HAM 12 TAHUN 2019"])
def test_a_row_of_a_number_alone_is_a_case_or_is_refused_and_never_passed_over(text):
    found = read(of_2019([text]))

    assert numbers(found) == [CaseNumber(2019, 12)] or [d.refuses for d in found.doubts] == [True]


def test_of_a_row_with_only_a_number_and_its_agenda_nothing_is_taken_for_figures_of_a_form():
    old = book(("2019", [["No", "Agenda", "Perihal"], ["(1)", "(2)", "(3)"], ["1", "2", ""]]))

    found = read(old)

    assert [(r.number, r.register["nomor_agenda"]) for r in found.rows] == [(CaseNumber(2019, 1), "2")]


def test_a_heading_that_stands_alone_is_told():
    found = read(of_2019(["", "", "", "", "Perihal"], row("1/2019")))

    assert [d.fact for d in found.doubts] == ["bukan perkara, dilewati: 'Perihal'"]


def test_the_year_of_a_sheet_stands_before_that_which_a_person_says_for_all():
    old = book(("2018", [HEADINGS, row(1, None)]), ("Lain", [HEADINGS, row(2, None)]))

    assert numbers(read(old, year=2015)) == [CaseNumber(2018, 1), CaseNumber(2015, 2)]


def test_people_read_a_name_of_their_own_for_every_field_that_a_column_can_be():
    assert tuple(key for key, _ in labelled()) == fields()
    assert [label for _, label in labelled() if label.islower() or "_" in label] == []
