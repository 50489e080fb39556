"""The words of the register's boxes are the same in the SOP, on the forms and in what is read."""

from __future__ import annotations

import pytest

from pipeline.cases.register_words import register_words, rights
from pipeline.cases.store.sop_editions import editions
from pipeline.letters.sheets.oral_complaint import box_name

WORDS = register_words()
CHOICES = {
    "cara_penyampaian": WORDS.channels,
    "kapasitas": WORDS.capacities,
    "kerentanan": WORDS.vulnerabilities,
    "kelas_terlapor": WORDS.classes,
    "hak": (*WORDS.right_words, WORDS.undecided),
    "dokumen_pendukung": WORDS.papers,
}


@pytest.mark.parametrize("sop", editions(), ids=lambda sop: sop.key)
@pytest.mark.parametrize("name", CHOICES)
def test_every_edition_of_the_sop_offers_words_of_the_register_the_newest_all_of_them(sop, name):
    (field,) = (field for field in sop.register if field.name == name)

    offered = set(field.choices)
    assert field.choices == tuple(word for word in CHOICES[name] if word in offered)
    assert sop is not editions()[-1] or field.choices == CHOICES[name]


def test_a_right_is_known_by_its_number_its_word_and_its_name():
    for number, right in enumerate(WORDS.rights, 1):
        for said in (str(number), right.word, right.name):
            assert rights({"hak": [{"nilai": said}]}) == [right.word]


def test_no_two_words_of_a_group_share_a_box():
    for words in CHOICES.values():
        assert len({box_name(word) for word in words}) == len(words)
