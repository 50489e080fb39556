"""Bytes of a file at any place, a window at a time; asking beyond the end gives fewer bytes, never an error."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Self

_WINDOW = 2**16
_CHUNK = 2**20
#: Where a child finds what it was sent as an open descriptor: a link by nature, and the only one that is followed.
_SENT = Path("/proc/self/fd")


class ByteSource:
    """A file opened for reading (never through a link's last step, never waiting for a pipe).

    Raises:
        OSError: it cannot be opened or read.
    """

    def __init__(self, path: Path) -> None:
        no_link = 0 if path.parent == _SENT else os.O_NOFOLLOW
        self._file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | no_link | os.O_CLOEXEC)
        self.size = os.fstat(self._file).st_size
        self._start = 0
        self._window = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    def at(self, offset: int, count: int) -> bytes:
        """Return up to *count* bytes at *offset*; none when it lies outside the file."""
        if offset < 0 or offset >= self.size or count <= 0:
            return b""
        if count > _WINDOW:
            return os.pread(self._file, count, offset)
        inside = offset - self._start
        if inside < 0 or inside + count > len(self._window):
            self._start, self._window, inside = offset, os.pread(self._file, _WINDOW, offset), 0
        return self._window[inside : inside + count]

    def find(self, pattern: re.Pattern[bytes], start: int, *, overlap: int) -> int:
        """Return where *pattern* first matches at or after *start*, or -1; matches may span *overlap* + 1 bytes."""
        at = start
        while at < self.size:
            chunk = os.pread(self._file, _CHUNK, at)
            if found := pattern.search(chunk):
                return at + found.start()
            if len(chunk) <= overlap:
                return -1
            at += len(chunk) - overlap
        return -1
