"""What ``yankomas case`` and ``read`` say of a letter, as the office would say it."""

from __future__ import annotations

from pipeline.register.case_view import readable


def told(further=(), **fields):
    lines = readable(fields, dict(further)).splitlines()
    return {line[:16].strip(): line[17:] for line in lines}


def test_the_letters_day_is_told_in_words_and_a_broken_one_as_it_was_written():
    assert told(tanggal_surat={"nilai": "2025-09-03", "teks": "3-9-2025"})["Tanggal surat"] == "3 September 2025"
    assert told(tanggal_surat={"nilai": "September 2025", "teks": ""})["Tanggal surat"] == "September 2025"
    assert told()["Tanggal surat"] == "-"


def test_a_right_that_nobody_chose_is_a_suggestion_with_the_words_that_led_to_it():
    suggested = {"nilai": 5, "teks": "beribadah, agama"}
    chosen = {"nilai": "memperoleh keadilan", "teks": "memperoleh keadilan"}

    assert told(hak=[suggested])["Hak"] == "Hak atas kebebasan pribadi (saran: beribadah, agama)"
    assert told(hak=[chosen])["Hak"] == "memperoleh keadilan"


def test_the_registers_other_fields_are_told_only_where_they_say_something():
    labels = {"cara_penyampaian": "Cara penyampaian", "indeks": "Indeks"}

    found = told(labels.items(), cara_penyampaian={"nilai": "pos", "teks": "pos"}, indeks=None)

    assert found["Cara penyampaian"] == "pos"
    assert "Indeks" not in found
