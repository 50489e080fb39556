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
