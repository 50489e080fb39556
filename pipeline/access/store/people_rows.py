"""Where the rows of an office's people lie: in a file of its own, or with its rows at the centre."""

from __future__ import annotations

from typing import Protocol

from pipeline.storage.rows import KeptRows


class PeopleRows(KeptRows, Protocol):
    """The rows of one office's people."""

    def overwrite(self) -> None:
        """Have what was taken away not stay, as far as that is ours to do."""
