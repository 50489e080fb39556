"""A complainant reads where the complaint stands and what comes next, in the SOP's plain words, and nothing else."""

from __future__ import annotations

import re
from dataclasses import asdict, replace

import pytest
from case_factory import case_of, moved, received, recognised, tended, then
from hypothesis import given
from hypothesis import strategies as st
from sop_texts import read_text_of_sop, sop_text

from pipeline.cases.store.sop_editions import editions
from pipeline.errors import SettingsFault
from pipeline.office.code_alphabet import SPOKEN
from pipeline.office.store.system_clock import SystemChance
from pipeline.register.complainant_status import CODE_SIGNS, folded_code, standing

SOP = editions()[0]
TEXT = sop_text("2024-05-06")
READ = {
    "perihal": {"nilai": "Sengketa tanah ulayat"},
    "pelapor": [{"nama": {"nilai": "Siti Rekaan"}}],
    "terlapor": [{"nilai": "PT Sawit Rekaan"}],
}
NEW = tended(then(case_of(first=received()), recognised(READ)), SOP)


def after(*moves: str):
    case = NEW
    for key in moves:
        case = tended(moved(case, SOP, key), SOP)
    return standing(case, SOP)


def test_a_new_complaint_is_received_and_goes_to_the_head_next():
    found = after()

    assert (found.stage, found.stages[found.stage - 1], found.ended) == (2, "Dicatat", False)
    assert "sudah kami terima" in found.words
    assert "pimpinan" in found.outlook


def test_a_complaint_that_waits_for_its_complainant_says_what_they_must_do():
    found = after("konfirmasi", "sampaikan", "disposisi", "disposisi", "disposisi", "minta-kelengkapan")

    assert found.stages[found.stage - 1] == "Ditelaah"
    assert "menunggu kelengkapan dari Saudara" in found.words
    assert "Serahkan kelengkapan" in found.outlook


def test_a_complaint_that_ended_says_so():
    assert after("cabut").ended


def test_nothing_of_the_case_is_in_the_answer():
    said = str(asdict(after("konfirmasi", "sampaikan")))

    for secret in ("Siti", "Sawit", "ulayat", "0007", "AAAA", "2026", "Kadiv", "kakanwil"):
        assert secret not in said


def test_no_answer_tells_the_finding_of_a_review():
    said = " ".join(f"{state.told} {state.outlook}" for state in SOP.states if state.final)

    assert not re.search(r"indikasi|pelanggaran|berwenang|kewenangan", said)


@pytest.mark.parametrize("part", ["bagi_pelapor", "selanjutnya"])
def test_an_sop_that_leaves_a_complainant_without_an_answer_is_refused_naming_the_line(part):
    silent = re.sub(rf'^{part} = "Pengaduan.*"$', f'{part} = ""', TEXT, count=1, flags=re.M)
    wordy = re.sub(rf'^{part} = "Pengaduan.*"$', f'{part} = "{"kata " * 40}"', TEXT, count=1, flags=re.M)

    for text in (silent, wordy):
        with pytest.raises(SettingsFault, match=rf"baris \d+ .keadaan. konfirmasi: {part} kosong atau lebih dari 180"):
            read_text_of_sop("uji", text)


def test_a_step_without_a_plain_name_is_refused():
    with pytest.raises(SettingsFault, match=r"langkah. penerimaan: bagi_pelapor kosong"):
        read_text_of_sop("uji", TEXT.replace('bagi_pelapor = "Diterima"\n', ""))


@pytest.mark.parametrize(
    "typed",
    [
        "abcd-efgh-jkmn",
        "ABCD EFGH JKMN",
        " abcdefghjkmn ",
        "A B C D.E F G H.J K M N",
        "ABCD–EFGH—JKMN",
        "ＡＢＣＤEFGHJKMN",
    ],
)
def test_a_code_is_known_however_it_is_spaced_and_written(typed):
    assert folded_code(typed) == folded_code("ABCD-EFGH-JKMN")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("O0DQ-AAAA-CCCC", "DDDD-AAAA-CCCC"),
        ("8B55-AAAA-CCCC", "B8SS-AAAA-CCCC"),
        ("1IL7-22ZZ-GG66", "7777-2222-6666"),
        ("UVVV-AAAA-CCCC", "VVVV-AAAA-CCCC"),
    ],
)
def test_signs_that_are_taken_for_one_another_are_one_sign(typed, printed):
    assert folded_code(typed) == folded_code(printed)


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD-EFGH-JKMNP", "АВСD-EFGH-JKMN", "A" * 65, "ß" * 12])
def test_what_can_be_no_code_is_none(typed):
    assert folded_code(typed) is None


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_code_or_none_and_folding_again_changes_nothing(typed):
    folded = folded_code(typed)

    assert folded is None or (len(folded) == CODE_SIGNS and folded_code(folded) == folded)


def test_every_code_that_is_given_out_can_be_asked_with():
    assert all(folded_code(SystemChance().code()) for _ in range(50))
    assert len({folded_code(sign * CODE_SIGNS) for sign in SPOKEN}) == 25


def test_the_words_are_the_editions_own():
    told = replace(SOP, states=tuple(replace(s, told="Lain.") for s in SOP.states))

    assert standing(NEW, told).words == "Lain."
