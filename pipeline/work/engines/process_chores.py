"""The works of keeping as processes of this program's own commands: they hold up no page, and share no memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pipeline.errors import Busy, Passing
from pipeline.storage.disk_full import PASSING
from pipeline.system_messages import os_words
from pipeline.work.chores import WORDS, Chore, ChoreRun
from pipeline.work.progress import PROGRESS_VARIABLE

_PACKAGES = Path(__file__).resolve().parents[3]
_MOST = 500  # lines that are remembered of what a work tells
_GRACE = 10.0  # seconds that a work has to end when the desk closes


@dataclass(slots=True)
class _Run:
    chore: Chore
    by: str
    at: datetime
    process: subprocess.Popen[bytes]
    words: list[str] = field(default_factory=list)
    progress: str = ""
    code: int | None = None
    ended: datetime | None = None
    follower: threading.Thread | None = None


class ProcessChores:
    """The works of one desk. ``commands`` makes each by its command; ``after`` tidies up behind one, before it too."""

    def __init__(self, commands: Callable[[Chore], Sequence[str]], after: Mapping[Chore, Callable[[], None]]) -> None:
        self._commands, self._after = commands, after
        self._lock = threading.Lock()
        self._run: _Run | None = None

    def start(self, chore: Chore, by: str, now: Callable[[], datetime]) -> None:
        """Start a work.

        Raises:
            Busy: another goes on.
            Passing: the machine cannot start a process at present.
        """
        with self._lock:
            if self._run and self._run.code is None:
                what, _ = WORDS[self._run.chore]
                raise Busy(f"{what} sedang berjalan.", "Tunggu sampai selesai; satu pekerjaan dalam satu waktu.")
            self._tidy(chore)
            path = os.pathsep.join(part for part in (str(_PACKAGES), *sys.path) if os.path.isabs(part))
            try:
                process = subprocess.Popen(
                    self._commands(chore),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    process_group=0,
                    env={**os.environ, "PYTHONPATH": path, PROGRESS_VARIABLE: "1"},
                )
            except OSError as fault:
                if fault.errno not in PASSING:
                    raise
                raise Passing(
                    f"Pekerjaan itu tidak dapat dimulai ({os_words(fault)}).", "Periksa memori komputer ini."
                ) from fault
            self._run = run = _Run(chore, by, now(), process)
            run.follower = threading.Thread(
                target=self._follow, args=(run, now), name=f"kerja-{chore.value}", daemon=True
            )
            run.follower.start()

    def last(self) -> ChoreRun | None:
        """Return the work that goes on, or that was the last."""
        run = self._run
        if run is None:
            return None
        return ChoreRun(run.chore, run.by, run.at, run.progress, tuple(run.words), run.code, run.ended)

    def close(self) -> None:
        """Ask the work that goes on to end, and tidy up behind it."""
        if (run := self._run) and run.code is None and run.follower:
            with suppress(ProcessLookupError):
                os.killpg(run.process.pid, signal.SIGTERM)  # what it started for its work, too
            run.follower.join(_GRACE)

    def _follow(self, run: _Run, now: Callable[[], datetime]) -> None:
        """Take in what a work tells, until its end."""
        aside = threading.Thread(target=self._watch, args=(run,), daemon=True)
        aside.start()
        for line in run.process.stdout or ():
            _told(run, line)
        aside.join()
        code = run.process.wait()
        self._tidy(run.chore)
        run.ended, run.code = now(), code

    def _watch(self, run: _Run) -> None:
        """Take in how far a work is, and why it could not go on."""
        for line in run.process.stderr or ():
            if line.startswith(b"\r"):
                run.progress = line.decode("utf-8", "replace").strip()
            else:
                _told(run, line)

    def _tidy(self, chore: Chore) -> None:
        if tidy := self._after.get(chore):
            tidy()


def _told(run: _Run, line: bytes) -> None:
    if len(run.words) < _MOST and (words := line.decode("utf-8", "replace").strip()):
        run.words.append(words)
