"""Processes that tests start: which there are, and that they end."""

from __future__ import annotations

import os
import select
from collections.abc import Iterable
from pathlib import Path

from patience import PATIENCE


def family(pid: int) -> list[int]:
    """Return a process and those that any of its threads started, and theirs, eldest first."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [pid, *(p for task in tasks for child in task.read_text().split() for p in family(int(child)))]


def watched(pids: Iterable[int]) -> list[int]:
    """Take hold of processes while they run (as pidfds), so that their end can be waited for."""
    return [os.pidfd_open(pid) for pid in pids]


def all_ended(descriptors: Iterable[int]) -> bool:
    """Wait for the end of processes that are :func:`watched`, and let go of them; False if one does not end."""
    ended = True
    for descriptor in descriptors:
        ended = bool(select.select([descriptor], [], [], PATIENCE)[0]) and ended
        os.close(descriptor)
    return ended
