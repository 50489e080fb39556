"""A board in the memory of one process, which several threads write and many read: what is being worked on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

from pipeline.intake.ports import Board, Progress, Stage

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


def wait_for_change(progress: Progress, seen: int, seconds: float, pause: float) -> int:
    """Look every ``pause`` seconds until the version is no longer ``seen``, or the time is over; return the version."""
    until = time.monotonic() + seconds
    while (version := progress.version) == seen and time.monotonic() < until:
        time.sleep(pause)
    return version


class JoinedProgress:
    """What is being worked on at two places."""

    def __init__(self, one: Progress, other: Progress, pause: float) -> None:
        self._one, self._other, self._pause = one, other, pause

    @property
    def version(self) -> int:
        """A number that grows with every change at either."""
        return self._one.version + self._other.version

    def stages(self) -> Mapping[str, Stage]:
        """Return all stages as they are now; of what both know, what the first says."""
        return {**self._other.stages(), **self._one.stages()}

    def wait(self, seen: int, seconds: float) -> int:
        """Wait until the version is no longer ``seen``, or the time is over; return the version."""
        return wait_for_change(self, seen, seconds, self._pause)


def until_done(board: Board, work: Callable[[K], R]) -> Callable[[K], R]:
    """Return the work, after which what is shown of its subject is forgotten, however it ends."""

    def watched(subject: K) -> R:
        try:
            return work(subject)
        finally:
            board.clear(str(subject))

    return watched
