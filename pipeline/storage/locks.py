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
#: So often a role is tried to be had: who only looks whether it is held shares it for some microseconds. Tries are
#: counted, not seconds: on a busy machine they may pass without either of the two being at work.
_GLANCES = 30


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
def sole_process(lock: Path, to_stop: int | None = None, *, thing: str = "Folder ini") -> Iterator[None]:
    """Hold a role that one process at a time has (watching the inbox, serving the desk); the lock file names pids.

    ``to_stop`` is the process that must be ended to end this one: a supervisor would start this one again. ``thing`` is
    what nobody else may work on meanwhile, at the beginning of a sentence. The role is the lock alone: where the pids
    cannot be written (disk full) it is held without them.

    Raises:
        Busy: another process has it; names the pid.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    fd = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o640)
    try:
        if not _flocked(fd):
            raise Busy(
                f"{thing} sudah dikerjakan proses lain (pid {_to_be_stopped(fd)}).",
                "Hentikan proses itu dulu, atau gunakan perintah lain: semuanya dapat berjalan di sampingnya.",
            )
        with suppress(OSError):
            os.ftruncate(fd, 0)
            os.pwrite(fd, f"{os.getpid()} {to_stop or ''}\n".encode(), 0)
        yield
        os.ftruncate(fd, 0)
    finally:
        os.close(fd)


def _to_be_stopped(fd: int) -> str:
    """Return the pid to be stopped; of a process whose supervisor was killed under it (it hangs), its own."""
    pids = os.pread(fd, 40, 0).decode(errors="replace").split() or ["?"]
    return pids[-1] if pids[-1] == _parent(pids[0]) else pids[0]


def _parent(pid: str) -> str:
    try:
        return Path("/proc", pid, "stat").read_text().rpartition(")")[2].split()[1]
    except (OSError, IndexError):
        return ""


def _flocked(fd: int) -> bool:
    for _ in range(_GLANCES):
        with suppress(BlockingIOError):
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(_PAUSE)
    return False


def is_run_by_another(lock: Path) -> bool:
    """Say whether a process that is not this one holds a role."""
    if not is_running(lock):
        return False
    with suppress(OSError):
        return lock.read_text().split()[:1] != [str(os.getpid())]
    return True


def is_running(lock: Path) -> bool:
    """Say whether a process holds this role (:func:`sole_process`): a pid can be used again, a lock ends with it.

    Looking shares the lock for a moment, so whoever looks is never taken for who holds it.
    """
    try:
        fd = os.open(lock, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except PermissionError:  # of another user: whoever may not look at it is not to work here either
        return True
    except OSError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # a share that has no locks
        return False
    finally:
        os.close(fd)
    return False
