"""That a redacted copy of a document was made to be handed out, as a journal says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from pipeline.cases.document import Document

#: The kind under which such copies are kept, and how people call it.
REDACTED_COPY = "salinan-yang-disamarkan"


@dataclass(frozen=True, slots=True)
class Redacted:
    """A redacted copy was made of a document of the case, to be handed out.

    ``source`` is that document's name, ``source_sha256`` the hash of its bytes, ``pages`` how many it has: the copy has
    the same. ``areas`` are what was burnt out: a ``page`` (from 1) and its ``box`` (left, top, right, bottom as
    fractions of the page as it is seen). ``reason`` and ``recipient`` stand on every page of the copy. ``holder`` and
    ``login`` are as with a move (:class:`~pipeline.cases.events.Decided`), ``archival`` as of a print.
    """

    kind: ClassVar[str] = "disamarkan"
    source: str
    source_sha256: str
    pages: int
    areas: tuple[Mapping[str, Any], ...]
    reason: str
    recipient: str
    documents: tuple[Document, ...]
    holder: Mapping[str, Any] = field(default_factory=dict)
    login: str = ""
    archival: str = ""

    @property
    def extent(self) -> str:
        """How much was burnt out, and of which pages, in words."""
        pages = sorted({int(area["page"]) for area in self.areas})
        return f"{len(self.areas)} daerah, di halaman {', '.join(map(str, pages))} dari {self.pages}"
