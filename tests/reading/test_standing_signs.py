"""Signs of where and how a proposal stands: on the page, behind a label, said again, of which shape."""

from __future__ import annotations

from reading_pages import page_of

from pipeline.reading.ports import Marked
from pipeline.reading.proposal import Evidence, Proposal
from pipeline.reading.sheet import Sheet
from pipeline.reading.standing_signs import standing

LETTER = """                                   Rekaan, 4 Februari 2026
Nama : Rohani Misalan
Alamat : Desa Umpama
Jalan kami diputus oleh Sdr. Budi Contoh, pemilik gudang.
Saya minta jalan dibuka kembali.
Hormat saya,
Rohani Misalan"""


def _signs(label, text, organisation=None):
    sheet = Sheet((page_of(LETTER),))
    start = sheet.text.index(text)
    mark = Marked(label, start, start + len(text), 0.9, "identitas", True)
    candidate = sheet.candidate(mark.start, mark.end, 0.9, "uji")
    evidence = Evidence(sheet, {"lembaga_pelapor": organisation}, (), (mark,))
    return standing(label, Proposal(candidate, mark=mark), evidence)


def test_a_name_that_also_stands_under_the_signature_is_said_in_head_and_foot():
    assert "said in the foot" in _signs("nama", "Rohani Misalan")
    assert "said 2" in _signs("nama", "Rohani Misalan")
    assert "said in the foot" not in _signs("terlapor", "Budi Contoh")


def test_the_label_before_a_value_is_told_by_what_it_stands_for():
    assert "value of nama" in _signs("nama", "Rohani Misalan")
    assert "below alamat 1" in _signs("terlapor", "Sdr. Budi Contoh")


def test_who_is_named_is_told_by_kind_and_by_what_is_said_of_him():
    signs = _signs("terlapor", "Sdr. Budi Contoh")

    assert "kind orang" in signs
    assert "told agent" in signs


def test_signs_of_a_letter_by_an_organisation_say_so():
    assert "of an organisation" in _signs("alamat", "Desa Umpama", organisation=object())
    assert "of an organisation" not in _signs("alamat", "Desa Umpama")
