"""Keeps what is in this process's memory from being written to disk, while a key is open in it.

No core dump is written, and no other process of the same user may read this one's memory (``prctl(2)``,
``PR_SET_DUMPABLE``; ``core(5)``). Both are put back when the last key is closed.
"""

from __future__ import annotations

import ctypes
import resource
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4
_lock = threading.Lock()
_held: list[tuple[int, int]] = []


@contextmanager
def undumped() -> Iterator[None]:
    """Hold the process's memory back for as long as the context lasts; several may be open at once."""
    with _lock:
        _held.append(_held[-1] if _held else _hold())
    try:
        yield
    finally:
        with _lock:
            before = _held.pop()
            if not _held:
                _let_go(*before)


def _hold() -> tuple[int, int]:
    """Hold it back; return how it was before: the core's soft limit, and whether memory may be read."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    dumpable = _prctl(_PR_GET_DUMPABLE, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    _prctl(_PR_SET_DUMPABLE, 0)
    return soft, dumpable


def _let_go(soft: int, dumpable: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (soft, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    _prctl(_PR_SET_DUMPABLE, dumpable)


def _prctl(what: int, value: int) -> int:
    return int(ctypes.CDLL(None).prctl(what, value, 0, 0, 0)) if sys.platform == "linux" else 0
