"""A sheet without a module says what register, moves and way of the case say, each as people read it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import MORNING
from sheet_factory import usual

from pipeline.cases.sop_rows import FormField
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import TemplateFault
from pipeline.letters.sheets import context, generic
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.sheet_facts import MoveMade
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field

SHEET, LETTER, MEMO = "01-lembar-rapat", "02-undangan-rapat", "03-nota-rapat"
KINDS = ("isian", "paragraf", "tanggal", "waktu", "pilihan", "pilihan-banyak", "daftar", "orang")
NAMES = ("isian", "paragraf", "hari", "waktu", "pilihan", "beberapa", "daftar", "orang")
FORM = tuple(
    FormField(name, name, kind, choices=("lisan",) * ("pilihan" in kind))
    for name, kind in zip(NAMES, KINDS, strict=True)
)
NEWER = editions()[-1]
ROOMS = replace(
    NEWER,
    service="rapat",
    title="Ruang rapat",
    register=FORM,
    moves=tuple(
        replace(NEWER.moves[0], key=key, form=FORM, roles=("entah", "kadiv")) for key in ("minta-izin", "putus")
    ),
    sheets=(
        replace(NEWER.sheet(RECEIPT), template=SHEET, signers=(), step=2),
        replace(NEWER.sheet(RECOMMENDATION), template=LETTER),
        replace(NEWER.sheet("04-nota-telaahan"), template=MEMO),
    ),
)
TYPED = {
    "isian": "Ruang\nA",
    "paragraf": "Satu.\nDua.",
    "hari": "2026-12-02",
    "waktu": "2026-12-02T08:15:00+07:00",
    "pilihan": "lisan",
    "beberapa": ["lisan", "surat"],
    "daftar": ["satu", "dua"],
}
SAID = {
    "isian": "Ruang A",
    "paragraf": "Satu.\nDua.",
    "hari": "2 Desember 2026",
    "waktu": "2 Desember 2026 pukul 08.15 WIB",
    "pilihan": "lisan",
    "beberapa": ["lisan", "surat"],
    "daftar": ["satu", "dua"],
}
NOTHING = {name: [] if isinstance(said, list) else "" for name, said in SAID.items()} | {"orang": []}
ASKED = MoveMade("minta-izin", MORNING, "tim-yankomas", {**TYPED, "orang": ["Siti Rekaan"]}, passed_to="kadiv")
KEPT = MoveMade("minta-izin", MORNING, "kadiv", {"isian": "Tunggu"}, passed_to="kadiv")
DONE = MoveMade("minta-izin", MORNING, "kadiv", {"isian": "Selesai"})


def told(template: str = SHEET, **changes):
    return generic.values(template, usual(RECEIPT, **{"moves": (), "fields": {}, **changes}), ROOMS, SPECIMEN_OFFICE)


def test_the_registers_answers_are_written_as_people_read_them_and_what_is_unknown_is_empty():
    known = {
        name: [field(one) for one in said] if isinstance(said, list) else field(said) for name, said in TYPED.items()
    }
    people = [{"nama": field("Siti Rekaan")}, {"nama": field("")}, "Wati"]

    answers = told(fields={**known, "orang": people})["isian"]

    assert answers == {**SAID, "paragraf": "Satu. Dua.", "orang": ["Siti Rekaan"]}
    assert told()["isian"] == NOTHING


def test_the_newest_move_of_a_key_says_when_by_whom_and_what_was_answered():
    moves = told(moves=(KEPT, ASKED))["gerak"]

    assert moves["minta_izin"] == {
        "tanggal": "25 November 2026",
        "oleh": "Petugas Yankomas",
        "kepada": "Kepala Divisi Pelayanan Hukum dan HAM",
        **SAID,
        "orang": ["Siti Rekaan"],
    }
    assert moves["putus"] == {"tanggal": "", "oleh": "", "kepada": "", **NOTHING}
    assert told(moves=(DONE,))["gerak"]["minta_izin"]["kepada"] == ""


def test_a_question_called_as_what_every_move_has_is_what_stands_there_and_is_listed_once_as_that():
    asks = replace(ROOMS.moves[0], key="undang", form=(FormField("tanggal", "Tanggal rapat", "tanggal"),))
    sop, made = replace(ROOMS, moves=(asks,)), MoveMade("undang", MORNING, "kadiv", {"tanggal": "2026-12-02"})

    values = generic.values(SHEET, usual(RECEIPT, moves=(made,), fields={}), sop, SPECIMEN_OFFICE)
    listed = [one for one in generic.fields(SHEET, sop) if one.name == "gerak.undang.tanggal"]

    assert values["gerak"]["undang"]["tanggal"] == "2 Desember 2026"
    assert [one.meaning for one in listed] == ["Tanggal rapat"]


def test_the_way_of_the_case_is_of_the_moves_that_gave_it_to_another():
    (row,) = told(moves=(ASKED, KEPT, DONE))["disposisi"]

    assert (row["dari"], row["kepada"]) == ("Petugas Yankomas", "Kepala Divisi Pelayanan Hukum dan HAM")
    assert row["isi"].splitlines()[0] == "Ruang A"
    assert row["isi"].endswith("lisan; surat\nsatu; dua\nSiti Rekaan")


@pytest.mark.parametrize(
    ("template", "signed", "draft"),
    [(SHEET, "", ""), (LETTER, "Kepala Kantor Wilayah", "KONSEP"), (MEMO, "Kepala Subbidang Pemajuan HAM", "")],
)
def test_a_letter_is_signed_and_a_sheet_that_nobody_signs_is_not(template, signed, draft):
    sheet = ROOMS.sheet(template)

    values = told(template, signers=sheet.signers, initials=sheet.initials, series="")

    assert (values["penandatangan_jabatan"], values["tanda_konsep"]) == (signed, draft)
    assert bool(values["tanggal_naskah"]) == (template == MEMO)


def test_a_sheet_says_which_step_of_which_service_it_belongs_to():
    values = told()

    assert (values["layanan"], values["lembar"]) == ("Ruang rapat", "Lembar rapat")
    assert values["langkah"] == ROOMS.steps[1].activity


def test_the_invented_cases_answer_every_question_in_its_own_kind_but_for_the_emptiest():
    facts = generic.specimen_facts(SHEET, ROOMS)
    values = {
        name: generic.values(SHEET, replace(facts[name], drafted_on=MORNING.date()), ROOMS, SPECIMEN_OFFICE)
        for name in facts
    }

    assert (facts["kosong"].fields, facts["kosong"].moves) == ({}, ())
    assert {name: bool(said) for name, said in values["lazim"]["isian"].items()} == dict.fromkeys(NOTHING, True)
    move = values["lazim"]["gerak"]["putus"]
    assert (move["tanggal"], move["isian"], move["hari"]) == ("25 November 2026", "Contoh isian", "25 November 2026")
    assert (move["pilihan"], move["beberapa"], move["daftar"]) == ("lisan", ["lisan"], ["Contoh isian"] * 2)
    assert move["waktu"] == "25 November 2026 pukul 08.15 WIB"
    assert {move.role for move in facts["lazim"].moves} == {"kadiv"}
    assert values["lazim"]["isian"]["orang"] == ["Contoh isian"]
    assert values["lazim"]["isian"]["hari"] == "25 November 2026"


def test_an_edition_makes_its_own_sheets_and_no_others():
    facts = usual(RECEIPT, edition=ROOMS)

    assert context(SHEET, facts, SPECIMEN_OFFICE)["layanan"] == "Ruang rapat"
    with pytest.raises(TemplateFault, match="99-entah tidak dikenal"):
        context("99-entah", facts, SPECIMEN_OFFICE)
