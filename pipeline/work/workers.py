"""Workers that tend open cases, several at once; one case is never with two of them.

A case that keeps its worker long while others wait gives way (:meth:`Tenders.give_way`): it is begun anew by the one
worker of the slow lane, one such case after another, so that no number of them keeps all workers.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from pipeline.backoff import LONGEST_PAUSE, Backoff
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.duties import needs_person
from pipeline.errors import Busy, HeldUp, Passing, Unfinished, YankomasError, place_of

_LONG = 20.0  # seconds that a case may keep its worker while others wait; chosen 2026-11-26
_BROKEN_PAUSE = 30.0  # seconds before a case that contradicts itself is looked at again
_MENDED_SOON = 20.0  # seconds between two looks at a case whose template somebody may be mending
_log = logging.getLogger(__name__)


class Tenders:
    """A queue of cases and the threads that work it off. The real work runs in other processes, so threads do."""

    def __init__(
        self,
        tend: Callable[[CaseNumber], Case],
        say: Callable[[str], None],
        workers: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tend, self._say, self._clock = tend, say, clock
        self._queue: deque[CaseNumber] = deque()
        self._slow: deque[CaseNumber] = deque()
        self._begun: dict[CaseNumber, float] = {}
        self._busy: set[CaseNumber] = set()
        self._backoffs: dict[CaseNumber, Backoff] = {}
        self._delayed: dict[CaseNumber, str] = {}
        self._changed = threading.Condition()
        self._stopping = False
        self.broken: dict[CaseNumber, YankomasError] = {}
        self.last_fault: YankomasError | None = None
        self.finished: set[CaseNumber] = set()
        self.for_person: set[CaseNumber] = set()
        named = [(f"perkara-{n}", self._queue) for n in range(workers)] + [("perkara-berat", self._slow)]
        self._threads = [threading.Thread(target=self._work, args=(q,), name=name, daemon=True) for name, q in named]

    def start(self) -> None:
        """Start the workers."""
        for thread in self._threads:
            thread.start()

    def submit(self, number: CaseNumber) -> None:
        """Have a case tended, unless it is already with a worker or waits its pause."""
        with self._changed:
            if number in self._busy or self._backoffs.get(number, Backoff()).due > self._clock():
                return
            self._busy.add(number)
            self._queue.append(number)
            self._changed.notify_all()

    def give_way(self, number: CaseNumber) -> None:
        """Leave a case unfinished that has kept its worker long, if others wait; asked in the middle of its work.

        Raises:
            Unfinished: it goes on in the slow lane.
        """
        with self._changed:
            begun = self._begun.get(number)
            if begun is not None and self._queue and self._clock() - begun > _LONG:
                raise Unfinished

    @property
    def idle(self) -> bool:
        """Whether no case is queued or with a worker."""
        with self._changed:
            return not self._busy

    @property
    def stuck(self) -> int:
        """How many cases failed at least three times for a passing reason."""
        with self._changed:
            return sum(b.is_stuck for n, b in self._backoffs.items() if n not in self.broken)

    def stop(self, patience: float) -> None:
        """Let the workers finish what they are at, for so many seconds at most."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        until = time.monotonic() + patience
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, until - time.monotonic()))

    def _work(self, queue: deque[CaseNumber]) -> None:
        while (number := self._next(queue)) is not None:
            try:
                self._tend_one(number)
            except Unfinished:
                with self._changed:
                    self._slow.append(number)
            else:
                with self._changed:
                    self._busy.discard(number)
            with self._changed:
                self._begun.pop(number, None)
                self._changed.notify_all()

    def _next(self, queue: deque[CaseNumber]) -> CaseNumber | None:
        with self._changed:
            while not queue and not self._stopping:
                self._changed.wait()
            if self._stopping:
                return None
            number = queue.popleft()
            if queue is self._queue:  # in the slow lane nobody has to give way
                self._begun[number] = self._clock()
            return number

    def _tend_one(self, number: CaseNumber) -> None:
        try:
            case = self._tend(number)
        except Unfinished:
            raise
        except (Passing, Busy) as fault:
            self._delay(number, fault)
        except YankomasError as fault:
            self._break(number, fault)
        except Exception as fault:  # one case must not end a worker; the journal is untouched
            _log.error("%s: kesalahan program %s di %s", number, type(fault).__name__, place_of(fault))
            self._delay(number, Passing("kesalahan program"))
        else:
            with self._changed:
                self._backoffs.pop(number, None)
                self._delayed.pop(number, None)
                self.broken.pop(number, None)
            self._done(number, case)

    def _break(self, number: CaseNumber, fault: YankomasError) -> None:
        """Leave a case that contradicts itself alone for a while: a person may have put it right by then."""
        with self._changed:
            known, self.broken[number] = self.broken.get(number), fault
            backoff = self._backoffs[number] if known else Backoff(_BROKEN_PAUSE)
            self._backoffs[number] = backoff.failed(self._clock())
        if str(known) != str(fault):
            self._say(f"{number}: {fault}")

    def _delay(self, number: CaseNumber, fault: YankomasError) -> None:
        with self._changed:
            longest = _MENDED_SOON if isinstance(fault, HeldUp) else LONGEST_PAUSE
            backoff = replace(self._backoffs.get(number, Backoff()), longest=longest)
            self._backoffs[number] = backoff.failed(self._clock())
            self.last_fault = fault
            told, self._delayed[number] = self._delayed.get(number), str(fault)
        if not self._stopping and not (isinstance(fault, HeldUp) and told == str(fault)):
            _log.warning("%s tertunda: %s", number, fault)

    def _done(self, number: CaseNumber, case: Case) -> None:
        if needs_person(case):
            self.for_person.add(number)
            self._say(f"{number}: perlu petugas: {'; '.join(f'{d}: {r}' for d, r in case.given_up.items())}")
            return
        self.finished.add(number)
        self._say(f"{number}: selesai, {len(case.documents)} berkas")


class HandedOn(Tenders):
    """No workers: what is open is tended by others, on whichever machine."""

    def __init__(self, tend: Callable[[CaseNumber], Case], say: Callable[[str], None]) -> None:
        super().__init__(tend, say, 0)

    def submit(self, number: CaseNumber) -> None:
        """Leave a case to the others."""
