"""Numbers: from 1 without gap or twin, whoever asks for them, however many at once, whenever they are killed."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import time

import pytest
from crash import Effects
from offices import FakeOffice
from recording import Cut, FullDisk, cut_at, record

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import ArchiveFault, Changed, Passing
from pipeline.evidence.store.verify import verify_archive
from pipeline.intake.outcomes import Accepted, Duplicate
from pipeline.intake.receive import receive
from pipeline.register.ports import Claim
from pipeline.storage.blobs import StoredFile

FIRST, SECOND, THIRD = (CaseNumber(2026, n) for n in (1, 2, 3))


def claim_of(path, name) -> Claim:
    content = path.read_bytes()
    return Claim(name, StoredFile(path, path.name, hashlib.sha256(content).hexdigest(), len(content)))


def give(office, content: bytes, claim: str | None = None):
    """Hand a letter in as the mailroom does; return what became of it."""
    path = office.root.layout.root / f"surat-{hashlib.sha256(content).hexdigest()[:8]}"
    path.write_bytes(content)
    return receive(claim_of(path, claim or path.name), office.receive_parts)


def numbers(office, year=2026):
    return sorted(office.root.layout.numbers(year))


def test_taking_a_number_syncs_all_of_the_folder_before_the_one_rename_that_makes_it_a_case(office, monkeypatch):
    effects = record(monkeypatch, office.root.layout.archive)

    give(office, b"Surat", claim="k1")

    folder = ".staging/baru-k1"
    assert effects == [
        f"make_folder {folder}/data",
        f"copy_new {folder}/data/01-surat.pdf",
        f"sync_folder {folder}/data",
        "make_folder 2026",
        "sync_folder .",
        f"write_new {folder}/journal.jsonl",
        f"write_new {folder}/bagit.txt",
        f"write_new {folder}/bag-info.txt",
        f"write_new {folder}/manifest-sha256.txt",
        f"write_new {folder}/tagmanifest-sha256.txt",
        f"sync_folder {folder}",
        "touch .open/2026-0001",
        "sync_folder .open",
        "rename 2026/0001",
        "sync_folder 2026",
        "append .changes",
        "replace 2026/.tertinggi",
        "sync_folder 2026",
    ]


TAKE_EFFECTS = 18
TAKEN_AT = 14  # the rename; see the order above


@pytest.mark.parametrize("cut", range(1, TAKE_EFFECTS + 1))
def test_cut_off_anywhere_the_same_letter_gets_one_number_and_the_next_letter_the_next(office, monkeypatch, cut):
    with cut_at(monkeypatch, cut), pytest.raises(Cut):
        give(office, b"Surat A", claim="k1")
    again = FakeOffice(office.root.layout.root)

    assert give(again, b"Surat A", claim="k1") == Accepted(FIRST, again=cut > TAKEN_AT)
    assert give(again, b"Surat B") == Accepted(SECOND)

    again.root.numbers.sweep()
    assert numbers(again) == [FIRST, SECOND]
    assert verify_archive(again.root.layout) == []
    assert os.listdir(again.root.layout.staging) == []


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize(
    "effect",
    ["make_folder", "copy_new", "sync_folder", "write_new", "touch", "rename", "replace", "append"],
)
def test_a_full_disk_at_any_moment_costs_no_number_and_no_letter(office, monkeypatch, effect, times):
    full = FullDisk(monkeypatch, times, (effect,))

    outcome = None
    while outcome is None:
        try:
            outcome = give(office, b"Surat A", claim="k1")
        except Passing:
            assert office.root.cabinet.open_cases() == numbers(office)

    full.has_room_again()
    assert full.refused
    assert outcome.number == FIRST
    assert give(office, b"Surat B") == Accepted(SECOND)
    assert numbers(office) == [FIRST, SECOND]
    assert verify_archive(office.root.layout) == []


WRITERS, LETTERS = 8, 20


def _hand_in_all(root, letters, kill_at):
    office = FakeOffice(root)
    Effects(kill_at).install()
    for path in sorted(letters.iterdir()):
        outcome = receive(claim_of(path, f"{letters.name}-{path.name}"), office.receive_parts)
        assert isinstance(outcome, Accepted)
        path.unlink()


def _forked(root, letters, kill_at) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            _hand_in_all(root, letters, kill_at)
            os._exit(0)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
    return pid


def test_eight_processes_killed_at_random_and_started_again_give_each_letter_one_number_without_a_gap(tmp_path):
    chance = random.Random(20261125)
    root = _lay_out(tmp_path, LETTERS)
    kills = {writer: [chance.randint(1, 150) for _ in range(5)] for writer in range(WRITERS)}

    running = {_forked(root, tmp_path / f"w{w}", kills[w].pop()): w for w in range(WRITERS)}
    killed = 0
    while running:
        pid, status = os.wait()
        if pid not in running:
            continue  # an orphan that another test took over
        writer = running.pop(pid)
        code = os.waitstatus_to_exitcode(status)
        assert code in (0, -signal.SIGKILL)
        if code:
            killed += 1
            next_kill = kills[writer].pop() if kills[writer] else 0
            running[_forked(root, tmp_path / f"w{writer}", next_kill)] = writer

    office = FakeOffice(root)
    office.root.numbers.sweep()
    cases = [office.root.cabinet.case(n) for n in numbers(office)]
    assert killed >= WRITERS
    assert [c.number.serial for c in cases] == list(range(1, WRITERS * LETTERS + 1))
    assert sorted(c.received.claim for c in cases) == sorted(
        f"w{w}-{n:02d}.pdf" for w in range(WRITERS) for n in range(LETTERS)
    )
    assert len({c.original.sha256 for c in cases}) == WRITERS * LETTERS
    assert verify_archive(office.root.layout) == []
    assert os.listdir(office.root.layout.staging) == []


def _lay_out(tmp_path, letters):
    """Return the folder of an office and, beside it, a folder of letters for each writer."""
    FakeOffice(tmp_path / "kantor")
    for writer in range(WRITERS):
        (tmp_path / f"w{writer}").mkdir()
        for letter in range(letters):
            (tmp_path / f"w{writer}" / f"{letter:02d}.pdf").write_bytes(f"Surat {letter} dari {writer}".encode())
    return tmp_path / "kantor"


def _parent(root, letters) -> int:
    """Start a process that hands in its letters and has a child of its own, as a reader has."""
    pid = os.fork()
    if pid == 0:
        try:
            with subprocess.Popen(["cat"], stdin=subprocess.PIPE, start_new_session=True) as child:
                _hand_in_all(root, letters, 0)
                child.stdin.close()
            os._exit(0)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
    return pid


@pytest.mark.slow
def test_eight_processes_with_fifty_letters_each_killed_from_outside_give_one_to_four_hundred(tmp_path):
    chance = random.Random(400)
    root = _lay_out(tmp_path, 50)
    running = {_parent(root, tmp_path / f"w{w}"): w for w in range(WRITERS)}
    killed = 0
    while running:
        time.sleep(chance.uniform(0.0, 0.1))
        if killed < 200:
            os.kill(chance.choice(list(running)), signal.SIGKILL)  # the parent alone; its child finds its pipe closed
        for pid in list(running):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                continue
            writer, code = running.pop(pid), os.waitstatus_to_exitcode(status)
            assert code in (0, -signal.SIGKILL)
            if code:
                killed += 1
                running[_parent(root, tmp_path / f"w{writer}")] = writer

    office = FakeOffice(root)
    office.root.numbers.sweep()
    cases = [office.root.cabinet.case(n) for n in numbers(office)]
    assert killed >= 100
    assert [c.number.serial for c in cases] == list(range(1, 401))
    assert sorted(c.received.claim for c in cases) == sorted(
        f"w{w}-{n:02d}.pdf" for w in range(WRITERS) for n in range(50)
    )
    assert verify_archive(office.root.layout) == []
    assert os.listdir(office.root.layout.staging) == []
    print(f"{killed} kills")


def test_the_same_bytes_handed_in_again_are_a_duplicate_naming_the_first(office):
    give(office, b"Surat", claim="k1")

    assert give(office, b"Surat", claim="k2") == Duplicate(FIRST)


def test_the_same_claim_handed_in_again_has_its_number_already(office):
    give(office, b"Surat", claim="k1")

    assert give(FakeOffice(office.root.layout.root), b"Surat", claim="k1") == Accepted(FIRST, again=True)


def test_a_letter_taken_by_another_process_in_the_same_tick_of_the_clock_is_seen(office):
    other = FakeOffice(office.root.layout.root)
    give(office, b"Surat A")
    year = office.root.layout.archive / "2026"
    tick = year.stat().st_mtime_ns

    give(other, b"Surat B")
    os.utime(year, ns=(tick, tick))

    assert give(office, b"Surat B", claim="lain") == Duplicate(SECOND)
    assert give(office, b"Surat C") == Accepted(THIRD)


def test_a_number_whose_folder_was_carried_away_is_not_given_again(office, tmp_path):
    give(office, b"Surat A")
    give(office, b"Surat B")
    office.root.layout.case(SECOND).rename(tmp_path / "dibawa")

    assert give(FakeOffice(office.root.layout.root), b"Surat C") == Accepted(THIRD)


def test_a_year_whose_folder_was_carried_away_does_not_start_from_one_again(office, tmp_path):
    give(office, b"Surat A")
    give(office, b"Surat B")
    office.root.book.refresh()
    (office.root.layout.archive / "2026").rename(tmp_path / "dibawa")

    assert give(FakeOffice(office.root.layout.root), b"Surat C") == Accepted(THIRD)


def test_a_gap_is_reported_and_never_filled(office):
    give(office, b"Surat A")
    give(office, b"Surat B")
    shutil.rmtree(office.root.layout.case(FIRST))

    assert give(FakeOffice(office.root.layout.root), b"Surat C") == Accepted(THIRD)
    assert [(f.where, f.code) for f in verify_archive(office.root.layout)] == [("2026/0001", "lompat")]


def test_every_year_counts_from_one(office):
    give(office, b"Surat A")
    office.clock.forward(days=60)

    assert give(office, b"Surat B") == Accepted(CaseNumber(2027, 1))
    assert give(office, b"Surat C") == Accepted(CaseNumber(2027, 2))


@pytest.mark.parametrize("back", [{"minutes": 1}, {"days": 60}, {"days": 400}])
def test_a_clock_behind_the_last_registration_of_any_year_gives_no_number(office, back):
    office.clock.forward(days=60)
    give(office, b"Surat A")
    office.clock.forward(**{unit: -span for unit, span in back.items()})

    with pytest.raises(Passing, match="mundur"):
        give(office, b"Surat B")

    assert numbers(office, 2027) == [CaseNumber(2027, 1)]
    assert [n for year in (2025, 2026) for n in numbers(office, year)] == []


def test_two_letters_in_the_same_second_are_no_fault_of_the_clock(office):
    assert [give(office, b"Surat A").number, give(office, b"Surat B").number] == [FIRST, SECOND]


def test_a_letter_that_is_still_being_written_gets_no_number(office, tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"Surat setengah")
    claim = claim_of(path, "k1")
    path.write_bytes(b"Surat setengah jadi")

    with pytest.raises(Changed):
        receive(claim, office.receive_parts)

    assert office.root.layout.years() == []
    assert os.listdir(office.root.layout.staging) == []


@pytest.mark.parametrize("kind", ["folder", "empty folder", "file", "link"])
def test_something_that_stands_where_the_next_case_would_lie_stops_numbering_and_is_not_touched(office, tmp_path, kind):
    give(office, b"Surat A")
    target = office.root.layout.case(SECOND)
    if kind == "file":
        target.write_bytes(b"catatan")
    elif kind == "link":
        target.symlink_to(tmp_path / "tidak-ada")
    else:
        target.mkdir()
        if kind == "folder":
            (target / "catatan.txt").write_bytes(b"catatan")
    before = target.lstat().st_ino

    with pytest.raises(ArchiveFault, match="2026/0002"):
        give(office, b"Surat B")

    assert target.lstat().st_ino == before
    assert not list(target.glob("journal.jsonl"))


def test_numbers_go_on_above_four_digits(office):
    give(office, b"Surat A")
    highest = office.root.layout.highest(2026)
    highest.write_text(f"9999 {office.clock.now().isoformat()}\n")

    assert give(office, b"Surat B") == Accepted(CaseNumber(2026, 10_000))
    assert office.root.layout.case(CaseNumber(2026, 10_000)).is_dir()


def test_a_lost_record_of_the_highest_number_is_made_again_from_the_folders(office):
    give(office, b"Surat A")
    give(office, b"Surat B")
    office.root.layout.highest(2026).unlink()

    again = FakeOffice(office.root.layout.root)
    again.root.numbers.sweep()

    assert office.root.layout.highest(2026).read_text().split()[0] == "2"
    assert give(again, b"Surat C") == Accepted(THIRD)
