"""Advisory locks: one file each in ``archive/.locks``, held by ``flock`` and let go by the kernel when a process dies.

Descriptors are close-on-exec, so no child inherits a lock. Who holds a lock removes its file before letting go, so that
the folder does not grow with the archive; whoever waited for the removed file finds out and takes the new one.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        _let_go(path, fd)


@contextmanager
def held_where_possible(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock, or go on without it where nobody can write: on a read-only copy nobody works either.

    Raises:
        Busy: it was not free within ``patience`` seconds.
    """
    if os.access(path.parent, os.W_OK):
        with held(path, patience):
            yield
    else:
        yield


@contextmanager
def held_if_free(path: Path) -> Iterator[bool]:
    """Hold the lock if nobody else does; say whether it was got."""
    fd = _taken(path, 0)
    try:
        yield fd is not None
    finally:
        if fd is not None:
            _let_go(path, fd)


def _taken(path: Path, patience: float) -> int | None:
    until = time.monotonic() + patience
    while True:
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o640)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(fd)
            if time.monotonic() >= until:
                return None
            time.sleep(_PAUSE)
            continue
        if _is_still(path, fd):
            return fd
        os.close(fd)  # its last holder removed the file between our opening and locking it


def _is_still(path: Path, fd: int) -> bool:
    try:
        return os.path.samestat(os.stat(path, follow_symlinks=False), os.fstat(fd))
    except FileNotFoundError:
        return False


def _let_go(path: Path, fd: int) -> None:
    with suppress(OSError):  # a folder that cannot be written any more keeps the file, which does no harm
        path.unlink()
    os.close(fd)


@contextmanager
def sole_process(lock: Path) -> Iterator[None]:
    """Hold the root; the lock file names the process that has it.

    Raises:
        Busy: another process has it; names its pid.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    fd = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = os.pread(fd, 20, 0).decode(errors="replace").strip() or "?"
            raise Busy(
                f"Folder ini sudah dikerjakan proses lain (pid {pid}).",
                "Hentikan proses itu dulu, atau gunakan perintah lain: semuanya dapat berjalan di sampingnya.",
            ) from None
        os.ftruncate(fd, 0)
        os.pwrite(fd, f"{os.getpid()}\n".encode(), 0)
        yield
        os.ftruncate(fd, 0)
    finally:
        os.close(fd)


def is_running(lock: Path) -> bool:
    """Say whether a process has the root: the lock file names it. Only for show; a pid can be used again."""
    try:
        os.kill(int(lock.read_text()), 0)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True
