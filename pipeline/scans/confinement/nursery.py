"""Children that are forked from one process which has loaded everything: what they load they have in common.

Each has namespaces of its own like one that is started afresh, and lives inside those of the nursery besides. Where
the kernel allows no such nesting, there is no nursery, and children are started one by one.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from pipeline.scans.confinement import bubblewrap
from pipeline.scans.confinement.child import (
    ChildLimits,
    Holding,
    KilledAtStart,
    settings_of,
    tightest,
)
from pipeline.scans.confinement.expendable import may_be_ended
from pipeline.scans.confinement.held_process import environment

#: What the nursery says at first, and what a child and its parent say to one another.
ABLE, UNABLE, HELLO, GO, HERE = b"y", b"n", b"h", b"g", b"t"
LARGEST_SETTINGS = 2**16  # bytes
#: Seconds in which all is loaded, and in which it is told how one ended: on a busy machine that too may take some.
_START_SECONDS, _TOLD_SECONDS = 60.0, 30.0
_CREDENTIALS = struct.Struct("=iII")  # process, user, group (unix(7))
_STATUS = struct.Struct("=i")


class ForkedProcess:
    """A child that the nursery forked; we are not its parent, and hold it by a descriptor of the process."""

    def __init__(self, home: _Home, requests: socket.socket, answers: int, status: int, pid: int, process: int) -> None:
        self.pid, self.requests, self.answers = pid, requests, answers
        self.returncode: int | None = None
        self._home, self._status, self._process = home, status, process
        self._held: tuple[int, ...] = (answers, status, process)
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        """Return how it ended; None while it lives."""
        with self._lock:
            if self.returncode is None and _readable(self._process, 0.0):
                self.returncode = self._told()
                self._home.left()
            return self.returncode

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it has ended, for so many seconds at most."""
        if self.returncode is None:
            _readable(self._process, seconds)
            self.poll()

    def kill(self) -> None:
        """End it; it has nobody that would live on."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._process, signal.SIGKILL)

    def close(self) -> None:
        """Close all that it is held by; it has ended. Once: the numbers may be others' afterwards."""
        self.requests.close()
        held, self._held = self._held, ()
        for descriptor in held:
            os.close(descriptor)

    def _told(self) -> int:
        """Return how the nursery says that it ended; without a nursery, nobody lives there."""
        told = os.read(self._status, _STATUS.size) if _readable(self._status, _TOLD_SECONDS) else b""
        return int(_STATUS.unpack(told)[0]) if len(told) == _STATUS.size else -signal.SIGKILL


class Nursery:
    """Forks children that serve the operations of one module; safe for many threads. Nothing starts before the first.

    ``load`` in that module, if it is there, loads what children will need.
    """

    def __init__(self, operations: str, *, holding: Holding | None = None) -> None:
        self._operations, self._holding = operations, holding
        self._home: _Home | None = None
        self._unable = self._closed = False
        self._lock = threading.Lock()
        # To the kernel our children's parent is the thread that started them: one that lives as long as we.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="yankomas-nursery")

    def birth(self, limits: ChildLimits) -> ForkedProcess | None:
        """Return a new child, which will say that it is ready; None where it is to be started by itself.

        Raises:
            KilledAtStart: the nursery was killed: others have the memory.
            OSError: it is closed.
        """
        holding = self._holding or tightest()
        if self._unable or not (holding.namespaces and holding.calls):
            return None
        with self._lock:
            try:
                return self._born(settings_of(self._operations, limits, holding), holding)
            except _NoNestingError:
                self._unable = True
                self._renew()
            except (KilledAtStart, OSError) as fault:
                self._renew()
                if self._closed:
                    raise ConnectionAbortedError from None
                if isinstance(fault, KilledAtStart):
                    raise
        return None

    def renew(self) -> None:
        """Fork those to come from a new process: after a crash, none has the addresses that the last one had."""
        with self._lock:
            self._renew()

    def close(self) -> None:
        """End the process, and all that live there still; also while it starts."""
        self._closed = True
        if home := self._home:
            home.end()
        self._starter.shutdown(wait=False)

    def _born(self, settings: str, holding: Holding) -> ForkedProcess:
        """Return a child of the process that is there, or of a new one if that has just ended.

        What was killed after it had begun says nothing of the memory that there is now.
        """
        home = self._at_home(holding)
        begun = home.ready
        try:
            return home.fork(settings)
        except KilledAtStart:
            if not begun:
                raise
        self._renew()
        return self._at_home(holding).fork(settings)

    def _at_home(self, holding: Holding) -> _Home:
        if self._home and not self._home.alive:
            self._renew()
        if self._home is None and not self._closed:
            self._home = self._starter.submit(_Home, self._operations, holding).result()
        if self._home and self._closed:
            self._home.end()
        if self._home is None:
            raise ConnectionAbortedError
        return self._home

    def _renew(self) -> None:
        if self._home:
            self._home.abandon()
            self._home = None


class _NoNestingError(Exception):
    """No process that forks children can be here, or none of those could be held."""


class _Home:
    """One process that forks; when it is abandoned, it ends with the last of its children."""

    def __init__(self, operations: str, holding: Holding) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        program = [sys.executable, "-P", "-s", "-m", "pipeline.scans.confinement.nursery_program", operations]
        read = (*bubblewrap.python_needs(), *holding.sees)
        with theirs:
            self._process = subprocess.Popen(
                bubblewrap.wrapped(program, read=read, nesting=True),
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                close_fds=True,
                start_new_session=True,
                cwd="/",
                env=environment(),
            )
        may_be_ended(self._process)
        self._living, self._abandoned, self.ready = 0, False, False
        self._lock, self._using = threading.Lock(), threading.Lock()
        self._control.settimeout(_START_SECONDS)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def fork(self, settings: str) -> ForkedProcess:
        """Return a new child, once all is loaded.

        Raises:
            _NoNestingError: children cannot be forked here.
            KilledAtStart: we were killed.
            OSError: it was not born.
        """
        with self._using, contextlib.ExitStack() as failing:
            self._await()
            ours, theirs = socket.socketpair()
            failing.enter_context(ours)
            answers, said = os.pipe()
            status, told = os.pipe()
            for descriptor in (answers, status):
                failing.callback(os.close, descriptor)
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            with theirs:
                try:
                    socket.send_fds(self._control, [settings.encode()], [theirs.fileno(), said, told])
                except OSError:
                    raise self._gone() from None
                finally:
                    os.close(said)
                    os.close(told)
            pid, process = self._met(ours)
            ours.setblocking(False)
            failing.pop_all()
        with self._lock:
            self._living += 1
        return ForkedProcess(self, ours, answers, status, pid, process)

    def _await(self) -> None:
        if self.ready:
            return
        try:
            said = self._control.recv(1)
        except OSError:
            said = b""
        if said == UNABLE:
            raise _NoNestingError
        if said != ABLE:
            gone = self._gone()
            if self.alive or isinstance(gone, KilledAtStart):
                raise gone
            raise _NoNestingError  # it ended by itself, and would again, each time with all that it loads
        self.ready = True

    def _met(self, ours: socket.socket) -> tuple[int, int]:
        """Return the child's number, and a descriptor of it; it lived when that was opened, for it answers."""
        ours.settimeout(_START_SECONDS)
        said, about, _, _ = ours.recvmsg(1, socket.CMSG_SPACE(_CREDENTIALS.size))
        pid = _sender(about)
        if said != HELLO or not pid:
            raise self._gone()
        process = os.pidfd_open(pid)
        try:
            ours.send(GO)
            if ours.recv(1) != HERE:
                raise self._gone()
        except BaseException:
            os.close(process)
            raise
        return pid, process

    def left(self) -> None:
        """Know that a child has ended."""
        with self._lock:
            self._living -= 1
            over = self._abandoned and not self._living
        if over:
            self.end()

    def abandon(self) -> None:
        """Fork no more, and end with the last child."""
        with self._lock:
            self._abandoned = True
            over = not self._living
        if over:
            self.end()

    def end(self) -> None:
        """End the process and all that live there; from any thread, any number of times."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        with self._using:  # whoever waits for it has seen that it is gone
            self._control.close()

    def _gone(self) -> Exception:
        """Return what it means that nobody answers."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_TOLD_SECONDS)
        killed = self._process.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
        return KilledAtStart() if killed else ConnectionResetError("no child was born")


def _sender(about: Sequence[tuple[int, int, bytes]]) -> int:
    """Return the process that sent a message, as the kernel says; 0 if it does not."""
    for level, kind, data in about:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
            return int(_CREDENTIALS.unpack(data[: _CREDENTIALS.size])[0])
    return 0


def _readable(descriptor: int, seconds: float | None) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(None if seconds is None else seconds * 1000))
