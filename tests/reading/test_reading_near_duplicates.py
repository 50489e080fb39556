"""Letters that are the same read alike however badly they were scanned; different letters do not."""

from __future__ import annotations

import json
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_samples import SHARED

from pipeline.reading.near_duplicates import LIKE, alike, bands, signature

LETTER = (
    "Sejak bulan Maret pagar kebun kopi milik keluarga kami dibongkar petugas perusahaan tanpa pemberitahuan maupun "
    "ganti rugi. Kepala desa sudah tiga kali memanggil pimpinan perusahaan tetapi tidak pernah datang. Pohon kopi "
    "sebanyak empat ratus batang ditebang dan dibakar, sumur ditimbun, anak kami dilarang melintas menuju sekolah. "
    "Kami memohon perlindungan, pengembalian lahan, serta pemeriksaan petugas keamanan yang memukul paman kami."
)
OTHER = (
    "Suami saya ditahan lebih dari enam puluh hari tanpa surat perpanjangan. Keluarga ditolak ketika menjenguk, "
    "obat darah tinggi tidak disampaikan, dan pengacara dihalangi mendampingi pemeriksaan. Penyidik meminta uang agar "
    "berkas segera dilimpahkan. Kami meminta penjelasan tertulis, pemeriksaan kesehatan, dan tindakan atas penyidik."
)


def misread(text: str, share: float, seed: int) -> str:
    """The text as a poor scan gives it: signs changed, lost or doubled."""
    random, out = Random(seed), []
    for sign in text:
        fate = random.random()
        if fate >= share:
            out.append(sign)
        elif fate < share / 2:
            out.append(random.choice("abcdeilmnorstu01. "))
        elif fate < share * 3 / 4:
            out += [sign, sign]
    return "".join(out)


def letters() -> list[str]:
    """The texts of the shared letters as they were printed; none where they do not lie."""
    truth = SHARED / "letters" / "truth.json"
    return [" ".join(entry["text"]) for entry in json.loads(truth.read_text())] if truth.is_file() else []


def test_the_same_text_is_wholly_alike():
    assert alike(signature(LETTER), signature(LETTER)) == 1.0


def test_a_copy_with_a_stamp_and_a_note_is_alike():
    stamped = f"DITERIMA 25 NOV 2026 Agenda 117 {LETTER} mohon ditindaklanjuti"

    assert alike(signature(LETTER), signature(stamped)) > 0.7


def test_other_words_are_not_alike():
    assert alike(signature(LETTER), signature(OTHER)) < LIKE / 2


@pytest.mark.parametrize("text", ["", "Surat pengaduan", "12 11 2026 " * 50])
def test_too_little_text_is_like_nothing(text):
    assert signature(text) == ""
    assert alike(signature(text), signature(text)) == 0.0
    assert bands(signature(text)) == ()


@pytest.mark.skipif(not letters(), reason="the shared letters are not on this machine")
def test_every_shared_letter_is_found_again_when_scanned_badly_and_no_other_is():
    texts = letters()
    good = [signature(text) for text in texts]
    bad = [signature(misread(text, 0.04, seed)) for seed, text in enumerate(texts)]

    missed = [n for n, pair in enumerate(zip(good, bad, strict=True)) if alike(*pair) < LIKE]
    unbanded = [n for n, (one, two) in enumerate(zip(good, bad, strict=True)) if not {*bands(one)} & {*bands(two)}]
    mistaken = [(n, m) for (n, one), (m, two) in combinations(enumerate(bad), 2) if alike(one, two) >= LIKE]

    assert len(texts) == 60
    assert (missed, unbanded, mistaken) == ([], [], [])


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one, other):
    assert 0.0 <= alike(signature(one), signature(other)) <= 1.0
