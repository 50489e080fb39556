"""The ledger on a real disk: appended, synced, torn and read by several at once."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fakes import MORNING, WIB
from recording import FullDisk, record

from pipeline.errors import Passing
from pipeline.intake.account import AccountPart, Settled, State, Taken
from pipeline.intake.store import ledger as ledger_module
from pipeline.intake.store.ledger import Ledger

TAKEN = Taken("ab12", "surat.pdf", 5, "0" * 64, "1-2-3", MORNING)
NUMBERED = Settled(TAKEN, (AccountPart(State.REGISTERED, "2026/0007"),), MORNING)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "arsip").mkdir()
    return tmp_path / "arsip" / ".kotak-masuk"


@pytest.fixture
def ledger(folder, tmp_path):
    return Ledger(folder, tmp_path / "kunci", tmp_path / "titik")


def states(ledger):
    return [entry.state for entry in ledger.account(MORNING).entries.values()]


def test_nothing_was_ever_dropped_before_the_first_line(ledger):
    assert ledger.account(MORNING).entries == {}


def test_what_is_noted_is_known_to_whoever_reads_next(ledger, folder, tmp_path):
    ledger.note(TAKEN)
    assert states(ledger) == [State.WAITING]

    ledger.note(NUMBERED)

    assert states(ledger) == [State.REGISTERED]
    assert states(Ledger(folder, tmp_path / "kunci", tmp_path / "titik")) == [State.REGISTERED]


def test_each_year_has_its_file(ledger, folder):
    ledger.note(TAKEN)
    ledger.note(replace(NUMBERED, at=datetime(2027, 1, 2, 8, tzinfo=WIB)))

    assert sorted(p.name for p in folder.iterdir()) == ["2026.jsonl", "2027.jsonl"]
    assert states(ledger) == [State.REGISTERED]


def test_the_first_line_makes_the_folder_and_the_name_durable_too(ledger, folder, monkeypatch):
    effects = record(monkeypatch, folder.parent)

    ledger.note(TAKEN)
    ledger.note(NUMBERED)

    path = ".kotak-masuk/2026.jsonl"
    first = ["make_folder .kotak-masuk", f"append {path}", "sync_folder .kotak-masuk", "sync_folder ."]
    assert effects == [*first, f"append {path}"]


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_line_torn_by_a_power_cut_spoils_no_other(ledger, folder, tmp_path, cut):
    ledger.note(TAKEN)
    path = folder / "2026.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:cut])

    other = replace(TAKEN, claim="cd34", mark="9-9-9")
    ledger.note(other)

    assert list(ledger.account(MORNING).entries) == ["ab12", "cd34"]
    assert list(Ledger(folder, tmp_path / "kunci", tmp_path / "titik").account(MORNING).entries) == ["ab12", "cd34"]


def test_a_full_disk_is_said_so_and_the_line_can_be_noted_later(ledger, monkeypatch):
    FullDisk(monkeypatch, 1, ("append",))

    with pytest.raises(Passing):
        ledger.note(TAKEN)
    ledger.note(TAKEN)

    assert states(ledger) == [State.WAITING]


def test_several_may_note_at_once_and_no_line_is_lost(folder, tmp_path):
    def note(writer: int) -> None:
        for n in range(20):
            name = f"{writer}-{n}"
            Ledger(folder, tmp_path / "kunci", tmp_path / "titik").note(replace(TAKEN, claim=name, mark=name))

    threads = [threading.Thread(target=note, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(Ledger(folder, tmp_path / "kunci", tmp_path / "titik").account(MORNING).entries) == 80


LATER = MORNING + timedelta(days=61)


def long_ago(ledger, monkeypatch):
    """A ledger whose letters were registered long ago, and one that was refused then."""
    monkeypatch.setattr(ledger_module, "_WORTH_SAVING", 0)
    ledger.note(NUMBERED)
    other = replace(TAKEN, claim="cd34", mark="9-9-9")
    ledger.note(Settled(other, (AccountPart(State.REFUSED, code="jenis", place="ditolak/x"),), MORNING))
    return ledger


def test_what_was_filed_long_ago_is_counted_and_what_was_refused_is_kept(ledger, monkeypatch):
    account = long_ago(ledger, monkeypatch).account(LATER)

    assert (list(account.entries), dict(account.counts)) == (["cd34"], {State.REGISTERED: 1})
    assert list(ledger.everything().entries) == ["ab12", "cd34"]


@pytest.mark.parametrize("spoilt", [None, b"", b"{", b'{"read": {"2026.jsonl": 1}}', b'{"read": {}, "counts": 7}'])
def test_a_new_process_goes_on_from_the_checkpoint_and_without_one_reads_it_all(
    ledger, folder, tmp_path, monkeypatch, spoilt
):
    expected = long_ago(ledger, monkeypatch).account(LATER)
    if spoilt is not None:
        (tmp_path / "titik").write_bytes(spoilt)

    again = Ledger(folder, tmp_path / "kunci", tmp_path / "titik")
    assert again.account(LATER) == expected
    again.note(replace(TAKEN, claim="ef56", mark="8-8-8", at=LATER))
    assert sorted(again.account(LATER).entries) == ["cd34", "ef56"]


def test_a_ledger_restored_from_an_older_backup_is_read_anew(ledger, folder, tmp_path, monkeypatch):
    before = None
    for line in (TAKEN, replace(TAKEN, claim="cd34", mark="9-9-9")):
        ledger.note(line)
        before = before or (folder / "2026.jsonl").read_bytes()
    long_ago(ledger, monkeypatch).account(LATER)

    (folder / "2026.jsonl").write_bytes(before)

    assert list(ledger.account(LATER).entries) == ["ab12"]
    assert list(Ledger(folder, tmp_path / "kunci", tmp_path / "titik").account(LATER).entries) == ["ab12"]
