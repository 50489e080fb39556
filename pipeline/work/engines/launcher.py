"""Starts the parts of an office as processes of this program; waits for what they tell, their ends, and signals.

Used by the main thread alone: to the kernel a process's parent is the *thread* that started it, and with that thread
the processes are asked to end (:mod:`.supervised`).
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import Passing
from pipeline.storage.disk_full import PASSING
from pipeline.system_messages import os_words
from pipeline.work.engines.supervised import AGAIN, VARIABLE
from pipeline.work.processes import Part
from pipeline.work.telling import Told, told_by

_PACKAGES = Path(__file__).resolve().parents[3]
#: One heap for all threads (mallopt(3)): Python runs one at a time, and of the heap that each would get by itself much
#: lies idle. The intake had 108 MB and has 97 after eight letters, the desk 64 and 62 (2026-11-27).
_MEMORY = {"MALLOC_ARENA_MAX": "1"}
_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class PartProcess:
    """A part's process and the pipe by which it tells."""

    def __init__(self, command: Sequence[str], *, again: bool) -> None:
        self._pipe, theirs = os.pipe()
        os.set_blocking(self._pipe, False)
        told = f"{theirs}{AGAIN if again else ''}"
        path = os.pathsep.join(part for part in (str(_PACKAGES), *sys.path) if os.path.isabs(part))
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs,),
                env={**_MEMORY, **os.environ, "PYTHONPATH": path, VARIABLE: told},
            )
        except BaseException:
            os.close(self._pipe)
            raise
        finally:
            os.close(theirs)
        self.pid = self._process.pid
        self._heard = b""

    def fileno(self) -> int:
        """Return the descriptor that can be read when something was told; -1 when it is closed."""
        return self._pipe

    def told(self) -> Sequence[Told]:
        """Return what it has told since the last call."""
        while self._pipe >= 0:
            try:
                part = os.read(self._pipe, 65536)
            except BlockingIOError:
                if self.ended() is None:
                    break
                part = b""  # somebody else holds its end still; nothing comes any more
            self._heard += part
            if not part:
                os.close(self._pipe)
                self._pipe = -1
        *lines, self._heard = self._heard.split(b"\n")
        return [told_by(line) for line in lines]

    def ended(self) -> int | None:
        """Return how it ended; None while it runs."""
        return self._process.poll()

    def stop(self) -> None:
        """Ask it to finish what it is at, and to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it at once; one that waits for a dead share ends when the kernel lets it go."""
        self._process.kill()


class ProcessLauncher:
    """Starts parts by their commands; while it is :meth:`open` signals end the program in good order."""

    def __init__(self, commands: Mapping[Part, Sequence[str]]) -> None:
        self._commands = commands
        self._started: dict[Part, PartProcess] = {}
        self._awake, self._wake = -1, -1
        self.stopping = False

    @contextmanager
    def open(self) -> Iterator[None]:
        """Hear signals while the context lasts: those that end the program, and that a child ended."""
        self._awake, self._wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        before = {number: signal.signal(number, self._stop) for number in _STOPS}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        woken = signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(woken)
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(self._awake)
            os.close(self._wake)

    def start(self, part: Part, *, again: bool) -> PartProcess:
        """Start a part.

        Raises:
            Passing: the machine cannot start a process at present.
        """
        try:
            process = PartProcess(self._commands[part], again=again)
        except OSError as fault:
            if fault.errno not in PASSING and not isinstance(fault, BlockingIOError):
                raise
            raise Passing(f"proses tidak dapat dimulai ({os_words(fault)}).", "Periksa memori komputer ini.") from fault
        self._started[part] = process
        return process

    def wait(self, seconds: float) -> None:
        """Wait until a process tells something or ends, a signal comes, or the time is over."""
        pipes = [process.fileno() for process in self._started.values() if process.ended() is None]
        select.select([self._awake, *(pipe for pipe in pipes if pipe >= 0)], [], [], seconds)
        try:
            while os.read(self._awake, 4096):
                pass
        except BlockingIOError:
            pass

    def _stop(self, *_: object) -> None:
        self.stopping = True
