"""Where a page is signed is told from its own words: heads of a table are no names, whatever line stands above them."""

from __future__ import annotations

from pipeline.scans.comparison.printed_page import MM, PrintedWord, Strip
from pipeline.scans.comparison.signature_places import _under_titles


def strip(text: str, left: float, top: float, width: float = 30.0) -> Strip:
    area = (left * MM, top * MM, (left + width) * MM, (top + 4) * MM)
    return Strip((PrintedWord(text, area, (), 0),), area)


def test_a_name_below_its_title_is_a_place_and_heads_below_a_comma_are_none():
    heads = [strip(text, 20 + 40 * n, 50) for n, text in enumerate(("Tenggat", "Tindak lanjut", "Bukti", "Status"))]
    strips = [strip("limbah selesai diperbaiki,", 20, 30, 150), *heads]
    signed = [strip("Kepala Bidang HAM,", 100, 120, 40), strip("Contoh Rekaan", 100, 150, 40), strip("NIP 1", 100, 155)]

    assert [place.name for place in _under_titles([*strips, *signed])] == ["Contoh Rekaan"]


def test_nobody_signs_among_addressees_whose_first_line_ends_with_a_comma():
    addressees = [
        strip("Yth. 1. Kepala Dinas Sosial, Pemberdayaan Perempuan,", 30, 72, 137),
        strip("dan Keluarga Berencana Kabupaten Contoh", 47, 77, 120),
        strip("2. Camat Contoh", 41, 82, 40),
        strip("di", 30, 91, 3),
        strip("tempat masing-masing", 41, 91, 39),
    ]

    assert [*_under_titles(addressees)] == []
