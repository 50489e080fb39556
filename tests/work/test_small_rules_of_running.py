"""Rules of what runs, a condition each: which part is missed, what gives way, when a run to the end is over."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from datetime import timedelta
from types import SimpleNamespace

import pytest
from fakes import MORNING
from patience import PATIENCE

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import ArchiveFault, HeldUp, Interrupted, Passing, Unfinished
from pipeline.work.processes import RESTART_MOMENT, Part, PartNote, PartState, told_of, unwatched
from pipeline.work.service import Pauses, Service
from pipeline.work.workers import Tenders

ONE, TWO = CaseNumber(2026, 1), CaseNumber(2026, 2)


def part(*, running=False, supervised=True, **note) -> PartState:
    return PartState(Part.INTAKE, running, supervised, PartNote(**note))


def test_a_part_is_missed_once_it_is_away_for_longer_than_a_restart_takes_or_nobody_restarts_it():
    away = MORNING - RESTART_MOMENT

    missed = [
        part(running=True, away_since=away - timedelta(days=1)),
        part(away_since=away),
        part(away_since=away - timedelta(seconds=1)),
        part(),
        part(supervised=False, away_since=away),
        part(running=True, supervised=False),
    ]

    assert [one.is_missed(MORNING) for one in missed] == [False, False, True, True, True, False]
    assert [bool(unwatched(one, MORNING)) for one in missed] == [False, False, True, True, True, False]
    assert "sejak" in unwatched(missed[2], MORNING)
    assert "sejak" not in unwatched(missed[4], MORNING)


def test_what_a_part_ended_of_is_told_where_a_supervisor_noted_it():
    ended = {"restarts": 2, "ended": MORNING, "why": "macet"}

    assert told_of(part(running=True, **ended)).startswith("berjalan; 2 kali dijalankan lagi")
    assert told_of(part(supervised=False, **ended)) == "tidak berjalan"
    assert told_of(part()) == "tidak berjalan, akan dijalankan lagi"


class Queue:
    """Workers that nobody started, by a clock that is set by hand."""

    def __init__(self) -> None:
        self.now, self.said = 0.0, []
        self.tenders = Tenders(lambda _: None, self.said.append, 1, clock=lambda: self.now)

    def waiting(self) -> list[CaseNumber]:
        return [*self.tenders._queue]


def test_a_case_is_queued_once_and_again_when_its_pause_is_over():
    queue = Queue()
    for number in (ONE, ONE, TWO):
        queue.tenders.submit(number)
    assert (queue.waiting(), queue.tenders.idle) == ([ONE, TWO], False)

    other = Queue()
    other.tenders._delay(ONE, Passing("penuh"))
    due = other.tenders._backoffs[ONE].due
    for now, there in ((due - 0.1, []), (due, [ONE])):
        other.now = now
        other.tenders.submit(ONE)
        assert other.waiting() == there


def test_workers_end_with_the_program():
    assert {thread.daemon for thread in Queue().tenders._threads} == {True}


def test_a_case_may_keep_its_worker_to_the_last_second_of_its_time():
    queue = Queue()
    queue.tenders._begun[ONE] = 0.0
    queue.tenders.submit(TWO)

    queue.now = 20.0
    queue.tenders.give_way(ONE)
    queue.now = 20.1
    with pytest.raises(Unfinished):
        queue.tenders.give_way(ONE)


def test_cases_that_failed_three_times_for_a_passing_reason_are_stuck_and_broken_ones_are_not():
    queue = Queue()
    for _ in range(3):
        queue.tenders._delay(ONE, Passing("penuh"))
        queue.tenders._break(TWO, ArchiveFault("rusak"))

    assert queue.tenders.stuck == 1
    assert [said for said in queue.said if "rusak" in said] == ["2026/0002: rusak"]


def test_each_passing_fault_is_told_but_of_a_template_once_and_none_while_stopping(caplog):
    queue = Queue()
    for fault in (Passing("penuh"), Passing("penuh"), HeldUp("templat"), HeldUp("templat"), HeldUp("templat lain")):
        queue.tenders._delay(ONE, fault)
    queue.tenders.stop(0)
    queue.tenders._delay(ONE, Passing("akhir"))

    assert [record.message.partition(": ")[2] for record in caplog.records] == [
        "penuh",
        "penuh",
        "templat",
        "templat lain",
    ]


class Root:
    """A service of which a test says what lies there; nothing runs beside it."""

    def __init__(self, *, waiting=0, fault=None) -> None:
        self.owed, self.turns, self.submitted = [], 0, []
        self.intake = SimpleNamespace(
            inbox=SimpleNamespace(prepare=lambda: None),
            counts={"surat": 1},
            waiting=waiting,
            settled=not waiting,
            stuck=0,
            last_fault=fault,
            stop=lambda _seconds: None,
            turn=self.turn,
            bell=SimpleNamespace(wait=lambda _seconds: None),
        )
        self.tenders = SimpleNamespace(
            broken={}, stuck=0, idle=True, last_fault=None, start=lambda: None, stop=lambda _: None, submit=self.submit
        )
        view = SimpleNamespace(refresh=lambda: None)
        self.service = Service(
            alone=nullcontext,
            tidy_up=lambda: None,
            cabinet=SimpleNamespace(open_cases=lambda: self.owed),
            book=view,
            index=view,
            codes=view,
            seal=lambda: None,
            intake=self.intake,
            tenders=self.tenders,
            watch=nullcontext(enter_result=True),
            engines=(),
            interval=1.0,
            stopping=threading.Event(),
            pauses=Pauses(),
        )

    def turn(self) -> float:
        self.turns += 1
        assert self.turns < 20, "it never ends"
        if self.turns > 5:
            self.intake.stuck = 1
        return 0.0

    def submit(self, number: CaseNumber) -> None:
        self.submitted.append(number)


def test_a_run_to_the_end_is_over_once_nothing_lies_there_and_nothing_is_owed():
    root = Root()

    assert root.service.run(once=True) == {"surat": 1}
    assert root.turns == 1


def test_a_run_goes_on_while_a_case_is_owed_something_and_says_what_is_left_when_it_is_stuck():
    owed, waiting = Root(), Root(waiting=2, fault=Passing("Cakram penuh.", "Kosongkan."))
    owed.owed = [ONE]

    with pytest.raises(Interrupted, match="0 berkas dan 1 perkara belum selesai"):
        owed.service.run(once=True)
    assert owed.turns > 1
    assert owed.submitted[0] == ONE
    with pytest.raises(Interrupted, match=r"2 berkas dan 0 perkara belum selesai \(Cakram penuh. Kosongkan.\)"):
        waiting.service.run(once=True)


def test_a_run_that_was_stopped_or_goes_on_for_ever_gives_no_account_and_a_broken_case_is_raised():
    stopped, broken = Root(waiting=1), Root()
    stopped.service.stopping.set()
    broken.owed, broken.tenders.broken = [ONE], {ONE: ArchiveFault("Jurnal rusak.")}

    assert stopped.service.run(once=True) == {"surat": 1}
    assert stopped.turns == 0
    with pytest.raises(ArchiveFault, match="Jurnal rusak"):
        broken.service.run(once=True)
    assert broken.turns == 1


def test_that_open_cases_cannot_be_looked_for_is_told_once_until_they_can(caplog):
    root = Root()
    answers = [Passing("penuh"), Passing("penuh"), None, Passing("penuh")]

    def open_cases():
        if fault := answers.pop(0):
            raise fault
        return [ONE]

    root.service.cabinet = SimpleNamespace(open_cases=open_cases)
    for _ in range(4):
        root.service._round_due = 0.0
        root.service._submit_open_cases()
    root.service._round_due = float("inf")
    root.service._submit_open_cases()

    assert root.submitted == [ONE]
    assert [record.message for record in caplog.records] == ["Perkara tertunda: penuh"] * 2


def test_who_rings_while_it_is_too_early_to_look_for_cases_again_waits_no_longer_than_that():
    """Once it waited for the next ring, or as long as the machine pauses by itself."""
    root, waited = Root(), []
    root.service.pauses, root.service.interval = Pauses(open_cases=50.0), 3600.0
    root.intake.turn = lambda: 300.0

    def wait(seconds: float) -> None:
        waited.append(seconds)
        root.owed = [ONE]  # and whoever opened it rings
        if len(waited) == 2:
            root.service._round_due = 0.0  # so long it waited
        if len(waited) == 3:
            root.service.stopping.set()

    root.intake.bell.wait = wait
    root.service.watch = nullcontext(enter_result=False)
    root.service.run(once=False)

    assert waited[0] == 300.0
    assert 0 < waited[1] <= 50.0
    assert (waited[2], root.submitted) == (300.0, [ONE])


def test_views_are_kept_up_by_threads_that_end_with_the_program_and_what_is_wrong_is_told_once(caplog):
    root, threads = Root(), []
    root.service.seal = root.service.last_seal = lambda: threads.append(threading.current_thread())
    answers = [Passing("penuh"), Passing("penuh"), None, ValueError("isi surat"), Passing("penuh")]

    def refresh() -> None:
        threads.append(threading.current_thread())
        if not answers:
            root.service._closing.set()
        elif fault := answers.pop(0):
            raise fault

    root.service._seal_first()
    root.service._keep("Buku", refresh, 0)

    assert [thread.daemon for thread in threads[:1]] == [True]
    assert len(threads) == 7
    told = [record.message for record in caplog.records]
    assert [told[0], *told[2:]] == ["Buku tertunda: penuh"] * 2
    assert told[1].startswith("Buku: ValueError di ")
    assert "isi surat" not in told[1]


def test_what_keeps_views_up_ends_with_the_program():
    root, kept = Root(), threading.Event()
    found: list[bool] = []

    def refresh() -> None:
        found.append(threading.current_thread().daemon)
        kept.set()

    root.service.kept = (("Lain", refresh, 1.0),)
    root.service._start()
    assert kept.wait(PATIENCE)
    root.service._closing.set()

    assert found[0] is True
