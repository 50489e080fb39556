"""How secret a case is, by what was said and what it is tied to; what proves a signed file, and what is noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from case_factory import case_of, received, recognised
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
    SecretCases,
    check_lowering,
    is_open,
    levels_among,
    named_readers,
    passed_on,
    stated,
    with_present_level,
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

#: What stands in a first line, and what was read besides.
SAID_FIRST = [
    ((), {SECRECY: RAHASIA}),
    ((recognised({SECRECY: {"nilai": RAHASIA}}),), {SECRECY: "biasa"}),
    ((recognised({SECRECY: {"nilai": "biasa"}}),), {SECRECY: TOP_SECRET}),
]


def marked(level: str, **values):
    """A move that says how secret a case is."""
    return decided("koreksi", register={SECRECY: level}, values=values)


def test_a_case_is_let_out_of_its_secrecy_only_by_a_reason():
    silent, reasoned = case_of(marked(RAHASIA), marked("biasa")), case_of(marked(RAHASIA), marked("biasa", alasan="x"))
    again = case_of(marked(RAHASIA), marked(RAHASIA, alasan="x"))

    assert (stated(silent).secret, stated(silent).let_out) == (False, None)
    assert stated(reasoned).let_out == MORNING + timedelta(minutes=2)
    assert (stated(again).secret, stated(again).let_out) == (True, None)


def test_a_case_is_secret_since_it_was_first_marked_so_and_by_its_first_line_before_what_was_read_in_it():
    read = recognised({SECRECY: {"nilai": RAHASIA}})
    once, twice, again = (
        case_of(*(marked(level, alasan="x") for level in levels))
        for levels in ((RAHASIA,), (RAHASIA, RAHASIA), (RAHASIA, "biasa", RAHASIA))
    )
    said = [case_of(*events, first=received(register=known)) for events, known in SAID_FIRST]

    assert [(stated(case).since - MORNING).seconds // 60 for case in (once, twice, again)] == [1, 1, 3]
    assert [stated(case).secret for case in (case_of(read), *said)] == [True, True, False, True]


def test_a_mark_is_known_however_it_is_written_and_without_one_a_case_is_not_open_to_all():
    assert [is_open(mark) for mark in ("biasa", "Biasa", "terbatas", RAHASIA, "", None)] == [True, True, *[False] * 4]


def test_the_level_of_many_cases_is_found_family_by_family_each_read_once():
    first, second, third = (case_of(Linked(f"2026/{n + 1:04}", INTO), first=received(serial=n)) for n in (8, 9, 10))
    last = case_of(marked(RAHASIA), first=received(serial=11))
    apart = case_of(first=received(serial=20))
    cases, read = {case.number: case for case in (first, second, third, last, apart)}, []

    def case_of_number(number):
        read.append(number.serial)
        return cases[number]

    known = SecretCases(case_of_number)

    assert [known.level(case) for case in (first, second, third, apart)] == [RAHASIA] * 3 + [""]
    assert (first in known, apart in known) == (True, False)
    assert sorted(read) == [9, 10, 11]


def test_what_is_made_of_a_case_is_as_secret_as_it_and_open_to_the_same_people():
    top = case_of(marked(TOP_SECRET, **{NAMED: ["dewi"]}))
    tied, other = case_of(Linked("2026/0008", INTO)), case_of(marked(RAHASIA), first=received(serial=8))
    cases = {case.number: case for case in (tied, other)}

    assert passed_on(top, cases.__getitem__) == {SECRECY: TOP_SECRET, NAMED: ["dewi"]}
    assert passed_on(tied, cases.__getitem__) == {SECRECY: RAHASIA}
    assert passed_on(case_of(marked("biasa")), cases.__getitem__) == {SECRECY: "biasa"}
    assert passed_on(case_of(), cases.__getitem__) == {}


def test_a_top_secret_case_may_stay_so_on_a_form_that_does_not_mark_cases_so():
    question = FormField(SECRECY, "Sifat", "pilihan", choices=("biasa", RAHASIA))
    top, secret = case_of(marked(TOP_SECRET)), case_of(marked(RAHASIA))

    assert with_present_level(question, top).choices == ("biasa", RAHASIA, TOP_SECRET)
    assert with_present_level(question, secret) == question
    other, whole = replace(question, name="perihal"), replace(question, choices=("biasa", TOP_SECRET))
    assert [with_present_level(one, top) for one in (other, whole)] == [other, whole]


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
    for question in (FormField(SECRECY, "Sifat", choices=("biasa",)), FormField("lain", "Lain", choices=(TOP_SECRET,))):
        with pytest.raises(NotAllowed, match="tidak ditetapkan atau diturunkan"):
            check_lowering(plain, {SECRECY: TOP_SECRET}, {"alasan": "x"}, (question,))
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
