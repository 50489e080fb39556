"""Files that are made to hold up the intake, and files that change while they are looked into."""

from __future__ import annotations

import hashlib
import os

import pytest
from crash import OneByOne, effects_at_the_centre
from fakes import FakeReader
from offices import FakeOffice
from recording import put_before

from pipeline.cli import main
from pipeline.intake.account import State
from pipeline.storage import disk

#: What a writer changes a letter into, and back: of one size, and as whole as it.
LETTER, OTHER = b"Surat pengaduan\n", b"Surat yang lain\n"


class Writer:
    """Holds a file open from before it was taken, and changes it just before the n-th step of the intake, and back."""

    def __init__(self, path, first: int, back: int) -> None:
        self._file = os.open(path, os.O_RDWR)
        self._path, self._first, self._back = path, first, back
        self.steps, self.inspected = 0, set()

    def step(self, *_) -> None:
        self.steps += 1
        if self.steps in (self._first, self._back):
            os.pwrite(self._file, OTHER if self.steps == self._first else LETTER, 0)

    def close(self) -> None:
        os.close(self._file)


def _after(step, effect):
    def stepped(*args, **kwargs):
        step()
        return effect(*args, **kwargs)

    return stepped


def _changed_at(folder, monkeypatch, first: int, back: int) -> tuple[FakeOffice, Writer]:
    """Work a letter off that is another from the n-th step on, up to a later one; a reader looking is a step too."""
    office = FakeOffice(folder)
    writer = Writer(office.drop("a.pdf", LETTER), first, back)
    inspect = FakeReader.inspect

    def inspected(self, blob):
        writer.step()
        with blob.local() as path:
            writer.inspected.add(hashlib.sha256(path.read_bytes()).hexdigest())
        writer.step()
        return inspect(self, blob)

    intake = office.service(receivers=OneByOne).intake
    with monkeypatch.context() as patch:
        patch.setattr(FakeReader, "inspect", inspected)
        put_before(patch, writer.step)
        for owner, name in effects_at_the_centre():
            patch.setattr(owner, name, _after(writer.step, getattr(owner, name)))
        while not intake.settled:
            intake.turn()
    writer.close()
    return office, writer


@pytest.mark.parametrize("every", [30, pytest.param(1, marks=pytest.mark.slow)])
def test_whenever_a_file_is_changed_what_is_filed_is_what_was_hashed_and_looked_into(tmp_path, monkeypatch, every):
    _, undisturbed = _changed_at(tmp_path / "utuh", monkeypatch, 0, 0)
    assert undisturbed.steps > 20

    for first in range(1, undisturbed.steps + 1, every):
        for back in (first + 2,) if every > 1 else (0, first + 1, first + 2, first + 5):
            office, writer = _changed_at(tmp_path / f"{first}-{back}", monkeypatch, first, back)

            filed = {office.file(number, "01-surat.pdf") for number in office.root.cabinet.numbers()}
            assert {hashlib.sha256(data).hexdigest() for data in filed} <= writer.inspected, (first, back)
            assert office.findings() == [], (first, back)
            last = OTHER if back == 0 or back > writer.steps else LETTER
            if last == OTHER and first > undisturbed.steps - 3:
                continue  # it had gone by then
            assert last in filed, (first, back)


def test_a_file_of_a_terabyte_is_refused_at_once_and_holds_nobody_up(tmp_path, monkeypatch):
    office = FakeOffice(tmp_path / "kantor")
    for name, size in (("60-gb.pdf", 60 * 10**9), ("1-tb.pdf", 10**12)):
        os.truncate(office.drop(name, b"%PDF-1.7\n"), size)
    office.drop("surat.pdf", LETTER)
    read: list[int] = []
    copy = disk.copy_open
    monkeypatch.setattr(disk, "copy_open", lambda *args: read.append(os.fstat(args[0]).st_size) or copy(*args))
    office.gap = lambda path: office.inbox.gap(path.name, office.root.scan_limits.size)

    counts = office.run_once()

    assert counts == {"terdaftar": 1, "ditolak": 2}
    assert read == [len(LETTER)]
    for name in ("60-gb.pdf", "1-tb.pdf"):
        assert "lebih dari" in (office.inbox_folder / "ditolak" / f"{name}.txt").read_text()
    assert office.root.inbox_view().totals.refused == 2


@pytest.fixture
def terabyte_aside(office):
    """An office where a person has set a file of a terabyte aside."""
    os.truncate(office.drop("1-tb.pdf", b"%PDF-1.7\n"), 10**12)

    office.root.mailroom().set_aside("1-tb.pdf", "salah kirim", "budi")
    return office


def test_a_person_sets_a_file_of_a_terabyte_aside_unread(terabyte_aside):
    account = terabyte_aside.root.ledger.everything()

    assert [(e.state, e.taken.sha256) for e in account.entries.values()] == [(State.REFUSED, "")]


@pytest.mark.in_folders  # at the centre nobody can remove the account
def test_the_account_is_made_anew_without_reading_a_file_of_a_terabyte(terabyte_aside):
    office = terabyte_aside
    for path in office.root.layout.ledger.glob("*"):
        path.unlink()
    assert office.root.recover_ledger() == 1


def test_a_command_refuses_a_file_of_a_terabyte_unread(tmp_path, capsys):
    office = FakeOffice(tmp_path / "kantor")
    path = tmp_path / "1-tb.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    os.truncate(path, 10**12)

    assert main(["--root", str(office.root.layout.root), "read", str(path)]) == 5
    assert "lebih dari" in capsys.readouterr().err
