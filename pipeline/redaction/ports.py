"""What redacted copies need of the world, as a small protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.cases.ports import Blob
from pipeline.drawing.picture import Picture
from pipeline.redaction.areas import Area
from pipeline.scans.words import Page


@dataclass(frozen=True, slots=True)
class RedactedPdf:
    """A copy: its bytes, how many pages it has, and what was found of it as PDF/A (``2b``, or what is against it)."""

    data: bytes
    pages: int
    archival: str


class Redactor(Protocol):
    """Draws redacted copies. Files are opened in a child process, never in ours."""

    def words(self, blob: Blob) -> tuple[Page, ...]:
        """Return every page of a PDF or picture with the words that it holds as text; a picture holds none.

        Raises:
            Refused: it cannot be opened, is locked, or has more pages than a copy may have.
            EngineFault: the child died or took too long.
        """

    def redacted(self, blob: Blob, areas: Sequence[Area], strip: Picture, title: str) -> RedactedPdf:
        """Return a copy of all pages as pictures, these areas black, the strip below each page.

        Raises:
            Refused, EngineFault: as :meth:`words`; or a page cannot be drawn.
        """

    def close(self) -> None:
        """End the child."""
