"""What tells who complains - names long enough to be told apart from any letter of a text - and what a NIK may show."""

from __future__ import annotations

from pipeline.access import finding
from pipeline.access.masking import masked, masked_nik


def test_a_nik_shows_its_last_four_digits_and_never_all_it_has():
    assert masked_nik("1771000000000001") == "************0001"
    assert masked_nik("1234") == "****"


def test_a_text_is_looked_through_once_for_the_same_people(monkeypatch):
    looked = []
    words = finding.Words
    monkeypatch.setattr(finding, "Words", lambda text: (looked.append(text), words(text))[1])
    text = "Sekali saja: Rekaman Contohwati datang."
    fields, others = ({"pelapor": [{"nama": name}]} for name in ("Rekaman Contohwati", "Lain Rekaan"))

    told = [masked(text, dict(fields)) for _ in range(3)]

    assert told == ["Sekali saja: pelapor datang."] * 3
    assert looked == [text, told[0]]
    assert masked(text, others) == text
