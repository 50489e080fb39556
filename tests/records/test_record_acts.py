"""Archivists act on records in every state of their cases, by the journal alone; lists go through approvals."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from ended_cases import (
    ARCHIVIST,
    HEAD_OF_FIELD,
    HEAD_OF_OFFICE,
    close_folder,
    ended,
    let_all_fall_due,
    running,
    standing,
)

from pipeline.cases.actor import Actor
from pipeline.errors import ArchiveFault, Incomplete, NotAllowed
from pipeline.records.acting import act_on, act_on_many
from pipeline.records.list_steps import begin, go_on, resume, take_off
from pipeline.storage.version_list import LIST, VersionList

SHELF = {"klasifikasi": "HA.01.07", "boks": "12", "rak": "B-3", "lokasi": "Depo 1", "jumlah_halaman": "14"}


@pytest.fixture
def parts(office):
    return office.root.record_parts


def test_ended_cases_are_filed_with_one_form_and_the_register_says_it(office, parts):
    numbers = [ended(office), ended(office), running(office)]

    outcomes = act_on_many(numbers, "berkaskan", SHELF, by=ARCHIVIST, parts=parts)

    assert [one.fault for one in outcomes] == [None, None, None]
    cases = [office.root.cabinet.case(number) for number in numbers]
    assert {case.register["lokasi"] for case in cases} == {"Depo 1"}
    office.root.book.refresh()
    assert {row.klasifikasi for row in office.root.book.rows()} == {"HA.01.07"}


def test_the_newest_word_on_a_field_counts_whoever_said_it(office, parts):
    number = ended(office)
    act_on(number, "berkaskan", {"boks": "1", "rak": "A"}, by=ARCHIVIST, parts=parts)
    act_on(number, "berkaskan", {"boks": "2"}, by=ARCHIVIST, parts=parts)

    register = office.root.cabinet.case(number).register
    assert (register["boks"], register["rak"]) == ("2", "A")


def test_a_hold_ends_on_its_day_or_when_it_is_lifted(office, parts):
    number = ended(office)
    until = (office.clock.now() + timedelta(days=3)).date().isoformat()

    act_on(number, "tahan", {"alasan": "Perkara di pengadilan", "sampai": until}, by=HEAD_OF_FIELD, parts=parts)

    assert standing(office, number).words == "inaktif, ditahan"
    with pytest.raises(NotAllowed, match="sedang ditahan: Perkara di pengadilan"):
        act_on(number, "tahan", {"alasan": "lagi"}, by=ARCHIVIST, parts=parts)
    act_on(number, "lepas-tahanan", {"alasan": "Putusan tetap"}, by=ARCHIVIST, parts=parts)
    assert standing(office, number).words == "inaktif"


def test_who_may_not_and_what_is_not_said_is_refused(office, parts):
    number = ended(office)

    with pytest.raises(NotAllowed, match="tidak berwenang"):
        act_on(number, "berkaskan", SHELF, by=Actor("kasubbid", "x"), parts=parts)
    with pytest.raises(Incomplete, match="wajib diisi"):
        act_on(number, "tahan", {}, by=ARCHIVIST, parts=parts)
    with pytest.raises(NotAllowed, match="hanya menurut daftar"):
        act_on(number, "musnahkan", {}, by=ARCHIVIST, parts=parts)
    assert not office.root.cabinet.case(number).archived


def test_a_list_takes_no_held_record_and_no_one_person_approves_twice(office, parts):
    let_all_fall_due(office)
    free, held, in_use = ended(office), ended(office), running(office)
    act_on(held, "tahan", {"alasan": "Sengketa"}, by=ARCHIVIST, parts=parts)

    with pytest.raises(NotAllowed, match=r"0002 \(map itu sedang ditahan: Sengketa\); 2026/0003 \(map itu aktif"):
        begin("musnah", [free, held, in_use], {"dasar": "JRA"}, by=ARCHIVIST, parts=parts)
    made = begin("musnah", [free], {"dasar": "JRA"}, by=ARCHIVIST, parts=parts)
    with pytest.raises(NotAllowed, match="sudah ada pada musnah-2026-1"):
        begin("musnah", [free], {"dasar": "JRA"}, by=ARCHIVIST, parts=parts)
    assessed = {"panitia": ["Ita | arsiparis"], "pertimbangan": "Tidak bernilai guna"}
    go_on(made.id, "nilai", assessed, by=ARCHIVIST, parts=parts)
    with pytest.raises(NotAllowed, match="orang lain"):
        go_on(made.id, "setuju-pertama", {}, by=Actor("kabid", ARCHIVIST.login), parts=parts)
    go_on(made.id, "setuju-pertama", {}, by=HEAD_OF_FIELD, parts=parts)
    with pytest.raises(NotAllowed, match="orang lain"):
        go_on(made.id, "setuju-kedua", {"persetujuan": "1"}, by=Actor("kakanwil", HEAD_OF_FIELD.login), parts=parts)
    act_on(free, "tahan", {"alasan": "Gugatan baru"}, by=HEAD_OF_OFFICE, parts=parts)
    with pytest.raises(NotAllowed, match="Gugatan baru"):
        go_on(made.id, "setuju-kedua", {"persetujuan": "W.8-1"}, by=HEAD_OF_OFFICE, parts=parts)
    assert not take_off(made.id, free, "Ditahan", by=ARCHIVIST, parts=parts).members


def test_by_a_book_that_lost_a_line_nothing_is_done_and_verify_says_so(office, parts):
    number = ended(office)
    close_folder(office, number)
    name = begin("serah", [number], {"tujuan": "ANRI", "lembaga": "ANRI"}, by=ARCHIVIST, parts=parts).id
    go_on(name, "setuju", {}, by=HEAD_OF_FIELD, parts=parts)
    path = office.root.layout.records / LIST
    begun, *others = [json.loads(line) for line in path.read_bytes().splitlines()]
    path.unlink()
    VersionList(path.parent, "").note(*({k: v for k, v in line.items() if k != "prev"} for line in others))

    assert begun["langkah"] == "susun"
    with pytest.raises(ArchiveFault, match="tidak lengkap"):
        resume(parts)
    assert any(one.where == f".kearsipan/{LIST}" for one in office.root.verify(lambda _done, _all: None))
