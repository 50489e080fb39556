"""The board of what is being worked on as other processes see it: a small file that its one writer keeps up to date.

It is written some moments after a change, so that a thousand changes are few writings, and it counts only while its
writer lives: after that nothing is being worked on.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.intake.ports import Board, Stage
from pipeline.intake.progress import wait_for_change
from pipeline.storage import ephemeral

_PAUSE = 0.1  # seconds between two writings at least; also between two looks of who waits
_WRITING = 20  # writing takes at most so small a part of the time: with 10,000 files waiting it takes 20 ms
_SOON = 1.0  # seconds after which the end of the context is noticed at the latest


class Publishing:
    """Keeps the file as the board is while the context lasts."""

    def __init__(self, board: Board, path: Path) -> None:
        self._board, self._path = board, path
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="kemajuan", daemon=True)
        self._before = 0

    def __enter__(self) -> None:
        """Start; the version goes on growing from process to process."""
        self._before = time.time_ns()
        self._thread.start()

    def _follow(self) -> None:
        seen, pause = -1, 0.0
        while not self._ending.wait(pause):
            version = self._board.wait(seen, _SOON)
            if version == seen:
                continue
            begun, seen = time.monotonic(), version
            stages = {key: [s.words, s.done, s.of] for key, s in self._board.stages().items()}
            ephemeral.tell(self._path, [self._before + version, stages])
            pause = max(_PAUSE, _WRITING * (time.monotonic() - begun))

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._board.touch()
        self._thread.join()
        ephemeral.tell(self._path, [time.time_ns(), {}])


class PublishedProgress:
    """What another process is working on; ``lives`` says whether that process does."""

    def __init__(self, path: Path, lives: Callable[[], bool]) -> None:
        self._path, self._lives = path, lives

    @property
    def version(self) -> int:
        """A number that is another after every change."""
        return self._heard()[0]

    def stages(self) -> Mapping[str, Stage]:
        """Return all stages as they are now."""
        return self._heard()[1] if self._lives() else {}

    def wait(self, seen: int, seconds: float) -> int:
        """Wait until the version is no longer ``seen``, or the time is over; return the version."""
        return wait_for_change(self, seen, seconds, _PAUSE)

    def _heard(self) -> tuple[int, dict[str, Stage]]:
        try:
            version, stages = ephemeral.heard(self._path)
            return int(version), {str(key): Stage(str(w), int(done), int(of)) for key, (w, done, of) in stages.items()}
        except (TypeError, ValueError, AttributeError):
            return 0, {}
