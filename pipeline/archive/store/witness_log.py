"""The witness log, ``archive/.changes``: case heads in the order in which they were written, appended only.

Views and news follow it, and it witnesses what was cut off a journal. A line is ``2026/0007 seq head``;
reading starts at a byte position and ends at the last whole line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pipeline.archive.ports import Change, Changes, News
from pipeline.cases.case_number import CaseNumber, Volume, folder_of_volume, in_volume, volume_named
from pipeline.storage import disk

_RECORD = re.compile(rb"(\d{4}(?:~[A-Z]{1,4})?)/(\d{4,9}) (\d{1,9}) ([0-9a-f]{64})\n")
_LONGEST = 1024  # bytes; far more than two lines


class WitnessLog:
    """The list of one archive."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, number: CaseNumber, seq: int, head: str) -> None:
        """Witness a head. Small appends in append mode do not mix, so no lock is needed."""
        disk.append(self._path, witness_line(Change(number, seq, head)))

    def size(self) -> int:
        """Return the list's length in bytes (0 if there is none)."""
        try:
            return self._path.stat().st_size
        except FileNotFoundError:
            return 0

    def since(self, position: int) -> tuple[list[Change], int]:
        """Return the changes from a byte position on, and the position behind the last whole line."""
        walked = list(self.walk(position))
        return [change for change, _ in walked if change], walked[-1][1]

    def walk(self, position: int, year: Volume | None = None) -> Iterator[tuple[Change | None, int]]:
        """Yield the changes (of a volume) from a byte position on, each with the position behind its line.

        At the end None is yielded with the position behind the last whole line, 0 if there is no list.
        """
        wanted = b"" if year is None else f"{folder_of_volume(year)}/".encode()
        if not self._path.exists():
            yield None, 0
            return
        with open(self._path, "rb") as reader:
            reader.seek(position)
            for line in reader:
                if not line.endswith(b"\n"):
                    break
                position += len(line)
                if wanted in line:
                    for change in _parsed_lines([line]):
                        if year is None or change.number.volume == year:
                            yield change, position
        yield None, position

    def written(self) -> Iterator[tuple[bytes, Change, int]]:
        """Yield each witness with the bytes of the list up to its end, and where that is: what stands before it is old.

        What no witness follows is left out.
        """
        rest, position = b"", 0
        if not self._path.exists():
            return
        with open(self._path, "rb") as reader:
            for line in reader:
                rest, position = rest + line, position + len(line)
                for change in _parsed_lines([line]):
                    yield rest, change, position
                    rest = b""

    def end(self) -> int:
        """Return the position behind the last whole line."""
        size = self.size()
        if not size:
            return 0
        with open(self._path, "rb") as reader:
            reader.seek(max(0, size - _LONGEST))
            tail = reader.read(_LONGEST)
        return size - len(tail) + tail.rfind(b"\n") + 1

    def strange(self) -> int:
        """Return how many whole lines hold no witness; a half line that a power cut left is joined by the next one."""
        if not self._path.exists():
            return 0
        with open(self._path, "rb") as reader:
            return sum(1 for line in reader if line.endswith(b"\n") and not _RECORD.search(line))

    def last_heads(self) -> dict[CaseNumber, tuple[int, str]]:
        """Return the last witnessed (seq, head) of every case; the highest seq wins."""
        heads: dict[CaseNumber, tuple[int, str]] = {}
        try:
            with open(self._path, "rb") as reader:
                for change in _parsed_lines(reader):
                    if change.seq >= heads.get(change.number, (0, ""))[0]:
                        heads[change.number] = (change.seq, change.head)
        except FileNotFoundError:
            pass
        return heads


def _parsed_lines(lines: Iterable[bytes]) -> Iterator[Change]:
    for line in lines:
        # A power cut can leave half a line, to which the next one is joined: the whole record stands at the end.
        if found := _RECORD.search(line):
            folder, serial, seq, head = found.groups()
            if volume := volume_named(folder.decode()):
                yield Change(in_volume(volume, int(serial)), int(seq), head.decode())


def witness_line(change: Change) -> bytes:
    """Return a witness as it is written."""
    return f"{change.number} {change.seq} {change.head}\n".encode()


class ChangesNewsreader:
    """Follows the changes; ``inbox`` returns what is another value whenever anything of the inbox has changed."""

    def __init__(self, changes: Changes, inbox: Callable[[], object]) -> None:
        self._changes, self._mark = changes, inbox
        self._position = changes.size()
        self._inbox = inbox()

    @property
    def position(self) -> int:
        """How far the changes have been followed."""
        return self._position

    def look(self) -> News:
        """Return what is new since the last look."""
        changes, mark = self.since(self._position), self._mark()
        news = News(changes.cases, mark != self._inbox, changes.position)
        self._position, self._inbox = news.position, mark
        return news

    def since(self, position: int) -> News:
        """Return the cases that changed since a position; the inbox counts as changed."""
        size = self._changes.size()
        if position >= size:
            return News((), inbox=True, position=size)
        changes, end = self._changes.since(position)
        return News(tuple(dict.fromkeys(c.number for c in changes)), inbox=True, position=end)
