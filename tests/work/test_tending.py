"""The workers that tend cases: a broken case is left alone and looked at again; the others go on."""

from __future__ import annotations

import queue

import pytest
from patience import PATIENCE, until

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import ArchiveFault
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
