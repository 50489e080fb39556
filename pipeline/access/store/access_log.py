"""The access log: who looked at which case, and who let whom in; one chained file a month in ``archive/akses/``.

A line has the form of a case's journal: ``by`` is the login, ``kind`` the route, ``data`` the roles held, the case's
number, and the account that was changed; no name and no content. The first line of a month carries the head of the
month before, so that the months hang together too. Lines are synced together, at most a second after they were written.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from pipeline.access.log_chain import OPENED, chain_faults, first_line, link_of, next_line
from pipeline.archive.ports import Finding
from pipeline.archive.store.folder_refusals import refuse_moved
from pipeline.archive.store.layout import Layout
from pipeline.cases.journal import GENESIS, Entry, Journal, read_journal
from pipeline.storage import disk, locks

_SYNC = 1.0  # seconds
_TAIL = 1 << 16  # bytes; a line is far shorter


class MonthlyAccessLog:
    """The log of one archive, appended to by many threads and processes."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._turn = threading.Lock()
        self._known: tuple[Path, int, int, str] | None = None  # file, its size, last seq and head
        self._unsynced: Path | None = None
        self._timer: threading.Timer | None = None

    def append(
        self,
        at: datetime,
        login: str,
        route: str,
        roles: Iterable[str],
        case: str = "",
        about: str = "",
        reason: str = "",
    ) -> None:
        """Write that somebody is about to see something, or to change an account; who does it calls this first."""
        with self._turn, locks.held(self._layout.locks / "akses"):
            refuse_moved(self._layout)
            path = self._month(at)
            line, entry = next_line(self._last(path), at, login, route, roles, case, about, reason)
            disk.append_unsynced(path, line)
            self._known = (path, path.stat().st_size, entry.seq, entry.hash)
            self._sync_soon(path)

    def entries(self, month: str, behind: Entry | None = None) -> tuple[Entry, ...]:
        """Return the lines of a month (``2026-11``) that can be relied upon, oldest first; or those behind one."""
        return tuple(e for e in self._read(self._file(month), behind).entries if e.kind != OPENED)

    def months(self) -> list[str]:
        """Return the months that have a file, the newest first."""
        if not self._layout.access.is_dir():
            return []
        return sorted((p.stem for p in self._layout.access.glob("[0-9]*.jsonl")), reverse=True)

    def verify(self) -> list[Finding]:
        """Return everything that is wrong with the chain, within each month and from month to month."""
        return [*chain_faults((month, self._read(self._file(month))) for month in reversed(self.months()))]

    def flush(self) -> None:
        """Make what was written durable now."""
        with self._turn:
            self._sync()

    def _file(self, month: str) -> Path:
        return self._layout.access / f"{month}.jsonl"

    def _read(self, path: Path, behind: Entry | None = None) -> Journal:
        try:
            text = path.read_bytes()
        except FileNotFoundError:
            text = b""
        if behind is None:
            return read_journal(text)
        own = text.find(behind.hash.encode())  # the line behind it has it, too
        return read_journal(text[text.find(b"\n", own) + 1 :] if own >= 0 else b"", behind)

    def _month(self, at: datetime) -> Path:
        """Return the month's file, begun if it is new. A clock that ran back goes on in the newest month."""
        month = max([f"{at:%Y-%m}", *self.months()[:1]])
        path = self._file(month)
        if not path.exists():
            disk.make_folder(self._layout.access)
            earlier = next((m for m in self.months() if m < month), None)
            line, _ = first_line(at, (earlier, self._read(self._file(earlier)).head) if earlier else None)
            disk.write_new(path, line)
            disk.sync_folder(self._layout.access)
        return path

    def _last(self, path: Path) -> tuple[int, str]:
        """Return the last line's seq and hash; a torn line, which a power cut left, is cut off first."""
        if self._known and self._known[:2] == (path, path.stat().st_size):
            return self._known[2:]
        disk.cut_torn_line(path)
        with open(path, "rb") as reader:
            reader.seek(max(0, path.stat().st_size - _TAIL))
            whole = reader.read().splitlines()
        return (link_of(whole[-1]) if whole else None) or (0, GENESIS)

    def _sync_soon(self, path: Path) -> None:
        if self._unsynced not in (None, path):
            self._sync()
        self._unsynced = path
        if self._timer is None:
            self._timer = threading.Timer(_SYNC, self.flush)
            self._timer.daemon = True
            self._timer.start()

    def _sync(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._unsynced is not None and os.path.exists(self._unsynced):
            disk.sync_file(self._unsynced)
        self._unsynced = None
