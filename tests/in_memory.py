"""Where tests work: in memory where there is room, and programs may run from there."""

from __future__ import annotations

import os
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")
#: So much room must be left there for what tests put into folders, in bytes.
_ROOM = 4_000_000_000


def place_in_memory(room: int = _ROOM) -> Path | None:
    """Return the folder in memory where tests may work; none if less room than that is left, or it is not theirs."""
    if not os.access(_IN_MEMORY, os.W_OK):
        return None
    found = os.statvfs(_IN_MEMORY)
    fits = found.f_bavail * found.f_frsize >= room and not found.f_flag & os.ST_NOEXEC
    return _IN_MEMORY if fits else None
