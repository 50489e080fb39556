"""Dates in a filled letter stay whole where lines break, and are the same words for whoever compares or searches."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from printed_sheets import specimen_of
from word_files import of_paragraphs

from pipeline.access.masking import naming
from pipeline.letters.engines.word_dates import make_whole
from pipeline.letters.engines.word_file import opened, packed, parsed
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.engines.word_text import passages
from pipeline.letters.sheets.oral_complaint import FORM
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.specimens import field

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("tanggal 6 Mei 2024 di", "tanggal 6_Mei_2024 di"),
        ("tanggal 16 Mei 2024.", "tanggal 16_Mei_2024."),
        ("tanggal 16 Mei 2024;", "tanggal 16_Mei_2024;"),
        ("1 Mei dan 2 Juni 2024 hadir", "1_Mei dan 2_Juni_2024 hadir"),
        ("Pasal 6 Undang-Undang", "Pasal_6 Undang-Undang"),
        ("Nomor 126 Mei", "Nomor_126 Mei"),
        ("surat Nomor 07/FWS/XI/2026 tanggal", "surat Nomor_07/FWS/XI/2026 tanggal"),
        ("RT 6 Meihua", "RT 6 Meihua"),
        ("tanggal 2 Desember 2026; dan", "tanggal 2_Desember_2026; dan"),
        ("surat Nomor W.8-HA.01.07-0016 tanggal", "surat Nomor_W.8\u2011HA.01.07\u20110016 tanggal"),
        ("nomor register 7/W.8-HA/2026.", "nomor register 7/W.8\u2011HA/2026."),
        ("Undang-Undang Nomor 39 Tahun 1999", "Undang-Undang Nomor_39_Tahun_1999"),
        ("Pasal 54 ayat (1) dan ayat (2)", "Pasal_54_ayat_(1) dan ayat_(2)"),
        ("Pasal_65 ayat_(1)", "Pasal_65_ayat_(1)"),
        ("foto, 4 (empat) lembar.", "foto, 4_(empat)_lembar."),
        ("40 (empat puluh) orang", "40_(empat puluh)_orang"),
        ("pelapor (identitas ada) mengenai", "pelapor (identitas ada) mengenai"),
        ("rata-rata 7 jam 30 menit.", "rata-rata 7_jam_30_menit."),
        ("paling lama 22 hari kerja, dan", "paling lama 22_hari_kerja, dan"),
        ("median 1,8 hari kerja", "median 1,8_hari_kerja"),
    ],
)
def test_dates_articles_and_counts_stay_together_and_a_number_is_whole(text: str, bound: str) -> None:
    parts = opened(of_paragraphs(text.replace("_", "\N{NO-BREAK SPACE}")))
    body = parsed(parts["word/document.xml"])

    make_whole(body)

    docx = packed({**parts, "word/document.xml": etree.tostring(body, encoding="UTF-8")})

    assert [passage.text for passage in passages(docx)] == [bound.replace("_", "\N{NO-BREAK SPACE}")]


def test_a_table_whose_column_may_be_narrower_keeps_its_blanks() -> None:
    docx = WordTypist(TEMPLATES).draft(RECOMMENDATION, specimen_of(RECOMMENDATION)).docx

    said = [(passage.cell, passage.text) for passage in passages(docx)]
    assert (True, "31 Desember 2026") in [(bool(cell), text) for cell, text in said]
    assert any("2\N{NO-BREAK SPACE}Desember" in text for cell, text in said if not cell)


def test_a_cell_with_room_for_any_date_keeps_it_whole() -> None:
    docx = WordTypist(TEMPLATES).draft(FORM, specimen_of(FORM)).docx

    told = [passage.text for passage in passages(docx) if passage.cell]
    assert any("Pada 3\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2026 warga meminta" in text for text in told)


def test_a_day_of_birth_is_found_in_a_letter_as_it_was_before() -> None:
    fields = {"pelapor": [{"nama": "Sari Melati", "ttl": "Bengkulu, 5 Mei 1980"}]}

    assert naming("lahir 5\N{NO-BREAK SPACE}Mei 1980", fields)
    assert naming("lahir 5\N{NO-BREAK SPACE}Mei\N{NO-BREAK SPACE}1980.", fields)


def test_the_complaints_own_number_is_found_in_a_letter_as_it_was_before() -> None:
    assert naming("dengan surat Nomor HAM\u2011HA.01.07\u201188", {"nomor_surat": field("HAM-HA.01.07-88")})
