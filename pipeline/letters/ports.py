"""What making letters needs of the world, as small protocols."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.letters.cover_marks import Cover
from pipeline.letters.page_marks import Mark, Origin

if TYPE_CHECKING:  # the rules of reading take longer to load than looking at a case may
    pass
from pipeline.scans.ports import Code


@dataclass(frozen=True, slots=True)
class Draft:
    """A Word document made from a template: its bytes and the hash of the template it came from."""

    docx: bytes
    template_sha256: str


class Typist(Protocol):
    """Fills Word templates."""

    def draft(self, template: str, context: Mapping[str, Any]) -> Draft:
        """Fill the template (``03-lembar-disposisi``) with the context; same inputs, same bytes.

        Raises:
            TemplateFault: the template is missing, unsafe, or asks for a field that is not there.
        """


@dataclass(frozen=True, slots=True)
class PageCode:
    """What is stamped at the foot of every page that waits for a wet signature.

    ``document`` is an opaque id (no personal data); the check on each page is made with the office's key.
    """

    document: str


class Press(Protocol):
    """Makes PDF/A from Word documents."""

    def print(self, docx: bytes, code: PageCode | None) -> bytes:
        """Return the document as PDF/A, every page stamped with its code if there is one.

        Raises:
            EngineFault: LibreOffice is missing, died or took too long.
        """


class PageCodes(Protocol):
    """Reads the codes that the office prints: on pages that wait for a wet signature, and on cover sheets."""

    def mark(self, code: Code) -> Mark | None:
        """Return what a code says, or None if it is no page code."""

    def origin(self, document: str) -> Origin | None:
        """Return the sheet that an id belongs to."""

    def cover(self, code: Code) -> Cover | None:
        """Return which case a cover sheet's code names, or None if it is no such code."""
