"""Who is first when two arrive: files are taken one after another, looked into several at once, and numbered in turn.

The rule at the door to the numbers: a file waits until every one that came before it has passed or given up its turn.
One that has been at it for longer than ``PATIENCE`` (a slow share) is overtaken; it passes when it is ready.

What is large or turns out to be costly goes to the slow lane, where nobody waits for it: one thread, in which files
take turns, whoever has had least first. So no number of them holds up a letter.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

F = TypeVar("F")

PATIENCE = 2.0  # seconds that a file is waited for by those behind it


class Turns:
    """The files on their way to the door, each with its place in the order of arrival."""

    def __init__(self, patience: float = PATIENCE, clock: Callable[[], float] = time.monotonic) -> None:
        self._patience, self._clock = patience, clock
        self._since: dict[int, float] = {}
        self._changed = threading.Condition()

    @contextmanager
    def taken(self, place: int) -> Iterator[None]:
        """Be on the way to the door while the context lasts."""
        with self._changed:
            self._since[place] = self._clock()
        try:
            yield
        finally:
            with self._changed:
                del self._since[place]
                self._changed.notify_all()

    def wait(self, place: int) -> None:
        """Wait until nobody who came before is still to be waited for."""
        with self._changed:
            while (left := self._left(place)) > 0:
                self._changed.wait(left)

    def _left(self, place: int) -> float:
        """Return for how many seconds at most somebody has to be waited for."""
        ahead = [since for other, since in self._since.items() if other < place]
        return max((since + self._patience - self._clock() for since in ahead), default=0.0)


class Receivers(Generic[F]):
    """Threads in which files are received, several at once, so that a slow one holds up no other.

    ``take`` is done for one file after the other, in the order they were submitted, ``work`` for several at once; each
    returns the file as it is afterwards and never raises. ``done`` is told when one is finished. Once ``stopping``
    says so, files are handed back as they came. ``goes_on_slowly`` says of a file, once it was taken and whenever it
    was worked on, that it is to be worked on (further) in the slow lane.
    """

    def __init__(
        self,
        take: Callable[[F], F],
        work: Callable[[F], F],
        done: Callable[[], None],
        stopping: Callable[[], bool] = lambda: False,
        goes_on_slowly: Callable[[F], bool] = lambda file: False,
        threads: int = 2,
    ) -> None:
        self._goes_on_slowly = goes_on_slowly
        self._slow: list[tuple[float, int, F]] = []
        self._slow_turns = count()
        self._take, self._work, self._done, self._asked_to_stop = take, work, done, stopping
        self._wanted = threads
        self._taking = threading.Lock()
        self._queue, self._finished = deque[F](), deque[F]()
        self._stopping = self._has_slow_lane = False
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []

    def submit(self, file: F) -> None:
        """Have a file received, after those submitted before."""
        with self._changed:
            self._queue.append(file)
            if len(self._threads) - self._has_slow_lane < self._wanted:
                name = f"terima-{len(self._threads)}"
                self._threads.append(threading.Thread(target=self._serve, name=name, daemon=True))
                self._threads[-1].start()
            self._changed.notify_all()

    def finished(self) -> list[F]:
        """Return what was finished since the last call."""
        with self._changed:
            finished = list(self._finished)
            self._finished.clear()
            return finished

    def stop(self, patience: float) -> None:
        """Begin nothing new, and let what is looked into come to its end, for so many seconds at most."""
        with self._changed:
            self._stopping = True
            self._queue.clear()
            self._slow.clear()
            self._changed.notify_all()
        until = time.monotonic() + patience
        for thread in list(self._threads):
            thread.join(max(0.0, until - time.monotonic()))

    def _serve(self) -> None:
        while True:
            with self._taking:
                file = self._next()
                if file is None:
                    return
                stopped = self._asked_to_stop()
                taken = file if stopped else self._take(file)
            if stopped:
                self._finish(taken)
            elif self._goes_on_slowly(taken):
                self._go_on_slowly(0.0, taken)
            else:
                self._work_on(0.0, taken)

    def _serve_slowly(self) -> None:
        while True:
            with self._changed:
                while not self._slow and not self._stopping:
                    self._changed.wait()
                if self._stopping:
                    return
                had, _, file = heappop(self._slow)
            self._work_on(had, file)

    def _work_on(self, had: float, file: F) -> None:
        """Work on a file that has had so many seconds."""
        begun = time.monotonic()
        worked = self._work(file)
        if self._goes_on_slowly(worked):
            self._go_on_slowly(had + time.monotonic() - begun, worked)
        else:
            self._finish(worked)

    def _go_on_slowly(self, had: float, file: F) -> None:
        with self._changed:
            if self._stopping:
                return  # it is taken up again at the next start
            heappush(self._slow, (had, next(self._slow_turns), file))
            if not self._has_slow_lane:
                self._has_slow_lane = True
                self._threads.append(threading.Thread(target=self._serve_slowly, name="terima-berat", daemon=True))
                self._threads[-1].start()
            self._changed.notify_all()

    def _finish(self, file: F) -> None:
        with self._changed:
            self._finished.append(file)
        self._done()

    def _next(self) -> F | None:
        with self._changed:
            while not self._queue and not self._stopping:
                self._changed.wait()
            return None if self._stopping else self._queue.popleft()
