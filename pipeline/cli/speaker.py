"""Lines that are shown while work goes on, above the moving one at the foot of a terminal."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import datetime

from pipeline.cli.show import printable

_CLEAR = "\r\x1b[K"  # back to the line's beginning, and away with what stands there


class Speaker:
    """Shows lines at once, each with the office's time of day; several threads may speak."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now, self._lock = now, threading.Lock()
        self._status = ""
        self.on_terminal = sys.stdout.isatty()

    def __call__(self, line: str) -> None:
        """Show a line, above the line at the foot if there is one."""
        with self._lock:
            clear = _CLEAR if self._status else ""
            sys.stdout.write(f"{clear}{self._now():%H.%M.%S}  {printable(line)}\n{self._status}")
            sys.stdout.flush()

    def status(self, text: str) -> None:
        """Let the line at the foot of the terminal say this from now on; nothing if it is empty."""
        with self._lock:
            self._status = printable(text)
            sys.stdout.write(f"{_CLEAR}{self._status}")
            sys.stdout.flush()
