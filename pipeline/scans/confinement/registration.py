"""Which processes work in a folder of locks, and which of what each started may be ended: told by files they lock.

A process has one file in a folder, however many of its parts work there. The kernel lets go of the lock when it dies.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from pipeline.scans.confinement.expendable import that_may_be_ended

_REGISTERED = "memori-"


class Registration:
    """What this process tells of itself in a folder, and what the others tell there; safe for many threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: int | None = None
        self._told: Sequence[int] | None = None
        self._lock = threading.Lock()

    def all(self) -> Mapping[int, Sequence[int]]:
        """Return the processes that work here, each with what it says of those that it started; we are one of them.

        Raises:
            OSError: the folder cannot be read.
        """
        found = {os.getpid(): self.tell()}
        for path in self._folder.glob(f"{_REGISTERED}*"):
            with suppress(OSError, ValueError):
                pid = int(path.name.removeprefix(_REGISTERED))
                if pid != os.getpid() and not _is_left(path):
                    found[pid] = [int(word) for word in path.read_text().split()]
        return found

    def tell(self) -> Sequence[int]:
        """Tell the others which of those that we started may be ended, and return them.

        Where nothing can be written (a folder that is only read, a full disk), only we know of them.
        """
        with self._lock:
            if self._file is not None and not os.fstat(self._file).st_nlink:
                os.close(self._file)  # somebody removed it: nobody would find us by it
                self._file, self._told = None, None
            if self._file is None:
                self._file = _taken(self._folder / f"{_REGISTERED}{os.getpid()}")
            ours = that_may_be_ended()
            if self._file is not None and ours != self._told:
                with suppress(OSError):
                    _write(self._file, ours)
                    self._told = ours
            return ours


@cache
def _registration(folder: Path, _process: int) -> Registration:
    return Registration(folder)


def registration_in(folder: Path) -> Registration:
    """Return the one of this process in a folder; one that was forked has its own."""
    return _registration(folder, os.getpid())


def _taken(path: Path) -> int | None:
    """Return our file, locked; None where it cannot be had."""
    with suppress(OSError):
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o640)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # somebody looks whether it was left: at the next look it is ours
            os.close(file)
        else:
            return file
    return None


def _write(file: int, pids: Sequence[int]) -> None:
    words = " ".join(map(str, pids)).encode()
    os.pwrite(file, words.ljust(os.fstat(file).st_size), 0)  # at once over what stood there: somebody may be reading


def _is_left(path: Path) -> bool:
    """Say whether a process that is gone left its file behind; then it is removed."""
    file = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        path.unlink(missing_ok=True)
        return True
    finally:
        os.close(file)
