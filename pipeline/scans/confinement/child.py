"""One child process as its parent holds it: how tightly, how it is started, asked, and killed whole."""

from __future__ import annotations

import contextlib
import io
import json
import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Self

from pipeline.scans.confinement import bubblewrap, seccomp
from pipeline.scans.confinement.framing import BadMessage, Message, unpack
from pipeline.scans.confinement.held_process import HeldProcess, StartedProcess
from pipeline.scans.confinement.session_priority import SessionPriority

#: Bytes that are sent or read at once; seconds in which a child must become ready.
_ROUND, _START_SECONDS = 2**18, 60.0
#: How a child ends that used up its processor time: alone, under bubblewrap, or,
#: forked, by the code that it ends itself with.
_USED_UP = tuple(code for by in (signal.SIGPROF, signal.SIGXCPU) for code in (-by.value, 128 + by.value, by.value))
#: And how, when somebody else killed it.
_KILLED = (-signal.SIGKILL, 128 + signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What one child may use: bytes of address space, seconds a request, requests and bytes before it is replaced.

    ``own`` is the memory that it may write to, in bytes; most address space is libraries, shared by all.
    ``seconds`` is the wall clock, ``cpu`` the processor: a busy machine is no reason to give up an honest page.
    """

    memory: int = 1_500_000_000
    own: int = 900_000_000
    seconds: float = 60.0
    cpu: float = 45.0
    requests: int = 300
    resident: int = 250 * 2**20
    nice: int = 0


@dataclass(frozen=True, slots=True)
class Holding:
    """Whether children live in namespaces of their own, and behind a filter of system calls.

    ``sees`` are further folders that they may read.
    """

    namespaces: bool
    calls: bool
    sees: tuple[Path, ...] = ()

    def seeing(self, *folders: Path) -> Self:
        """Return the same, with further folders to read."""
        return replace(self, sees=self.sees + folders)


@cache
def tightest() -> Holding:
    """Return the tightest hold that works here; tries it once."""
    return Holding(namespaces=not bubblewrap.obstacle(), calls=seccomp.known())


def shortcoming() -> str:
    """Return what is not held here, as a sentence for whoever starts the program; nothing if all is."""
    if not (missing := bubblewrap.obstacle()):
        return ""
    return f"Perhatian: berkas dibuka tanpa kurungan penuh ({missing}). Lihat: yankomas doctor."


class Gone(Exception):
    """The child closed its pipe."""


class Late(Exception):
    """The wall clock or the processor time ran out."""


class Starved(Exception):
    """It was killed, by the keeper of the memory or by the kernel: there was too little memory for all."""


class NotStarted(Exception):
    """The child never became ready: no file's fault."""


class KilledAtStart(NotStarted):
    """It was killed before it was ready: others have the memory."""


class Child:
    """One child process and its two pipes; used by one thread at a time."""

    def __init__(
        self,
        operations: str,
        limits: ChildLimits,
        holding: Holding,
        birth: Callable[[ChildLimits], HeldProcess | None] = lambda _: None,
    ) -> None:
        self._process = birth(limits) or StartedProcess(_command(operations, limits, holding))
        self._socket = self._process.requests
        self._to, self._from = self._socket.fileno(), self._process.answers
        os.set_blocking(self._to, False)
        os.set_blocking(self._from, False)
        self.pid = self._process.pid
        self._priority = SessionPriority(self.pid, limits.nice)
        self.served = 0
        self.file: int | None = None
        """The inode of the file that it was last asked about, and holds."""
        self._ready = False
        self._ending = threading.Lock()

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def ask(self, request: bytes, seconds: float, file: int | None = None) -> Message:
        """Send the request, with a file if it is about one, and return the answer.

        Raises:
            NotStarted: the child never became ready.
            Late, Gone, BadMessage: it took more than *seconds*, died, or said what is no message.
            Starved: it was killed while it worked.
        """
        if not self._ready:
            self._await()
        self._priority.see_to_it()
        self.served += 1
        if file is not None:
            self.file = os.fstat(file).st_ino
        deadline = time.monotonic() + seconds
        try:
            self._write(request, deadline, file)
            return unpack(lambda count: self._read(count, deadline))
        except (Gone, BrokenPipeError, ConnectionResetError):
            self._process.wait(max(0.0, deadline - time.monotonic()))
            code = self._process.returncode  # how it ended says why; None: it lives on without its pipe
            self.kill()
            raise (Late() if code in _USED_UP else Starved() if code in _KILLED else Gone()) from None

    def _await(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        with contextlib.suppress(Late, BadMessage):
            try:
                self._ready = unpack(lambda count: self._read(count, deadline)).body == "ready"
            except Gone:
                self._process.wait(max(0.0, deadline - time.monotonic()))
        if not self._ready:
            raise KilledAtStart if self._process.returncode in _KILLED else NotStarted

    def _write(self, message: bytes, deadline: float, file: int | None) -> None:
        view, files = memoryview(message), [] if file is None else [file]
        while view:
            _wait(self._to, select.POLLOUT, deadline)
            with contextlib.suppress(BlockingIOError):
                view, files = view[socket.send_fds(self._socket, [view[:_ROUND]], files) :], []

    def _read(self, count: int, deadline: float) -> bytes:
        parts = io.BytesIO()  # gives its bytes away without a second copy of them
        while parts.tell() < count:
            _wait(self._from, select.POLLIN, deadline)
            with contextlib.suppress(BlockingIOError):
                part = os.read(self._from, min(_ROUND, count - parts.tell()))
                if not part:
                    raise Gone
                parts.write(part)
        return parts.getvalue()

    def kill(self) -> None:
        """Kill the whole process group and clear it away; safe from any thread, any number of times."""
        with self._ending:
            if self._process.returncode is None:
                self._process.kill()
            self._process.wait()

    def discard(self) -> None:
        """Kill it and close our ends of its pipes; only for the thread that holds the child."""
        self.kill()
        self._process.close()


def settings_of(operations: str, limits: ChildLimits, holding: Holding) -> str:
    """Return what a child is told at its start, as JSON."""
    settings = {
        "operations": operations,
        "memory": limits.memory,
        "own": limits.own,
        "nice": limits.nice,
        "calls": holding.calls,
        "parent": None if holding.namespaces else os.getpid(),
    }
    return json.dumps(settings)


def _command(operations: str, limits: ChildLimits, holding: Holding) -> list[str]:
    settings = settings_of(operations, limits, holding)
    command = [sys.executable, "-P", "-s", "-m", "pipeline.scans.confinement.child_program", settings]
    if not holding.namespaces:
        return command
    return bubblewrap.wrapped(command, read=(*bubblewrap.python_needs(), *holding.sees))


def _wait(pipe: int, event: int, deadline: float) -> None:
    """Wait until the pipe is ready, or raise Late."""
    poll = select.poll()
    poll.register(pipe, event)
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise Late
