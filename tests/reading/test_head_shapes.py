"""What stands in a letter's head under a label that no vocabulary has met, or under none, is proposed by its shape."""

from __future__ import annotations

import pytest
from reading_pages import page_of

from pipeline.reading.head_shapes import shaped
from pipeline.reading.proposal import Evidence
from pipeline.reading.proposals import proposals
from pipeline.reading.sheet import Sheet

LETTER = """FORUM WARGA REKAAN RAYA
Kode berkas > 17.A/FWR-2/IX/2025                    Umpama, 3 September 2025
Yang ditanyakan: Jalan desa diputus kebun
Kepada Yth. Kepala Kantor Wilayah
Rapat kami tanggal 4 Agustus 2025 pukul 12.30, hubungi 0812-7000-1234."""


def _shaped(label):
    sheet = Sheet((page_of(LETTER),))
    return [sheet.printed(start, end) for start, end in shaped(label, sheet)]


def test_a_number_is_known_by_its_strokes_whatever_its_label_is():
    assert "17.A/FWR-2/IX/2025" in _shaped("nomor")
    assert not any("12.30" in one for one in _shaped("nomor"))


def test_a_subject_stands_behind_any_word_and_a_title_in_capitals():
    assert _shaped("perihal") == ["FORUM WARGA REKAAN RAYA", "Jalan desa diputus kebun"]


def test_every_day_of_the_head_may_be_the_letters():
    assert _shaped("tanggal") == ["3 September 2025", "4 Agustus 2025"]


def test_a_bare_day_and_a_telephone_number_are_never_number_or_nik():
    nothing = {"lembaga_pelapor": None, "nomor_surat": None, "pelapor": ()}
    sheet = Sheet((page_of("Nomor 12/08/2025\nNIK 081270001234"),))

    assert not proposals("nomor", Evidence(sheet, nothing, (), ()))
    assert not proposals("nik", Evidence(sheet, nothing, (), ()))


def test_days_are_looked_for_in_head_and_foot_and_numbers_in_the_head_alone():
    sheet = Sheet((page_of("\n".join(["3 Mei 2025"] * 12 + ["4 Mei 2025"] * 20 + ["12/A/2025", "5 Mei 2025"])),))

    days = [sheet.printed(start, end) for start, end in shaped("tanggal", sheet)]

    assert days == ["3 Mei 2025"] * 8  # so many at the most
    assert list(shaped("nomor", sheet)) == []


def test_a_day_in_the_foot_of_a_long_letter_is_found_once():
    sheet = Sheet((page_of("\n".join(["baris"] * 30 + ["3 Mei 2025", "baris"])),))

    assert [sheet.printed(start, end) for start, end in shaped("tanggal", sheet)] == ["3 Mei 2025"]


@pytest.mark.parametrize(
    ("row", "subject"),
    [
        ("Ihwal: jalan diputus", "jalan diputus"),
        ("Ihwal: jalan", None),
        ("Perihal: jalan diputus", "jalan diputus"),
        ("Nama: Budi Rekaan", None),  # the label of something else
        ("JALAN YANG DIPUTUS", "JALAN YANG DIPUTUS"),
        ("JALAN DIPUTUS", None),
        ("Jalan yang diputus", None),
        ("NAMA : BUDI REKAAN UMPAMA", None),
    ],
)
def test_a_subject_has_two_words_behind_a_label_that_is_of_nothing_else_or_three_in_capitals(row, subject):
    sheet = Sheet((page_of(row),))

    assert [sheet.printed(start, end) for start, end in shaped("perihal", sheet)] == ([subject] if subject else [])
