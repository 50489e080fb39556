"""Whom a letter names: each once, with the kind of person or office, and no place or street for a person."""

from __future__ import annotations

import pytest
from reading_pages import page_of

from pipeline.reading.layout import layout_of
from pipeline.reading.mentions import features, is_own, kind_called, mentions, signs_of
from pipeline.reading.sheet import Sheet


def named(text: str) -> list[tuple[str, str]]:
    layout = layout_of(Sheet((page_of(text),)))
    return [(found.text, found.kind) for found in mentions(layout, 0, len(layout.sheet.text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dipukul oleh Sdr. Budi Rekaan di sana", [("Sdr. Budi Rekaan", "orang")]),
        ("rumah di Jalan Dr. Budi Rekaan itu", []),  # a street
        ("rumah Dr. Budi Rekaan itu", [("Dr. Budi Rekaan", "orang")]),
        ("dipukul oleh Budi Rekaan di sana", [("Budi Rekaan", "nama")]),
        ("kepada Kepala Kanwil Rekaan kemarin", []),  # this office
        ("kepada Kepala Dinas Rekaan kemarin", [("Kepala Dinas Rekaan", "pejabat")]),
        ("Kemarin dipukul. Budi Rekaan di sana", []),  # a sentence's beginning, for all that is known
        ("dipukul di Budi Rekaan kemarin", []),  # a place
        ("oleh Kabupaten Rekaan kemarin", []),
        ("oleh Surat Rekaan kemarin", []),  # no name of a person
        ("Sdr. Budi Rekaan, Sdr. Ani Umpama", [("Sdr. Budi Rekaan", "orang"), ("Sdr. Ani Umpama", "orang")]),
        ("seorang mandor bernama Budi dan Ani memukul", [("Budi", "dipanggil"), ("Ani", "dipanggil")]),
        ("PT Rekaan Jaya dan Ani memukul", [("PT Rekaan Jaya", "perusahaan")]),
    ],
)
def test_those_whom_a_text_names_are_found_with_their_kind(text, found):
    assert [(text, kind) for text, kind in named(text)] == found


def test_a_name_of_two_words_is_of_no_kind_by_itself():
    assert [kind_called(text) for text in ("PT Rekaan", "Sdr. Budi", "Budi Rekaan")] == ["perusahaan", "orang", None]


def test_who_is_charged_is_a_person_whatever_his_name_looks_like():
    flow = "kami mengadukan Budi Rekaan karena"
    signs = signs_of(flow, flow.index("Budi"), flow.index(" karena"))

    assert {sign.name for sign in signs} == {"charged"}
    assert features("nama", signs, 0.25, 3) == {"orang": 1.0, "early": 0.75, "again": 2.0, "charged": 1.0}
    assert features("nama", (), 0.0, 9) == {"nama": 1.0, "early": 1.0, "again": 3.0}
    assert features("kantor", signs, 1.0, 1) == {"kantor": 1.0, "early": 0.0, "again": 0.0, "charged": 1.0}


@pytest.mark.parametrize(
    ("before", "behind", "own"),
    [
        ("karena menahan ijazah anak saya yang bernama ", ". Anak saya lulus", True),
        ("kekerasan terhadap putri kami, ", " di sekolah", True),
        ("ditahan bersama klien kami ", " kemarin", True),
        ("dengan ini mengadukan anak saya ", " karena", False),  # charged
        ("saya dipukul oleh anak saya yang bernama ", " kemarin", False),  # did it
        ("kemarin anak saya ", " memukul neneknya", False),  # harms
        ("kemarin tetangga saya ", " datang", False),  # of another house
        ("kepada seorang anak bernama ", " kemarin", False),  # whose?
    ],
)
def test_the_writers_own_child_or_client_is_known_by_how_it_is_introduced(before, behind, own):
    flow = f"{before}Misalia Contoh{behind}"

    assert is_own(flow, len(before), len(before) + len("Misalia Contoh")) is own
