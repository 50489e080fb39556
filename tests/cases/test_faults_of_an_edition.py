"""What of an edition of an SOP is refused, and what just not: a small one in memory, of which one row is another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.cases.sop import Sop
from pipeline.cases.sop_check import MOST_DAYS, PLAIN_WORDS, STAGE_WORDS, faults
from pipeline.cases.sop_row_reading import state_of
from pipeline.cases.sop_rows import (
    FormField,
    Lane,
    Move,
    Opening,
    Pair,
    PairStep,
    Proposed,
    Sheet,
    State,
    Step,
    Waited,
)
from pipeline.cases.sop_words import COMPOSE, ENDED, REASON, SEND, SIGN, STAY
from pipeline.office.worktime import Limit

TEAM, LETTER, MEMO = "tim-yankomas", "06-surat-rekomendasi", "04-nota-telaahan"
MOST_MINUTES = MOST_DAYS * 24 * 60
#: A day that a letter's form asks for, and why people meet on it.
DAY, WHY = FormField("batas", "Batas", "tanggal"), FormField(REASON, "Alasan")
WRITE = Move("susun", "Susun", ("awal",), STAY, (TEAM,), sheets=(LETTER,), form=(DAY,))
FINISH = Move("selesai", "Selesai", ("awal",), "usai", (TEAM,), form=(FormField("hasil", "Hasil"),))
SOP = Sop(
    key="kecil",
    number="1",
    title="SOP kecil",
    office="Kantor Umpama",
    established=date(2026, 1, 1),
    effective=date(2026, 1, 1),
    basis=(),
    lanes=(
        Lane("kakanwil", "Kepala", rights=("memimpin", "memutus")),
        Lane("kabid", "Bidang", above="kakanwil", rights=("membidangi", "memutus")),
        Lane(TEAM, "Tim", above="kabid", rights=("menangani", "menyusun")),
        Lane("instansi", "Instansi", outside=True),
    ),
    steps=(Step(1, "terima", "Menerima", (TEAM,), Limit(days=2), "2 hari", told="Diterima"),),
    states=(
        State("awal", "Awal", "terima", (TEAM,), told="Diterima", outlook="Ditelaah"),
        State("usai", "Usai", "terima", (), final=True, told="Selesai", outlook="Tidak ada"),
    ),
    moves=(WRITE, FINISH),
    sheets=(Sheet(LETTER, 1, signers=("kabid",), series="keluar"), Sheet(MEMO, 1)),
    register=(FormField("ruang", "Ruang"), FormField("cara", "Cara", choices=("lisan", "tertulis"))),
    at_intake=(),
    openings=(Opening("lisan", "Lisan", (TEAM,), ("ruang",)),),
    first="awal",
    ended_before="usai",
    reviewed="terima",
)
ROOMS = replace(
    SOP,
    service="rapat",
    lanes=(Lane("rapat.pengelola", "Pengelola"), Lane("instansi", "Instansi", outside=True)),
    steps=(replace(SOP.steps[0], lanes=("rapat.pengelola",), told=""),),
    states=(
        replace(SOP.states[0], awaits=("rapat.pengelola",), told="", outlook=""),
        replace(SOP.states[1], told="", outlook=""),
    ),
    moves=(Move("selesai", "Selesai", ("awal",), "usai", ("rapat.pengelola",)),),
    sheets=(Sheet("01-nota-rapat", 1, signers=("rapat.pengelola",), series="keluar"),),
    openings=(),
)


def told(sop: Sop, **parts: object) -> list[str]:
    """Everything that is refused of an edition in which these parts are others."""
    return [*faults(replace(sop, **parts), "{} {}".format)]


def told_of(rows: str, sop: Sop = SOP, at: int = 0, **values: object) -> list[str]:
    """Everything that is refused once one row is another."""
    there = getattr(sop, rows)
    return told(sop, **{rows: (*there[:at], replace(there[at], **values), *there[at + 1 :])})


def test_nothing_is_refused_of_an_edition_that_says_what_it_must_of_yankomas_and_of_another_service():
    assert told(SOP) == []
    assert told(ROOMS) == [], "what roles of other services may is said by the service, not by their lanes"


@pytest.mark.parametrize("end", ["awal", "entah"])
def test_what_an_old_book_calls_ended_ends_in_an_end_that_is_there(end):
    assert told(SOP, ended_before=end) == [f"akhir_buku_lama: keadaan {end!r} tidak ada, atau bukan akhir"]


def test_who_sends_something_in_is_asked_by_the_register():
    assert told(SOP, sender="ruang") == []
    assert told(SOP, sender="entah") == ["pengirim: isian register 'entah' tidak ada"]


def test_nothing_takes_longer_than_a_thousand_days_and_they_are_just_allowed():
    beyond = ["langkah 0 terima: waktu: lebih lama dari 1000 hari"]

    assert told_of("states", patience=MOST_DAYS) == []
    assert told_of("states", patience=MOST_DAYS + 1) == ["keadaan 0: batas_hari lebih lama dari 1000 hari"]
    for just in (Limit(days=MOST_DAYS), Limit(minutes=MOST_MINUTES)):
        assert told_of("steps", limit=just) == []
    for more in (Limit(days=MOST_DAYS + 1), Limit(minutes=MOST_MINUTES + 1)):
        assert told_of("steps", limit=more) == beyond


@pytest.mark.parametrize("template", ["01-tanda-terima", "01-kantor-nota", "Nota rapat"])
def test_a_sheet_of_another_service_is_called_neither_like_one_of_yankomas_nor_in_another_shape(template):
    (fault,) = told_of("sheets", ROOMS, template=template)

    assert fault.startswith(f"naskah 0: templat {template!r} harus bernama NN-nama")


@pytest.mark.parametrize(
    "more",
    [{"initials": (TEAM,)}, {"series": "keluar"}, {"ends": ("usai",)}, {"receipt": True}],
    ids=lambda m: next(iter(m)),
)
def test_what_nobody_signs_has_nothing_that_a_letter_has(more):
    (fault,) = told_of("sheets", at=1, **more)

    assert fault.startswith("naskah 1: tanpa penanda_tangan, tetapi dengan")


@pytest.mark.parametrize("more", [{"ahead": True}, {"not_before": "perkara"}], ids=lambda m: next(iter(m)))
def test_only_a_day_lies_ahead_or_not_before_another(more):
    asked = "register 0: pertemuan dan tidak_sebelum hanya bagi tanggal, bukan {}"

    assert told_of("register", kind="tanggal", **more) == []
    assert told_of("register", **more) == [asked.format("teks")]


def test_a_complainant_reads_something_of_every_step_and_state_and_no_more_than_a_telephone_shows():
    for told_to, most, place in (
        (("steps", "told"), STAGE_WORDS, "langkah 0 terima: bagi_pelapor"),
        (("states", "told"), PLAIN_WORDS, "keadaan 0 awal: bagi_pelapor"),
        (("states", "outlook"), PLAIN_WORDS, "keadaan 0 awal: selanjutnya"),
    ):
        rows, words = told_to
        for length, refused in ((0, True), (1, False), (most, False), (most + 1, True)):
            found = told_of(rows, **{words: "a" * length})
            assert found == [f"{place} kosong atau lebih dari {most} huruf"] * refused, (told_to, length)


def test_only_a_move_that_asks_the_same_of_each_case_is_made_on_several_at_once():
    choice = FormField("cara", "Cara", choices=("ya",), required=True)
    each = (
        {"branch": "cara", "branches": {"ya": "usai"}, "form": (choice,)},
        {"file": "boleh", "file_kind": "lampiran"},
        {"register": True},
        {"act": SEND, "letter": LETTER},
    )

    assert told_of("moves", at=1, together=True) == []
    for more in each:
        assert told_of("moves", at=1, **more) == []
        (fault,) = told_of("moves", at=1, together=True, **more)
        assert fault.startswith("gerak 1 selesai: sekaligus: bukan bagi gerak dengan"), more


def test_a_letter_without_its_act_or_an_act_without_its_letter_is_not_done_on_several_either():
    for more in ({"act": SEND}, {"letter": LETTER}):
        found = told_of("moves", at=1, together=True, **more)
        assert len([fault for fault in found if "sekaligus" in fault]) == 1, more


def test_what_may_not_be_corrected_is_said_of_a_correction_after_the_end_alone():
    correction = {"register": True, "start": (ENDED,), "to": STAY}
    others = ({"register": False}, {"start": ("awal",)}, {"to": "usai"})

    assert told(SOP, moves=(*SOP.moves, replace(FINISH, key="koreksi", fixed=("ruang",), **correction))) == []
    for other in others:
        move = replace(FINISH, key="koreksi", fixed=("ruang",), **(correction | other))
        (fault,) = told(SOP, moves=(*SOP.moves, move))
        assert fault.startswith("gerak 2 koreksi: tidak_dikoreksi: hanya bagi"), other


def test_a_letter_becomes_a_case_of_another_service_and_ends_here():
    assert told_of("moves", at=1, becomes="rapat") == []
    for at, becomes in ((1, "yankomas"), (0, "rapat")):
        move = SOP.moves[at]
        others = {"to": "awal"} if at == 0 else {}
        (fault,) = told_of("moves", at=at, becomes=becomes, **others)
        assert fault.startswith(f"gerak {at} {move.key}: menjadi: hanya bagi layanan lain"), becomes


def test_a_move_waits_for_an_act_that_there_is_on_a_letter_that_there_is():
    assert told_of("moves", at=1, waited=Waited(LETTER, SEND, 2)) == []
    for letter, act in (("entah", SEND), (LETTER, "entah")):
        found = told_of("moves", at=1, waited=Waited(letter, act, 2))
        assert found == [f"gerak 1 selesai: setelah: {letter!r} atau {act!r} tidak dikenal"]


def test_a_move_waits_until_a_day_that_the_form_of_that_letter_asks_for():
    assert told_of("moves", at=1, waited=Waited(LETTER, SEND, 2, "batas")) == []
    for until in ("hasil", "entah"):
        (fault,) = told_of("moves", at=1, waited=Waited(LETTER, SEND, 2, until))
        assert fault.startswith(f"gerak 1 selesai: setelah: batas {until!r} bukan isian gerak yang menyusun")


def test_the_machine_proposes_by_a_letter_and_an_answer_that_there_are():
    assert told_of("moves", at=1, proposed=Proposed(LETTER, "batas", "susun")) == []
    for letter, answered in (("entah", "susun"), (LETTER, "entah")):
        found = told_of("moves", at=1, proposed=Proposed(letter, "batas", answered))
        assert found == [f"gerak 1 selesai: usul: {letter!r} atau {answered!r} tidak dikenal"]


def test_who_calls_people_together_is_asked_why_on_such_a_day():
    ahead = replace(DAY, ahead=True)

    assert told_of("moves", form=(ahead, WHY)) == []
    for form in ((ahead,), (ahead, FormField("hasil", "Hasil"))):
        assert told_of("moves", form=form) == [f"gerak 0 susun: pertemuan memerlukan isian {REASON!r}"]


def test_an_opening_says_of_a_choice_of_the_register_one_of_its_answers():
    assert told_of("openings", preset={"cara": "lisan", "ruang": "apa saja"}) == []
    assert told_of("openings", preset={"cara": "telepati"}) == ["pembukaan 0 lisan: isi cara: 'telepati' bukan pilihan"]


def test_only_a_pair_with_an_act_is_about_letters():
    write, finish = PairStep(moves=("susun",)), PairStep(moves=("selesai",))
    with_act = [
        (PairStep(acts=(COMPOSE,)), finish),
        (write, PairStep(acts=(SIGN,))),
        (PairStep(acts=(COMPOSE,)), PairStep(acts=(SIGN,))),
    ]

    for first, second in with_act:
        assert told(SOP, pairs=(Pair("dua", "Dua orang", first, second, letters=(LETTER,)),)) == []
    found = told(SOP, pairs=(Pair("dua", "Dua orang", write, finish, letters=(LETTER,)),))
    assert found == ["pasangan 0 dua: naskah hanya bagi pasangan dengan tindakan"]


@pytest.mark.parametrize("role", ["yankomas.analis", "rapat.pengelola", "entah"])
def test_a_role_without_a_lane_is_none_unless_every_office_has_it(role):
    assert told_of("moves", roles=("kadiv",)) == []
    assert told_of("moves", roles=(role,)) == [f"gerak 0 susun: peran {role!r} tidak dikenal"]


def test_the_clock_of_a_state_runs_unless_it_is_said_to_stop():
    row = {"kunci": "awal", "label": "Awal", "langkah": "terima"}

    assert [state_of(0, row | more).paused for more in ({}, {"jam": "jalan"}, {"jam": "jeda"})] == [False, False, True]
    with pytest.raises(TypeError, match="tidak dikenal"):
        state_of(0, row | {"jam": "berhenti"})
