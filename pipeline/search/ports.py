"""What finding cases needs of the world, as a small protocol."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pipeline.register.ports import Listing
from pipeline.search.answer import Answer
from pipeline.search.query import Wanted


class Search(Listing, Protocol):
    """The index: a view that follows the archive, and answers questions."""

    def up_to_date(self) -> None:
        """Take in what has changed, unless another process is making the index anew."""

    def search(self, wanted: Wanted) -> Answer:
        """Return the answer, as the index has it now.

        Raises:
            NotFound: there is no index yet.
            ArchiveFault: it cannot be read.
        """


class SearchView(Search, Protocol):
    """The index as whoever looks after it has it. ``progress`` is told how many cases of how many are in it."""

    def refresh(self, progress: Callable[[int, int], None] | None = None, *, patience: float = ...) -> int:
        """Take in what has changed since the last time; return how many cases that were.

        Raises:
            Busy: somebody else has been making it for longer than ``patience`` seconds.
        """

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Make the index anew from the journals alone; return how many cases it holds."""
