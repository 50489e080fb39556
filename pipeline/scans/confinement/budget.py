"""One memory for all processes of an office that meet files: together below :data:`MOST`, whatever is sent to them.

Every child has its own limits, but many of them at once, or with files frozen in memory, would have more than the
computer has. So while children work, a *keeper* weighs all processes that work on the same office and what they
started for requests, and before it is too much it kills the greediest child; never the desk or the intake. The request
that this hits is done again with nobody beside it; one that is killed even then is too heavy, and its file is refused.
Processes need no agreement for that but files in a folder that they lock, with the numbers of their children: the
kernel lets go of those when a process dies. What was started for no request (a backup) has its memory besides.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from pipeline.errors import Passing
from pipeline.scans.confinement.keeper import Keeper
from pipeline.scans.confinement.registration import registration_in

#: Bytes that all processes of an office have together at most, and those at which the greediest child goes. Until the
#: kernel has taken its memory back, others grow on: measured at most 0.2 GB (two cores, 2026-11-26).
MOST, TOO_MUCH = 2_000_000_000, 1_650_000_000
#: Bytes of scans that one process holds frozen in memory at once; one larger scan is held alone.
MOST_FROZEN = 320 * 2**20
#: A child keeps the file it was last asked about, for the next page; one that is larger (bytes) does not lie idle.
_LARGE = 8 * 2**20
_QUEUE, _TURN = "memori.antre", "memori.giliran"
_PAUSE, _PATIENCE = 0.02, 600.0  # seconds between tries; until one gives up


class Idling(Protocol):
    """What keeps idle children: a pool."""

    @property
    def idle(self) -> int:
        """How many there are."""

    def drop_idle(self, holding: int | None = None) -> None:
        """End the one that has been idle longest; or all that hold the file of this inode."""


class MemoryBudget:
    """What the children of one process share with those of all others that work in the same folder of locks.

    ``spare``: how many children may lie idle. Nothing is opened or started before the first child works.
    """

    def __init__(self, folder: Path, *, spare: int = 6, too_much: int = TOO_MUCH) -> None:
        self._folder, self._spare = folder, spare
        self._pools: weakref.WeakSet[Idling] = weakref.WeakSet()
        self._registration = registration_in(folder)
        self._keeper = Keeper(self._registration.all, too_much)
        self._frozen, self._thawed = 0, threading.Condition()
        self._lock = threading.Lock()

    def join(self, pool: Idling) -> None:
        """Have a pool's idle children count with all others."""
        with self._lock:
            self._pools.add(pool)

    def tell(self) -> None:
        """Tell other processes of a child that was started: their keepers look also when ours has nothing to do."""
        self._registration.tell()

    def trim(self) -> None:
        """End idle children of this process that are too many."""
        pools = self._joined()
        while sum(pool.idle for pool in pools) > self._spare:
            max(pools, key=lambda pool: pool.idle).drop_idle()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Work beside others, watched by the keeper.

        Raises:
            Passing: somebody works alone, and does not come to an end.
        """
        with self._locked(_QUEUE, fcntl.LOCK_SH):
            turn = self._taken(_TURN, fcntl.LOCK_SH)
        try:
            with self._keeper.watching():
                yield
        finally:
            _let_go(turn)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Work with nobody beside, in no process, and with nothing idle in this one.

        Raises:
            Passing: the others do not come to an end.
        """
        with self._locked(_QUEUE, fcntl.LOCK_EX), self._locked(_TURN, fcntl.LOCK_EX):
            for pool in self._joined():
                while pool.idle:
                    pool.drop_idle()
            with self._keeper.watching():
                yield

    @contextmanager
    def frozen(self, size: int) -> Iterator[None]:
        """Hold so many bytes frozen in memory; waits until there is room among those of this process."""
        with self._thawed:
            self._thawed.wait_for(lambda: not self._frozen or self._frozen + size <= MOST_FROZEN)
            self._frozen += size
        try:
            yield
        finally:
            with self._thawed:
                self._frozen -= size
                self._thawed.notify_all()

    def let_go(self, file: int) -> None:
        """End idle children that still hold a large file which nobody asks about any more (an open descriptor)."""
        state = os.fstat(file)
        if state.st_size > _LARGE:
            for pool in self._joined():
                pool.drop_idle(state.st_ino)

    def _joined(self) -> list[Idling]:
        with self._lock:
            return list(self._pools)

    @contextmanager
    def _locked(self, name: str, how: int) -> Iterator[None]:
        lock = self._taken(name, how)
        try:
            yield
        finally:
            _let_go(lock)

    def _taken(self, name: str, how: int) -> int | None:
        """Return the descriptor by which a lock is held; None where nothing can be written, and nobody works either."""
        try:
            lock = os.open(self._folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o640)
        except OSError:
            return None
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(lock, how | fcntl.LOCK_NB)
                return lock
            except BlockingIOError:
                if time.monotonic() > until:
                    os.close(lock)
                    raise Passing("Memori komputer sedang dipakai berkas yang berat.", "Coba lagi nanti.") from None
            time.sleep(_PAUSE)


def _let_go(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
