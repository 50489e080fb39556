"""How much memory a process and all that it started use, as the kernel tells it (proc(5)).

What a process has for itself is counted for each, also what forked children have in common (some 30 MB each: rather too
much than a look at every page of theirs); of the program's files in memory, which all processes of one program
share, those of the one that has most; of files that exist in memory only (memfd), each once, by its blocks.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

_KB = 1024
_BLOCK = 512  # bytes, as stat(2) counts
_READ = 2**14  # bytes that are asked for at once


@dataclass(frozen=True, slots=True)
class Weight:
    """What one process has in memory, in bytes: for itself, and of the files of its program."""

    pid: int
    own: int
    shared: int
    program: str


def family(pid: int) -> Iterator[int]:
    """Yield a process and all that it started and those started, as they are now."""
    waiting = [pid]
    while waiting:
        yield (one := waiting.pop())
        waiting.extend(_children(one))


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError, ValueError):
        for thread in os.listdir(f"/proc/{pid}/task"):
            found.extend(map(int, _told(f"/proc/{pid}/task/{thread}/children").split()))
    return found


def parent(pid: int) -> int:
    """Return which process started another; 0 if that is gone."""
    with suppress(OSError):
        return _number(_told(f"/proc/{pid}/status"), b"\nPPid:")
    return 0


def weight(pid: int) -> Weight | None:
    """Return what a process has in memory; None if it is gone."""
    try:
        status = _told(f"/proc/{pid}/status")
        own, shared = (_number(status, key) * _KB for key in (b"\nRssAnon:", b"\nRssFile:"))
    except (OSError, ValueError, IndexError):
        return None
    program = ""
    with suppress(OSError):  # of a process that lets nobody look into it (a key is open) the program is not told
        program = os.readlink(f"/proc/{pid}/exe")
    return Weight(pid, own, shared, program)


def _number(status: bytes, key: bytes) -> int:
    """Return an entry of a process's status; of its memory, one that has ended and is not cleared away has none."""
    begins = status.find(key)
    return int(status[begins + len(key) :].split(None, 1)[0]) if begins >= 0 else 0


def _told(path: str) -> bytes:
    """Return what the kernel tells in a file, whole. Read so often that Python's own files would cost twice as much."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        parts = []
        while part := os.read(file, _READ):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(file)


def files_in_memory(pids: Iterable[int]) -> int:
    """Return the bytes of all files that exist in memory only and are open in these processes, each counted once."""
    found: dict[tuple[int, int], int] = {}
    for pid in pids:
        with suppress(OSError):
            for entry in os.scandir(f"/proc/{pid}/fd"):
                with suppress(OSError):
                    if os.readlink(entry.path).startswith("/memfd:"):
                        state = entry.stat()
                        found[state.st_dev, state.st_ino] = state.st_blocks * _BLOCK
    return sum(found.values())


def together(weights: Iterable[Weight], in_memory: int) -> int:
    """Return how much memory processes use together, in bytes."""
    shared: dict[str, int] = {}
    total = in_memory
    for one in weights:
        total += one.own
        shared[one.program] = max(shared.get(one.program, 0), one.shared)
    return total + sum(shared.values())
