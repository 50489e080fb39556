"""The office's list of sentences: what is offered to whom, and how a slip in it is told."""

from __future__ import annotations

import pytest

from pipeline.cases.case_kind import KINDS
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import TemplateFault
from pipeline.office.phrases import SHIPPED, phrases_of

FORMS = {(move.key, field.name) for sop in editions() for move in sop.moves for field in move.form}
PLAIN = """\
[[frasa]]
gerak = "telaah"
isian = "praanggapan"
kalimat = ["Bagi semua."]

[[frasa]]
gerak = "telaah"
isian = "praanggapan"
untuk = ["lisan", "berita"]
kalimat = ["Bagi sebagian.", "Bagi semua."]
"""


def test_the_list_that_comes_with_the_program_is_fit_and_its_sentences_are_sentences() -> None:
    found = phrases_of(SHIPPED.read_text(encoding="utf-8"), kinds=KINDS, forms=FORMS)

    lists = {(m.key, f.name) for sop in editions() for m in sop.moves for f in m.form if f.kind == "daftar"}
    spoken = [s for row in found.rows if (row.move, row.field) not in lists for s in row.sentences]
    assert spoken
    assert all(text[0].isupper() and text.endswith(".") for text in spoken)


@pytest.mark.parametrize(
    ("kinds", "offered"),
    [({"surat"}, ("Bagi semua.",)), ({"surat", "berita"}, ("Bagi semua.", "Bagi sebagian."))],
)
def test_a_case_is_offered_what_is_for_all_and_for_its_kind_each_once(kinds: set[str], offered: tuple[str]) -> None:
    assert phrases_of(PLAIN).offered("telaah", "praanggapan", kinds) == offered
    assert phrases_of(PLAIN).offered("telaah", "persoalan", kinds) == ()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"lisan", ', '"lissan", ', "baris 6 ([[frasa]]): jenis perkara 'lissan' tidak dikenal, mungkin 'lisan'"),
        ('gerak = "telaah"', 'gerak = "telaahan"', "baris 1 ([[frasa]]): gerak 'telaahan' tidak dikenal"),
        ('isian = "praanggapan"', 'isian = "pranggapan"', "isian 'pranggapan' tidak ada pada formulir telaah"),
        ('kalimat = ["Bagi semua."]', "kalimat = []\nkata = 1", "`kata` tidak dikenal"),
    ],
)
def test_a_slip_is_told_with_its_line_and_what_was_probably_meant(before: str, after: str, said: str) -> None:
    with pytest.raises(TemplateFault) as caught:
        phrases_of(PLAIN.replace(before, after, 1), kinds=KINDS, forms=FORMS)

    assert said in caught.value.message
    assert caught.value.message.startswith("frasa.toml")
    assert caught.value.remedy
