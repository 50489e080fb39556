"""Places for which whoever has waited longest is served next."""

from __future__ import annotations

import threading
from collections import deque


class WaitingLine:
    """So many places; a context holds one of them; who has waited longest is served next. Safe for many threads.

    Python's semaphores let the thread that has just given up its place take it again before anybody who waits: the
    pages of one long scan kept every child of the pool, and the letters behind it were not read until it was through.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        with self._lock:
            return len(self._waiting)

    def __enter__(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            called = threading.Event()
            self._waiting.append(called)
        try:
            called.wait()
        except BaseException:
            self._leave(called)
            raise

    def __exit__(self, *_: object) -> None:
        self._pass_on()

    def _leave(self, called: threading.Event) -> None:
        """Stand in the line no more; a place that was given meanwhile goes to the next."""
        with self._lock:
            if called in self._waiting:
                self._waiting.remove(called)
                return
        self._pass_on()

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
