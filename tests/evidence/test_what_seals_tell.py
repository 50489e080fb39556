"""What is wrong with seals, with the list and the books they cover, and with what witnesses have."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from evidence_fakes import FakeBooks, FakeOutside, FakeSeals
from fakes import MORNING

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import NotFound, Passing, SettingsFault
from pipeline.evidence.outside import STORE_EVERY, SealPlan, Witnessing, contradictions, denied
from pipeline.evidence.ports import Sent
from pipeline.evidence.seal import Covered, Head, Seal, Stretch, sealed
from pipeline.evidence.seal_chain import SealChain
from pipeline.evidence.sealing import EVERY, book_faults

KEY = b"k" * 32
HEADS = (Head(CaseNumber(2026, 7), 4, "a" * 64),)
MINUTE = timedelta(minutes=1)
BOOK = "archive/akses/2026-11.jsonl"


def _chain(*ends: int, key: bytes = KEY) -> list[Seal]:
    """Seals of a list that had grown to these ends, a minute apart."""
    found: list[Seal] = []
    for number, end in enumerate(ends):
        start = found[-1].end if found else 0
        covered = Covered(start, end, "c" * 64, HEADS)
        found.append(sealed(found[-1] if found else None, MORNING + number * MINUTE, covered, key)[1])
    return found


def _told(seals, *, key=KEY, is_as_sealed=lambda _: True):
    chain = SealChain(key, is_as_sealed)
    return [found.fact for seal in seals for found in chain.look("segel", seal, "" if seal else "tidak dapat dibaca")]


# The seals themselves.


def test_of_seals_that_hang_together_and_cover_the_list_as_it_is_nothing_is_told():
    assert _told(_chain(100, 200, 300)) == []


def test_a_seal_that_cannot_be_read_is_told_by_the_one_before_it():
    first, second = _chain(100, 200)

    assert _told([None]) == ["Baris sesudah segel 0 tidak dapat dibaca."]
    assert _told([first, None, second]) == ["Baris sesudah segel 1 tidak dapat dibaca."]


def test_a_seal_that_is_missing_or_was_made_with_another_key_is_told():
    first, second, third = _chain(100, 200, 300)

    assert _told([first, third]) == ["Segel 3 tidak menyambung pada segel sebelumnya."]
    forged = replace(second, mac=_chain(100, 200, key=b"lain")[1].mac)
    assert _told([first, forged]) == ["Segel 2 tidak dibuat dengan kunci kantor ini."]
    assert _told([first, forged], key=None) == []


def test_what_is_known_already_of_a_seal_is_told_and_nothing_else_of_it():
    chain = SealChain(KEY, lambda _: False)
    (first,) = _chain(100)

    assert [found.fact for found in chain.look("segel", first, "berubah sesudah dibuat")] == [
        "Segel 1 berubah sesudah dibuat."
    ]


def test_a_list_that_is_no_longer_what_was_sealed_is_told_at_each_seal_that_denies_it():
    told = _told(_chain(100, 200), is_as_sealed=lambda seal: seal.seq == 1)

    assert len(told) == 1
    assert told[0].startswith("Daftar saksi bukan lagi yang disegel (segel 2")


def test_a_list_may_be_as_long_as_the_newest_seal_says_and_no_shorter():
    chain = SealChain(KEY, lambda _: True)
    assert list(chain.reaches(0)) == []
    for seal in _chain(100, 200, 300):
        list(chain.look("segel", seal, ""))

    assert [seal.seq for seal in chain.last_two] == [2, 3]
    assert list(chain.reaches(300)) == []
    assert [found.code for found in chain.reaches(299)] == ["saksi"]


# The books.


def _books(text: bytes = b"satu\ndua\n") -> FakeBooks:
    books = FakeBooks()
    books.texts[BOOK] = text
    return books


def _sealing(books: FakeBooks, *stretches: tuple[int, int]) -> list[Seal]:
    """Seals of these stretches of the book."""
    found: list[Seal] = []
    for start, end in stretches:
        covered = Covered(0, 0, "", (), (Stretch(BOOK, start, end, books.digest(BOOK, start, end)),))
        found.append(sealed(found[-1] if found else None, MORNING, covered, KEY)[1])
    return found


def _faults(seals, books, **closed):
    return [fact.partition(" (")[0] for _, fact in book_faults(seals, books, **closed)]


def test_a_book_that_is_what_was_sealed_or_longer_is_whole():
    books = _books()
    seals = _sealing(books, (0, 5), (5, 9))

    assert _faults(seals, books) == []
    assert _faults(seals, _books(b"satu\ndua\ntiga\n")) == []


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (b"satu\n", "lebih pendek daripada yang disegel"),
        (b"satu\nDUA\n", "bukan lagi yang disegel"),
        (b"SATU\nDUA\n", "bukan lagi yang disegel"),  # told once
        (b"", "lebih pendek daripada yang disegel"),
    ],
)
def test_a_book_that_was_cut_or_changed_is_told_once(text, fact):
    assert _faults(_sealing(_books(), (0, 5), (5, 9)), _books(text)) == [fact]


def test_a_book_that_was_begun_anew_stays_told_for_ever():
    books = _books()
    again = "bukan lanjutan dari yang disegel sebelumnya: pernah dipotong atau disusun ulang"

    assert _faults(_sealing(books, (0, 9), (0, 9)), books) == [again]
    assert _faults(_sealing(books, (0, 5), (0, 5), (5, 9)), books) == [again]
    assert _faults(_sealing(books, (5, 9)), books) == [again]


@pytest.mark.parametrize(
    ("size", "facts"),
    [
        (9, []),
        (8, ["lebih panjang disegel daripada ketika ditutup"]),
        (10, ["ditutup sebelum seluruhnya disegel"]),
    ],
)
def test_of_a_closed_book_the_seals_reach_its_end_and_no_further(size, facts):
    seals = _sealing(_books(), (0, 5), (5, 9))

    assert _faults(seals, FakeBooks(), closed={BOOK: size}) == facts


def test_a_closed_book_that_was_never_sealed_is_told():
    assert _faults([], FakeBooks(), closed={BOOK: 9}) == ["ditutup sebelum seluruhnya disegel"]
    assert _faults([], FakeBooks(), closed={BOOK: 0}) == []


def test_two_processes_that_seal_in_turn_seal_each_part_of_a_book_once():
    one, other = FakeSeals(), FakeSeals()
    other._seals, other._witnessed = one._seals, one._witnessed
    other.books = other._books = one.books

    for number, seals in enumerate((one, other, one, one, other)):
        seals.note("2026-11", b"baris\n")
        seals.seal_now(MORNING + number * MINUTE)

    assert [(part.start, part.end) for seal in one.everything() for part in seal.books] == [
        (6 * number, 6 * number + 6) for number in range(5)
    ]


def test_at_the_moment_of_a_look_no_second_one_is_due_and_after_the_time_it_is():
    seals = FakeSeals()
    for at, due in ((MORNING, True), (MORNING, False), (MORNING + EVERY - MINUTE, False), (MORNING + EVERY, True)):
        seals.note("2026-11", b"baris\n")
        assert (seals.seal_if_due(at) is not None) is due


# Witnesses outside.


def test_seals_go_out_as_soon_as_any_place_is_named():
    assert SealPlan("sftp:nas:/segel").is_on
    assert SealPlan(address="arsip@kantor.contoh").is_on
    assert not SealPlan().is_on


def test_a_witness_gets_no_second_seal_at_the_moment_of_the_first():
    seals, outside, sent = FakeSeals(), FakeOutside(), {}

    class Record:
        def note(self, one):
            sent[one.place] = one

        def last(self):
            return sent

    witnessing = Witnessing(seals, lambda: [(outside, STORE_EVERY)], Record())
    witnessing.look(MORNING)  # nothing was sealed
    for _ in range(2):
        seals.note("2026-11", b"baris\n")
        seals.seal_now(MORNING)
        witnessing.look(MORNING)

    assert list(outside.has) == [1]


class _Witness(FakeOutside):
    """A witness that answers so when it is asked."""

    def __init__(self, answer):
        super().__init__()
        self.answer = answer

    def kept(self):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


HERE = _chain(100, 200)
SENT = {"saksi rekaan": Sent("saksi rekaan", 2, HERE[1].hash, MORNING)}


@pytest.mark.parametrize(
    ("answer", "sent", "facts"),
    [
        ({1: frozenset({HERE[0].hash})}, SENT, []),
        ({3: frozenset({"0" * 64})}, SENT, ["saksi rekaan mempunyai segel sampai no. 3; di sini yang terakhir no. 2."]),
        (None, SENT, []),
        (NotFound("tidak ada repositori", "-"), {}, []),
        (NotFound("tidak ada repositori", "-"), SENT, ["saksi rekaan dikosongkan: tidak ada repositori"]),
        (SettingsFault("kata sandi salah", "-"), SENT, ["saksi rekaan tidak dapat dibuka lagi: kata sandi salah"]),
        (Passing("putus", "-"), SENT, []),
    ],
)
def test_what_a_witness_denies_is_told_and_one_out_of_reach_says_nothing(answer, sent, facts):
    assert [found.fact for found in denied(_Witness(answer), HERE, sent)] == facts


def test_the_newest_seal_is_held_against_the_witness_too():
    forged = {2: frozenset({"0" * 64})}

    assert [found.fact for found in contradictions("saksi", forged, HERE)] == [
        "Segel 2 di saksi bukan segel 2 yang ada di sini."
    ]
