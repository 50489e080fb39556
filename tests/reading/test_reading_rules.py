"""Single rules of reading where a letter as a whole would not show which of them spoke."""

from __future__ import annotations

import pytest
from reading_pages import page_of, read

from pipeline.reading.layout import Layout, layout_of
from pipeline.reading.mentions import mentions
from pipeline.reading.sheet import Sheet

_LETTER = """
Dengan hormat,
Saya yang bertanda tangan di bawah ini:
Nama\t: Lena Rekaan
melaporkan hal berikut.
{}
Hormat saya,
Lena Rekaan
"""


def laid_out(text: str) -> Layout:
    return layout_of(Sheet((page_of(text),)))


def named_in(sentence: str) -> list[str]:
    layout = laid_out(_LETTER.format(sentence))
    start = layout.sheet.flow.index("berikut.") + len("berikut.")
    return [found.text for found in mentions(layout, start, layout.sheet.flow.index("Hormat saya"))]


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Rumah saya dibongkar Karno Rekaan di sana.", ["Karno Rekaan"]),
        ("Rumah saya di Tebat Rekaan dibongkar.", []),  # two words with capitals behind *di* are a place
        ("Rumah saya dekat Pasar Rekaan dibongkar.", []),  # so are those that begin with one
        ("Saya bekerja di PT Sawah Rekaan sejak lama.", ["PT Sawah Rekaan"]),  # a company is named wherever it stands
        ("Rumah saya di Jalan Karno Rekaan dibongkar.", []),
        ("Kemarin saya menemui Kanwil Rekaan di sana.", []),  # this office
    ],
)
def test_a_name_is_somebodys_and_no_places_streets_or_this_offices(sentence, named):
    assert named_in(sentence) == named


def test_a_heading_in_capitals_is_read_to_its_end_if_it_is_short_and_by_its_first_words_if_a_sentence_follows():
    short = laid_out(_LETTER.format("NAMA DAN ALAMAT PIHAK TERLAPOR\nPT Sawah Rekaan"))
    long = laid_out(_LETTER.format("NAMA DAN ALAMAT PIHAK yang menjadi terlapor dalam surat ini\nPT Sawah Rekaan"))

    assert [name for name in short.sections.values() if name == "terlapor"]
    assert not [name for name in long.sections.values() if name == "terlapor"]


def sure_of_place(place: str) -> float:
    (found,) = read(_LETTER.format(f"Saya dipukul di {place} oleh Karno Rekaan.")).fields["tempat_kejadian"].candidates
    return found.confidence


def test_a_place_that_is_told_by_levels_is_surer():
    assert sure_of_place("Desa Tebat, Kecamatan Rekaan") > sure_of_place("Desa Tebat Kecamatan Rekaan")


def test_who_is_named_by_three_letters_is_nobody_to_complain_of_and_by_four_is():
    def accused(name: str) -> list[str]:
        letter = read(_LETTER.format(f"Saya melaporkan Pak {name}. Pak {name} memukul saya di rumah."))
        return [found.best.nilai for found in letter.fields["terlapor"]]

    assert [accused(name) for name in ("Oni", "Doni")] == [[], ["Pak Doni"]]
