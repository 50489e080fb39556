"""How many files this process may have open, and how many connections that leaves room for."""

from __future__ import annotations

import resource

#: Open files that are asked for when the system allows them: Linux gives 1,024 to who does not ask.
_WANTED = 4096
#: Files that are not for connections: 27 were open at most while a letter was read and one account asked for everything
#: at once (November 2026), and much to spare.
_HEAD_ROOM = 256
#: Connections at once: six from each browser of an office of 130 people.
_MOST = 800
_LEAST = 16


def ask_for_more() -> int:
    """Raise this process's limit of open files as far as the system lets it, and return it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED if hard == resource.RLIM_INFINITY else min(_WANTED, hard)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return _WANTED if soft == resource.RLIM_INFINITY else soft
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


def connections_within(limit: int) -> int:
    """Return how many connections may be open with so many files: each may need a file besides, for what it is sent."""
    return max(_LEAST, min(_MOST, (limit - _HEAD_ROOM) // 2))
