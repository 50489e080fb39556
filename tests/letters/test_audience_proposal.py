"""What the proposal of an audience rests on, and what it asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kinds_of_case import KINDS, facts_of_kind, office_of_kind
from sheet_factory import made, paper, usual

from pipeline.letters.sheets import context
from pipeline.letters.sheets.audience_proposal import PROPOSAL


def proposal(kind: str) -> dict[str, object]:
    return context(PROPOSAL, facts_of_kind(kind, PROPOSAL), office_of_kind(kind))


def test_the_proposal_cites_the_nota_and_what_was_decided_on_it() -> None:
    told = paper(PROPOSAL)

    assert (told["nomor_nota"], told["tanggal_nota"]) == ("W.8.HA.01.07-0031", "26 November 2026")
    assert (
        told["simpulan_nota"] == "terdapat indikasi pelanggaran hak asasi manusia dan kantor ini berwenang menanganinya"
    )
    assert (told["pemutus"], told["putusan"]) == ("Kepala Kantor Wilayah", "audiensi")
    assert (told["tanggal_putusan"], told["catatan_putusan"]) == ("27 November 2026", "Undang pula pemerintah desa")


def test_a_nota_without_a_number_is_cited_by_its_day() -> None:
    told = paper(PROPOSAL, letters=())

    assert (told["nomor_nota"], told["tanggal_nota"]) == ("", "25 November 2026")


def test_an_edition_in_which_nobody_decides_on_the_nota_cites_the_nota_alone() -> None:
    moves = tuple(move for move in usual(PROPOSAL).moves if move.key != "putuskan-nota")

    told = paper(PROPOSAL, moves=moves)

    assert (told["pemutus"], told["putusan"]) == ("", "")
    assert told["nomor_nota"] == "W.8.HA.01.07-0031"


def test_every_line_of_the_reasons_is_an_entry_of_the_list() -> None:
    facts = usual(PROPOSAL)
    proposed = made("usulkan-audiensi", alasan="para pihak berbeda keterangan\n\nair bersih mendesak")

    told = paper(PROPOSAL, moves=(*facts.moves[:-1], proposed))

    assert told["alasan"] == ["Para pihak berbeda keterangan", "Air bersih mendesak"]


def test_the_memo_says_whole_who_complains() -> None:
    long = "Forum Warga Sumur Jernih Kecamatan Contoh " * 9
    fields = {**usual(PROPOSAL).fields, "lembaga_pelapor": {"nilai": long, "teks": long}}

    told = paper(PROPOSAL, fields=fields)

    assert told["pengadu"] == f"{long.strip()}, yang diwakili Sari Melati dan 2 (dua) orang lainnya"
    assert told["pengadu"].count("(") == told["pengadu"].count(")")


@pytest.mark.parametrize("kind", KINDS)
def test_the_proposal_says_what_each_kind_of_case_is_about(kind: str) -> None:
    told = proposal(kind)

    begins = "pemberitaan media mengenai " if kind == "berita" else "pengaduan masyarakat mengenai "
    topic = str(told["pokok_perkara"]).removeprefix(begins)
    assert topic != told["pokok_perkara"]
    assert not topic.casefold().startswith(("pengaduan", "pemberitaan", "pelimpahan"))
    assert (told["pengadu"] == "") == (kind == "berita")


def test_the_deputies_of_the_day_are_named_as_such() -> None:
    told = proposal("pengganti")

    assert told["melalui"] == ["Plh. Kepala Divisi Pelayanan Hukum dan HAM"]
    assert told["penandatangan_jabatan"] == "Plt. Kepala Bidang HAM"
    assert told["tujuan_jabatan"] == "Kepala Kantor Wilayah"


def test_an_empty_register_leaves_a_whole_sentence() -> None:
    told = paper(PROPOSAL, fields={}, moves=(replace(usual(PROPOSAL).moves[-1], values={}),), letters=())

    assert (told["pokok_perkara"], told["pengadu"]) == ("pengaduan masyarakat", "")
