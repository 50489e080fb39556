"""A seal as a rule: what vouches for what, whose key made it, and which may come after which."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import MORNING

from pipeline.cases.case_number import CaseNumber
from pipeline.evidence.seal import (
    Covered,
    Head,
    Seal,
    Stretch,
    follows,
    is_signed,
    line_of,
    moment_of_next,
    read_seal,
    sealed,
    short,
)

KEY = b"k" * 32
HEADS = (Head(CaseNumber(2026, 7), 4, "a" * 64),)
DAY = timedelta(days=1)


def seal_after(before: Seal | None, at=MORNING, start: int = 0, end: int = 100) -> Seal:
    return sealed(before, at, Covered(start, end, "c" * 64, HEADS), KEY)[1]


FIRST = seal_after(None)
SECOND = seal_after(FIRST, MORNING + DAY, start=100, end=250)


def test_a_line_is_read_as_the_seal_that_was_made():
    line, seal = sealed(FIRST, MORNING + DAY, Covered(100, 250, "c" * 64, HEADS), KEY)

    assert read_seal(line.removesuffix(b"\n")) == (seal, "")
    assert seal == SECOND


def test_each_seal_follows_the_one_before_it_and_the_first_follows_none():
    assert follows(FIRST, None) == follows(SECOND, FIRST) == ""


@pytest.mark.parametrize("before", [None, SECOND, replace(FIRST, hash="f" * 64), replace(FIRST, seq=2)])
def test_a_seal_that_is_not_chained_to_the_one_before_is_told(before):
    assert "segel sebelumnya" in follows(SECOND, before)


def test_a_seal_may_be_of_the_same_moment_as_the_one_before_and_of_none_earlier():
    assert follows(seal_after(FIRST, MORNING, start=100), FIRST) == ""
    assert "bertanggal sebelum" in follows(seal_after(FIRST, MORNING - DAY, start=100), FIRST)


def test_what_a_person_has_said_of_a_wrong_clock_lets_a_seal_be_dated_before_the_one_it_dated():
    back = seal_after(FIRST, MORNING - DAY, start=100)

    assert follows(back, FIRST, lambda at: at == FIRST.at) == ""
    assert moment_of_next(FIRST, MORNING - DAY, lambda at: at == FIRST.at) == MORNING - DAY
    assert moment_of_next(FIRST, MORNING - DAY, lambda _at: False) == FIRST.at
    assert moment_of_next(FIRST, MORNING + DAY, lambda _at: False) == MORNING + DAY


@pytest.mark.parametrize("books", [(), (Stretch("archive/akses/2026-11.jsonl", 0, 9, "d" * 64),)])
def test_a_seal_is_written_again_as_it_was_also_one_of_the_first_format(books):
    line, seal = sealed(FIRST, MORNING + DAY, Covered(100, 250, "c" * 64, HEADS, books), KEY)
    old = line.replace(b',"books":[]', b"")
    digest = hashlib.sha256(seal.prev.encode() + old[: old.index(b',"hash":')]).hexdigest()
    old = old.replace(seal.hash.encode(), digest.encode())

    assert line_of(seal) == line
    if not books:
        assert read_seal(old.removesuffix(b"\n"))[1] == ""
        assert line_of(read_seal(old.removesuffix(b"\n"))[0]) == old


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("{short}", True),
        ("{hash}", True),
        (" {lower} ", True),
        ("0000-0000-0000-0000", False),
        ("{short}0", False),
        ("", False),
        ("{short15}", False),
    ],
)
def test_a_code_is_held_against_a_seal_as_people_type_it(code, right):
    typed = code.format(short=FIRST.short, hash=FIRST.hash, lower=FIRST.short.lower(), short15=FIRST.short[:-1])

    assert FIRST.is_printed_as(typed) is right


def test_a_seal_goes_on_where_the_one_before_ended_or_says_that_the_list_was_made_anew():
    assert follows(seal_after(FIRST, MORNING + DAY, start=0), FIRST) == ""
    assert "daftar saksi" in follows(seal_after(FIRST, MORNING + DAY, start=99), FIRST)


def test_only_the_offices_key_makes_a_seal():
    assert is_signed(FIRST, KEY)
    assert not is_signed(FIRST, b"x" * 32)


def test_any_byte_that_was_changed_is_told_by_the_hash_or_by_the_key():
    line = sealed(None, MORNING, Covered(0, 100, "c" * 64, HEADS), KEY)[0].removesuffix(b"\n")

    for at in range(len(line)):
        seal, fault = read_seal(line[:at] + b"~" + line[at + 1 :])
        assert fault or not is_signed(seal, KEY), at


@pytest.mark.parametrize(
    "change",
    [
        {"warna": "biru"},
        {"seq": "1"},
        {"seq": True},
        {"at": "2026-11-25T08:15:00"},
        {"at": "kemarin"},
        {"heads": [["2026/0007", 4]]},
        {"heads": ["2026/0007"]},
    ],
)
def test_what_has_not_the_shape_of_a_seal_is_none(change):
    line = sealed(None, MORNING, Covered(0, 100, "c" * 64, HEADS), KEY)[0]

    assert read_seal(json.dumps({**json.loads(line), **change}).encode()) == (None, "tidak dapat dibaca")


def test_a_seal_is_printed_as_its_first_sixteen_digits_in_groups_of_four():
    assert short("3f9a22c19b7e4d10" + "0" * 48) == "3F9A-22C1-9B7E-4D10"
