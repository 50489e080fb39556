"""A letter that came twice is suggested to a person with the evidence; it is never refused, never merged by itself."""

from __future__ import annotations

import shutil

import pytest

from pipeline.cases.case_number import CaseNumber
from pipeline.register.resembling import Joining

FIRST, SECOND, THIRD = (CaseNumber(2026, n) for n in (1, 2, 3))
LETTER = (
    "Pengaduan pembongkaran pagar kebun\n"
    "pagar kebun kopi milik keluarga dibongkar petugas perusahaan tanpa pemberitahuan maupun ganti rugi kepala kampung "
    "tiga kali memanggil pimpinan perusahaan namun tiada pernah datang pohon kopi empat ratus batang ditebang dibakar "
    "sumur ditimbun anak dilarang melintas menuju sekolah memohon perlindungan pengembalian lahan pemeriksaan petugas "
    "keamanan memukul paman"
)
OTHER = LETTER.replace("kebun kopi", "rumah dinas").translate(str.maketrans("aiueo", "eauoi"))


@pytest.fixture
def twice(office):
    """An office where a letter came, then another, then the first again as a stamped copy."""
    for name, text in (("a.pdf", LETTER), ("b.pdf", OTHER), ("c.pdf", f"{LETTER}\nDITERIMA 25 November")):
        office.drop(name, text.encode())
        office.run_once()
    return office


def suggested(office, number: CaseNumber) -> list[dict]:
    return office.view(number).resembling


def test_the_copy_has_a_number_of_its_own_and_names_the_letter_it_is_like(twice):
    (found,) = suggested(twice, THIRD)

    assert found.number == "2026/0001"
    assert found.share > 0.8
    assert found.same == ("perihal",)
    assert found.move == Joining("2026/0003", "gabung", "2026/0001", "tim-yankomas")


def test_the_first_names_the_copy_and_the_copy_is_what_would_go_into_it(twice):
    (found,) = suggested(twice, FIRST)

    assert (found.number, found.move.number) == ("2026/0003", "2026/0003")


def test_the_clerk_reads_it_among_what_wants_attention(twice):
    warnings = twice.view(THIRD).warnings

    assert any("Mirip surat 2026/0001" in w and "gabung --as tim-yankomas" in w for w in warnings)


@pytest.mark.in_folders
def test_look_ups_that_were_lost_are_filled_again_and_missed_by_nobody_on_a_copy_that_cannot_be_written(twice):
    twice.root.layout.lookups.unlink()
    assert [found.number for found in suggested(twice, THIRD)] == ["2026/0001"]

    twice.root.layout.lookups.unlink()
    shutil.rmtree(twice.root.layout.locks)
    twice.root.layout.locks.write_text("tidak dapat ditulisi")

    assert suggested(twice, THIRD) == ()
    assert twice.view(THIRD).number == "2026/0003"


def test_a_letter_with_other_words_is_suggested_to_nobody(twice):
    assert suggested(twice, SECOND) == ()


def test_once_merged_nothing_is_suggested(twice):
    twice.decide(THIRD, "gabung", "tim-yankomas", {"perkara_induk": "2026/0001", "alasan": "Surat yang sama."})
    twice.run_once()

    assert suggested(twice, THIRD) == suggested(twice, FIRST) == ()


@pytest.mark.in_folders
def test_it_is_found_again_after_the_views_were_lost(twice):
    twice.root.layout.lookups.unlink()
    twice.root.book.rebuild()

    assert [s.number for s in suggested(twice, THIRD)] == ["2026/0001"]
