"""Workers that tend open cases, several at once; one case is never with two of them."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable

from pipeline.backoff import Backoff
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.duties import needs_person
from pipeline.errors import Busy, Passing, YankomasError, place_of

_BROKEN_PAUSE = 30.0  # seconds before a case that contradicts itself is looked at again
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
        self._busy: set[CaseNumber] = set()
        self._backoffs: dict[CaseNumber, Backoff] = {}
        self._changed = threading.Condition()
        self._stopping = False
        self.broken: dict[CaseNumber, YankomasError] = {}
        self.last_fault: YankomasError | None = None
        self.finished: set[CaseNumber] = set()
        self.for_person: set[CaseNumber] = set()
        self._threads = [threading.Thread(target=self._work, name=f"perkara-{n}", daemon=True) for n in range(workers)]

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
            self._changed.notify()

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

    def _work(self) -> None:
        while (number := self._next()) is not None:
            self._tend_one(number)
            with self._changed:
                self._busy.discard(number)
                self._changed.notify_all()

    def _next(self) -> CaseNumber | None:
        with self._changed:
            while not self._queue and not self._stopping:
                self._changed.wait()
            return None if self._stopping else self._queue.popleft()

    def _tend_one(self, number: CaseNumber) -> None:
        try:
            case = self._tend(number)
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
            self._backoffs[number] = self._backoffs.get(number, Backoff()).failed(self._clock())
            self.last_fault = fault
        if not self._stopping:
            _log.warning("%s tertunda: %s", number, fault)

    def _done(self, number: CaseNumber, case: Case) -> None:
        if needs_person(case):
            self.for_person.add(number)
            self._say(f"{number}: perlu petugas: {'; '.join(f'{d}: {r}' for d, r in case.given_up.items())}")
            return
        self.finished.add(number)
        self._say(f"{number}: selesai, {len(case.documents)} berkas")
