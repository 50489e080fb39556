"""News read off the archive's files: what has changed since somebody last looked. Names nothing but cases."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.archive.ports import News
from pipeline.archive.store.changes import Changes


class FolderNewsreader:
    """Follows ``.changes``; ``inbox`` returns what is another value whenever anything of the inbox has changed."""

    def __init__(self, changes: Changes, inbox: Callable[[], object]) -> None:
        self._changes, self._mark = changes, inbox
        self._position = changes.size()
        self._inbox = inbox()

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
