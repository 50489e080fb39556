"""What has changed since somebody last looked: cases by number, and the inbox as a whole. Names nothing else."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from pipeline.archive.store.changes import Changes
from pipeline.cases.case_number import CaseNumber
from pipeline.wiring import Root


@dataclass(frozen=True, slots=True)
class News:
    """The cases that changed, whether the inbox did, and how far ``.changes`` has been followed."""

    cases: tuple[CaseNumber, ...]
    inbox: bool
    position: int


class Newsreader:
    """Follows the changes of one root; used by one thread at a time."""

    def __init__(self, root: Root) -> None:
        self._root = root
        self._changes = Changes(root.layout.changes)
        self._position = self._changes.size()
        self._inbox = self._mark()

    @property
    def position(self) -> int:
        """How far ``.changes`` has been followed."""
        return self._position

    def look(self) -> News:
        """Return what is new since the last look."""
        changes, mark = self.since(self._position), self._mark()
        news = News(changes.cases, mark != self._inbox, changes.position)
        self._position, self._inbox = news.position, mark
        return news

    def since(self, position: int) -> News:
        """Return the cases that changed since a position of ``.changes``; the inbox counts as changed."""
        size = self._changes.size()
        if position >= size:
            return News((), inbox=True, position=size)
        changes, end = self._changes.since(position)
        return News(tuple(dict.fromkeys(c.number for c in changes)), inbox=True, position=end)

    def _mark(self) -> tuple[object, ...]:
        layout, files = self._root.layout, []
        for path in (layout.inbox, *sorted(layout.ledger.glob("*.jsonl"))):
            with suppress(OSError):
                stat = path.stat()
                files.append((path.name, stat.st_mtime_ns, stat.st_size))
        return (self._root.board.version, *files)
