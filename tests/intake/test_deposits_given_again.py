"""What an agent keeps of what it handed over: for a month, and never so that a file waits for it."""

from __future__ import annotations

import logging
import stat
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from test_inbox import drop, take

from pipeline.errors import Passing
from pipeline.intake.engines import giving_again
from pipeline.intake.engines.giving_again import RemoteGivingAgain
from pipeline.intake.store.handed_over import KEPT, HandedOver, KeepingInbox

DAY = 86_400


@pytest.fixture
def kept(tmp_path):
    return HandedOver(tmp_path / "arsip" / "titipan")


@pytest.fixture
def inbox(tmp_path, kept):
    made = KeepingInbox(tmp_path / "inbox", tmp_path / "salinan", kept)
    made.prepare()
    return made


def claim_in(inbox, tmp_path):
    drop(tmp_path / "inbox")
    return take(inbox, inbox.files()[0])


def test_what_came_to_its_end_is_kept_for_its_owner_alone_and_again_changes_nothing(inbox, kept, tmp_path):
    claim = claim_in(inbox, tmp_path)

    kept.keep(claim)
    inbox.done(claim)

    assert list(kept.claims()) == [claim.id]
    assert kept.path(claim.id).read_bytes() == b"Surat"
    assert stat.S_IMODE(kept.path(claim.id).stat().st_mode) == 0o600
    assert inbox.taken() == {}


def test_a_full_disk_keeps_no_copy_and_lets_the_file_go(inbox, kept, tmp_path, monkeypatch, caplog):
    claim = claim_in(inbox, tmp_path)

    def full(_claim):
        raise Passing("Cakram penuh.", "")

    monkeypatch.setattr(kept, "keep", full)
    with caplog.at_level(logging.WARNING):
        inbox.done(claim)

    assert "Salinan scan.pdf tidak tersimpan di sini: Cakram penuh." in caplog.text
    assert (inbox.taken(), kept.claims()) == ({}, {})


def test_it_is_kept_for_a_month(inbox, kept, tmp_path):
    claim = claim_in(inbox, tmp_path)
    inbox.done(claim)
    [now] = kept.claims().values()

    kept.sweep(now + KEPT * DAY - 60)
    assert list(kept.claims()) == [claim.id]
    kept.sweep(now + KEPT * DAY + 60)

    assert kept.claims() == {}


@dataclass
class Clock:
    at: float

    def now(self):
        return datetime.fromtimestamp(self.at, UTC)


class Centre:
    """Loses nothing, and counts how often it is asked for how many."""

    def __init__(self):
        self.asked_for = []

    def asked(self, _path, told):
        self.asked_for.append(len(told["titipan"]))
        return 200, {"lost": []}


def test_it_is_asked_for_soon_then_ever_more_seldom_and_each_day(inbox, kept, tmp_path):
    inbox.done(claim_in(inbox, tmp_path))
    [begun], centre = kept.claims().values(), Centre()
    clock = Clock(begun)
    giving = RemoteGivingAgain(centre, kept, lambda _claim: None, clock, print)
    ages = []
    for minute in range(4 * 24 * 60):
        clock.at = begun + minute * 60 + 1
        giving.look()
        if len(centre.asked_for) > len(ages):
            ages.append(minute)

    assert ages == [1, 5, 21, 85, 341, 1365, 2805, 4245, 5685]


def test_many_are_asked_for_a_batch_at_a_time(kept, monkeypatch):
    monkeypatch.setattr(giving_again, "AT_ONCE", 3)
    monkeypatch.setattr(kept, "claims", lambda: {f"{n:016x}": 0.0 for n in range(7)})
    centre = Centre()

    RemoteGivingAgain(centre, kept, lambda _claim: None, Clock(100.0), print).look()

    assert centre.asked_for == [3, 3, 1]
