"""How secret a case is, by what was said and what it is tied to; what proves a signed file, and what is noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from case_factory import case_of, received
from fakes import MORNING
from test_rules_of_case_files import decided

from pipeline.cases.actor import Actor
from pipeline.cases.archived import Archived
from pipeline.cases.case import Case
from pipeline.cases.decide import _kept, _stated
from pipeline.cases.events import INTO, Disputed, Linked
from pipeline.cases.forms import Filled
from pipeline.cases.kept_files import Came
from pipeline.cases.public_service import READS, PublicService
from pipeline.cases.record_standing import ACTIVE, HANDED_OVER, TRANSFERRED, record_state
from pipeline.cases.register_words import register_words
from pipeline.cases.secrecy_level import (
    NAMED,
    RAHASIA,
    REASON,
    SECRECY,
    TOP_SECRET,
    check_lowering,
    levels_among,
    named_readers,
    stated,
)
from pipeline.cases.signature_proof import (
    CERTIFICATE,
    INK,
    UNPROVEN,
    Examination,
    FiledProof,
    other_words,
    proven,
    told,
)
from pipeline.cases.signed_files import Objection, Part, SignedFile, awaited_parts
from pipeline.cases.sop_rows import FormField
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import Incomplete, NotAllowed, Refused
from pipeline.storage.blobs import TypedText

SOP = editions()[-1]
FILE = SignedFile(5, MORNING, "kakanwil", "06-surat-rekomendasi", 2, ("scan.pdf",), "siti")


def marked(level: str, **values):
    """A move that says how secret a case is."""
    return decided("koreksi", register={SECRECY: level}, values=values)


def test_a_case_is_let_out_of_its_secrecy_only_by_a_reason():
    silent, reasoned = case_of(marked(RAHASIA), marked("biasa")), case_of(marked(RAHASIA), marked("biasa", alasan="x"))
    again = case_of(marked(RAHASIA), marked(RAHASIA, alasan="x"))

    assert (stated(silent).secret, stated(silent).let_out) == (False, None)
    assert stated(reasoned).let_out == MORNING + timedelta(minutes=2)
    assert (stated(again).secret, stated(again).let_out) == (True, None)


@pytest.mark.parametrize(
    ("let_out", "days", "level"),
    [(False, 0, RAHASIA), (True, 0, RAHASIA), (True, 9, ""), (False, 9, RAHASIA)],
)
def test_what_is_tied_to_a_secret_case_is_secret_unless_it_was_let_out_since(let_out, days, level):
    own = (Linked("2026/0008", INTO), *([marked("biasa", alasan="x")] if let_out else []))
    case = case_of(*own, at=MORNING + timedelta(days=days))
    other = case_of(marked(RAHASIA), first=received(serial=8), at=MORNING + timedelta(days=3))

    assert levels_among({case.number: case, other.number: other}) == {case.number: level, other.number: RAHASIA}
    assert levels_among({case.number: case, other.number: None})[case.number] == ("" if let_out else RAHASIA)


def test_the_readers_of_a_top_secret_case_are_those_whom_its_last_mark_names():
    first, then = marked(TOP_SECRET, **{NAMED: ["Dewi "]}), marked(TOP_SECRET)

    assert named_readers(case_of(first, marked(RAHASIA, **{NAMED: ["rina"]}))) == ("dewi",)
    assert named_readers(case_of(first, then)) == ()


def test_top_secret_is_set_and_taken_only_where_the_form_marks_it_and_secrecy_never_without_a_reason():
    form = (FormField(SECRECY, "Sifat", "pilihan", choices=("biasa", RAHASIA, TOP_SECRET)),)
    plain, secret, top = (case_of(*events) for events in ((), (marked(RAHASIA),), (marked(TOP_SECRET),)))

    def check(case: Case, level: str, *, marks: bool = False, **values: str) -> None:
        check_lowering(case, {SECRECY: level}, values, form if marks else ())

    for case, level in ((plain, TOP_SECRET), (top, RAHASIA), (top, "biasa")):
        with pytest.raises(NotAllowed, match="tidak ditetapkan atau diturunkan"):
            check(case, level, alasan="x")
        check(case, level, marks=True, alasan="x")
    for case in (secret, top):
        with pytest.raises(Incomplete, match="hanya diturunkan dengan alasan"):
            check(case, "biasa", marks=True)
    check(top, TOP_SECRET)
    check(plain, "biasa")
    assert REASON == "alasan"


def test_what_proves_nothing_is_taken_only_for_a_reason_by_who_signs_or_heads():
    bad, good = Examination(INK, "", ("Tidak ada tinta.",)), Examination(INK, "ada tinta")

    def prove(examination, role, reason=""):
        return proven(examination, "Surat", role=role, signers=("kadiv",), head="kakanwil", reason=reason)

    assert not prove(good, "tim-yankomas").unproven
    with pytest.raises(Refused):
        prove(bad, "kadiv")
    for role in ("kadiv", "kakanwil"):
        assert prove(bad, role, "cap basah").unproven == "cap basah"
    with pytest.raises(NotAllowed, match="tanpa bukti"):
        prove(bad, "tim-yankomas", "cap basah")


def test_of_faults_and_other_words_the_first_are_told_and_how_many_more():
    assert told(["a."] * 4) == "a. a. a. a."
    assert told(["a."] * 5).endswith(" Dan 1 hal lain.")
    said = other_words(2, [("", "tidak"), ("Budi", "Budl"), ("cap", "")])
    assert said.endswith(": 'tidak' ditambahkan; 'Budi' terbaca 'Budl'; 'cap' tidak ada.")
    assert other_words(2, [("a", "b")] * 7).endswith(", dan 1 kata lain.")
    assert other_words(2, [("a", "b")] * 6).endswith("'a' terbaca 'b'.")


def test_a_signed_file_says_who_brought_it_whether_it_is_proven_and_whether_it_stands():
    unproven, certified = (
        replace(FILE, proof=FiledProof(INK, unproven="cap basah")),
        replace(FILE, proof=FiledProof(CERTIFICATE)),
    )
    disputed = replace(FILE, objections=(Objection(Disputed.kind, MORNING, "kakanwil", "rina", "bukan saya"),))

    assert [one.unproven for one in (FILE, unproven, certified)] == ["", "cap basah", ""]
    assert [one.brought[0] for one in (FILE, unproven, certified)] == ["dipindai oleh"] * 2 + ["diserahkan oleh"]
    assert [one.stands for one in (FILE, disputed)] == [True, False]


def test_parts_of_a_sheet_are_awaited_since_it_was_last_filed_whole_and_of_that_version():
    def part(seq: int, version: int = 2) -> Part:
        return Part(FILE.template, version, (1,), "x.pdf", seq)

    assert awaited_parts([part(4), part(5), part(6), part(7, 1)], [FILE], FILE.template, 2) == (part(6),)
    assert awaited_parts([part(4)], [replace(FILE, version=1)], FILE.template, 2) == (part(4),)


def test_a_record_that_left_stays_away_and_one_that_moved_within_the_office_comes_into_use_with_its_case():
    moved, gone = (case_of(Archived(act="x", label="x", becomes=state)) for state in (TRANSFERRED, HANDED_OVER))

    assert [record_state(moved, ended=ended) for ended in (True, False)] == [TRANSFERRED, ACTIVE]
    assert [record_state(gone, ended=ended) for ended in (True, False)] == [HANDED_OVER] * 2


def test_a_right_is_known_by_its_number_in_the_law_and_by_nothing_else():
    words = register_words()

    assert [words.right(number) for number in (1, len(words.rights))] == [words.rights[0], words.rights[-1]]
    assert [words.right(number) for number in (0, len(words.rights) + 1, "1", None, 1.0)] == [None] * 5


def test_the_staff_of_a_service_are_its_roles_and_the_lanes_within_the_office():
    service = PublicService("rapat", "Rapat", "Rapat", "RR", "{urut}", roles={"rapat.penjaga": READS}, editions=(SOP,))
    outside = {lane.role for lane in SOP.lanes if lane.outside}

    assert outside
    assert service.staff == {"rapat.penjaga"} | {lane.role for lane in SOP.lanes} - outside
    assert "rapat.penjaga" not in service.workers
    assert service.head_of(SOP) == SOP.head


def test_why_a_file_could_not_be_proved_is_kept_only_where_it_was_not_and_a_paper_needs_no_proof():
    answers = Filled({UNPROVEN: "cap basah", "catatan": "x"}, {})
    paper, by = Came("pdf", TypedText("x.pdf", b"x")), Actor("tim-yankomas", "siti")

    assert _stated(answers, FiledProof(INK)) == {"catatan": "x"}
    assert _stated(answers, FiledProof(INK, unproven="cap basah")) == _stated(answers, None) == answers.values
    kept, proof = _kept(case_of(), SOP, "jawaban-instansi", [paper], None, by, answers)
    assert ([document.kind for document in kept], proof) == (["jawaban-instansi"], None)
