"""Whose turn it is at the door to the numbers: letters pass in the order in which they arrived.

The rule: a letter waits until every letter that came before it has passed or given up its turn. One that has been at
it for longer than ``patience`` seconds (a huge file, a slow share) is overtaken; it passes when it is ready.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 2.0  # seconds that a letter is waited for by those behind it


class Turns:
    """The letters on their way to the door, each with its place in the order of arrival."""

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
