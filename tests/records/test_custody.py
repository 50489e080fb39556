"""Folders are lent, transferred, handed over and closed with their checklist, by the journal and by lists."""

from __future__ import annotations

from contextlib import closing
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from ended_cases import ARCHIVIST, HEAD_OF_FIELD, close_folder, ended, loan, standing

from pipeline.access.accounts import HeldRole
from pipeline.cases.actor import Actor
from pipeline.cases.completeness import checklist
from pipeline.errors import Incomplete, NotAllowed
from pipeline.intake.inbox_view import AskedFor
from pipeline.records.acting import act_on
from pipeline.records.checks import lending_to
from pipeline.records.description import Described, elements
from pipeline.records.list_steps import begin, go_on
from pipeline.records.loans import loans, on_loan

OTHER = Actor("arsiparis", "wati")
PLACE = {
    "berita_acara": "BA-1",
    "tanggal": "2026-11-25",
    "tempat": "Ruang Arsip",
    "lokasi": "Depo 2, rak C",
    "penyerah": ["Eko Contoh | Kepala Bidang HAM"],
    "penerima": ["Wati Rekaan | Arsiparis"],
}


@pytest.fixture
def parts(office):
    return office.root.record_parts


@pytest.mark.parametrize(
    ("level", "said"),
    [("biasa", "Terbuka"), ("", "Terbatas"), ("rahasia", "Tertutup: rahasia"), ("sangat rahasia", "Tertutup: sangat")],
)
def test_who_takes_a_record_reads_how_secret_it_is(level, said):
    words = dict.fromkeys((field.name for field in fields(Described)), "")
    days = {"began": date(2026, 1, 1), "ended": None, "described_on": date(2026, 2, 1)}
    told = elements(Described(**{**words, **days, "documents": 1, "size": 1, "papers": (), "secrecy": level}))

    assert told["3.4.1"]["isi"].startswith(said)


def case_of(office, number):
    return office.root.cabinet.case(number)


def test_a_folder_goes_out_once_and_comes_back_in_its_condition(office, parts):
    number = ended(office)

    act_on(number, "pinjamkan", loan(office), by=ARCHIVIST, parts=parts)

    assert standing(office, number).words == "inaktif, dipinjam"
    with pytest.raises(NotAllowed, match="sedang dipinjam"):
        act_on(number, "pinjamkan", loan(office), by=ARCHIVIST, parts=parts)
    with pytest.raises(NotAllowed, match="sedang dipinjam"):
        begin("pindah", [number], {}, by=ARCHIVIST, parts=parts)
    act_on(number, "terima-kembali", {"kondisi_kembali": "rusak sebagian"}, by=ARCHIVIST, parts=parts)

    (told,) = loans(case_of(office, number).archived)
    assert (told.borrower, told.out_as, told.back_as) == ("Eko Contoh", "baik", "rusak sebagian")
    assert on_loan(case_of(office, number).archived) is None
    with pytest.raises(NotAllowed, match="tidak sedang dipinjam"):
        act_on(number, "terima-kembali", {"kondisi_kembali": "baik"}, by=ARCHIVIST, parts=parts)


def test_a_folder_is_lent_to_who_has_a_role_of_another_service(office, parts):
    number = ended(office)
    parts = replace(parts, acts=lending_to(parts.acts, ("surat-masuk.agendaris",)))

    act_on(number, "pinjamkan", loan(office, peran_peminjam="surat-masuk.agendaris"), by=ARCHIVIST, parts=parts)

    assert on_loan(case_of(office, number).archived).role == "surat-masuk.agendaris"
    with pytest.raises(Incomplete, match="peran_peminjam"):
        act_on(ended(office), "pinjamkan", loan(office, peran_peminjam="x.y"), by=ARCHIVIST, parts=parts)


def test_a_loan_is_overdue_the_day_after_its_last(office, parts):
    number, today = ended(office), office.clock.now().date()
    act_on(number, "pinjamkan", loan(office, days=0), by=ARCHIVIST, parts=parts)

    out = on_loan(case_of(office, number).archived)

    assert not out.is_overdue(today)
    assert out.is_overdue(today + timedelta(days=1))


@pytest.mark.parametrize("days", [-1, 400])
def test_a_loan_that_should_be_back_before_it_goes_or_in_years_is_refused(office, parts, days):
    with pytest.raises(Incomplete) as refused:
        act_on(ended(office), "pinjamkan", loan(office, days=days), by=ARCHIVIST, parts=parts)

    assert "kembali_paling_lambat" in refused.value.fields


def test_a_secret_folder_goes_to_those_alone_who_may_read_it_and_hold_that_role(office, parts):
    number = ended(office, sifat="rahasia")
    with closing(office.root.people) as people:
        people.accounts.make(
            "rina", "Rina Contoh", [HeldRole("kakanwil", date(2026, 1, 1), date(2027, 1, 1))], office.clock.now()
        )

    for typed in (loan(office), loan(office, peran_peminjam="lain"), loan(office, peran_peminjam="kakanwil")):
        with pytest.raises(NotAllowed, match="rahasia"):
            act_on(number, "pinjamkan", typed, by=ARCHIVIST, parts=parts)
    assert standing(office, number).words == "inaktif"
    act_on(
        number, "pinjamkan", loan(office, peminjam="Rina Contoh", peran_peminjam="kakanwil"), by=ARCHIVIST, parts=parts
    )


def test_a_list_that_both_sides_have_ticked_moves_its_folders_to_the_new_place(office, parts):
    first, second = ended(office), ended(office)
    name = begin("pindah", [first, second], {}, by=ARCHIVIST, parts=parts).id
    both = {"diperiksa": [str(first), str(second)]}

    with pytest.raises(NotAllowed):
        go_on(name, "serah-terima", PLACE, by=ARCHIVIST, parts=parts)
    with pytest.raises(Incomplete, match=f"tidak dicentang: {second}"):
        go_on(name, "periksa-penyerah", {"diperiksa": [str(first)]}, by=HEAD_OF_FIELD, parts=parts)
    strange = {"diperiksa": [str(first), str(second), "2026/0099", str(first)]}
    with pytest.raises(Incomplete, match=f"tidak ada di daftar: 2026/0099; dicentang dua kali: {first}"):
        go_on(name, "periksa-penyerah", strange, by=HEAD_OF_FIELD, parts=parts)
    go_on(name, "periksa-penyerah", both, by=HEAD_OF_FIELD, parts=parts)
    with pytest.raises(NotAllowed, match="orang lain"):
        go_on(name, "periksa-penerima", both, by=Actor("arsiparis", HEAD_OF_FIELD.login), parts=parts)
    go_on(name, "periksa-penerima", both, by=OTHER, parts=parts)
    go_on(name, "serah-terima", PLACE, by=OTHER, parts=parts)

    for number in (first, second):
        assert standing(office, number).words == "dipindahkan"
        assert case_of(office, number).register["lokasi"] == "Depo 2, rak C"
    with pytest.raises(NotAllowed, match="harus inaktif"):
        begin("pindah", [first], {}, by=ARCHIVIST, parts=parts)


def test_a_folder_that_was_handed_over_says_to_whom_and_by_which_receipt(office, parts):
    number = ended(office)
    close_folder(office, number)
    name = begin("serah", [number], {"tujuan": "ANRI", "lembaga": "ANRI, Jakarta"}, by=ARCHIVIST, parts=parts).id
    receipt = {
        "nomor_tanda_terima": "B-PK.1/77",
        "tanggal_tanda_terima": "2026-11-25",
        "penerima": ["Dewi Rekaan | Arsiparis ANRI"],
    }
    with pytest.raises(NotAllowed):
        go_on(name, "terima", receipt, by=ARCHIVIST, parts=parts)
    go_on(name, "setuju", {}, by=HEAD_OF_FIELD, parts=parts)
    go_on(name, "terima", receipt, by=ARCHIVIST, parts=parts)

    assert standing(office, number).words == "diserahkan"
    assert office.root.book.row_of(case_of(office, number)).stands.endswith("; arsip diserahkan")
    late = office.inbox_folder / number.key
    late.mkdir()
    (late / "susulan.pdf").write_bytes(b"Surat susulan")
    office.run_once()
    assert case_of(office, number).attachments == ()  # it would be another record than the one that was taken
    (aside,) = office.root.inbox_view(AskedFor.REFUSED).entries
    assert "sudah diserahkan" in aside.detail
    said = case_of(office, number).archived[-1].event.values
    assert (said["lembaga"], said["nomor_tanda_terima"]) == ("ANRI, Jakarta", "B-PK.1/77")
    with pytest.raises(NotAllowed):
        act_on(number, "pinjamkan", loan(office), by=ARCHIVIST, parts=parts)


def test_a_folder_is_not_handed_over_while_a_letter_of_it_waits_unless_it_was_closed_with_the_reason(office, parts):
    number, told = ended(office), {"tujuan": "ANRI", "lembaga": "ANRI"}

    with pytest.raises(NotAllowed, match="Formulir pengaduan menunggu tanda tangan"):
        begin("serah", [number], told, by=ARCHIVIST, parts=parts)
    close_folder(office, number)

    assert begin("serah", [number], told, by=ARCHIVIST, parts=parts).members == (number,)


def test_a_held_folder_is_neither_transferred_nor_handed_over(office, parts):
    number = ended(office)
    close_folder(office, number)
    name = begin("serah", [number], {"tujuan": "ANRI", "lembaga": "ANRI"}, by=ARCHIVIST, parts=parts).id
    act_on(number, "tahan", {"alasan": "Perkara di pengadilan"}, by=HEAD_OF_FIELD, parts=parts)

    with pytest.raises(NotAllowed, match="sedang ditahan"):
        begin("pindah", [number], {}, by=ARCHIVIST, parts=parts)
    with pytest.raises(NotAllowed, match="sedang ditahan"):
        go_on(name, "setuju", {}, by=HEAD_OF_FIELD, parts=parts)


def test_a_folder_is_closed_with_what_is_missing_named(office, parts):
    number = ended(office)
    lacking = checklist(case_of(office, number), office.root.sop_of(case_of(office, number))).told
    assert "Klasifikasi dan letak belum diberkaskan" in lacking

    with pytest.raises(Incomplete, match="belum lengkap"):
        act_on(number, "tutup-map", {}, by=ARCHIVIST, parts=parts)
    act_on(number, "tutup-map", {"alasan": "Lama"}, by=ARCHIVIST, parts=parts)

    said = case_of(office, number).archived[-1].event
    assert said.values["kurang"] == lacking
    assert any(line == "Catatan pengaduan: ada" for line in said.values["daftar_periksa"])
    assert said.labels["kurang"] == "Yang kurang"
