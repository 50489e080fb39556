"""Which kind a case is."""

from __future__ import annotations

from typing import Any

import pytest
from kinds_of_case import KINDS as STORIES

from pipeline.cases.case_kind import KINDS, kind_of_case


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("surat", {"surat"}),
        ("lisan", {"lisan"}),
        ("berita", {"berita"}),
        ("beberapa-pelapor", {"surat", "beberapa-pelapor"}),
        ("kuasa", {"surat", "kuasa"}),
        ("kelompok", {"surat", "kelompok", "korban-anak"}),
        ("korban-anak", {"surat", "korban-anak"}),
        ("instansi", {"instansi"}),
        ("tanpa-terlapor", {"surat", "tanpa-terlapor"}),
        ("pengganti", {"surat"}),
    ],
)
def test_a_case_is_of_the_kind_that_its_register_tells(kind: str, words: set[str]) -> None:
    story = STORIES[kind]

    found = kind_of_case(story.fields, story.channel)

    assert found.words == words
    assert found.words <= set(KINDS)


@pytest.mark.parametrize(
    ("fields", "channel", "origin"),
    [
        ({}, "", "surat"),
        ({}, "pelimpahan dari Direktorat Jenderal Hak Asasi Manusia", "instansi"),
        ({"cara_penyampaian": {"nilai": "Lisan"}}, "", "lisan"),
        ({"kapasitas": {"nilai": "lembaga"}, "lembaga_pelapor": {"nilai": "Yayasan Contoh"}}, "surat", "surat"),
        ({"kapasitas": {"nilai": "lembaga"}, "pelapor": [{"nama": {"nilai": "Sari"}}]}, "surat", "surat"),
    ],
)
def test_how_it_came_is_told_by_its_channel_whoever_complains(
    fields: dict[str, Any], channel: str, origin: str
) -> None:
    assert kind_of_case(fields, channel).origin == origin
