"""What making letters needs of the world, as small protocols."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


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


class ClosablePress(Press, Protocol):
    """A press of one's own, to be stopped when nothing more is to be printed."""

    def close(self) -> None:
        """Stop it."""
