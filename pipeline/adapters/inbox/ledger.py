"""The ledger of the inbox: an append-only file a year with what was taken from the inbox and what became of it.

It lies in ``archive/.kotak-masuk/``, not in the inbox, which may be a share. Nothing is decided by it: losing it costs
the account of files that left no other trace, and ``rebuild`` writes anew what journals and ``ditolak/`` know.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

from pipeline.adapters import disk, locks
from pipeline.domain.account import Account, Line, read_line, write_line


class Ledger:
    """The ledger of one archive; several processes may note, several threads may read."""

    def __init__(self, folder: Path, lock: Path) -> None:
        self._folder, self._lock = folder, lock
        self._account, self._read = Account(), dict[str, int]()
        self._reading = threading.Lock()

    def note(self, line: Line) -> None:
        """Append a line, synced.

        Raises:
            Passing: the disk is full.
        """
        path = self._folder / f"{line.at.year}.jsonl"
        with locks.held(self._lock):
            new = not path.exists()
            if new:
                disk.make_folder(self._folder)
            disk.append(path, (b"" if new or _ends_whole(path) else b"\n") + write_line(line))
            if new:
                disk.sync_folder(self._folder)
                disk.sync_folder(self._folder.parent)

    def account(self) -> Account:
        """Return the account as it stands now; what was read before is not read again."""
        with self._reading:
            for path in sorted(self._folder.glob("*.jsonl")):
                self._follow(path)
            return self._account.copy()

    def _follow(self, path: Path) -> None:
        position = self._read.get(path.name, 0)
        if path.stat().st_size <= position:
            return
        with open(path, "rb") as reader:
            reader.seek(position)
            text = reader.read()
        whole = text[: text.rfind(b"\n") + 1]
        for raw in whole.splitlines():
            if (line := read_line(raw)) is not None:
                self._account.add(line)
        self._read[path.name] = position + len(whole)


def _ends_whole(path: Path) -> bool:
    """Say whether the last line has its end: a power cut may have left half of one, to which nothing may be joined."""
    with open(path, "rb") as reader:
        if reader.seek(0, os.SEEK_END) == 0:
            return True
        reader.seek(-1, os.SEEK_END)
        return reader.read(1) == b"\n"
