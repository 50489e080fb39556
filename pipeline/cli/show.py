"""How the command line shows things: plain tables, JSON, CSV, progress on a terminal."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any


def as_json(value: Any) -> str:
    """Return JSON for people and programs."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def table(rows: Sequence[Sequence[str]], header: Sequence[str], widths: Mapping[int, int]) -> str:
    """Return an aligned table; ``widths`` limits columns, longer cells end in an ellipsis."""
    cut = [[_short(cell, widths.get(n)) for n, cell in enumerate(row)] for row in (header, *rows)]
    sizes = [max(len(row[n]) for row in cut) for n in range(len(header))]
    lines = ["  ".join(cell.ljust(size) for cell, size in zip(row, sizes, strict=True)).rstrip() for row in cut]
    return "\n".join([lines[0], "  ".join("-" * size for size in sizes), *lines[1:]])


def moment(text: str | None) -> str:
    """Return an ISO moment as the office writes it; a dash for none."""
    if text is None:
        return "-"
    at = datetime.fromisoformat(text)
    return f"{at:%d-%m-%Y %H.%M}"


def tell_time_as(now: Callable[[], datetime]) -> None:
    """Have warnings carry the office's time of day, as the lines beside them do."""
    for handler in logging.getLogger().handlers:
        if handler.formatter is not None:
            handler.formatter.converter = lambda _seconds: now().timetuple()


_CLEAR = "\r\x1b[K"  # back to the line's beginning, and away with what stands there


class Speaker:
    """Shows lines at once, each with the office's time of day; several threads may speak."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now, self._lock = now, threading.Lock()
        self._status = ""
        self.on_terminal = sys.stdout.isatty()

    def __call__(self, line: str) -> None:
        """Show a line, above the line at the foot if there is one."""
        with self._lock:
            clear = _CLEAR if self._status else ""
            sys.stdout.write(f"{clear}{self._now():%H.%M.%S}  {printable(line)}\n{self._status}")
            sys.stdout.flush()

    def status(self, text: str) -> None:
        """Let the line at the foot of the terminal say this from now on; nothing if it is empty."""
        with self._lock:
            self._status = printable(text)
            sys.stdout.write(f"{_CLEAR}{self._status}")
            sys.stdout.flush()


def printable(text: str) -> str:
    """Return the text without control characters: a file's name must not drive the terminal."""
    return "".join(c if c.isprintable() else "�" for c in text)


def printable_lines(lines: Iterable[str]) -> list[str]:
    """Return the lines, each without control characters."""
    return [printable(part) for line in lines for part in line.split("\n")]


class Progress:
    """Progress of long work: one moving line on a terminal's standard error; nothing elsewhere, as in cron."""

    def __init__(self, label: str) -> None:
        self._label, self._shown = label, -1
        self._terminal = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Show how far it is."""
        share = done * 100 // max(total, 1)
        if not self._terminal or share == self._shown:
            return
        self._shown = share
        end = "\n" if done == total else ""
        print(f"\r{self._label} {done}/{total}", end=end, file=sys.stderr, flush=True)


def _short(text: str, width: int | None) -> str:
    text = printable(text.replace("\n", " "))
    return text if width is None or len(text) <= width else text[: width - 1] + "…"
