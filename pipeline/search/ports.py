"""What finding cases needs of the world, as a small protocol."""

from __future__ import annotations

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
