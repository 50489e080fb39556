"""A status code finds its case among all others; the index beside the folders holds no code and can be lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import count

import pytest

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import NotFound, Passing
from pipeline.office.code_alphabet import SPOKEN
from pipeline.register.complainant_status import standing_of
from pipeline.register.store.status_codes import SqliteStatusCodes

KEY = b"s" * 32


class Counting:
    """Chance that gives each case a code of its own: ``AAAA-AAAA-AAAB`` and so on."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def code(self) -> str:
        return "AAAA-AAAA-AAA" + SPOKEN[next(self._numbers)]


@pytest.fixture
def opened(office, monkeypatch):
    """An office that opens cases with codes that differ."""
    chance = Counting()
    monkeypatch.setattr("offices.FixedChance", lambda: chance)

    def open_one(subject: str) -> tuple[CaseNumber, str]:
        number = office.open("berita", {"perihal": subject, "terlapor": ["Pemda"], "uraian": subject})
        return number, office.root.cabinet.case(number).received.status_code

    return open_one


def codes(office, key=KEY):
    return SqliteStatusCodes(office.root.layout, lambda: key)


def standing(office, typed):
    return standing_of(typed, office.root.status_codes, office.root.cabinet.case, office.root.sop_of)


def index_of(office):
    return office.root.layout.state / "kode-status.sqlite"


def test_each_code_finds_its_own_case_also_one_that_came_later(office, opened):
    (first, code), (second, other) = opened("Banjir"), opened("Kabut")
    found = codes(office)

    assert (found.find(code), found.find(other)) == (first, second)
    third, last = opened("Jalan rusak")
    assert found.find(last.lower().replace("-", " ")) == third


def test_an_unknown_code_finds_nothing_and_neither_does_what_is_no_code(office, opened):
    opened("Banjir")

    assert codes(office).find("ZZZZ-ZZZZ-ZZZZ") is None
    assert codes(office).find("' OR 1=1 --") is None
    assert codes(office).find("") is None


def test_an_empty_archive_has_no_codes(office):
    assert codes(office).find("AAAA-AAAA-AAAB") is None


def test_the_index_holds_neither_codes_nor_anything_to_guess_them_by(office, opened):
    _, code = opened("Banjir")
    found = codes(office)
    found.refresh()

    content = index_of(office).read_bytes()
    assert code.encode() not in content
    assert code.replace("-", "").encode() not in content
    assert found._hash("AAAAAAAAAAAB") != codes(office, b"t" * 32)._hash("AAAAAAAAAAAB")


@pytest.mark.parametrize("content", [None, b"", b"bukan basis data " * 500])
def test_a_lost_or_broken_index_is_made_again(office, opened, content):
    number, code = opened("Banjir")
    codes(office).refresh()
    index_of(office).unlink()
    if content is not None:
        index_of(office).write_bytes(content)

    assert codes(office).find(code) == number


def test_while_the_index_cannot_be_written_known_codes_are_answered_and_new_ones_are_asked_to_wait(
    office, opened, monkeypatch
):
    (known, code), _ = opened("Sawah"), codes(office).refresh()
    new, later = opened("Kebun")
    monkeypatch.setattr("pipeline.storage.locks.PATIENCE", 0.0)

    with closing(sqlite3.connect(index_of(office))) as other:
        other.execute("BEGIN IMMEDIATE")
        assert codes(office).find(code) == known
        with pytest.raises(Passing, match="Kode status sedang tidak dapat disimpan"):
            codes(office).find(later)

    assert codes(office).find(later) == new


def test_with_another_key_the_index_is_made_again(office, opened):
    number, code = opened("Banjir")
    codes(office).refresh()

    assert codes(office, b"t" * 32).find(code) == number


def test_a_list_of_changes_that_was_lost_loses_no_code(office, opened):
    number, code = opened("Banjir")
    codes(office).refresh()
    office.root.layout.changes.unlink()

    assert codes(office).find(code) == number


def test_a_case_that_cannot_be_read_hides_no_other(office, opened):
    (broken, code), (sound, other) = opened("Banjir"), opened("Kabut")
    (office.root.layout.case(broken) / "journal.jsonl").write_text("{}\n")
    found = codes(office)

    assert (found.find(code), found.find(other)) == (None, sound)


def test_a_lookup_reads_no_case_that_is_known_already(office, opened, monkeypatch):
    number, code = opened("Banjir")
    found = codes(office)
    found.refresh()
    office.decide(number, "konfirmasi", "tim-yankomas", {"ringkasan": "x", "hak": ["hidup"], "pelapor": ["A"]})

    def unwanted(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("pipeline.register.store.status_codes.first_line", unwanted)
    assert found.find(code) == number


def test_an_index_that_was_filled_halfway_is_not_used(office, opened):
    number, code = opened("Banjir")
    found = codes(office)
    with sqlite3.connect(index_of(office)) as index:
        index.execute("CREATE TABLE code (year INTEGER, serial INTEGER, hash BLOB, PRIMARY KEY (year, serial))")

    assert found.find(code) == number


def test_the_answer_to_every_unknown_code_is_the_same(office, opened):
    _, code = opened("Banjir")
    said = set()
    for typed in ("", "ZZZZ-ZZZZ-ZZZZ", "x" * 500, code + "A"):
        with pytest.raises(NotFound) as refusal:
            standing(office, typed)
        said.add(str(refusal.value))

    assert len(said) == 1
    assert "tanda terima" in said.pop()


def test_a_known_code_is_answered_from_the_folder_as_it_is_now(office, opened):
    number, code = opened("Banjir")
    before = standing(office, code)
    office.decide(number, "batal", "tim-yankomas", {"alasan": "keliru"})

    assert not before.ended
    assert standing(office, code).ended
