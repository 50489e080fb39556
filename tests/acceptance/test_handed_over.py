"""A case that another agency is competent for goes there with a letter, before the complainant is told of it."""

from __future__ import annotations

import pytest
from life_office import DIVISION, FIELD, HEAD, MEMO, NOT_COMPETENT, SUB, TEAM, LifeOffice

from pipeline.cases.moves import open_moves
from pipeline.errors import NotAllowed
from pipeline.letters.sheets.transfer_letter import TRANSFER

HANDED = {
    "tujuan_surat": "Ketua Pengadilan Negeri Rekaan",
    "tempat_tujuan": "Rekaan",
    "ringkasan_pengaduan": "Batas tanah.",
    "alasan": "Sengketa itu perdata.",
    "dasar_hukum": "Undang-Undang Nomor 48 Tahun 2009 tentang Kekuasaan Kehakiman",
}
TOLD = {"alasan": "Bukan kewenangan.", "instansi_berwenang": "Pengadilan Negeri Rekaan"}


@pytest.fixture
def life(office):
    return LifeOffice(office)


def ways(life: LifeOffice, role: str) -> set[str]:
    return {o.move.key for o in open_moves(life.case, life.sop) if role in o.roles}


def test_the_complainant_is_told_only_once_the_case_went_to_the_agency(life):
    life.decided("teruskan")
    life.make("teruskan", SUB, HANDED)
    assert "tidak-berwenang" not in ways(life, SUB)

    life.sent(TRANSFER)
    life.make("tidak-berwenang", SUB, TOLD)

    assert life.state == "akhir-tidak-berwenang"


def test_the_case_does_not_end_before_the_covering_letter_and_the_letter_to_the_complainant_went(life):
    life.decided("teruskan")
    life.make("teruskan", SUB, HANDED)
    with pytest.raises(NotAllowed, match=r"Surat penerusan \(menunggu paraf\)"):
        life.make("cabut", FIELD, {"alasan": "Dicabut."})
    life.sent(TRANSFER)
    with pytest.raises(NotAllowed, match=r"Pemberitahuan tidak berwenang \(belum dibuat\)"):
        life.make("cabut", FIELD, {"alasan": "Dicabut."})
    life.make("tidak-berwenang", SUB, TOLD)
    life.sent(NOT_COMPETENT)
    life.act("nomori-naskah", TEAM, MEMO)
    life.act("tandatangani-naskah", SUB, MEMO, file=b"nota ditandatangani")

    life.make("akhiri-tidak-berwenang", TEAM)

    assert life.state == "tidak-berwenang"
    assert life.letter(TRANSFER).turn.act == "terima"


def test_only_the_head_decides_that_a_case_goes_to_another_agency_or_not(life):
    assert "putus-teruskan" in ways(life, HEAD)
    for role in (SUB, TEAM, FIELD, DIVISION):
        assert "putus-teruskan" not in ways(life, role)
    life.make("putus-teruskan", HEAD, {"catatan": "Teruskan ke pengadilan."})
    assert life.state == "surat-penerusan"

    life.make("putus-tidak-diteruskan", HEAD, {"catatan": "Pelapor akan datang sendiri."})

    assert life.state == "surat-tidak-berwenang"
    assert "tidak-berwenang" in ways(life, SUB)


def test_what_is_not_competent_and_not_handed_over_needs_no_covering_letter(life):
    life.decided("tidak-berwenang")

    life.make("tidak-berwenang", SUB, TOLD)

    assert TRANSFER not in life.case.drafts


def test_a_case_that_waited_for_the_letter_to_the_complainant_may_still_be_handed_over(life):
    life.make("putus-tidak-berwenang", HEAD, {"catatan": "Bukan kewenangan."})

    life.make("putus-teruskan", HEAD, {"catatan": "Teruskan."})
    life.make("teruskan", SUB, HANDED)

    assert life.letter(TRANSFER).turn.roles == (FIELD,)


def test_a_covering_letter_that_is_given_back_is_mended_and_handed_in_again(life):
    life.decided("teruskan")
    life.make("teruskan", SUB, HANDED)

    life.make("kembalikan-penerusan", FIELD, {"alasan": "Dasar hukumnya keliru."})
    assert life.state == "surat-penerusan"
    life.make("ajukan-penerusan", SUB)

    assert (life.state, life.letter(TRANSFER).turn.roles) == ("penerusan", (FIELD,))


def test_a_covering_letter_that_was_dropped_leaves_a_way_on(life):
    life.decided("teruskan")
    life.make("teruskan", SUB, HANDED)
    life.make("kembalikan-penerusan", FIELD, {"alasan": "Tujuannya keliru."})
    life.act("batalkan-naskah", FIELD, TRANSFER, alasan="Tujuannya keliru.")

    life.make("teruskan", SUB, HANDED)

    assert life.letter(TRANSFER).state == "konsep"
