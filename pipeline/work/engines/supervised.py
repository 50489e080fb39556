"""A process that a supervisor started: it ends with its supervisor, and tells it that it works or why it cannot.

The supervisor names the pipe in an environment variable, which nothing that we start gets to see.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from pipeline.errors import YankomasError, place_of
from pipeline.storage.disk_full import PASSING, passing_fault
from pipeline.work.telling import Told, line_of

VARIABLE = "YANKOMAS_PENYELIA"
#: Behind the number of the pipe: this part was up before.
AGAIN = "+"
_PR_SET_PDEATHSIG = 1
_BEAT = 20.0  # seconds between two signs of life


class Supervision:
    """How this process is supervised: not at all without a pipe."""

    def __init__(self, pipe: int | None, *, again: bool) -> None:
        self._pipe, self.again = pipe, again
        self._told_at = 0.0

    @property
    def supervisor(self) -> int | None:
        """The process that would start this one again; None if none would."""
        return None if self._pipe is None else os.getppid()

    def moves(self) -> None:
        """Tell that this process does its work, from now on or still; to be called every few seconds."""
        if (now := time.monotonic()) - self._told_at >= _BEAT:
            self._told_at = now
            self._tell(Told())

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell why this process ends, if it is by a fault.

        Raises:
            SystemExit: with the fault's exit code; the supervisor says the fault.
        """
        try:
            yield
        except OSError as fault:
            if self._pipe is None or fault.errno not in PASSING:
                raise
            self._end(passing_fault(fault))
        except YankomasError as fault:
            if self._pipe is None:
                raise
            self._end(fault)
        except Exception as fault:  # its message may repeat what a complaint says, and services keep it
            if self._pipe is None:
                raise
            what = f"Kesalahan program: {type(fault).__name__} di {place_of(fault)}."
            self._end(YankomasError(what, "Laporkan baris ini kepada pembuat program."))

    def _end(self, fault: YankomasError) -> NoReturn:
        self._tell(Told(fault))
        sys.exit(fault.exit_code)

    def _tell(self, told: Told) -> None:
        if self._pipe is None:
            return
        try:
            os.write(self._pipe, line_of(told))
        except BlockingIOError:  # the supervisor has not listened for days
            return
        except BrokenPipeError:  # it was killed before we asked to die with it
            sys.exit(130)


def supervision() -> Supervision:
    """Return how this process is supervised; asked for once, before threads start.

    With its supervisor it is asked to end, and finishes what it is at. Ctrl-C and a closed terminal are the
    supervisor's to hear: it ends all in one order.
    """
    told = os.environ.pop(VARIABLE, "")
    if not told:
        return Supervision(None, again=False)
    pipe = int(told.removesuffix(AGAIN))
    os.set_inheritable(pipe, False)
    os.set_blocking(pipe, False)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    for number in (signal.SIGINT, signal.SIGHUP):  # not SIG_IGN, which all that we start would inherit
        signal.signal(number, lambda *_: None)
    return Supervision(pipe, again=told.endswith(AGAIN))
