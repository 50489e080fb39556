"""One child process as its parent holds it: how it is started, asked, and killed whole."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.adapters.scans.framing import Message, unpack

_ROOT = Path(__file__).resolve().parents[2]
_PASSED_ON = ("TESSDATA_PREFIX", "LANG", "LC_ALL")
_ROUND = 2**18


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What one child may use: bytes of address space, seconds a request, requests and bytes before it is replaced."""

    memory: int = 1536 * 2**20
    seconds: float = 60.0
    requests: int = 300
    resident: int = 600 * 2**20
    nice: int = 0


class Gone(Exception):
    """The child closed its pipe."""


class Late(Exception):
    """The wall clock ran out."""


class Child:
    """One child process and its two pipes; used by one thread at a time."""

    def __init__(self, operations: str, limits: ChildLimits) -> None:
        settings = {
            "operations": operations,
            "memory": limits.memory,
            "nice": limits.nice,
            "parent": os.getpid(),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-s", "-m", "pipeline.adapters.scans.child", json.dumps(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            close_fds=True,
            start_new_session=True,
            cwd="/",
            env=_environment(),
        )
        assert self._process.stdin
        assert self._process.stdout
        self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._to, False)
        os.set_blocking(self._from, False)
        self.pid = self._process.pid
        self.served = 0
        self._ending = threading.Lock()

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def ask(self, request: bytes, deadline: float) -> Message:
        """Send the request and return the answer; raises Late, Gone or BadMessage."""
        self.served += 1
        self._write(request, deadline)
        return unpack(lambda count: self._read(count, deadline))

    def _write(self, message: bytes, deadline: float) -> None:
        view = memoryview(message)
        while view:
            _wait(self._to, select.POLLOUT, deadline)
            with contextlib.suppress(BlockingIOError):
                view = view[os.write(self._to, view[:_ROUND]) :]

    def _read(self, count: int, deadline: float) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            _wait(self._from, select.POLLIN, deadline)
            with contextlib.suppress(BlockingIOError):
                part = os.read(self._from, min(_ROUND, count - len(parts)))
                if not part:
                    raise Gone
                parts += part
        return bytes(parts)

    def kill(self) -> None:
        """Kill the whole process group and clear it away; safe from any thread, any number of times."""
        with self._ending:
            if self._process.returncode is None:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.pid, signal.SIGKILL)
            self._process.wait()

    def discard(self) -> None:
        """Kill it and close our ends of its pipes; only for the thread that holds the child."""
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()


def _wait(pipe: int, event: int, deadline: float) -> None:
    """Wait until the pipe is ready, or raise Late."""
    poll = select.poll()
    poll.register(pipe, event)
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise Late


def _environment() -> dict[str, str]:
    """Return the little that a child may know of our environment; one thread each, or OpenMP fights over the cores."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    path = os.pathsep.join(part for part in (str(_ROOT), *sys.path) if os.path.isabs(part))
    return {**kept, "PYTHONPATH": path, "OMP_THREAD_LIMIT": "1", "PYTHONDONTWRITEBYTECODE": "1"}
