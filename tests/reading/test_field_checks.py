"""Fields are checked in the order of their doubt; only what was certain is confirmed without a look."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pipeline.cases.nik_doubts import doubtful_niks
from pipeline.cases.sop_rows import FormField
from pipeline.reading.doubt import certain
from pipeline.reading.field_checks import checked, marks

SOP = SimpleNamespace(
    register=(
        FormField("perihal", "Perihal", required=True),
        FormField("tanggal_surat", "Tanggal surat", "tanggal"),
        FormField("pelapor", "Pelapor", "orang", required=True),
        FormField("cara_penyampaian", "Cara penyampaian", required=True),
        FormField("indeks", "Indeks"),
    ),
    known=dict,
)


def field(value: object, sure: float, page: int = 1) -> dict[str, object]:
    found = {"nilai": value, "teks": str(value), "page": page, "box": [0.1, 0.2, 0.5, 0.3], "confidence": sure}
    return {"nilai": value, "teks": str(value), "candidates": [{**found, "reason": "baris berlabel"}]}


READ = {
    "perihal": field("Sengketa tanah", 0.67),
    "tanggal_surat": field("2026-11-20", 0.8),
    "pelapor": [{"nama": field("Siti", 0.9), "nik": field("1701026712550001", 0.95), "umur": None}],
}


def ranks(read, doubtful=()):
    return {check.field.name: check.rank for check in checked(SOP, read, doubtful)}


def test_only_what_was_measured_to_be_right_is_certain():
    assert certain("tanggal_surat", 0.8)
    assert not certain("tanggal_surat", 0.7)
    assert certain("perihal", 0.8)
    assert not certain("pelapor.nama", 0.99)
    assert not certain("permintaan", 0.99)


def test_what_is_in_doubt_comes_before_what_is_certain_and_what_the_letter_does_not_say():
    assert list(ranks(READ).items()) == [
        ("cara_penyampaian", "periksa"),
        ("perihal", "periksa"),
        ("pelapor", "periksa"),
        ("tanggal_surat", "terbaca"),
        ("indeks", "kosong"),
    ]


def test_of_a_person_only_the_details_in_doubt_are_named():
    (people,) = (check for check in checked(SOP, READ) if check.field.name == "pelapor")

    assert people.doubts == ("pelapor.1.nama",)


def test_a_certain_nik_that_cannot_be_right_is_in_doubt_and_says_why():
    wrong = {**READ, "pelapor": [{"nik": field("1701026712550001", 0.95), "jenis_kelamin": "laki-laki"}]}

    (people,) = (c for c in checked(SOP, wrong, doubtful_niks(wrong)) if c.field.name == "pelapor")

    assert people.doubts == ("pelapor.1.nik",)
    assert "milik perempuan" in people.warned[0]
    assert people.rank == "periksa"


def test_every_place_is_marked_under_the_detail_that_stands_there():
    assert [mark.field for mark in marks(SOP, READ)] == ["perihal", "tanggal_surat", "pelapor.1.nama", "pelapor.1.nik"]


def test_a_value_that_stands_in_two_rows_is_marked_row_by_row():
    read = {"perihal": field("Penutupan jalan ke sawah", 0.9)}
    rows = [[0.5, 0.2, 0.9, 0.22], [0.1, 0.23, 0.3, 0.25]]
    read["perihal"]["candidates"][0] |= {"box": [0.1, 0.2, 0.9, 0.25], "boxes": rows}

    (mark,) = marks(SOP, read)

    assert (mark.x, mark.width) == pytest.approx((0.1, 0.8))
    assert [pytest.approx(row) for row in mark.rows] == [(0.5, 0.2, 0.4, 0.02), (0.1, 0.23, 0.2, 0.02)]


def test_what_an_earlier_version_noted_is_marked_as_one_place():
    (mark, *_) = marks(SOP, READ)

    assert [pytest.approx(row) for row in mark.rows] == [(0.1, 0.2, 0.4, 0.1)]


@pytest.mark.parametrize("read", [{}, {"perihal": None, "pelapor": [], "terlapor": []}])
def test_a_letter_of_which_nothing_was_read_is_all_to_be_filled_in(read):
    assert marks(SOP, read) == ()
    assert set(ranks(read).values()) == {"periksa", "kosong"}


@pytest.mark.parametrize(
    ("said", "asked"),
    [("Segera dan rahasia", "rahasia"), ("BIASA", "biasa"), ("Rahasia / terbatas", "terbatas atau rahasia")],
)
def test_how_secret_the_letter_calls_itself_is_a_proposal_that_somebody_must_look_at(said, asked):
    sop = SimpleNamespace(register=(FormField("sifat", "Sifat", "pilihan", choices=("biasa", "terbatas", "rahasia")),))
    read = {"sifat_surat": field(said, 1.0)}

    (found,) = checked(sop, read)

    assert f"usul: {asked} (" in found.reason
    assert (found.rank, found.doubts) == ("periksa", ("sifat",))
    assert said in found.reason
    assert [mark.field for mark in marks(SOP, read)] == ["sifat"]


def test_a_letter_that_only_calls_itself_urgent_proposes_no_secrecy():
    sop = SimpleNamespace(register=(FormField("sifat", "Sifat", "pilihan", choices=("biasa", "terbatas", "rahasia")),))

    for read in ({"sifat_surat": field("Sangat segera", 0.95)}, {"sifat_surat": None}, {}):
        (found,) = checked(sop, read)

        assert (found.rank, found.reason) == ("kosong", "")
