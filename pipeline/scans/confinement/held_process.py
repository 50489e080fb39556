"""A child process as it is held, whoever forked it; and one that is a program which we started."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from pipeline.scans.confinement.expendable import may_be_ended

_ROOT = Path(__file__).resolve().parents[3]
_PASSED_ON = ("TESSDATA_PREFIX", "LANG", "LC_ALL")
#: Bytes from which memory is asked of the kernel by itself, and that may lie free before some is given back
#: (mallopt(3)). Pictures of a page have 2 MB: by glibc's own measure each was given back and the next one's memory
#: touched page by page anew. So the look before the number takes a tenth less of the processor, reading 1 %. What one
#: that reads keeps free beyond 12 MB is given back while it works: it has 38 MB at most and not 62 (2026-11-27).
MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(16 * 2**20), "MALLOC_TRIM_THRESHOLD_": str(12 * 2**20)}


class HeldProcess(Protocol):
    """A process that serves requests, with the ends of its pipes that are ours."""

    pid: int
    requests: socket.socket
    answers: int

    @property
    def returncode(self) -> int | None:
        """How it ended, as far as we have seen."""

    def poll(self) -> int | None:
        """Return how it ended; None while it lives."""

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it has ended, for so many seconds at most."""

    def kill(self) -> None:
        """End it with all that it started, if it lives."""

    def close(self) -> None:
        """Close our ends of its pipes; it has ended."""


class StartedProcess:
    """A child that is a program of its own, started by us."""

    def __init__(self, command: Sequence[str]) -> None:
        self.requests, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                close_fds=True,
                start_new_session=True,
                cwd="/",
                env=environment(),
            )
        may_be_ended(self._process)
        assert self._process.stdout
        self._stdout = self._process.stdout
        self.pid, self.answers = self._process.pid, self._stdout.fileno()

    @property
    def returncode(self) -> int | None:
        """How it ended, as far as we have seen."""
        return self._process.returncode

    def poll(self) -> int | None:
        """Return how it ended; None while it lives."""
        return self._process.poll()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it has ended, for so many seconds at most."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)

    def kill(self) -> None:
        """End the whole process group, if it lives."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """Close our ends of its pipes; it has ended."""
        self.requests.close()
        self._stdout.close()


def environment() -> dict[str, str]:
    """Return the little that a child may know of our environment; one thread each, or OpenMP fights over the cores."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    path = os.pathsep.join(part for part in (str(_ROOT), *sys.path) if os.path.isabs(part))
    return {**kept, **MEMORY, "PYTHONPATH": path, "OMP_THREAD_LIMIT": "1", "PYTHONDONTWRITEBYTECODE": "1"}
