"""A named pipe by which other processes wake the one that works the inbox off: a move was made, a page came back.

A ring is a hint: the open cases are looked at regularly, so one that is lost costs some seconds and nothing else.
"""

from __future__ import annotations

import logging
import os
import select
import stat
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pipeline.system_messages import os_words

_log = logging.getLogger(__name__)


class Doorbell:
    """Listens at the pipe while the context lasts, and calls ``ring`` when somebody presses it."""

    def __init__(self, path: Path, ring: Callable[[], None]) -> None:
        self._path, self._ring = path, ring
        self._ending, self._end = -1, -1
        self._thread: threading.Thread | None = None

    def __enter__(self) -> None:
        """Start listening; where there can be no pipe, moves are found a little later."""
        try:
            pipe = self._opened()
        except OSError as fault:
            _log.warning(
                "Bel antarproses tidak tersedia (%s); gerak di meja dikerjakan beberapa detik kemudian.",
                os_words(fault),
            )
            return
        self._ending, self._end = os.pipe()
        self._thread = threading.Thread(target=self._listen, args=(pipe,), name="bel", daemon=True)
        self._thread.start()

    def _opened(self) -> int:
        with suppress(FileNotFoundError):
            if not stat.S_ISFIFO(self._path.lstat().st_mode):
                self._path.unlink()
        with suppress(FileExistsError):
            os.mkfifo(self._path, 0o640)
        # For reading and writing: with its last writer gone, a pipe that is only read would be at its end for good.
        return os.open(self._path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)

    def _listen(self, pipe: int) -> None:
        while self._ending not in select.select([pipe, self._ending], [], [])[0]:
            with suppress(BlockingIOError):
                os.read(pipe, 65536)
            self._ring()
        os.close(pipe)

    def __exit__(self, *_: object) -> None:
        if self._thread is not None:
            os.write(self._end, b".")
            self._thread.join()
            os.close(self._ending)
            os.close(self._end)


def press(path: Path) -> None:
    """Wake who listens at this pipe; nobody listening is no fault: who starts looks at everything."""
    with suppress(OSError):  # no reader, no pipe; a full one has been pressed already
        pipe = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            if stat.S_ISFIFO(os.fstat(pipe).st_mode):
                os.write(pipe, b".")
        finally:
            os.close(pipe)
