"""How far the register book has followed ``archive/.changes``, and what its rows were made by."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.archive.store.changes import Changes
from pipeline.archive.store.layout import Layout
from pipeline.register.row import Edition
from pipeline.storage import disk


class Bookmark:
    """The bookmark of one archive's books. ``edition`` is what rows are made by now."""

    def __init__(self, layout: Layout, edition: Callable[[], Edition] = Edition) -> None:
        self._changes = Changes(layout.changes)
        self._path = layout.state / "buku-register"
        self._edition = edition

    def position(self) -> int | None:
        """Return how far the books have followed the changes; None if rows are to be made anew at the next look."""
        read = self.read()
        return read[0] if read and read[1] else None

    def behind(self) -> bool:
        """Say whether the archive has changed since the last refresh."""
        return self.position() != self._changes.size()

    def read(self) -> tuple[int, bool] | None:
        """Return how far the books have come, and whether by today's working time; None: make all of them anew."""
        try:
            position, program, calendar = self._path.read_text().split()
            followed = int(position)
        except (FileNotFoundError, ValueError):
            return None
        edition = self._edition()
        known = program == edition.program and 0 <= followed <= self._changes.size()
        return (followed, calendar == edition.calendar) if known else None

    def note(self, position: int) -> None:
        """Note how far the books have come, by what is in force now."""
        edition = self._edition()
        disk.replace(self._path, f"{position} {edition.program} {edition.calendar}\n".encode())
