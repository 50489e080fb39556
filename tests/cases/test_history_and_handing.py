"""What a journal says in the end: the words of its moves, its versions, and what another office was told of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from case_factory import case_of, drafted, received, then
from fakes import MORNING
from test_rules_of_case_files import decided

from pipeline.cases.archived import Archived
from pipeline.cases.corrections import BEFORE
from pipeline.cases.events import FROM, INTO, MERGED_INTO, Disputed, Linked
from pipeline.cases.moves import LETTER
from pipeline.cases.secrecy_level import RAHASIA, SECRECY
from pipeline.cases.signature_proof import INK, FiledProof
from pipeline.cases.store.sop_editions import editions
from pipeline.cases.timeline import spoken, timeline
from pipeline.cases.transferred import OFFERED, REFUSED, SHOWN, Transferred
from pipeline.cases.transfers import (
    PARCEL,
    SENDERS,
    TO_OFFICE,
    TRANSFER,
    check_parcels,
    leaving,
    left_to,
    offered,
    require_role,
    under_way,
)
from pipeline.cases.versions import only_numbers, open_versions, versions
from pipeline.errors import NotAllowed
from pipeline.office.roles import OfficeRoles
from pipeline.office.wording import spelled_out

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


@pytest.mark.parametrize(
    ("sheets", "told"), [((NAME, "06-pemberitahuan-pelapor"), "pengaduan"), ((NAME,), "pemberitaan")]
)
def test_of_two_moves_of_one_key_the_answers_are_told_as_that_asked_for_them_whose_sheets_followed(sheets, told):
    composed = decided("susun-rekomendasi", start="penyusunan", values={"ringkasan_pengaduan": "x"}, sheets=sheets)

    assert timeline(case_of(composed), SOP)[-1].words == ((f"Ringkasan {told}", "x"),)


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


def test_a_case_that_another_office_was_told_of_as_open_does_not_go_into_a_secret_one_before_it_answers():
    secret = case_of(decided("tetapkan-sifat", register={SECRECY: RAHASIA}), first=received(serial=9))
    plain = case_of(first=received(serial=8))
    cases = {case.number: case for case in (secret, plain)}

    def check(into: str, *before) -> None:
        merged = decided("gabung", values={MERGED_INTO: into})
        check_parcels(case_of(*before), case_of(*before, merged), cases.__getitem__)

    with pytest.raises(NotAllowed, match="Kanwil Lampung dan belum dijawab"):
        check("2026/0009", offer())
    check("2026/0009")
    check("2026/0008", offer())


def test_what_is_tied_to_a_secret_case_and_was_let_out_of_it_may_be_offered_while_that_is_marked_again():
    marks = (
        decided("tetapkan-sifat", register={SECRECY: RAHASIA}),
        decided("tetapkan-sifat", register={SECRECY: RAHASIA}),
    )
    let_out = decided("koreksi", register={SECRECY: "biasa"}, values={"alasan": "sudah diumumkan"})
    tied = case_of(
        Linked("2026/0007", INTO), let_out, offer(), first=received(serial=8), at=MORNING + timedelta(days=1)
    )
    linked = Linked("2026/0008", FROM)

    check_parcels(case_of(linked, marks[0]), case_of(linked, *marks), {tied.number: tied}.__getitem__)


def test_a_case_leaves_to_the_state_of_what_is_not_this_offices_which_its_edition_has():
    first = editions()[0]

    leaving_now, before = (leaving(offer(), case_of(), sop, "0012/2026") for sop in (SOP, first))

    assert [one.state for one in (leaving_now, before)] == ["surat-tidak-berwenang", "tidak-berwenang"]
    assert leaving_now.values == {TO_OFFICE: "Kanwil Lampung", "Nomor di kantor itu": "0012/2026", PARCEL: "K-1"}


def test_only_who_leads_sends_a_case_to_another_office():
    roles = OfficeRoles({"kakanwil": ("memutus", "memimpin"), "kabid": ("memutus",)}, {}, {}, {}, frozenset())

    require_role("kakanwil", SENDERS, "mengirim perkara", roles)
    with pytest.raises(NotAllowed, match="'kabid' tidak berwenang mengirim perkara"):
        require_role("kabid", SENDERS, "mengirim perkara", roles)


def test_the_answers_of_a_move_and_of_an_act_stand_under_their_questions():
    chosen = decided("putuskan-nota", start="persetujuan-nota", values={"keputusan": "rekomendasi"})
    question = next(f for move in SOP.moves if move.key == "putuskan-nota" for f in move.form if f.name == "keputusan")
    lent = Archived(act="pinjamkan", label="Pinjamkan", values={"keperluan": "Audiensi"}, labels={"keperluan": "Untuk"})

    assert question.label in dict(timeline(case_of(chosen), SOP)[-1].words)
    assert dict(timeline(case_of(lent), SOP)[-1].words)["Untuk"] == "Audiensi"
    corrected = decided("koreksi", start="telaahan", values={"alasan": "salah tulis"})
    assert timeline(case_of(corrected), SOP)[-1].words == (("Alasan koreksi", "salah tulis"),)
    sent = decided("kirim-naskah", values={"tanggal_kirim": "2026-11-26", "lampiran": "2026-11-26"})
    assert [said for _, said in timeline(case_of(sent), SOP)[-1].words] == ["26 November 2026", "2026-11-26"]


def test_a_person_is_told_by_name_and_any_other_group_in_words():
    assert spoken([{"nama": "Siti Rekaan", "umur": "40"}, "Budi"]) == "Siti Rekaan\nBudi"
    assert spoken({"umur": "40"}) == spelled_out({"umur": "40"})


def test_of_other_cases_only_those_are_told_of_which_the_reader_may_know():
    linked, merged = Linked("2026/0009", INTO), decided("gabung", values={MERGED_INTO: "2026/0009", "alasan": "sama"})
    case = case_of(linked, merged)

    def told(may: bool) -> list[tuple[str, dict]]:
        return [(one.title, dict(one.words)) for one in timeline(case, SOP, lambda _other: may)[1:]]

    assert told(True)[0] == ("Digabung ke perkara 2026/0009", {})
    assert "2026/0009" in told(True)[1][1].values()
    assert [title.startswith("Gabung ke perkara lain") for title, _ in told(False)] == [True]
    assert list(told(False)[0][1].values()) == ["sama"]


def test_of_a_case_whose_content_went_no_reason_is_told_and_of_acts_what_names_nobody():
    refused = Transferred(REFUSED, "Kanwil Lampung", "K-1", reason="Siti Rekaan pindah")
    lent = Archived(
        act="x", label="Pinjamkan", values={"lokasi": "Depo 1", "indeks": "Siti"}, labels={"lokasi": "Letak"}
    )
    destroying = Archived(act="musnahkan", label="Musnahkan", removed=("01-surat.pdf",), of_list="D-1")
    case = case_of(refused, offer(), lent, decided("koreksi", values={"alasan": "Siti"}), destroying)
    by_hand = then(case, decided("x"), "tim-yankomas")

    happened = timeline(by_hand, SOP)

    assert [one.title for one in happened][1:4] == [
        "Ditolak kantor Kanwil Lampung: …",
        "Ditawarkan kepada kantor Kanwil Lampung",
        "Pinjamkan",
    ]
    assert [one.words for one in happened][1:6] == [(), (), (("Letak", "Depo 1"),), (), (("Menurut daftar", "D-1"),)]
    assert [one.machine for one in happened] == [True] * 6 + [False]


def test_nobody_acted_where_a_scan_spoke_and_the_machine_did_what_no_role_wrote():
    by_code = decided("tandatangani-naskah", login="kode-halaman", proof=FiledProof(INK, found="ada tinta"))
    case = then(
        then(case_of(by_code), by_code, "kakanwil"), Disputed("x.pdf", NAME, 1, "bukan saya", "budi"), "kakanwil"
    )

    received, machine, person, objection = timeline(case, SOP)

    assert [one.machine for one in (received, machine, person, objection)] == [True, True, False, False]
    assert (machine.by.login, person.by.login, objection.by.login) == ("", "kode-halaman", "budi")
    assert dict(person.words)["Pemeriksaan"] == "ada tinta"
    assert dict(objection.words) == {"Berkas": "x.pdf", "Alasan": "bukan saya"}


def test_why_something_was_handed_over_is_told_once_and_a_draft_by_who_edited_it_or_filled_its_number_in():
    asked, refused = (Transferred(what, "Kanwil Lampung", "K-1", reason="jauh") for what in (OFFERED, REFUSED))
    edited = replace(drafted(NAME, 2), editor="rina", cleared=("Desa Sari | nama desa",))
    case = case_of(asked, refused, drafted(NAME), edited, replace(drafted(NAME, 3), issued_from=2))

    happened = timeline(case, SOP)[1:]

    assert [dict(one.words) for one in happened[:2]] == [{"Alasan": "jauh"}, {}]
    assert [one.title.partition(":")[0] for one in happened[2:]] == [
        "Dikonsep",
        "Disunting oleh rina",
        "Nomor diisikan ke versi 2 yang disetujui",
    ]
    assert [len(one.words) for one in happened[2:]] == [0, 1, 0]
