"""Advisory locks: one file each in ``archive/.locks``, held by ``flock`` and let go by the kernel when a process dies.

Descriptors are close-on-exec, so no child inherits a lock.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import Busy

_PAUSE = 0.01  # seconds between tries
PATIENCE = 60.0  # seconds; a lock is held for a few writes, never for OCR or LibreOffice


@contextmanager
def held(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock while the context lasts.

    Raises:
        Busy: it was not free within ``patience`` seconds.
    """
    fd = _taken(path, patience)
    if fd is None:
        raise Busy(f"Kunci {path.name} sedang dipakai proses lain.", "Tunggu sebentar, lalu ulangi.")
    try:
        yield
    finally:
        os.close(fd)


@contextmanager
def held_if_free(path: Path) -> Iterator[bool]:
    """Hold the lock if nobody else does; say whether it was got."""
    fd = _taken(path, 0)
    try:
        yield fd is not None
    finally:
        if fd is not None:
            os.close(fd)


def _taken(path: Path, patience: float) -> int | None:
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o640)
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return fd
        except BlockingIOError:
            if time.monotonic() >= until:
                os.close(fd)
                return None
            time.sleep(_PAUSE)
