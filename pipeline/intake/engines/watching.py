"""Native watching with watchdog: which files were closed or moved in, and a bell that rings when anything happens.

Events are hints: the inbox is listed again at every look, and regularly, so a lost event costs time and nothing else.
"""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path

from watchdog.events import (
    FileClosedEvent,
    FileClosedNoWriteEvent,
    FileMovedEvent,
    FileOpenedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
    FileSystemMovedEvent,
)
from watchdog.observers import Observer

from pipeline.intake.inbox_files import REFUSED
from pipeline.intake.store.listing import CLAIMED

_log = logging.getLogger(__name__)


class Bell(FileSystemEventHandler):
    """Collects hints about the inbox between two looks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ours = (folder / CLAIMED, folder / REFUSED)
        self._rung = threading.Event()
        self._lock = threading.Lock()
        self._closed: set[str] = set()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a closed or moved-in file and ring. Reading a file, and what we do ourselves, is no news."""
        if isinstance(event, FileOpenedEvent | FileClosedNoWriteEvent):
            return
        path = Path(os.fsdecode(event.dest_path if isinstance(event, FileSystemMovedEvent) else event.src_path))
        if any(path.is_relative_to(ours) for ours in self._ours):
            return
        if isinstance(event, FileClosedEvent | FileMovedEvent):
            with self._lock:
                self._closed.add(path.relative_to(self._folder).as_posix())
        self._rung.set()

    def ring(self) -> None:
        """Wake whoever waits."""
        self._rung.set()

    def wait(self, seconds: float) -> None:
        """Wait until something happens or the time is over."""
        self._rung.wait(seconds)

    def closed(self) -> set[str]:
        """Return the files closed since the last call, by path under the inbox. Ask before listing it, not after."""
        self._rung.clear()
        with self._lock:
            closed, self._closed = self._closed, set()
        return closed


class Watch:
    """Watches a folder while the context lasts; falls back to looking regularly where the system cannot tell."""

    def __init__(self, bell: Bell, folder: Path, *, native: bool) -> None:
        self._bell, self._folder, self._native = bell, folder, native
        self._observer = Observer() if native else None

    def __enter__(self) -> bool:
        """Start watching; say whether the system tells of changes."""
        if self._observer is None:
            return False
        try:
            self._observer.schedule(self._bell, str(self._folder), recursive=True)
            self._observer.start()
        except OSError as fault:  # inotify's limits are used up, or the file system has none
            _log.warning("Pemantauan langsung tidak tersedia (%s); kotak masuk diperiksa berkala.", fault.strerror)
            self._observer = None
            return False
        return True

    def __exit__(self, *_: object) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(timeout=5)
