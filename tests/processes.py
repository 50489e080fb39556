"""Processes that tests start: which there are, and that they end."""

from __future__ import annotations

import os
import select
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from patience import PATIENCE


def children(pid: int | str = "self") -> list[int]:
    """Return those that any thread of a process (ours) started, or that were left to it, and that are not laid to rest.

    What ends at this moment, the process itself or a thread of it, is passed over.
    """
    found: list[int] = []
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, thread.read_text().split())
    return found


def family(pid: int) -> list[int]:
    """Return a process and those that any of its threads started, and theirs, eldest first."""
    return [pid, *(one for child in children(pid) for one in family(child))]


def kernel_tells(pid: int, what: str) -> str:
    """Return what the kernel tells of a process in a file of proc(5); nothing once it has ended."""
    try:
        return Path(f"/proc/{pid}/{what}").read_text(errors="surrogateescape")
    except OSError:
        return ""


def links_of(pid: int, what: str) -> dict[str, str]:
    """Return where the links in a folder of proc(5) lead, by their names; those that are gone by now are left out."""
    found = {}
    with suppress(OSError):
        for link in Path(f"/proc/{pid}/{what}").iterdir():
            with suppress(OSError):
                found[link.name] = os.readlink(link)
    return found


def command_of(pid: int) -> list[str]:
    """Return the words by which a process was started; none once it has ended."""
    return kernel_tells(pid, "cmdline").split("\0")


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
