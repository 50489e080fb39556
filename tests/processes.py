"""Processes that tests start: which there are, and that they end."""

from __future__ import annotations

import os
import select
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from patience import PATIENCE


def family(pid: int) -> list[int]:
    """Return a process and those that any of its threads started, and theirs, eldest first."""
    found = [pid]
    with suppress(OSError):  # it has just ended, or a thread of it: then the others are seen at the next look
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):
                found += [p for child in task.read_text().split() for p in family(int(child))]
    return found


def watched(pids: Iterable[int]) -> list[int]:
    """Take hold of processes while they run (as pidfds), so that their end can be waited for.

    Those that have ended already need no waiting.
    """
    held = []
    for pid in pids:
        with suppress(ProcessLookupError):
            held.append(os.pidfd_open(pid))
    return held


def all_ended(descriptors: Iterable[int]) -> bool:
    """Wait for the end of processes that are :func:`watched`, and let go of them; False if one does not end."""
    ended = True
    for descriptor in descriptors:
        ended = bool(select.select([descriptor], [], [], PATIENCE)[0]) and ended
        os.close(descriptor)
    return ended
