"""The workers that tend cases: a broken case is left alone and looked at again; the others go on."""

from __future__ import annotations

import queue
import threading
import time
from itertools import pairwise

import pytest
from patience import PATIENCE, until

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import ArchiveFault, HeldUp, Unfinished
from pipeline.work.workers import Tenders

NUMBER = CaseNumber(2026, 7)


class Archive:
    """A case that is broken until somebody mends it, with workers that tend it by a clock that is set by hand."""

    def __init__(self) -> None:
        self.now, self.broken, self.tries = 0.0, True, queue.Queue()
        self.said: list[str] = []
        self.tenders = Tenders(self.tend, self.said.append, 1, clock=lambda: self.now)

    def tend(self, number):
        self.tries.put(number)
        if self.broken:
            raise ArchiveFault("Jurnal 2026/0007 rusak.", "Jalankan `yankomas verify`.")
        return type("Case", (), {"given_up": {}, "documents": ()})()

    def look(self, at):
        """Submit the case at this time; say whether it was tried."""
        self.now = at
        self.tenders.submit(NUMBER)
        until(lambda: self.tenders.idle)
        found = not self.tries.empty()
        while not self.tries.empty():
            self.tries.get()
        return found


@pytest.fixture
def archive():
    archive = Archive()
    archive.tenders.start()
    yield archive
    archive.tenders.stop(PATIENCE)


def test_a_broken_case_is_looked_at_again_after_growing_pauses_and_told_once(archive):
    tried = [at for at in range(0, 1000, 10) if archive.look(at)]

    assert tried == [0, 30, 90, 210, 450, 750]
    assert archive.said == ["2026/0007: Jurnal 2026/0007 rusak. Jalankan `yankomas verify`."]
    assert archive.tenders.stuck == 0


def test_a_broken_case_that_somebody_mended_goes_on(archive):
    archive.look(0)
    archive.broken = False

    assert archive.look(30)

    assert archive.tenders.broken == {}
    assert archive.said[-1] == "2026/0007: selesai, 0 berkas"


def test_a_case_that_waits_for_a_template_is_looked_at_again_soon_and_told_once(archive, caplog):
    def tend(number):
        archive.tries.put(number)
        raise HeldUp("Templat 03-lembar-disposisi rusak.", "Betulkan templatnya.")

    archive.tenders._tend = tend
    tried = [at for at in range(200) if archive.look(float(at))]

    assert {later - earlier for earlier, later in pairwise(tried[-5:])} == {20}
    assert [r.message for r in caplog.records] == [
        "2026/0007 tertunda: Templat 03-lembar-disposisi rusak. Betulkan templatnya."
    ]


class Page:
    """Cases of many pages keep their worker, by a clock that is set by hand; those of one page are read at once."""

    def __init__(self) -> None:
        self.now, self.where, self.read = 0.0, [], threading.Semaphore(0)
        self.letters_wait = threading.Event()
        self.tenders = Tenders(self.tend, lambda _: None, 2, clock=lambda: self.now)

    def tend(self, number):
        self.where.append((number.serial, threading.current_thread().name.rstrip("01")))
        if number.serial < 100 and self.where[-1][1] != "perkara-berat":
            assert self.letters_wait.wait(PATIENCE)
            self.now = 1000.0
            while self.tenders._queue:  # page after page, until it has to give way
                self.tenders.give_way(number)
                time.sleep(0)
        self.read.release()
        return type("Case", (), {"given_up": {}, "documents": ()})()


def test_costly_cases_that_keep_all_workers_give_way_to_those_that_wait_and_are_done_afterwards():
    pages = Page()
    pages.tenders.start()
    for serial in (1, 2):
        pages.tenders.submit(CaseNumber(2026, serial))
    until(lambda: len(pages.where) == 2)
    for serial in (100, 101, 102):
        pages.tenders.submit(CaseNumber(2026, serial))
    pages.letters_wait.set()

    for _ in range(5):
        assert pages.read.acquire(timeout=PATIENCE)
    pages.tenders.stop(PATIENCE)

    assert {serial for serial, where in pages.where if where == "perkara-"} == {1, 2, 100, 101, 102}
    assert {serial for serial, where in pages.where if where == "perkara-berat"} & {1, 2}


def test_a_case_gives_way_only_after_long_and_only_to_others():
    pages = Page()
    number = CaseNumber(2026, 1)

    pages.tenders.give_way(number)  # nobody works on it
    pages.tenders._begun[number] = 0.0
    pages.now = 1000.0
    pages.tenders.give_way(number)  # nobody waits
    pages.tenders.submit(CaseNumber(2026, 2))
    with pytest.raises(Unfinished):
        pages.tenders.give_way(number)
    pages.now = 10.0
    pages.tenders.give_way(number)  # it has not had much yet
