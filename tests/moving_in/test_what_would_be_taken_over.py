"""An old register against the archive: what would be taken over, and every doubt with its place and what helps."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from old_registers import HEADINGS, book, of_2019, row

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Refused, UsageFault
from pipeline.moving_in.book_reading import read_book
from pipeline.moving_in.choices import Choices
from pipeline.moving_in.columns import headings
from pipeline.moving_in.old_book import Cell, Kind
from pipeline.moving_in.plan import _WIDE, YearThere, plan
from pipeline.moving_in.row_reading import state_of

TODAY = date(2026, 11, 27)
ALLOWED = {"sifat": ("biasa", "terbatas", "rahasia"), "cara_penyampaian": ("surat", "pos")}


def planned(old, choices=None, there=None, years=None):
    choices = choices or Choices()
    return plan(read_book(old, choices, ALLOWED, TODAY), choices, there or {}, years or {}, TODAY.year)


def serials(found):
    return [r.number.serial for r in found.rows]


def said(found):
    return "\n".join(map(str, found.doubts))


def test_rows_become_cases_with_their_old_numbers_days_and_state():
    found = planned(of_2019(row("1/HAM/2019"), row("2/HAM/2019", who="Budi Rekaan", state="dalam proses")))

    one, two = found.rows
    assert (one.number, one.written, one.day) == (CaseNumber(2019, 1), "1/HAM/2019", date(2019, 2, 3))
    assert (one.ended, two.ended) == (True, False)
    assert one.register["pelapor"] == [{"nama": "Siti Rekaan"}]
    assert one.register["terlapor"] == ["Dinas Contoh"]
    assert one.register["diterima_pada"] == "2019-02-03T00:00:00"
    assert "Keterangan: lemari 2" in one.text.decode()
    assert not found.doubts


def test_gaps_of_the_book_are_told_and_a_wide_one_is_doubted():
    found = planned(of_2019(row(1), row(2), row(5), row(900)))

    assert found.years[0].gaps == ((3, 4), (6, 899))
    assert "6 sampai 899" in said(found)
    assert not found.refused


def test_a_gap_is_wide_from_so_many_numbers_on_and_no_row_waits_for_it():
    found = planned(of_2019(row(1), row(_WIDE + 3, who="Budi Rekaan")))
    narrow = planned(of_2019(row(1), row(_WIDE + 2, who="Budi Rekaan")))

    assert f"2 sampai {_WIDE + 2}" in said(found)
    assert said(narrow) == ""
    assert (found.refused, [str(doubt) for doubt in found.rest]) == ((), [said(found)])


def test_two_rows_with_one_number_are_both_refused_and_each_names_both():
    found = planned(of_2019(row(1), row(2), row(2, who="Budi Rekaan")))

    assert serials(found) == [1]
    assert len(found.refused) == 2
    assert all("baris 3" in str(d) and "baris 4" in str(d) for d in found.refused)


def test_a_row_that_stands_twice_as_it_is_counts_once():
    found = planned(of_2019(row(1), row(1)))

    assert serials(found) == [1]
    assert "sama persis" in said(found)
    assert not found.refused


def test_the_same_complaint_under_two_numbers_is_told():
    assert "nomornya lain" in said(planned(of_2019(row(1), row(2))))
    assert "nomornya lain" not in said(planned(of_2019(row(1, who=""), row(2, who=""))))
    assert "nomornya lain" not in said(planned(of_2019(row(1, None), row(2, None))))


def test_a_number_of_this_office_is_refused_and_one_taken_over_before_stays():
    rows = of_2019(row(1), row(2), row(3))
    same = planned(rows).rows[1]
    there = {CaseNumber(2019, 1): "", CaseNumber(2019, 2): sha256(same.text).hexdigest(), CaseNumber(2019, 3): "b" * 64}

    found = planned(rows, there=there)

    assert serials(found) == []
    assert found.same == 1
    assert [d.refuses for d in found.doubts if "sudah dipakai perkara kantor ini" in d.fact] == [True]
    assert [d.refuses for d in found.doubts if "isi lain" in d.fact] == [False]


def test_numbers_of_a_running_year_wait_for_a_persons_word():
    old = book(("2026", [HEADINGS, row(1, "03-02-2026"), row(2, "04-02-2026")]))

    assert serials(planned(old)) == []
    assert "--teruskan" in said(planned(old))
    told = planned(old, Choices(goes_on=True))
    assert serials(told) == [1, 2]
    assert told.years[0].raises == 2


def test_a_year_in_which_this_office_gave_numbers_runs_too():
    here = {2019: YearThere((1, 2), 2)}

    waits, told = planned(of_2019(row(3)), years=here), planned(of_2019(row(3)), Choices(goes_on=True), years=here)
    assert (serials(waits), len(waits.refused)) == ([], 1)
    assert (serials(told), told.years[0].raises) == ([3], 3)
    last = planned(of_2019(row(2)), years=here)
    assert (serials(last), "mapnya tidak ada" in said(last), len(last.refused)) == ([], True, 1)
    assert "mapnya tidak ada" in said(planned(of_2019(row(2)), years={2019: YearThere((1,), 5)}))


def test_what_an_import_of_the_running_year_left_undone_goes_on_without_a_new_word():
    here = {2026: YearThere((1,), 5, old=((1, 5),))}

    found = planned(book(("2026", [HEADINGS, row(5, "03-02-2026")])), years=here)

    assert (serials(found), found.refused, found.years[0].raises) == ([5], (), 0)


def test_a_year_of_old_cases_alone_changes_no_series():
    assert planned(of_2019(row(3))).years[0].raises == 0


def test_doubts_that_refuse_a_row_stand_first():
    found = planned(of_2019(row(1, None), row("12a")))

    assert [(d.place.row, d.refuses) for d in found.doubts] == [(3, True), (2, False)]


def test_a_year_whose_register_was_closed_takes_no_row_and_that_is_told_before_anything_is_written():
    found = planned(of_2019(row(3), row(4)), Choices(goes_on=True), years={2019: YearThere((1, 2), 2, closed=True)})

    assert serials(found) == []
    assert ["2 baris bernomor tahun 2019" in str(doubt) for doubt in found.refused] == [True]


def test_a_gap_of_the_old_book_may_be_filled_later_and_only_that():
    here = {2019: YearThere((1, 2, 4, 5), 5, old=((1, 2), (4, 4)), gaps=((3, 3),))}

    assert serials(planned(of_2019(row(3)), years=here)) == [3]


def test_what_the_book_does_not_say_of_the_state_a_person_says():
    old = of_2019(row(1, state=""), row(2, state="?"), row(3))

    assert serials(planned(old)) == [3]
    assert "--keadaan" in said(planned(old))
    assert len(planned(old).refused) == 1
    assert planned(old, Choices(state="berjalan")).ended == 1
    assert planned(old, Choices(state="selesai")).ended == 3


@pytest.mark.parametrize(
    ("text", "state"),
    [
        *(("SELESAI, dilimpahkan ke Polda", "selesai"), ("belum selesai", "berjalan"), ("On Progress", "berjalan")),
        *(("Closed", "selesai"), ("", None), ("entah", None), ("tidak selesai", None)),
    ],
)
def test_states_are_read_as_offices_write_them(text, state):
    assert state_of(text) == state


def test_each_doubt_names_sheet_row_and_column():
    old = of_2019(
        row("12a"),
        row(2, "31-02-2019"),
        row(3, "03-02-2030"),
        row(Cell("=A3+1", Kind.UNCOUNTED)),
        row(Cell("A5", Kind.COVERED)),
        row(Cell("2019-02-01", Kind.DAY)),
        row(None),
        row(8, None),
    )

    found = planned(old)

    places = {str(d.place) for d in found.doubts}
    assert "lembar '2019', baris 2, kolom A" in places
    assert "lembar '2019', baris 4, kolom B" in places
    assert serials(found) == [2, 8]
    for words in (
        "sisipan",
        "tidak ada",
        "belum tiba",
        "rumus",
        "sel gabungan",
        "berubah menjadi tanggal",
        "1 Januari",
    ):
        assert words in said(found), words
    assert found.rows[1].register["diterima_pada"] == "2019-01-01T00:00:00"
    assert all(d.remedy for d in found.refused)


def test_days_that_can_be_read_in_two_ways_are_doubted_where_the_book_puts_the_month_first():
    assert "dibaca 05-02-2019" not in said(planned(of_2019(row(1, "05/02/2019"))))
    assert "dibaca 05-02-2019" in said(planned(of_2019(row(1, "05/02/2019"), row(2, "02/25/2019"))))


def test_titles_repeated_headings_and_rows_of_figures_are_no_cases():
    old = book(
        (
            "Buku",
            [
                ["BUKU REGISTER"],
                HEADINGS,
                [str(n) for n in range(1, 8)],
                ["", "TAHUN 2018"],
                row(1, "05-02-2018"),
                HEADINGS,
                ["", "TAHUN 2019"],
                row(1),
            ],
        )
    )

    assert [r.number for r in planned(old).rows] == [CaseNumber(2018, 1), CaseNumber(2019, 1)]


def test_headings_in_two_rows_are_read_together():
    upper = ["No. Register", "Tanggal", "Pelapor", Cell("C1", Kind.COVERED), "Terlapor"]
    lower = [Cell("A1", Kind.COVERED), Cell("B1", Kind.COVERED), "Nama", "Alamat", Cell("E1", Kind.COVERED)]
    sheet = book(("2019", [upper, lower, ["1", "03-02-2019", "Siti Rekaan", "Jalan Contoh", "Dinas"]])).sheets[0]

    found = headings(sheet)

    assert found.row == 2
    assert [c.field for c in found.columns] == ["nomor", "tanggal", "pelapor", "alamat", "terlapor"]


def test_a_person_says_which_column_is_which():
    old = book(("", [["Kode", "Hari", "Orang"], ["1/2019", "03-02-2019", "Siti Rekaan"]]))
    choices = Choices(columns={"nomor": "A", "tanggal": "Hari", "pelapor": "c"}, state="selesai")

    found = planned(old, choices)

    assert found.rows[0].register["pelapor"] == [{"nama": "Siti Rekaan"}]
    with pytest.raises(Refused, match="Judul kolom tidak ditemukan"):
        planned(old)
    with pytest.raises(UsageFault, match="'Z'"):
        planned(old, Choices(columns={"nomor": "Z"}))
    with pytest.raises(UsageFault, match="tidak dikenal"):
        planned(old, Choices(columns={"nomer": "A"}))
    with pytest.raises(UsageFault, match="Lembar"):
        planned(old, Choices(sheet="2019"))


def test_a_book_without_a_column_of_numbers_or_without_rows_is_refused():
    with pytest.raises(Refused, match="kolom nomor register"):
        planned(book(("2019", [HEADINGS[1:], row(1)[1:]])))
    with pytest.raises(Refused, match="tidak berisi"):
        planned(book(("2019", [])))


def test_how_secret_a_case_is_comes_along_and_an_unknown_word_is_told():
    heads = (*HEADINGS, "Sifat")
    found = planned(book(("2019", [heads, [*row(1), "Rahasia"], [*row(2, "04-02-2019"), "gawat"]])))

    assert found.rows[0].register["sifat"] == "rahasia"
    assert "sifat" not in found.rows[1].register
    assert "gawat" in said(found)
