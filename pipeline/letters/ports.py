"""What making letters needs of the world, as small protocols."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pipeline.letters.approved_text import Line


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


#: The largest Word file that is taken in, in bytes.
MOST_WORD_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of words: its place among all paragraphs, and its text (tabs and line breaks as such).

    ``row`` and ``cell`` say where in a table it stands; 0: in none.
    """

    number: int
    text: str
    row: int = 0
    cell: int = 0


class LetterFiles(Protocol):
    """Word documents of letters, in which the machine writes number and date and nothing else."""

    def lines(self, docx: bytes) -> tuple[Line, ...]:
        """Return every paragraph that one sees."""

    def named(self, docx: bytes, wanted: Collection[str]) -> bytes:
        """Return the file with a content control around every place of these fields.

        Raises:
            NotAllowed: a field has no place, or several that look alike.
        """

    def filled(self, docx: bytes, values: Mapping[str, str]) -> bytes:
        """Return the file with these values in the fields' controls; same inputs, same bytes."""


class SheetEditor(Protocol):
    """Word files of drafted sheets, paragraph by paragraph."""

    def unsafe(self, docx: bytes) -> list[tuple[str, str]]:
        """Return what makes a file unfit to be opened, as (fact, remedy)."""

    def passages(self, docx: bytes) -> tuple[Passage, ...]:
        """Return the paragraphs of a fit file that hold words and nothing else, in their order."""

    def rewritten(self, docx: bytes, changes: Mapping[int, str]) -> bytes:
        """Return the file with other words in the paragraphs of these numbers."""
