"""What is being worked on this moment, for whoever watches: a board that several threads write and many read.

Nothing of it is kept: the inbox account and the journals say what happened, this says what is happening.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a file or case is: ``membaca 2/3``. ``done`` of ``of`` pages, both 0 where there is nothing to count."""

    words: str
    done: int = 0
    of: int = 0

    def __str__(self) -> str:
        return f"{self.words} {self.done}/{self.of}" if self.of else self.words


class Board:
    """The stages by key: a claim's id, a path under the inbox, or a case's number (``2026/0007``).

    ``version`` grows with every change, so that a watcher asks for what is newer than it has seen.
    """

    def __init__(self) -> None:
        self._stages: dict[str, Stage] = {}
        self._version = 0
        self._changed = threading.Condition()

    @property
    def version(self) -> int:
        """How often anything changed."""
        with self._changed:
            return self._version

    def show(self, key: str, stage: Stage) -> None:
        """Say where this one is now."""
        with self._changed:
            if self._stages.get(key) != stage:
                self._stages[key] = stage
                self._note()

    def clear(self, key: str) -> None:
        """Forget this one: it is done, or nothing is known of it any more."""
        with self._changed:
            if self._stages.pop(key, None) is not None:
                self._note()

    def until_done(self, work: Callable[[K], R]) -> Callable[[K], R]:
        """Return the work, after which what is shown of its subject is forgotten, however it ends."""

        def watched(subject: K) -> R:
            try:
                return work(subject)
            finally:
                self.clear(str(subject))

        return watched

    def touch(self) -> None:
        """Say that something changed that is written elsewhere: a file came to its end, another was dropped."""
        with self._changed:
            self._note()

    def stages(self) -> Mapping[str, Stage]:
        """Return all stages as they are now."""
        with self._changed:
            return dict(self._stages)

    def wait(self, seen: int, seconds: float) -> int:
        """Wait until the version is no longer ``seen``, or the time is over; return the version."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != seen, seconds)
            return self._version

    def _note(self) -> None:
        self._version += 1
        self._changed.notify_all()
