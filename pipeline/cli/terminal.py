"""What a terminal shows while work goes on: lines, what is in work as one moving line at its foot, and warnings."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

from pipeline.cli.show import printable

if TYPE_CHECKING:  # the supervisor shows lines too, and would carry cases and register for as long as the office runs
    from pipeline.intake.ports import Board, Stage

_CLEAR = "\r\x1b[K"  # back to the line's beginning, and away with what stands there


class Speaker:
    """Shows lines at once, each with the office's time of day; several threads may speak, and several processes.

    Another process may keep the line at the foot, so on a terminal it is always cleared away first. ``aside``: on
    standard error, which services keep: nothing personal is said there.
    """

    def __init__(self, now: Callable[[], datetime], *, aside: bool = False) -> None:
        self._now, self._lock = now, threading.Lock()
        self._status = ""
        self._aside = aside
        self.on_terminal = self._stream.isatty()

    @property
    def _stream(self) -> TextIO:
        return sys.stderr if self._aside else sys.stdout

    def __call__(self, line: str) -> None:
        """Show a line, above the line at the foot if there is one."""
        with self._lock:
            clear = _CLEAR if self._status or self.on_terminal else ""
            _write(self._stream, f"{clear}{self._now():%H.%M.%S}  {printable(line)}\n{self._status}")

    def status(self, text: str) -> None:
        """Let the line at the foot of the terminal say this from now on; nothing if it is empty."""
        with self._lock:
            self._status = printable(text)
            _write(self._stream, f"{_CLEAR}{self._status}")


def _write(stream: TextIO, text: str) -> None:
    """Write at once. An office does not stop because nobody reads what it says, or because its log's disk is full."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:  # for good: what cannot be written would be tried again at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except OSError:
        pass


_PAUSE = 0.2  # seconds between two lines at least


def in_work(stages: Mapping[str, Stage], width: int) -> str:
    """Return one line of what is in work: pages being counted each by itself, the rest by how many."""
    counted = [f"{key} {stage}" for key, stage in sorted(stages.items()) if stage.of]
    others = Counter(stage.words.partition(":")[0] for stage in stages.values() if not stage.of)
    line = " · ".join([*counted, *(f"{count} {words}" for words, count in sorted(others.items()))])
    return line if len(line) < width else line[: width - 2] + "…"


@contextmanager
def live_line(board: Board, say: Speaker) -> Iterator[None]:
    """Keep the line up to date while the context lasts; nothing is shown where there is no terminal."""
    if not say.on_terminal:
        yield
        return
    ending = threading.Event()

    def follow() -> None:
        seen = -1
        while not ending.wait(_PAUSE):
            version = board.wait(seen, 1.0)
            line = in_work(board.stages(), shutil.get_terminal_size().columns)
            if version != seen or line:  # another process may have spoken over it
                seen = version
                say.status(line)

    thread = threading.Thread(target=follow, name="baris-bawah", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        board.touch()
        thread.join(2.0)
        say.status("")


def log_by(now: Callable[[], datetime]) -> None:
    """Have warnings carry the office's time of day, as the lines beside them do."""
    formatter = logging.Formatter("%(asctime)s  %(message)s", "%H.%M.%S")
    formatter.converter = lambda _seconds: now().timetuple()
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("watchdog").setLevel(logging.CRITICAL)  # its English asides; lost events cost us only time
