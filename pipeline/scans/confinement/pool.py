"""A pool of long-lived child processes in which hostile files are opened, with limits, never in our own process.

Children are never forked from us: they inherit no lock and no open file. They sit in a session of their own, so
Ctrl-C on the terminal does not reach them; the kernel kills them when we die. They see nothing of the office:
a file comes to them as bytes frozen in memory. A request has a wall clock: when it runs out, the child's whole process
group is killed. A child is replaced after a number of requests, or when it has grown, because foreign libraries leak.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import nullcontext, suppress
from typing import Any, Self

from pipeline.errors import EngineFault, EngineMissing, NotAllowed, Passing, Refused, TemplateFault, TooSlow
from pipeline.scans.confinement.budget import MemoryBudget
from pipeline.scans.confinement.child import (
    Child,
    ChildLimits,
    Gone,
    Holding,
    KilledAtStart,
    Late,
    NotStarted,
    Starved,
    tightest,
)
from pipeline.scans.confinement.framing import BadMessage, Message, pack
from pipeline.scans.confinement.nursery import Nursery
from pipeline.scans.confinement.waiting_line import WaitingLine
from pipeline.scans.refusals import TOO_HEAVY, TOO_MUCH_AT_ONCE

#: Letters of a message, and of a code, that are believed of a child.
_LONGEST_TEXT, _LONGEST_CODE = 2000, 40
#: Faults that are told in a child's words, besides refusals.
_TOLD = {"NotAllowed": NotAllowed, "TemplateFault": TemplateFault}


class Pool:
    """Up to *size* children that serve the operations of one module; safe to call from many threads.

    Nothing is started before the first :meth:`call` (or :meth:`warm`). With ``replacing``, a child that ended is
    followed by another, so that the next request does not wait for its start. A ``nursery`` of the same operations
    forks the children, so that they share what they load; pools share it too. Whoever made it closes it.
    """

    def __init__(
        self,
        operations: str,
        *,
        size: int,
        limits: ChildLimits | None = None,
        holding: Holding | None = None,
        budget: MemoryBudget | None = None,
        replacing: bool = False,
        nursery: Nursery | None = None,
    ) -> None:
        self._operations = operations
        self._limits = limits or ChildLimits()
        self._holding = holding
        self._size = size
        self._budget, self._replacing, self._nursery = budget, replacing, nursery
        if budget:
            budget.join(self)
        self._line = WaitingLine(size)
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._all: set[Child] = set()
        self._closed = False
        # The kernel's "die with your parent" means the parent *thread*: one that lives as long as the pool starts all.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="yankomas-sandbox")

    def call(
        self,
        operation: str,
        arguments: Mapping[str, Any],
        blobs: Sequence[bytes] = (),
        *,
        file: int | None = None,
        seconds: float | None = None,
        cpu: float | None = None,
    ) -> Message:
        """Have a free child do *operation* and return its answer; waits in line when all are busy.

        ``file`` is an open (sealed) file; the operation finds it under the argument ``path``. ``cpu`` bounds seconds of
        the processor, if they are to be fewer than *seconds* of the clock.

        Raises:
            Refused: the operation says that the file cannot be taken; or it is larger than a child is given
                (:data:`~pipeline.scans.refusals.TOO_MUCH_AT_ONCE`), or takes more memory than there is, even with
                nothing beside it (:data:`~pipeline.scans.refusals.TOO_HEAVY`).
            TooSlow: the child took longer than *seconds* (default: the limits').
            EngineFault: the child died, or failed.
            EngineMissing: no child can be started; no file's fault.
            Passing: the pool is closed, or there is no memory for long.
        """
        cpu = cpu or seconds or self._limits.cpu
        try:
            request = pack({"operation": operation, "arguments": dict(arguments), "cpu": cpu}, blobs)
        except BadMessage:
            raise TOO_MUCH_AT_ONCE() from None
        with self._line:
            with suppress(Starved, KilledAtStart), self._budget.working() if self._budget else nullcontext():
                return self._asked(request, seconds, file)
            try:
                with self._budget.alone() if self._budget else nullcontext():
                    return self._asked(request, seconds, file)
            except Starved:
                raise TOO_HEAVY() from None
            except KilledAtStart:
                raise _not_started() from None

    def _asked(self, request: bytes, seconds: float | None, file: int | None) -> Message:
        child = self._take()
        keep = False
        try:
            answer = child.ask(request, seconds or self._limits.seconds, file)
            keep = child.served < self._limits.requests and _grown(answer) < self._limits.resident
            return _opened(answer)
        except (Starved, KilledAtStart):
            if self._closed:
                raise _closed() from None
            raise
        except Late:
            raise _too_slow() from None
        except NotStarted:
            raise _not_started() from None
        except (Gone, BadMessage, OSError):
            if self._nursery:
                self._nursery.renew()
            raise _stopped() from None
        finally:
            self._give_back(child, keep=keep)

    @property
    def idle(self) -> int:
        """How many children wait for a request."""
        with self._lock:
            return len(self._idle)

    def drop_idle(self, holding: int | None = None) -> None:
        """End the child that has been idle longest; or all idle ones that hold the file of this inode."""
        with self._lock:
            gone = self._idle[:1] if holding is None else [child for child in self._idle if child.file == holding]
            for child in gone:
                self._idle.remove(child)
                self._all.discard(child)
        for child in gone:
            child.discard()

    def warm(self) -> None:
        """Start every child now, so that the first file does not wait for it; does not wait itself."""
        with self._lock:
            missing = self._size - len(self._all)
        for _ in range(missing):
            self._starter.submit(self._start_idle)

    def pids(self) -> tuple[int, ...]:
        """Return the process ids of the children that live now."""
        with self._lock:
            return tuple(child.pid for child in self._all)

    def close(self) -> None:
        """Kill every child; a request still in work, or that waits for one, ends as Passing. May be called twice."""
        with self._lock:
            self._closed = True
            idle, busy = tuple(self._idle), self._all.difference(self._idle)
            self._idle.clear()
            self._all.clear()
        for child in busy:
            child.kill()
        for child in idle:
            child.discard()
        self._starter.shutdown(wait=False, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _take(self) -> Child:
        with self._lock:
            if self._closed:
                raise _closed()
            while self._idle:
                child = self._idle.pop()
                if child.alive:
                    return child
                self._all.discard(child)
                child.discard()
        try:
            return self._starter.submit(self._idle_or_started).result()
        except CancelledError:  # it was closed while this waited behind other starts
            raise _closed() from None
        except (OSError, RuntimeError) as fault:
            raise (_closed() if self._closed else _not_started()) from fault

    def _idle_or_started(self) -> Child:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return self._start()

    def _start(self) -> Child:
        holding = self._holding or tightest()
        birth = [self._nursery.birth] if self._nursery else []
        child = Child(self._operations, self._limits, holding, *birth)
        if self._budget:
            self._budget.tell()
        with self._lock:
            if not self._closed:
                self._all.add(child)
                return child
        child.discard()
        raise _closed()

    def _start_idle(self) -> None:
        with self._lock:
            if self._closed or len(self._all) >= self._size:
                return
        child = self._start()
        with self._lock:
            self._idle.append(child)

    def _give_back(self, child: Child, *, keep: bool) -> None:
        with self._lock:
            if keep and not self._closed:
                self._idle.append(child)
            else:
                keep = False
                self._all.discard(child)
        if not keep:
            child.discard()
            if self._replacing and not self._closed:
                with suppress(RuntimeError):  # it was closed this very moment
                    self._starter.submit(self._start_idle)
        elif self._budget:
            self._budget.trim()


def _too_slow() -> TooSlow:
    return TooSlow(
        "Mesin pembaca terlalu lama mengerjakan satu berkas, lalu dihentikan.",
        "Coba lagi; bila berulang, simpan atau cetak berkas itu sebagai berkas baru, atau pindai dari kertas.",
    )


def _stopped() -> EngineFault:
    return EngineFault("Mesin pembaca berhenti mendadak saat mengerjakan berkas ini.")


def _closed() -> Passing:
    return Passing("Mesin pembaca sudah ditutup.", "Ulangi ketika program berjalan lagi.")


def _not_started() -> EngineMissing:
    return EngineMissing("Mesin pembaca tidak dapat dijalankan.", "Jalankan `yankomas doctor`.")


def _grown(answer: Message) -> int:
    resident = answer.body.get("resident", 0) if isinstance(answer.body, dict) else 0
    return resident if isinstance(resident, int) else 0


def _opened(answer: Message) -> Message:
    """Return the result inside the answer, or raise what the child reports."""
    body = answer.body
    if not isinstance(body, dict):
        raise BadMessage("answer is not an object")
    if "done" in body:
        return Message(body["done"], answer.blobs)
    kind, message, remedy = (str(body.get(key, ""))[:_LONGEST_TEXT] for key in ("error", "message", "remedy"))
    if kind == "Refused":
        raise Refused(str(body.get("code", ""))[:_LONGEST_CODE], message, remedy)
    if kind == "MemoryError":
        raise TOO_HEAVY()
    if kind in _TOLD:
        raise _TOLD[kind](message, remedy)
    if kind == "EngineMissing":
        raise EngineMissing(message, remedy)
    raise EngineFault(message or f"Mesin pembaca gagal ({kind}).", remedy)
