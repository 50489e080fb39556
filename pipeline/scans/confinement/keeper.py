"""Weighs all processes of an office while children work, and kills the greediest child before it is too much.

Children are those that were started for requests, and what those started (:mod:`.expendable`). Whatever else an office
started is neither weighed nor killed: honest files would be refused for what a backup needs.

How long it sleeps between two looks follows from the room that is left: the cores that work fill it no faster. What
keeps it from looking is told in the log, and it goes on: an office whose memory nobody keeps would lose its computer.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress

from pipeline.errors import place_of
from pipeline.scans.confinement.expendable import that_may_be_ended
from pipeline.scans.confinement.weighing import Weight, family, files_in_memory, parent, together, weight

#: Bytes a second that all processes together can come to have: each core writes to 2.7 GB/s of new memory, two at the
#: same moment too (quiet machine, 2026-11-26).
_FASTEST = 3_000_000_000 * len(os.sched_getaffinity(0))
_SHORTEST, _LONGEST = 0.005, 0.25  # seconds between two looks
_LINGERING = 1.0  # seconds without work after which the thread ends; the next work begins another
_DYING = 0.5  # seconds in which the kernel takes back what a killed process had
#: Beyond what is too much by this share, it does not matter whose child it is: its own keeper may get no turn.
_WORSE = 1.05
_MB = 1_000_000
_log = logging.getLogger(__name__)


class Keeper:
    """A thread that looks while anybody is :meth:`watching`, then ends.

    ``processes`` says who works on the office, and which of what each has started may be ended.
    """

    def __init__(self, processes: Callable[[], Mapping[int, Collection[int]]], too_much: int) -> None:
        self._processes, self._too_much = processes, too_much
        self._working, self._changed = 0, threading.Condition()
        self._thread: threading.Thread | None = None
        self._told = ""

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Have the memory kept while this lasts."""
        with self._changed:
            if self._thread is None:
                thread = threading.Thread(target=self._keep, name="yankomas-memori", daemon=True)
                thread.start()
                self._thread = thread  # one that could not be started is tried again by the next work
            self._working += 1
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._working -= 1

    def _keep(self) -> None:
        while True:
            with self._changed:
                if not self._changed.wait_for(lambda: self._working, _LINGERING):
                    self._thread = None
                    return
            time.sleep(self._pause())

    def _pause(self) -> float:
        """Look once, whatever goes wrong; return the seconds until the next look."""
        fault: Exception | None = None
        try:
            mains = self._processes()
        except Exception as missed:
            mains, fault = {os.getpid(): that_may_be_ended()}, missed  # what we have ourselves is kept all the same
        try:
            pause = self._looked(mains)
        except Exception as missed:
            pause, fault = _LONGEST, missed
        self._tell(fault)
        return pause

    def _tell(self, fault: Exception | None) -> None:
        """Say in the log what keeps us from looking: once for each, until we can look again."""
        said = f"{type(fault).__name__} di {place_of(fault)}" if fault else ""
        if said and said != self._told:
            _log.error("Memori: tidak semua proses terlihat, %s; dilihat lagi.", said)
        self._told = said

    def _looked(self, mains: Mapping[int, Collection[int]]) -> float:
        """Look once, and kill if need be; return the seconds until the next look.

        Raises:
            OSError: not even our own memory can be weighed (no more files may be open).
        """
        held = {
            main: [pid for one in started if parent(one) == main for pid in family(one)]  # or the number is another's
            for main, started in mains.items()
        }
        weights = {one.pid: one for pids in (mains, *held.values()) for pid in pids if (one := weight(pid))}
        if os.getpid() not in weights:
            raise OSError("we weigh nothing")
        used = together(weights.values(), files_in_memory(mains))
        if used <= self._too_much:
            return min(max((self._too_much - used) / _FASTEST, _SHORTEST), _LONGEST)
        children = [weights[pid] for pids in held.values() for pid in pids if pid in weights]
        greediest = max(children, key=lambda one: one.own, default=None)
        if greediest and (greediest.pid in held[os.getpid()] or used > self._too_much * _WORSE):
            told = "Memori: %d MB dipakai bersama; proses %d (%d MB) dihentikan, pekerjaannya diulang."
            _log.warning(told, used // _MB, greediest.pid, greediest.own // _MB)
            _end(greediest)
        return _SHORTEST


def _end(child: Weight) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.kill(child.pid, signal.SIGKILL)
    until = time.monotonic() + _DYING
    while (left := weight(child.pid)) and left.own and time.monotonic() < until:
        time.sleep(_SHORTEST)
