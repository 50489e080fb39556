"""The place of a session that we start in the queue for the processor.

Where the kernel groups processes by session (``sched_autogroup``, on by default in Debian), it shares the processor
among sessions first: the niceness of a process counts only against others of its session, and a child that was given
one of its own has as much of the processor as the whole desk. The session itself has to be made nice (sched(7)).
"""

from __future__ import annotations

import errno
import time
from pathlib import Path

_GROUP = "/proc/{}/autogroup"
_LATER = 0.15  # seconds; the kernel takes one such change of unprivileged processes in a tenth of a second


class SessionPriority:
    """Makes one session nice: at once, or, where the kernel asks for patience, at a later call. For one thread."""

    def __init__(self, pid: int, nice: int) -> None:
        self._place, self._nice = Path(_GROUP.format(pid)), nice
        self._done, self._due = nice == 0, 0.0
        self.see_to_it()

    def see_to_it(self) -> None:
        """Make the session nice if it is not yet; where sessions are not grouped, there is nothing to do."""
        if self._done or time.monotonic() < self._due:
            return
        try:
            self._place.write_text(str(self._nice))
        except OSError as fault:
            self._done = fault.errno != errno.EAGAIN
            self._due = time.monotonic() + _LATER
        else:
            self._done = True
