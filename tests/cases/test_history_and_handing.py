"""What a journal says in the end: the words of its moves, its versions, and what another office was told of a case."""

from __future__ import annotations

import pytest
from case_factory import case_of, drafted, received
from test_rules_of_case_files import decided

from pipeline.cases.archived import Archived
from pipeline.cases.corrections import BEFORE
from pipeline.cases.moves import LETTER
from pipeline.cases.secrecy_level import RAHASIA, SECRECY
from pipeline.cases.store.sop_editions import editions
from pipeline.cases.timeline import timeline
from pipeline.cases.transferred import OFFERED, SHOWN, Transferred
from pipeline.cases.transfers import PARCEL, TO_OFFICE, TRANSFER, check_parcels, left_to, offered, under_way
from pipeline.cases.versions import only_numbers, open_versions, versions
from pipeline.errors import NotAllowed

SOP = editions()[-1]
NAME = "06-surat-rekomendasi"


def title(event) -> str:
    return timeline(case_of(event), SOP)[-1].title


def test_a_move_is_called_as_that_which_was_open_where_the_case_stood():
    assert title(decided("disposisi", start="disposisi-kadiv")).startswith("Disposisi")
    assert title(decided("kembalikan", start="kelengkapan")) == "Kembali ke telaahan"
    assert title(decided("kembalikan", start="penerbitan", letters={NAME: "kembalikan"})).endswith("untuk diperbaiki")
    assert title(decided("koreksi", start="telaahan")) == "Koreksi isian register"
    after = decided("koreksi", start="selesai", values={BEFORE: {}})
    assert title(after) == "Koreksi isian register perkara yang sudah berakhir"
    assert title(decided("gerak-lama")) == "Gerak lama"


@pytest.mark.parametrize(("channel", "told"), [("pindaian", "pengaduan"), ("berita", "pemberitaan")])
def test_of_two_moves_of_one_key_the_answers_are_told_as_that_asked_for_them_which_is_for_such_a_case(channel, told):
    """The notice waits for the recommendation's number: the same sheet followed at first."""
    composed = decided("susun-rekomendasi", start="penyusunan", values={"ringkasan_pengaduan": "x"}, sheets=(NAME,))

    assert timeline(case_of(composed, first=received(channel=channel)), SOP)[-1].words == ((f"Ringkasan {told}", "x"),)


def test_a_result_that_was_noted_is_told_so_also_where_somebody_complained_later():
    noted = decided("tidak-berwenang", start="surat-tidak-berwenang")

    assert title(noted).startswith("Catat hasilnya: bukan kewenangan")


def test_what_a_label_says_to_whoever_fills_it_in_is_not_told():
    parted = decided("pisahkan", start="telaahan", values={"halaman": ["3-4"], "berkas": "02-lampiran.pdf"})

    told = [label for label, _ in timeline(case_of(parted), SOP)[-1].words]
    assert told == ["Halaman surat yang lain", "Nama berkas lampiran"]


def test_a_move_by_which_nobody_is_written_to_is_not_told_as_the_letter_of_the_other():
    ended = decided("tidak-ada-indikasi", start="surat-tidak-ada-indikasi", values={"alasan": "x"})

    assert title(ended).startswith("Catat hasilnya")


def test_a_letter_is_told_by_its_title_and_an_emptied_field_as_empty():
    numbering = timeline(case_of(decided("nomori-naskah", values={LETTER: NAME})), SOP)[-1]
    emptied = decided("koreksi", start="selesai", values={BEFORE: {"perihal": "Tanah"}}, register={"perihal": ""})

    assert "Surat rekomendasi" in dict(numbering.words).values()
    assert "semula: Tanah\nmenjadi: (kosong)" in dict(timeline(case_of(emptied), SOP)[-1].words).values()


def test_versions_of_a_sheet_are_its_own_and_one_move_alone_gives_a_number_and_nothing_else():
    case = case_of(drafted(NAME), drafted("04-nota-telaahan"), drafted(NAME, 2))

    assert [one.version for one in versions(case, NAME)] == [1, 2]
    assert open_versions(case, NAME) == versions(case, NAME)
    assert [move.key for move in SOP.moves if only_numbers(move)] == ["nomori-naskah"]


def offer(what: str = OFFERED, parcel: str = "K-1") -> Transferred:
    return Transferred(what, "Kanwil Lampung", parcel)


def test_an_offer_is_under_way_until_the_case_left_by_it_or_it_was_answered():
    left = decided(TRANSFER, values={PARCEL: "K-1", TO_OFFICE: "Kanwil Lampung"}, state="surat-tidak-berwenang")
    elsewhere = decided(TRANSFER, values={PARCEL: "K-9", TO_OFFICE: "Kanwil Jambi"})
    back = decided("kembalikan", state="telaahan")

    assert under_way(case_of(offer())) == under_way(case_of(offer(), elsewhere)) == under_way(case_of(offer(), back))
    assert offered(case_of(offer()), "K-1") == (offer(), "sistem")
    for answer in (left, offer("ditolak"), offer("ditarik")):
        assert under_way(case_of(offer(), answer)) is None
    assert [left_to(case_of(*told)) for told in ((left,), (left, back), ())] == ["Kanwil Lampung", "", ""]


@pytest.mark.parametrize("what", [OFFERED, SHOWN])
def test_what_another_office_was_told_of_as_open_does_not_become_secret_before_it_answers(what):
    secret = decided("tetapkan-sifat", register={SECRECY: RAHASIA})
    open_one = decided("tetapkan-sifat", register={SECRECY: "biasa"})

    def check(*before) -> None:
        check_parcels(case_of(*before), case_of(*before, secret), {}.__getitem__)

    with pytest.raises(NotAllowed, match="Kanwil Lampung dan belum dijawab"):
        check(offer(what))
    check(offer(what), offer("ditarik"))
    check(secret, offer(what))  # it went as a secret one
    check()
    check_parcels(case_of(offer(what)), case_of(offer(what), open_one), {}.__getitem__)


def test_the_answers_of_a_move_and_of_an_act_stand_under_their_questions():
    chosen = decided("putuskan-nota", start="persetujuan-nota", values={"keputusan": "rekomendasi"})
    question = next(f for move in SOP.moves if move.key == "putuskan-nota" for f in move.form if f.name == "keputusan")
    lent = Archived(act="pinjamkan", label="Pinjamkan", values={"keperluan": "Audiensi"}, labels={"keperluan": "Untuk"})

    role = Archived(act="pinjamkan", label="Pinjamkan", values={"peran_peminjam": "tim-yankomas"})

    assert dict(timeline(case_of(role), SOP)[-1].words)["peran_peminjam"] == "Tim Yankomas"
    assert question.label in dict(timeline(case_of(chosen), SOP)[-1].words)
    assert dict(timeline(case_of(lent), SOP)[-1].words)["Untuk"] == "Audiensi"
