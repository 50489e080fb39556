"""The working day: letters come while the service runs, the disk fills up, it is stopped; nothing is lost."""

from __future__ import annotations

import itertools
import os
import queue
import threading
import time
from contextlib import contextmanager

import pytest
from fakes import FakeReader, FakeTypist
from offices import FakeOffice
from patience import PATIENCE, until
from recording import FullDisk, path_of

from pipeline.backoff import Tries
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import ArchiveFault, EngineFault, Interrupted, Passing
from pipeline.intake.at_rest import Patience
from pipeline.intake.engines.watching import Watch
from pipeline.intake.receive import receive
from pipeline.storage import disk
from pipeline.storage.disk_full import passing
from pipeline.work import service as service_module
from pipeline.work.service import Pauses
from pipeline.work.stoppable import StoppableReader
from pipeline.work.tend import tend

FIRST, SECOND, THIRD = (CaseNumber(2026, n) for n in (1, 2, 3))
#: What is not whole yet is waited for to the end.
UNHURRIED = Patience(closed=0, quiet=0, incomplete=1e9)


class Mailroom:
    """Hears what a running service says, and can wait for it."""

    def __init__(self, office: FakeOffice) -> None:
        self._said: queue.Queue[str] = queue.Queue()
        self.listen = self._said.put
        self.service = office.service(lambda line: self.listen(line))
        self.service.intake.clock = lambda: time.monotonic() * 100
        self.counts: dict[str, int] = {}

    def hears(self, *parts: str) -> None:
        """Wait until each of these was said, in any order."""
        left = set(parts)
        while left:
            line = self._said.get(timeout=PATIENCE)
            left = {part for part in left if part not in line}

    def work(self) -> None:
        self.counts = self.service.run(once=False)

    def stop(self) -> None:
        self.service.stopping.set()
        self.service.intake.bell.ring()


@contextmanager
def running(office: FakeOffice, *, patience: Patience | None = None):
    """A service at work; it is stopped, and has ended, when the context ends."""
    mailroom = Mailroom(office)
    if patience:
        mailroom.service.intake.settling.patience = patience
    thread = threading.Thread(target=mailroom.work)
    thread.start()
    try:
        yield mailroom
    finally:
        mailroom.stop()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def run_once(office):
    mailroom = Mailroom(office)
    return mailroom.service.run(once=True)


def numbers(office):
    return office.root.cabinet.numbers()


def subjects(office):
    return {str(n): office.root.cabinet.case(n).fields["perihal"]["nilai"] for n in numbers(office)}


def is_whole(office, *letters: bytes):
    """Whether the archive holds exactly these letters, each finished, and nothing is left anywhere."""
    layout = office.root.layout
    cases = [office.root.cabinet.case(n) for n in numbers(office)]
    originals = sorted(office.file(c.number, "01-surat.pdf") for c in cases)
    assert originals == sorted(letters)
    assert [c.number.serial for c in cases] == list(range(1, len(letters) + 1))
    assert [len(c.documents) for c in cases] == [8] * len(letters)
    assert [dict(c.given_up) for c in cases] == [{}] * len(letters)
    assert office.root.cabinet.open_cases() == []
    assert os.listdir(layout.staging) == []
    assert [p for p in (layout.inbox / ".diambil").rglob("*") if p.is_file()] == []
    assert office.inbox.files() == []
    assert office.findings() == []
    assert [row.number for row in office.root.book.rows()] == [str(c.number) for c in cases]
    return True


def test_an_inbox_where_nothing_happens_is_left_in_peace(office):
    intake = office.service(lambda _line: None).intake
    intake.clock = itertools.count(0, 0.001).__next__  # a look takes a millisecond and more

    assert intake.turn() > 60


def test_what_happens_right_after_a_look_is_seen_soon(office):
    intake = office.service(lambda _line: None).intake
    intake.clock = itertools.count(0, 0.001).__next__
    intake.turn()

    assert intake.turn() < 1


def test_letters_that_lie_there_when_the_service_starts_are_taken(office):
    office.drop("a.pdf", b"Surat A")
    office.drop("b.pdf", b"Surat B")

    with running(office) as mailroom:
        mailroom.hears("2026/0001: selesai", "2026/0002: selesai")

    assert is_whole(office, b"Surat A", b"Surat B")
    assert mailroom.counts == {"terdaftar": 2}


def test_a_letter_dropped_while_the_service_runs_is_taken(office):
    with running(office) as mailroom:
        office.drop("a.pdf", b"Surat A")
        mailroom.hears("2026/0001: selesai")
        office.drop("a.pdf", b"Surat B")
        mailroom.hears("2026/0002: selesai")

    assert is_whole(office, b"Surat A", b"Surat B")


def test_the_systems_word_that_a_file_was_closed_is_enough(office, monkeypatch):
    monkeypatch.setattr(service_module, "RESCAN", 1000.0)
    mailroom = Mailroom(office)
    mailroom.service.watch = Watch(mailroom.service.intake.bell, office.root.layout.inbox, native=True)
    mailroom.service.intake.settling.patience = UNHURRIED
    thread = threading.Thread(target=mailroom.work)
    office.drop("a.pdf", b"Surat A")
    thread.start()
    mailroom.hears("2026/0001: selesai")

    (office.inbox_folder / "b.pdf").write_bytes(b"Surat B")
    mailroom.hears("2026/0002: selesai")

    mailroom.stop()
    thread.join(PATIENCE)
    assert is_whole(office, b"Surat A", b"Surat B")


def test_a_placeholder_that_is_filled_later_is_one_letter(office):
    path = office.drop("a.pdf", b"")
    with running(office, patience=UNHURRIED) as mailroom:
        office.drop("lain.pdf", b"Surat lain")
        mailroom.hears("2026/0001: selesai")

        path.write_bytes(b"Surat A")

        mailroom.hears("2026/0002: selesai")

    assert is_whole(office, b"Surat lain", b"Surat A")


def test_many_letters_at_once_are_each_taken_once(office):
    letters = [f"Surat {n}".encode() for n in range(60)]
    for n, letter in enumerate(letters):
        office.drop(f"{n}.pdf", letter)

    counts = run_once(office)

    assert counts == {"terdaftar": 60}
    assert is_whole(office, *letters)


def test_a_file_that_takes_long_to_look_into_holds_up_no_other(office, monkeypatch):
    inspect, begun, released = FakeReader.inspect, threading.Event(), threading.Event()

    def slow(self, blob):
        if blob.name == "a.pdf":
            begun.set()
            assert released.wait(PATIENCE)
        return inspect(self, blob)

    office.waits_for_the_first = 0.1
    monkeypatch.setattr(FakeReader, "inspect", slow)
    for name in "abc":
        office.drop(f"{name}.pdf", f"Surat {name}".encode())
    with running(office) as mailroom:
        mailroom.hears("2026/0001: selesai", "2026/0002: selesai")
        assert begun.wait(PATIENCE)
        waiting = [e for e in office.root.inbox_view().as_data()["entries"] if e["state"] == "waiting"]
        released.set()
        mailroom.hears("2026/0003: selesai")

    assert [(e["name"], e["detail"]) for e in waiting] == [("a.pdf", "diperiksa")]
    found = subjects(office)
    assert found.pop("2026/0003") == "Surat a"
    assert sorted(found.values()) == ["Surat b", "Surat c"]  # who is slow is overtaken, whoever it is


def test_numbers_follow_the_order_of_arrival_though_one_is_looked_into_faster(office, monkeypatch):
    inspect, second = FakeReader.inspect, threading.Event()

    def the_first_is_slower(self, blob):
        if blob.name == "b.pdf":
            assert second.wait(PATIENCE)
        found = inspect(self, blob)
        if blob.name == "a.pdf":
            second.set()
        return found

    monkeypatch.setattr(FakeReader, "inspect", the_first_is_slower)
    for at, name in enumerate("ba"):  # b was written first
        os.utime(office.drop(f"{name}.pdf", f"Surat {name}".encode()), (1_000_000 + at, 1_000_000 + at))

    run_once(office)

    assert subjects(office) == {"2026/0001": "Surat b", "2026/0002": "Surat a"}


def test_what_keeps_a_view_back_is_told_once_and_not_at_every_try(office, caplog):
    tries, enough = [], threading.Event()

    class Full:
        def refresh(self):
            tries.append(1)
            if len(tries) == 5:
                enough.set()
            raise Passing("Cakram penuh.", "Kosongkan.")

    mailroom = Mailroom(office)
    mailroom.service.codes, mailroom.service.pauses = Full(), Pauses(view=0.001)
    thread = threading.Thread(target=mailroom.work)
    thread.start()
    assert enough.wait(PATIENCE)
    mailroom.stop()
    thread.join(PATIENCE)

    assert [m for m in caplog.messages if "Kode status" in m] == ["Kode status tertunda: Cakram penuh. Kosongkan."]


def test_cases_that_cannot_be_asked_for_at_present_are_waited_for_and_that_is_told_once(office, monkeypatch, caplog):
    asked, again, cabinet = [], threading.Event(), office.root.cabinet
    real = cabinet.open_cases

    def away():
        asked.append(1)
        if len(asked) > 3:
            again.set()
            return real()
        raise Passing("Pusat tidak dapat dihubungi.", "Tunggu.")

    monkeypatch.setattr(cabinet, "open_cases", away)
    monkeypatch.setattr(service_module, "_LOOKING", 0)
    office.drop("surat.pdf", b"Sengketa tanah")
    mailroom = Mailroom(office)
    thread = threading.Thread(target=mailroom.work)
    thread.start()
    assert again.wait(PATIENCE)
    mailroom.stop()
    thread.join(PATIENCE)

    told = [message for message in caplog.messages if message.startswith("Perkara tertunda")]
    assert told == ["Perkara tertunda: Pusat tidak dapat dihubungi. Tunggu."]


def test_every_file_ends_in_exactly_one_place(office):
    for name, content in {
        "a.pdf": b"Surat A",
        "lagi.pdf": b"Surat A",
        "b.pdf": b"Surat B",
        "foto.heic": b"BAD",
        "kosong.pdf": b"",
        "map/c.pdf": b"Surat C",
    }.items():
        (office.root.layout.inbox / name).parent.mkdir(exist_ok=True)
        office.drop(name, content)

    counts = run_once(office)

    assert counts == {"terdaftar": 3, "ganda": 1, "ditolak": 2}
    assert is_whole(office, b"Surat A", b"Surat B", b"Surat C")
    aside = office.root.layout.inbox / "ditolak"
    assert sorted(p.name for p in aside.iterdir() if p.suffix != ".txt") == ["foto.heic", "kosong.pdf", "lagi.pdf"]
    assert all((aside / f"{p.name}.txt").exists() for p in aside.iterdir() if p.suffix != ".txt")


def receive_waiting(office, letter):
    """Give a letter its number and do nothing else with it."""
    office.drop("a.pdf", letter)
    claim = office.claim()
    receive(claim, office.receive_parts)
    office.inbox.done(claim)


class SlowReader(FakeReader):
    """A reader that is at work until its engine is closed, which breaks it off."""

    def __init__(self) -> None:
        super().__init__()
        self.at_work, self.closed = threading.Event(), threading.Event()

    def read(self, blob, received, progress):
        self.at_work.set()
        self.closed.wait(PATIENCE)
        raise EngineFault("Mesin baca diakhiri.", "Ulangi.")

    def close(self) -> None:
        self.closed.set()


def test_a_stop_in_the_middle_of_the_last_try_leaves_nothing_half_done_and_counts_no_attempt(office):
    receive_waiting(office, b"Surat A")
    for _ in range(2):
        office.root.cabinet.failed(FIRST, "baca")
    reader, stopping = SlowReader(), threading.Event()
    office.reader = StoppableReader(reader, stopping)
    mailroom = Mailroom(office)
    mailroom.service.engines, mailroom.service.stopping = (reader,), stopping
    thread = threading.Thread(target=mailroom.work)
    thread.start()
    assert reader.at_work.wait(PATIENCE)

    mailroom.stop()
    thread.join(PATIENCE)

    assert not thread.is_alive()
    assert [e.kind for e in office.root.cabinet.case(FIRST).entries] == ["diterima"]
    assert office.root.cabinet.attempt(FIRST, "baca") == Tries(failed=2, cut_off=0)
    assert os.listdir(office.root.layout.staging) == []
    assert office.findings() == []
    again = FakeOffice(office.root.layout.root)
    run_once(again)
    assert again.reader.reads == 1
    assert is_whole(again, b"Surat A")


def test_a_stop_leaves_what_is_not_begun_for_the_next_time_and_what_is_begun_is_finished(office, monkeypatch):
    letters = {f"{name}.pdf": f"Surat {name}".encode() for name in "abcdef"}
    for name, letter in letters.items():
        office.drop(name, letter)
    mailroom = Mailroom(office)
    inspect, stopping = FakeReader.inspect, mailroom.service.stopping

    def waits_for_the_stop(self, blob):
        if blob.name > "b.pdf":
            assert stopping.wait(PATIENCE)
        return inspect(self, blob)

    monkeypatch.setattr(FakeReader, "inspect", waits_for_the_stop)
    mailroom.listen = lambda _: mailroom.stop()

    mailroom.work()

    left = {p.name for p in office.inbox.files()}
    assert "f.pdf" in left
    assert len(numbers(office)) == len(letters) - len(left)
    assert office.inbox.taken() == {}
    again = FakeOffice(office.root.layout.root)
    run_once(again)
    assert is_whole(again, *letters.values())


def test_a_run_to_the_end_that_is_stopped_by_hand_does_not_complain_of_what_waits(office, monkeypatch):
    def full(_self, _blob):
        raise Passing("Cakram penuh.", "Kosongkan.")

    monkeypatch.setattr(FakeReader, "inspect", full)
    office.drop("a.pdf", b"Surat A")
    service = office.service(lambda line: service.stopping.set() if "tertunda" in line else None)

    assert service.run(once=True) == {}
    assert service.intake.waiting == 1


def test_the_register_is_up_to_date_when_the_service_has_stopped(office):
    with running(office) as mailroom:
        office.drop("a.pdf", b"Surat A")
        mailroom.hears("2026/0001: selesai")

    assert [row.documents for row in office.root.book.rows()] == [8]


def test_nothing_goes_on_working_after_the_service_has_ended(office):
    before = set(threading.enumerate())
    office.drop("a.pdf", b"Surat A")

    run_once(office)

    if office.root.is_central:
        office.root.database.close()  # its connections are the office's, not the service's
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_a_view_that_is_just_written_when_the_service_ends_is_waited_for(office):
    begun, sealed, overtaken = threading.Event(), threading.Event(), []
    service = office.service(lambda _line: None)

    class Slow:
        def refresh(self):
            begun.set()
            until(service._closing.is_set)
            overtaken.append(sealed.wait(0.2))  # long enough for it if nobody waited

    service.codes, service.last_seal = Slow(), sealed.set
    service.moves = lambda: begun.wait(PATIENCE)

    service.run(once=True)

    assert overtaken == [False]


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize(
    ("effect", "where"),
    [
        ("make_folder", ".diambil/"),
        ("make_folder", ".staging/"),
        ("copy_new", ""),
        ("sync_folder", ""),
        ("write_new", ""),
        ("touch", ""),
        ("rename", ".diambil/"),
        ("rename", ".staging/"),
        ("replace", ""),
        ("replace_unsynced", ""),
        ("append", ""),
        ("link", ""),
        ("remove", ""),
        ("remove_folder", ""),
    ],
)
def test_a_disk_that_is_full_for_a_while_delays_a_letter_and_nothing_more(office, monkeypatch, effect, where, times):
    office.drop("a.pdf", b"Surat A")
    office.drop("buruk.heic", b"BAD")
    full = FullDisk(monkeypatch, times, (effect,), where)

    counts = run_once(office)

    assert full.refused == times or office.root.is_central  # much of what a folder is for lies at the centre there
    assert counts == {"terdaftar": 1, "ditolak": 1}
    assert is_whole(office, b"Surat A")


@pytest.mark.in_folders
@pytest.mark.parametrize("where", ["journal.jsonl", ".changes", ".staging/2026-0001", "manifest-sha256.txt"])
def test_however_often_a_full_disk_stops_a_duty_it_counts_as_no_attempt(office, monkeypatch, where):
    receive_waiting(office, b"Surat A")
    full = FullDisk(monkeypatch, 7, ("append", "write_new", "replace"), where)

    while full.refused < 7:
        with pytest.raises(Passing):
            tend(FIRST, office.tend_parts)
    tend(FIRST, office.tend_parts)

    case = office.root.cabinet.case(FIRST)
    assert (dict(case.given_up), len(case.documents)) == ({}, 8)
    assert office.findings() == []


@pytest.mark.in_folders
def test_a_disk_that_stays_full_is_said_so_and_every_letter_is_still_there(office, monkeypatch):
    office.drop("a.pdf", b"Surat A")
    office.drop("b.pdf", b"Surat B")
    with monkeypatch.context() as patch:
        FullDisk(patch, 10**9, ("copy_new",))
        with pytest.raises(Interrupted, match="2 berkas") as said:
            run_once(office)
    assert "cakram penuh" in str(said.value)
    assert numbers(office) == []

    run_once(FakeOffice(office.root.layout.root))

    assert is_whole(office, b"Surat A", b"Surat B")


def test_an_inbox_that_cannot_be_written_is_said_so_and_ends_a_single_run(office, monkeypatch):
    office.drop("a.pdf", b"Surat A")

    def read_only(*_):
        raise OSError(30, os.strerror(30))

    with monkeypatch.context() as patch:
        patch.setattr(disk, "rename", passing(read_only))
        with pytest.raises(Interrupted, match="hanya dapat dibaca"):
            run_once(office)
    assert [p.name for p in office.inbox.files()] == ["a.pdf"]

    run_once(FakeOffice(office.root.layout.root))

    assert is_whole(office, b"Surat A")


def test_a_clock_that_runs_behind_delays_letters_until_it_is_right_again(office):
    office.drop("a.pdf", b"Surat A")
    run_once(office)
    office.clock.forward(hours=-1)
    office.drop("b.pdf", b"Surat B")
    with pytest.raises(Interrupted, match="mundur"):
        run_once(office)

    office.clock.forward(hours=2)
    run_once(office)

    assert is_whole(office, b"Surat A", b"Surat B")


def test_an_inbox_that_vanishes_and_comes_back_is_worked_off_then(office, tmp_path):
    inbox = office.root.layout.inbox
    with running(office) as mailroom:
        office.drop("a.pdf", b"Surat A")
        mailroom.hears("2026/0001: selesai")
        inbox.rename(tmp_path / "share-terputus")
        (tmp_path / "share-terputus" / "b.pdf").write_bytes(b"Surat B")

        (tmp_path / "share-terputus").rename(inbox)

        mailroom.hears("2026/0002: selesai")

    assert is_whole(office, b"Surat A", b"Surat B")


@pytest.mark.in_folders  # at the centre the database itself keeps such a line out
def test_a_broken_case_does_not_stop_the_others_and_is_named_in_the_end(office):
    office.drop("a.pdf", b"Surat A")
    run_once(office)
    journal = office.root.layout.case(FIRST) / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"palsu 1", b"palsu 2"))
    (office.root.layout.open_cases / FIRST.key).touch()
    office.drop("b.pdf", b"Surat B")
    office.drop("c.pdf", b"Surat C")

    with pytest.raises(ArchiveFault, match="Jurnal 2026/0001 rusak"):
        run_once(office)

    for number in (SECOND, THIRD):
        assert len(office.root.cabinet.case(number).documents) == 8


def test_a_case_that_our_own_program_stumbles_over_waits_for_a_person_and_the_others_go_on(office, monkeypatch):
    draft = FakeTypist.draft

    def stumbles(self, template, context, *rest):
        if "Surat B" in str(context):
            raise ZeroDivisionError("nama pelapor")
        return draft(self, template, context, *rest)

    monkeypatch.setattr(FakeTypist, "draft", stumbles)
    for name in "ABC":
        office.drop(f"{name}.pdf", f"Surat {name}".encode())

    run_once(office)

    assert sorted(subjects(office).values()) == ["Surat A", "Surat B", "Surat C"]
    waiting = [c for c in map(office.root.cabinet.case, numbers(office)) if c.given_up]
    assert [c.fields["perihal"]["nilai"] for c in waiting] == ["Surat B"]
    assert set(waiting[0].given_up.values()) == {"kesalahan program (ZeroDivisionError)"}


@pytest.mark.parametrize("fault", [EngineFault("Mesin mati.", "Ulangi."), ZeroDivisionError("nama pelapor")])
def test_a_file_that_stops_its_reader_three_times_is_set_aside_and_the_others_go_on(office, monkeypatch, fault):
    inspect, tries = FakeReader.inspect, []

    def stumbles(self, blob):
        if blob.name == "b.pdf":
            tries.append(blob)
            raise fault
        return inspect(self, blob)

    monkeypatch.setattr(FakeReader, "inspect", stumbles)
    for name in "abc":
        office.drop(f"{name}.pdf", f"Surat {name}".encode())

    counts = run_once(office)

    assert len(tries) == 3
    assert counts == {"terdaftar": 2, "ditolak": 1}
    assert is_whole(office, b"Surat a", b"Surat c")
    note = (office.root.layout.inbox / "ditolak" / "b.pdf.txt").read_text()
    assert "tiga kali" in note
    assert "nama pelapor" not in note


@pytest.mark.parametrize("where", ["inbox", ".diambil"])
def test_a_file_that_cannot_be_read_waits_and_the_others_go_on(office, monkeypatch, where):
    office.drop("a.pdf", b"Surat A")
    if where == ".diambil":
        office.claim()
    office.drop("b.pdf", b"Surat B")
    copy = disk.copy_open

    def failing(source, *rest):
        if path_of(source).name == "a.pdf":
            raise OSError(5, os.strerror(5))
        return copy(source, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(disk, "copy_open", failing)
        with running(office) as mailroom:
            mailroom.hears("2026/0001: selesai")
    assert subjects(office) == {"2026/0001": "Surat B"}

    run_once(FakeOffice(office.root.layout.root))

    assert is_whole(office, b"Surat A", b"Surat B")


def test_a_file_that_was_taken_and_could_not_be_put_back_is_taken_up_again(office, monkeypatch):
    office.drop("a.pdf", b"Surat A")
    copy, once = disk.copy_open, []

    def fails_once(*args):
        if not once:
            once.append(args)
            raise OSError(5, os.strerror(5))
        return copy(*args)

    monkeypatch.setattr(disk, "copy_open", fails_once)
    full = FullDisk(monkeypatch, 1, ("link",), ".diambil/")

    run_once(office)

    assert (len(once), full.refused) == (1, 1)
    assert is_whole(office, b"Surat A")


def test_a_claimed_file_that_somebody_took_away_does_not_stop_the_others(office):
    office.drop("a.pdf", b"Surat A")
    claim = office.claim()
    office.drop("b.pdf", b"Surat B")

    with running(office) as mailroom:
        claim.blob.lies.unlink(missing_ok=True)
        mailroom.hears("selesai")

    assert b"Surat B" in {office.file(n, "01-surat.pdf") for n in numbers(office)}
