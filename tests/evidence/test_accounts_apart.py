"""Accounts of the centre and the record of a folder: what excuses a change while the record is not the sealed one."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from evidence_fakes import FakeSeals
from fakes import MORNING

from pipeline.archive.store.layout import Layout
from pipeline.evidence.store.verify_books import account_findings

STATES = "archive/.keadaan/daftar.jsonl"


class Kept:
    """An office whose accounts lie apart from its record of what was in force; all of it in memory."""

    def __init__(self, root) -> None:
        self._layout, self._seals, self._now = Layout(root), FakeSeals(), MORNING
        self.record = b""

    @property
    def record(self) -> bytes:
        """What the folder noted of accounts."""
        return self._seals.books.texts[STATES]

    @record.setter
    def record(self, lines: bytes) -> None:
        self._seals.books.texts[STATES] = lines

    def is_now(self, what: str, sha256: str, *, logged: str = "") -> None:
        """Note in the record what an account became, after somebody did so by the program, if ``logged``; seal both."""
        if logged:
            said = {"kind": "akun", "data": {"about": logged}}
            self._seals.note("2026-11", json.dumps(said).encode() + b"\n")
        self.record += json.dumps({"what": what, "sha256": sha256}).encode() + b"\n"
        self._now += timedelta(minutes=5)
        assert self._seals.seal_now(self._now)

    def accused(self) -> list[str]:
        found = account_findings(
            self._layout, self._seals.everything(), self._seals.books, lambda: None, closed=(), apart=True
        )
        return [finding.fact.split()[1] for finding in found]


@pytest.fixture
def kept(tmp_path):
    kept = Kept(tmp_path)
    kept.is_now("akun budi", "a")
    kept.is_now("akun siti", "a", logged="siti")
    return kept


def test_who_changes_an_account_after_the_record_was_brought_back_is_not_excused_by_what_was_logged_before(kept):
    before = kept.record
    kept.is_now("akun siti", "b", logged="siti")
    kept.record = before
    kept.is_now("akun siti", "as it is at the centre")
    assert kept.accused() == []

    kept.is_now("akun budi", "b", logged="budi")
    kept.is_now("akun siti", "c")

    assert kept.accused() == ["siti"]


def test_who_changed_one_while_the_record_was_not_the_sealed_one_is_named_once_it_is_again(kept):
    before = kept.record
    kept.is_now("akun siti", "b", logged="siti")
    kept.record = before
    kept.is_now("akun budi", "which nobody is logged to have changed")

    assert kept.accused() == ["budi"]


def test_another_folder_that_never_had_the_record_is_judged_from_its_own_on(kept):
    kept.record = b""
    kept.is_now("akun siti", "a")
    kept.is_now("akun budi", "a", logged="budi")
    assert kept.accused() == []

    kept.is_now("akun siti", "b")

    assert kept.accused() == ["siti"]


def test_a_record_that_was_tampered_with_excuses_nobody_afterwards(kept):
    kept.record = kept.record.replace(b"budi", b"bubi", 1)
    kept.is_now("akun siti", "b")

    assert kept.accused() == ["siti"]
