"""A board in the memory of one process, which several threads write and many read: what is being worked on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TypeVar

from pipeline.intake.ports import Board, Stage

K = TypeVar("K")
R = TypeVar("R")


class ProgressBoard:
    """The stages by key; what the port says of each method is said once, there."""

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
        """Forget this one."""
        with self._changed:
            if self._stages.pop(key, None) is not None:
                self._note()

    def touch(self) -> None:
        """Say that something changed that is written elsewhere."""
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


def until_done(board: Board, work: Callable[[K], R]) -> Callable[[K], R]:
    """Return the work, after which what is shown of its subject is forgotten, however it ends."""

    def watched(subject: K) -> R:
        try:
            return work(subject)
        finally:
            board.clear(str(subject))

    return watched
