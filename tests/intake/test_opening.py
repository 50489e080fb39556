"""Opening a case without a letter: who may, what must be told, and the note that stands for the letter."""

from __future__ import annotations

import pytest
from case_factory import case_of, received
from hypothesis import given
from hypothesis import strategies as st
from sop_texts import read_text_of_sop, sop_text

from pipeline.cases.answers import PERSON
from pipeline.cases.duties import TYPED, duties
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import Incomplete, NotAllowed, SettingsFault
from pipeline.intake.open_case import note, opened_with, opening_for, read_way, way_of

SOP = editions()[0]
TEXT = sop_text("2024-05-06")
ORAL, NEWS = opening_for(SOP, "lisan", "tim-yankomas"), opening_for(SOP, "berita", "kabid")
TOLD = {"perihal": "Upah", "pelapor": ["Siti Rekaan", "Budi Rekaan"], "terlapor": "PT Rekaan", "uraian": "satu\ndua"}


def test_only_the_team_takes_down_what_is_told_and_officials_may_take_up_the_news():
    with pytest.raises(NotAllowed, match="kabid") as fault:
        opening_for(SOP, "lisan", "kabid")

    assert "lisan (tim-yankomas)" in fault.value.remedy
    assert NEWS.roles == ("tim-yankomas", "kasubbid", "kabid")


def test_an_edition_says_which_openings_it_knows():
    with pytest.raises(NotAllowed, match="telepati") as fault:
        opening_for(SOP, "telepati", "tim-yankomas")

    assert "berita (" in fault.value.remedy


def test_what_is_told_at_the_counter_needs_who_against_whom_and_what():
    with pytest.raises(Incomplete) as fault:
        opened_with(SOP, ORAL, {"perihal": "Upah", "warna": "biru"})

    assert all(f"{name} (" in fault.value.message for name in ("pelapor", "terlapor", "uraian", "warna"))


def test_from_the_news_nobody_complains():
    told = opened_with(SOP, NEWS, {"perihal": "Banjir", "terlapor": "Pemda", "uraian": "x"})

    assert told == {"cara_penyampaian": "berita", "perihal": "Banjir", "terlapor": ["Pemda"], "uraian": "x"}


def test_how_it_came_can_be_said_otherwise():
    assert opened_with(SOP, ORAL, {**TOLD, "cara_penyampaian": "Langsung"})["cara_penyampaian"] == "langsung"


def test_the_note_says_what_was_told_in_the_registers_order_and_who_wrote_it():
    text = note(SOP, ORAL, opened_with(SOP, ORAL, TOLD), "Petugas Yankomas (tim-yankomas), login budi")

    assert text.split("\n") == [
        "Pengaduan lisan",
        "Dicatat oleh: Petugas Yankomas (tim-yankomas), login budi",
        "",
        "Cara penyampaian: lisan",
        "Perihal: Upah",
        "Pelapor:",
        "  - Nama: Siti Rekaan",
        "  - Nama: Budi Rekaan",
        "Terlapor:",
        "  - PT Rekaan",
        "Uraian:",
        "  satu",
        "  dua",
        "",
    ]


@pytest.mark.parametrize(
    ("channel", "sheets"),
    [
        ("lisan", ["01-formulir-pengaduan", "01-tanda-terima", "03-lembar-disposisi"]),
        ("berita", ["03-lembar-disposisi"]),
    ],
)
def test_what_was_typed_needs_no_reading_and_its_sheets_are_those_of_its_opening(channel, sheets):
    case = case_of(first=received(channel=channel, media=TYPED, register={"perihal": "Upah"}))

    assert [d.key for d in duties(case, SOP)] == [f"konsep {sheet} v1" for sheet in sheets]
    assert case.fields["perihal"]["nilai"] == "Upah"


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('wajib = ["perihal", "terlapor", "uraian"]', 'wajib = ["warna"]', r"baris \d+ .pembukaan. berita: .*'warna'"),
        ('tanpa = ["pelapor"]', 'tanpa = ["pelapr"]', "'pelapr' tidak ada"),
        ('isi = { cara_penyampaian = "lisan" }', 'isi = { cara_penyampaian = "batin" }', "'batin' bukan pilihan"),
        ('peran = ["tim-yankomas", "kasubbid", "kabid"]', "peran = []", "tanpa peran"),
        ('peran = ["tim-yankomas", "kasubbid", "kabid"]', 'peran = ["satpam"]', "peran 'satpam'"),
        ('naskah = ["01-formulir-pengaduan",', 'naskah = ["01-formulir",', "naskah '01-formulir' tidak ada"),
        ("luar = true", 'luar = "ya"', "luar"),
    ],
)
def test_an_opening_that_cannot_be_right_is_refused_naming_the_line(old, new, named):
    assert old in TEXT

    with pytest.raises(SettingsFault, match=named):
        read_text_of_sop("uji", TEXT.replace(old, new, 1))


_LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.binary(max_size=9)
_JSON = st.recursive(
    _LEAF,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.sampled_from([*PERSON, "lain"]), part, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*(f.name for f in SOP.register), "lain"]), _JSON, max_size=4))
def test_whatever_is_told_is_texts_lists_of_texts_and_persons_or_gets_no_number(typed):
    try:
        told = opened_with(SOP, ORAL, {**TOLD, **typed})
    except Incomplete:
        return

    for value in told.values():
        for part in value if isinstance(value, list) else [value]:
            details = part.values() if isinstance(part, dict) else [part]
            assert all(type(detail) in (str, int) for detail in details)


@pytest.mark.parametrize(
    ("service", "channel", "way"), [("yankomas", "lisan", "lisan"), ("surat-masuk", "dicatat", "surat-masuk.dicatat")]
)
def test_an_opening_of_another_service_is_named_with_it(service, channel, way):
    assert way_of(service, channel) == way
    assert read_way(way) == ("" if service == "yankomas" else service, channel)
