"""Who is first when two arrive: files are taken one after another, looked into several at once, and numbered in turn.

The rule at the door to the numbers: a file waits until every one that came before it has passed or given up its turn.
One that has been at it for longer than ``PATIENCE`` (a huge file, a slow share) is overtaken; it passes when it is
ready.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    says so, files are handed back as they came.
    """

    def __init__(
        self,
        take: Callable[[F], F],
        work: Callable[[F], F],
        done: Callable[[], None],
        stopping: Callable[[], bool] = lambda: False,
        threads: int = 2,
    ) -> None:
        self._take, self._work, self._done, self._asked_to_stop = take, work, done, stopping
        self._wanted = threads
        self._taking = threading.Lock()
        self._queue, self._finished = deque[F](), deque[F]()
        self._stopping = False
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []

    def submit(self, file: F) -> None:
        """Have a file received, after those submitted before."""
        with self._changed:
            self._queue.append(file)
            if len(self._threads) < self._wanted:
                name = f"terima-{len(self._threads)}"
                self._threads.append(threading.Thread(target=self._serve, name=name, daemon=True))
                self._threads[-1].start()
            self._changed.notify()

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
            self._changed.notify_all()
        until = time.monotonic() + patience
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _serve(self) -> None:
        while True:
            with self._taking:
                file = self._next()
                if file is None:
                    return
                stopped = self._asked_to_stop()
                taken = file if stopped else self._take(file)
            finished = taken if stopped else self._work(taken)
            with self._changed:
                self._finished.append(finished)
            self._done()

    def _next(self) -> F | None:
        with self._changed:
            while not self._queue and not self._stopping:
                self._changed.wait()
            return None if self._stopping else self._queue.popleft()
