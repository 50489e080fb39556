"""Threads that look into files that have come to rest, several at once, so that a slow one holds up no other."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.backoff import Backoff
from pipeline.errors import YankomasError
from pipeline.intake.account import Taken
from pipeline.intake.at_rest import Identity
from pipeline.intake.outcomes import Outcome
from pipeline.register.ports import Claim

TRIES = 3


@dataclass(slots=True, eq=False)
class Pending:
    """A file on its way: where it lay, then its claim, then what became of it.

    ``place`` is its place in the order of arrival; ``lay`` and ``identity`` say where which file lay, and are missing
    for one that was taken before a crash. ``gap`` says what it lacks if it is given up. ``fault`` is why the last try
    came to nothing, ``told`` what the mailroom heard of that; ``changed`` whether somebody still writes to it.
    ``in_reach`` says that it was not taken after all: it is another file by now, or none, or we are ending.
    """

    id: str
    place: int
    lay: Path | None = None
    identity: Identity | None = None
    gap: str = ""
    claim: Claim | None = None
    taken: Taken | None = None
    outcome: Outcome | None = None
    fault: YankomasError | None = None
    told: str = ""
    changed: bool = False
    in_reach: bool = False
    crashes: int = 0
    backoff: Backoff = field(default_factory=Backoff)

    @property
    def left_over(self) -> bool:
        """Whether it was taken before this process began."""
        return self.lay is None


class Receivers:
    """Threads that do the slow part of receiving.

    ``take`` is done for one file after the other, in the order they were submitted, ``work`` for several at once; both
    note on the pending file how it went and never raise.
    """

    def __init__(
        self,
        take: Callable[[Pending], None],
        work: Callable[[Pending], None],
        threads: int,
        done: Callable[[], None],
    ) -> None:
        self._take, self._work, self._wanted, self._done = take, work, threads, done
        self._taking = threading.Lock()
        self._queue, self._finished = deque[Pending](), deque[Pending]()
        self._at_work = 0
        self._stopping = False
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []

    def submit(self, pending: Pending) -> None:
        """Have a file looked into, after those submitted before."""
        with self._changed:
            self._queue.append(pending)
            if len(self._threads) < self._wanted:
                name = f"terima-{len(self._threads)}"
                self._threads.append(threading.Thread(target=self._serve, name=name, daemon=True))
                self._threads[-1].start()
            self._changed.notify()

    def finished(self) -> list[Pending]:
        """Return what was looked into since the last call."""
        with self._changed:
            finished = list(self._finished)
            self._finished.clear()
            return finished

    @property
    def busy(self) -> int:
        """How many files are queued, looked into, or not fetched yet."""
        with self._changed:
            return len(self._queue) + self._at_work + len(self._finished)

    def stop(self, patience: float) -> None:
        """Begin nothing new, and let what is looked into come to its end, for so many seconds at most."""
        with self._changed:
            self._stopping = True
            self._queue.clear()
            self._changed.notify_all()
        until = time.monotonic() + patience
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _serve(self) -> None:
        while (pending := self._taken()) is not None:
            self._work(pending)
            with self._changed:
                self._at_work -= 1
                self._finished.append(pending)
            self._done()

    def _taken(self) -> Pending | None:
        with self._taking:
            if (pending := self._next()) is not None:
                self._take(pending)
            return pending

    def _next(self) -> Pending | None:
        with self._changed:
            while not self._queue and not self._stopping:
                self._changed.wait()
            if self._stopping:
                return None
            self._at_work += 1
            return self._queue.popleft()
