"""Which processes the keeper of the memory may end: those that were started for requests, which are then done again.

An office starts others too (a work of keeping, a backup), and so may whoever runs it: what they are at would be lost.
"""

from __future__ import annotations

import subprocess
import threading
import weakref
from collections.abc import Sequence

_started: weakref.WeakSet[subprocess.Popen[bytes]] = weakref.WeakSet()
_lock = threading.Lock()


def may_be_ended(process: subprocess.Popen[bytes]) -> None:
    """Say of a process that it may, and all that it starts: whoever asks it for something asks again."""
    with _lock:
        _started.add(process)


def that_may_be_ended() -> Sequence[int]:
    """Return those of this process that live, as far as we have seen."""
    with _lock:
        return sorted(process.pid for process in _started if process.returncode is None)
