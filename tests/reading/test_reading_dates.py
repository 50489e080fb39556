"""Which date is the letter's own."""

from __future__ import annotations

from datetime import date

import pytest
from reading_pages import LETTER, TODAY, page_of, read, value

from pipeline.reading.dates import complaint_date, dates_in_rest
from pipeline.reading.layout import layout_of
from pipeline.reading.sheet import Sheet
from pipeline.reading.written_days import dates_in, month_of, number_of


def dated(line: str, today: date = date(2026, 3, 2)) -> object:
    return value(read(LETTER.replace("Manna, 12 Agustus 2025", line), today=today), "tanggal_surat")


@pytest.mark.parametrize(
    "line",
    [
        "Manna, 12 Agustus 2025",
        "Manna, tgl. 12 Agust 2025.-",
        "Manna, I2 Agustus 2O25",
        "Manna, 12 – 08 – 2025",
        "Manna 12-8-2025",
        "Manna tgl 12/08/25",
        "12 Agustus 2025",
        "Kota Manna, 12 Agusius 2025",
        "Manna, dua belas Agustus dua ribu dua puluh lima",
        "Manna, 17 Safar 1447 H / 12 Agustus 2025 M",
        "Manna, 12-VIII-2025",
        "Manna, tanggal : 12 Agustus 2025.-",
        "Manna, 12 Agustus 2025 (Selasa)",
        "SP 3, 12 Agustus 2025",
        "Sent: Selasa, 12 Agustus 2025 08:41",
        "Date: August 12, 2025",
        "Hari/Tanggal : Selasa, 12 Agustus 2025",
    ],
)
def test_a_letter_date_is_read_however_it_is_written(line):
    assert dated(line) == "2025-08-12"


def test_a_printed_message_of_a_telephone_is_dated_by_the_day_it_was_sent():
    letter = read("[12/08/25 09.14] Pak Yono: selamat pagi pak\n[12/08/25 09.15] Pak Yono: air kami mati sejak Juli")

    assert value(letter, "tanggal_surat") == "2025-08-12"


def test_the_day_of_the_event_under_its_heading_is_not_the_letters_date():
    letter = read(
        "FORMULIR\nI. DATA PELAPOR\nNama\t: Herman\nII. TEMPAT DAN WAKTU KEJADIAN\nBalai Desa, 20 Maret 2025\n"
        "III. URAIAN KEJADIAN\nSaya diberhentikan tanpa surat peringatan.\nPelapor,\nHerman"
    )

    assert value(letter, "tanggal_surat") is None


def test_an_old_spelling_of_the_month_is_understood():
    assert dated("Lebong, 9 Djuni 2021") == "2021-06-09"
    assert dated("Manna, 18 Nop. 2019") == "2019-11-18"


def test_a_date_without_its_day_is_left_to_a_person():
    assert dated("Manna, ...... Agustus 2025") is None


def test_a_date_after_today_is_never_proposed():
    assert dated("Manna, 12 Agustus 2025", today=date(2025, 8, 11)) is None
    assert dated("Manna, 12 Agustus 2025", today=date(2025, 8, 12)) == "2025-08-12"


def test_events_births_laws_and_police_reports_are_not_the_letters_date():
    without = LETTER.replace("Manna, 12 Agustus 2025\n", "")

    assert value(read(without), "tanggal_surat") is None


def test_a_date_above_the_signature_counts_where_the_head_has_none():
    letter = read(
        LETTER.replace("Manna, 12 Agustus 2025\n", "").replace("Hormat saya,", "Manna, 15 Agustus 2025\nHormat saya,")
    )

    assert value(letter, "tanggal_surat") == "2025-08-15"
    assert "tanda tangan" in letter.fields["tanggal_surat"].best.reason


def test_a_date_in_the_middle_of_a_sentence_that_fills_a_line_is_not_taken():
    letter = read(
        LETTER.replace("Manna, 12 Agustus 2025\n", "").replace(
            "1. portal dibuka kembali;", "1. portal dibuka sebelum 20 Januari 2026;"
        )
    )

    assert value(letter, "tanggal_surat") is None


@pytest.mark.parametrize(
    "text", ["Nomor 800/12/2024", "Undang-Undang Nomor 25 Tahun 2009", "331.1/245/2025", "tahun 2021"]
)
def test_numbers_of_laws_and_letters_are_no_dates(text):
    assert list(dates_in(text)) == []


def test_a_day_that_no_calendar_has_is_no_date():
    assert list(dates_in("31 Februari 2024")) == []
    assert list(dates_in("45-13-2024")) == []


def test_numbers_written_in_words_are_counted():
    assert number_of("dua ribu dua puluh dua") == 2022
    assert number_of("sebelas") == 11
    assert number_of("dua puluh delapan") == 28
    assert number_of("seribu sembilan ratus sembilan puluh sembilan") == 1999


def test_a_hijri_date_alone_becomes_a_gregorian_day_with_less_confidence():
    (found,) = dates_in("1 Muharram 1446 H")

    assert abs((found.day - date(2024, 7, 7)).days) <= 1


def test_months_are_known_through_misread_letters_but_not_through_other_words():
    assert month_of("Agusfus") == 8
    assert month_of("0ktober") == 10
    assert month_of("Maret") == 3
    assert month_of("metro") is None
    assert month_of("orang") is None


def test_a_century_that_was_misread_is_put_right_with_less_confidence_and_said():
    field = read(LETTER.replace("12 Agustus 2025", "12 Agustus 2625")).fields["tanggal_surat"]

    assert field.best.nilai == "2025-08-12"
    assert field.best.confidence < 0.7
    assert "2625" in field.best.reason


@pytest.mark.parametrize(
    "written", ["tanggal 6 bulan Oktober 2023", "Jumat tanggal 6 bulan Oktober tahun 2023", '6 Oktober "23', "6-10-'23"]
)
def test_a_day_of_minutes_and_one_with_a_short_year_are_read(written):
    assert [found.day for found in dates_in(written)][:1] == [date(2023, 10, 6)]


def told_of_day(text: str) -> tuple[str, str] | None:
    """The day that is proposed first for a letter, and why."""
    found = complaint_date(layout_of(Sheet((page_of(text),))), TODAY)
    return (str(found.best.nilai), found.best.reason) if found else None


HEAD, FOOT, BEHIND = "tanggal di kepala surat", "tanggal di atas tanda tangan", "tanggal di belakang nomor surat"
SIGNED = "tanggal surat ditandatangani, disebut dalam kalimat"
BODY = "\nDengan hormat,\nsaya melaporkan sebuah kejadian."


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("12 Agustus 2025", HEAD),
        ("Tanggal : 12 Agustus 2025", HEAD),
        ("Nomor : 07/FWP/2025 tanggal 12 Agustus 2025", BEHIND),
        ("Nomor : 07/FWP/2025\tManna, 12 Agustus 2025", HEAD),
        ("Nomor : 07/FWP/2025 tanggal 12 Agustus 2025 lama", None),
        ("Hari/Tanggal\tSelasa, 12 Agustus 2025", HEAD),
        ("Perihal : Kejadian 12 Agustus 2025", None),
        ("Perihal : 12 Agustus 2025", None),
        ("Manna, 12 Agustus 2025 .ini.", HEAD),
        ("Manna, 12 Agustus 2025 kami", None),
        ("Manna, 12 Agustus 2025 / 17 Safar 1447 H", HEAD),
        ("Diterima :\n12 Agustus 2025", None),
        ("Diterima :\nManna, 12 Agustus 2025", HEAD),
        ("Diterima tgl : 12 Agustus 2025", None),
        ("12 Agustus 1944", None),
    ],
)
def test_a_day_in_the_head_is_the_letters_by_what_stands_beside_and_above_it(head, why):
    assert told_of_day(f"KANTOR REKAAN\n{head}{BODY}") == (why and ("2025-08-12", why))


def test_a_day_in_the_row_in_which_the_letter_begins_is_in_the_head_and_no_sentence_has_been_told():
    for row, why in (
        ("Dengan hormat,\tManna, 12 Agustus 2025", HEAD),
        ("Dengan hormat, ditandatangani pada tanggal 12 Agustus 2025", None),
        ("Baris\n" * 11 + "Nomor : 07/2025 tanggal 12 Agustus 2025", None),  # without one the thirteenth row
        ("Baris\n" * 11 + "Hari/Tanggal : Selasa, 12 Agustus 2025", HEAD),
        ("Dengan hormat,\nsurat ini ditandatangani pada tanggal 12 Agustus 2025 di rumah", SIGNED),
        ("Dengan hormat,\nTanggal : 12 Agustus 2025", "tanggal yang berdiri sendiri di tengah surat"),
    ):
        told = told_of_day(f"KANTOR REKAAN\n{row}\n" + "isi surat kami\n" * 9 + "Hormat kami,\nBudi Rekaan")
        assert told == (why and ("2025-08-12", why)), row


def test_a_day_that_stands_alone_near_the_closing_words_is_surer_than_one_amid_the_letter():
    def far(rows: int) -> str:
        told = told_of_day(f"KANTOR REKAAN{BODY}\n12 Agustus 2025\n" + "isi kami\n" * rows + "Hormat kami,\nBudi")
        return told[1] if told else ""

    assert (far(5), far(6)) == (FOOT, "tanggal yang berdiri sendiri di tengah surat")


def test_the_oldest_letter_is_of_1945_and_a_century_too_late_is_a_misread_one():
    def day(written: str) -> str | None:
        told = told_of_day(f"KANTOR REKAAN\nManna, {written}{BODY}")
        return told and told[0]

    assert day("12 Agustus 1945") == "1945-08-12"
    assert day("12 Agustus 2100") == "2000-08-12"
    assert day("29 Februari 2624") == "2024-02-29"
    assert day("12 Agustus 2626") is None


def test_what_follows_a_day_may_be_the_other_calendars_in_seven_words():
    same = "/ bertepatan tanggal 17 Safar 1447 H"

    assert [dates_in_rest(after) for after in (same, f"{same} itu", "/ 17 Safar")] == [True, False, False]


@pytest.mark.parametrize(
    ("word", "month"),
    [("Maref", 3), ("Agusfua", 8), ("Aguzfuz", None), ("Apfjl", None), ("Jumi", 6), ("Mare", 3), ("Rajo", None)],
)
def test_a_longer_month_may_have_more_letters_misread(word, month):
    assert month_of(word) == month


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("dua belas Agustus dua ribu sembilan belas", date(2019, 8, 12)),
        ("satu Maret seribu sembilan ratus satu", date(1901, 3, 1)),
        ("satu Maret dua ribu satu kami", date(2001, 3, 1)),
        ("satu Maret seribu sembilan ratus", None),  # so old is nobody, and no letter
        ("satu Maret 1900", None),
        ("3 Kambing 1446 H", None),
        ("30 Muharram 1446 H", date(2024, 8, 6)),
        ("31 Muharram 1446 H", None),
        ("0 Muharram 1446 H", None),
    ],
)
def test_days_in_words_and_of_the_other_calendar_are_read_to_the_end_or_not_at_all(written, day):
    assert next((found.day for found in dates_in(written)), None) == day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("3 V 2025", "2025-05-03"),
        ("03 XII 2025", "2025-12-03"),
        ("3-V-2025", "2025-05-03"),
        ("3 - V - 2025", "2025-05-03"),
        ("I V 2025", None),  # so no day is written
        ("3 VV 2025", None),
        ("12/3 V 2025", None),
        ("Pasal 28 I 1945", None),
        ("PASAL 28\tI 1945", None),
        ("pasal 1 ayat 2 V 1945", None),
        ("Psl. 28 I 1945", None),
        ("tanggal 28 I 1945", "1945-01-28"),
    ],
)
def test_a_month_in_roman_figures_is_read_between_strokes_and_between_blanks(written, day):
    assert next((found.day.isoformat() for found in dates_in(f"Rekaan, {written} itu")), None) == day
