"""A NIK says a birthday and a sex: one that cannot be right is pointed out, without being written out."""

from __future__ import annotations

import pytest

from pipeline.cases.nik_doubts import doubtful_niks

#: A woman born on 27 December 1955, and a man born on 14 May 1990.
WOMAN, MAN = "1701026712550001", "1771011405900002"


def doubts(*people: dict[str, object]) -> list[str]:
    return [str(doubt) for doubt in doubtful_niks({"pelapor": list(people)})]


def read(value: object) -> dict[str, object]:
    return {"nilai": value, "teks": str(value)}


@pytest.mark.parametrize(
    "person",
    [
        {"nik": WOMAN, "ttl": "Yogyakarta, 27 Desember 1955", "jenis_kelamin": "perempuan"},
        {"nik": read(WOMAN), "ttl": read({"tempat": "Yogyakarta", "tanggal": "1955-12-27"})},
        {"nik": MAN, "ttl": "Bengkulu, 14-05-1990", "jenis_kelamin": "laki-laki"},
        {"nik": MAN, "ttl": "Bengkulu"},
        {"nik": MAN, "ttl": "Bengkulu, sekitar tahun 1990"},
        {"nama": "Siti"},
        {"nik": f"{MAN[:6]} {MAN[6:12]} {MAN[12:]}"},
    ],
)
def test_a_nik_that_may_be_right_is_not_pointed_out(person):
    assert doubts(person) == []


def test_a_nik_of_too_few_figures_is_counted():
    assert doubts({"nik": "123"}) == ["NIK pelapor ke-1 bukan 16 angka (ada 3); cocokkan dengan KTP-nya."]


def test_a_birthday_that_never_was_is_pointed_out():
    (said,) = doubts({"nama": "Siti"}, {"nik": "1771013002900002"})

    assert said.startswith("NIK pelapor ke-2 memuat tanggal lahir yang tidak ada")


def test_another_birthday_than_the_written_one_is_pointed_out_without_either():
    (said,) = doubts({"nik": MAN, "ttl": "Bengkulu, 15 Mei 1990"})

    assert "tanggal lahir lain daripada yang tertulis" in said
    assert "90" not in said


def test_another_sex_than_the_written_one_is_pointed_out():
    (said,) = doubts({"nik": WOMAN, "jenis_kelamin": read("laki-laki")})

    assert "milik perempuan, sedangkan tertulis laki-laki" in said
