"""What an editor sees of a letter: no letterhead, fixed parts locked, the rest to be written over."""

from __future__ import annotations

from pipeline.letters.editable import editable
from pipeline.letters.ports import Passage


def locked(*passages):
    return {p.text: p.locked for p in editable(passages)}


def test_the_letterhead_is_hidden_and_fixed_parts_are_locked():
    assert locked(
        Passage(0, "KANTOR", style="KopKantor"),
        Passage(1, "SURAT", style="JudulNaskah"),
        Passage(2, "Isi", style="IsiSurat"),
        Passage(3, "Budi Contoh", style="TandaTangan"),
        Passage(4, "gambar", style="IsiSurat", locked=True),
    ) == {"SURAT": True, "Isi": False, "Budi Contoh": True, "gambar": True}


def test_of_a_row_with_a_label_only_the_label_is_locked():
    assert locked(
        Passage(0, "Hal", row=1, cell=1, style="KepalaSurat"),
        Passage(1, "Rekomendasi", row=1, cell=3, style="KepalaSurat"),
        Passage(2, "Kata di baris sendiri", row=2, cell=4, style="KepalaSurat"),
        Passage(3, "isi tabel", row=3, cell=5, style="IsiTabel"),
        Passage(4, "isi tabel lain", row=3, cell=6, style="IsiTabel"),
    ) == {
        "Hal": True,
        "Rekomendasi": False,
        "Kata di baris sendiri": False,
        "isi tabel": False,
        "isi tabel lain": False,
    }


def test_in_an_offices_own_styles_everything_can_be_written_over():
    assert locked(Passage(0, "Hal", style="GayaKantor")) == {"Hal": False}
