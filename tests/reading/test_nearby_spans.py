"""A value may begin or end elsewhere than it was marked: each edge that makes sense is proposed."""

from __future__ import annotations

import pytest
from reading_pages import page_of

from pipeline.reading.nearby_spans import nearby
from pipeline.reading.sheet import Sheet


def _edges(label, text, marked):
    sheet = Sheet((page_of(text),))
    start = sheet.text.index(marked)
    spans = nearby(label, start, start + len(marked), sheet)
    return {sheet.printed(first, last) for _, first, last in spans}


@pytest.mark.parametrize(
    ("label", "text", "marked", "meant"),
    [
        ("terlapor", "Uang diminta oleh petugas loket bernama Rudi di sana.", "Rudi", "petugas loket bernama Rudi"),
        (
            "terlapor",
            "Kami adukan Sdr. Budi Misal, pemilik gudang itu.",
            "Sdr. Budi Misal",
            "Sdr. Budi Misal, pemilik gudang",
        ),
        (
            "terlapor",
            "Yang memukul ajudan bupati, Letda Sukri, dan kawannya.",
            "ajudan bupati, Letda Sukri",
            "Letda Sukri",
        ),
        (
            "tempat",
            "Kejadian di depan gudang Jalan Rekaan karena hujan.",
            "gudang Jalan Rekaan karena",
            "depan gudang Jalan Rekaan",
        ),
        ("tempat", "Kios di Pasar Umpama, los C, disegel.", "Pasar Umpama", "Pasar Umpama, los C"),
        (
            "alamat",
            "Alamat : Desa Misal RT 2,\n         Kabupaten Contoh\nNIK : 17",
            "Desa Misal RT 2",
            "Desa Misal RT 2, Kabupaten Contoh",
        ),
    ],
)
def test_an_edge_that_was_missed_is_proposed(label, text, marked, meant):
    assert meant in _edges(label, text, marked)


def test_no_edge_lies_in_another_sentence():
    text = "Saya bertanya kepada petugas. Budi Misal memukul saya."

    assert not any("petugas" in one for one in _edges("terlapor", text, "Budi Misal"))


def test_of_numbers_and_names_edges_stay_as_they_are_marked():
    assert not _edges("nik", "NIK 1703025204710002, petani", "1703025204710002")


def _changes(label, text, marked):
    sheet = Sheet((page_of(text),))
    start = sheet.text.index(marked)
    spans = list(nearby(label, start, start + len(marked), sheet))
    return [how for how, _, _ in spans], [sheet.printed(first, last) for _, first, last in spans]


@pytest.mark.parametrize(
    ("label", "text", "marked", "edges"),
    [
        (
            "terlapor",
            "Kepala Loket Rudi Misal",
            "Rudi Misal",
            {"starts earlier": "Loket Rudi Misal", "starts far earlier": "Kepala Loket Rudi Misal"},
        ),
        ("terlapor", "Loket: Rudi Misal", "Rudi Misal", {}),
        ("lembaga", "petugas Rudi Misal", "Rudi Misal", {}),  # no word that an organisation's name begins with
        ("terlapor", "ajudan Rudi Misal", "ajudan Rudi Misal", {"starts later": "Rudi Misal"}),
        ("terlapor", "Ajudan Rudi Misal", "Ajudan Rudi Misal", {}),
        ("tempat", "gudang Rekaan Misal", "gudang Rekaan Misal", {}),
        ("tempat", "gudang depan Rekaan", "gudang depan Rekaan", {"starts later": "Rekaan"}),
        ("tempat", "gudang depan AB", "gudang depan AB", {}),  # two letters are no place
        ("tempat", "gudang depan ABC", "gudang depan ABC", {"starts later": "ABC"}),
        ("tempat", "Pos datang", "Pos datang", {"ends sooner": "Pos"}),
        ("tempat", "Pos melapor", "Pos melapor", {"ends sooner": "Pos"}),
        ("tempat", "datang Pos", "datang Pos", {}),  # the first word is what it is all about
        ("tempat", "RT datang", "RT datang", {"ends sooner": "RT"}),
        ("tempat", "RT, Pos", "RT, Pos", {"starts later": "Pos"}),  # and two letters are not all of it
        ("tempat", "Pos (AB", "Pos (AB", {"ends sooner": "Pos"}),
        ("lembaga", "Forum Warga (FWR) itu", "Forum Warga", {"ends behind brackets": "Forum Warga (FWR)"}),
        (
            "tempat",
            "Pasar, satu dua tiga empat lima enam tujuh",
            "Pasar",
            {"ends later": "Pasar, satu dua tiga empat lima enam"},
        ),
        ("tempat", "Pasar, los C dan kios", "Pasar", {"ends later": "Pasar, los C"}),
        ("tempat", "Pasar, los C melapor", "Pasar", {"ends later": "Pasar, los C"}),
        ("tempat", "Pasar, di sana; lalu", "Pasar", {"ends later": "Pasar, di sana"}),
        ("terlapor", "Budi, S.H. di sana", "Budi", {"ends later": "Budi, S.H."}),
        ("terlapor", "Budi selaku kasir, apa", "Budi", {"ends later": "Budi selaku kasir"}),
        ("terlapor", "Budi, , apa", "Budi", {}),
        (
            "alamat",
            "Alamat : Desa Misal,\n         Kota Rekaan",
            "Desa Misal",
            {"ends a row later": "Desa Misal, Kota Rekaan", "ends later": "Desa Misal, Kota Rekaan"},
        ),
        ("alamat", "Alamat\t: Desa Misal\n  Kota Rekaan", ": Desa Misal", {}),  # below stands a label, not the address
        (
            "perihal",
            "Hal : jalan desa\n      diputus kebun\nlain",
            "jalan desa\ndiputus kebun",
            {"ends a row sooner": "jalan desa", "ends a row later": "jalan desa diputus kebun lain"},
        ),
        ("perihal", "Hal : jalan desa itu\n      diputus kebun", "jalan desa", {}),  # it ends within its row
        ("perihal", "Hal : jalan desa", "jalan desa", {}),
        ("perihal", "Hal : jalan, lalu desa", "jalan, lalu desa", {"starts later": "lalu desa"}),
        ("nik", "petugas 17, 18", "17", {}),
    ],
)
def test_these_edges_are_tried_and_no_others(label, text, marked, edges):
    assert _changes(label, text, marked) == (list(edges), list(edges.values()))


def test_edges_at_both_ends_are_tried_together():
    hows, spans = _changes("terlapor", "petugas Rudi, Budi", "Rudi, Budi")

    assert hows == ["ends sooner", "starts earlier", "starts earlier ends sooner", "starts later"]
    assert spans == ["Rudi", "petugas Rudi, Budi", "petugas Rudi", "Budi"]


def test_what_stands_on_the_next_page_goes_on_with_nothing():
    sheet = Sheet((page_of("Hal : jalan desa"), page_of("      diputus kebun", 2)))

    assert list(nearby("perihal", 6, 16, sheet)) == []
