"""What making letters needs of the world, as small protocols."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pipeline.cases.case_number import CaseNumber
from pipeline.letters.approved_text import Line
from pipeline.letters.identity import Identity
from pipeline.letters.template_versions import TakenIntoUse


@dataclass(frozen=True, slots=True)
class Draft:
    """A Word document made from a template: its bytes and the hash of the template it came from."""

    docx: bytes
    template_sha256: str


@dataclass(frozen=True, slots=True)
class TemplateFinding:
    """Something wrong with a template: the file, the place, the fact, the remedy and the nearest known name."""

    file: str
    place: str
    what: str
    remedy: str
    nearest: str | None = None

    def __str__(self) -> str:
        return f"{self.file}, {self.place}: {self.what}." if self.place else f"{self.file}: {self.what}."


#: Bytes of a logo at most.
MOST_LOGO_BYTES = 2_000_000


class Logo(Protocol):
    """The office's logo, as the letterhead shows it."""

    @property
    def there(self) -> bool:
        """Whether the office has one."""

    def read(self) -> bytes:
        """Return the picture (PNG); nothing without one."""

    def replace(self, png: bytes) -> None:
        """Put a picture in place of the one that is there; no bytes: the office has none any more."""


class Typist(Protocol):
    """Fills Word templates."""

    def draft(self, template: str, context: Mapping[str, Any], identity: Identity | None = None) -> Draft:
        """Fill the template (``03-lembar-disposisi``, or a version's file) with the context; same inputs, same bytes.

        A sheet of a case says which letter and version it is: its *identity*.

        Raises:
            TemplateFault: the template is missing, unsafe, or asks for a field that is not there.
        """


class TemplateChecker(Protocol):
    """Looks through and fills templates that come from outside."""

    def check(self, template: str, docx: bytes) -> list[TemplateFinding]:
        """Return everything wrong with these bytes as a version of a template."""

    def fill(self, template: str, docx: bytes, values: Mapping[str, Any]) -> bytes:
        """Return a version of a template that passed, filled.

        Raises:
            TemplateFault: it asks for what is not there.
        """


@dataclass(frozen=True, slots=True)
class SentTemplate:
    """A template that somebody sent and that passed, and when."""

    docx: bytes
    at: datetime


class SentTemplates(Protocol):
    """Templates that passed and wait for their sender to take them into use; of each sender and template the last."""

    def keep(self, template: str, login: str, sent: SentTemplate) -> None:
        """Keep a template in place of what was kept before."""

    def kept(self, template: str, login: str) -> SentTemplate | None:
        """Return what is kept, or None."""

    def drop(self, template: str, login: str) -> None:
        """Forget it: it was taken into use, or is not wanted."""


class TemplateShelf(Protocol):
    """Where the office's templates lie, and what was ever taken into use."""

    def names(self) -> tuple[str, ...]:
        """Return the names of the Word files in the folder."""

    def read(self, stem: str) -> bytes:
        """Return a version's file, by its name without ``.docx``.

        Raises:
            TemplateFault: it is not there.
        """

    def taken(self) -> tuple[TakenIntoUse, ...]:
        """Return what was taken into use, the oldest first."""

    def take(self, version: TakenIntoUse, docx: bytes, before: bytes) -> None:
        """Take a version into use; it and the one before it are kept for ever."""


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

    ``row`` and ``cell`` say where in a table it stands; 0: in none. ``style`` is the key of its named style; ``locked``
    says that it holds more than words (a field that the machine fills, a picture, a link), which is left to Word.
    """

    number: int
    text: str
    row: int = 0
    cell: int = 0
    style: str = ""
    locked: bool = False


class LetterFiles(Protocol):
    """Word documents of letters, in which the machine writes number and date and nothing else."""

    def unsafe(self, docx: bytes) -> list[tuple[str, str]]:
        """Return what makes a file unfit to be opened or printed, as (fact, remedy)."""

    def lines(self, docx: bytes) -> tuple[Line, ...]:
        """Return every paragraph that one sees."""

    def said(self, docx: bytes) -> Sequence[tuple[str, str]]:
        """Return everything that the file says, seen or not (notes, remarks, names), as (place, text)."""

    def named(self, docx: bytes, wanted: Collection[str]) -> bytes:
        """Return the file with a content control around every place of these fields.

        Raises:
            NotAllowed: a field has no place, or several that look alike.
        """

    def filled(self, docx: bytes, values: Mapping[str, str]) -> bytes:
        """Return the file with these values in the fields' controls; same inputs, same bytes."""

    def identity(self, docx: bytes) -> Identity | None:
        """Return which letter and version a fit file says it is, or None if it does not say."""

    def identified(self, docx: bytes, identity: Identity) -> bytes:
        """Return the file saying that it is this letter and version; same inputs, same bytes."""

    def impersonal(self, docx: bytes, title: str) -> bytes:
        """Return the file under this title, saying nothing of who wrote it, when and on whose machine."""


class SheetEditor(Protocol):
    """Word files of drafted sheets, paragraph by paragraph."""

    def unsafe(self, docx: bytes) -> list[tuple[str, str]]:
        """Return what makes a file unfit to be opened or printed, as (fact, remedy)."""

    def passages(self, docx: bytes) -> tuple[Passage, ...]:
        """Return the paragraphs of a fit file that hold words, in their order."""

    def rewritten(self, docx: bytes, changes: Mapping[int, str]) -> bytes:
        """Return the file with other words in the paragraphs of these numbers."""


#: What is kept of an editor's work before it is saved: the words typed on the desk, or a Word file that was sent.
TYPED, SENT = "isi", "berkas"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Work of one editor on a letter that is no version yet: on which version it is based, and since when."""

    base: int
    at: datetime
    content: bytes


class UnsavedEdits(Protocol):
    """Work on letters that is no version yet, for each editor, letter and kind (:data:`TYPED`, :data:`SENT`) the last.

    It is as secret as its case: whoever asks has been let to the case, and gets only what is their own. What nobody
    came back to for two weeks goes.
    """

    def keep(self, case: CaseNumber, template: str, login: str, kind: str, unsaved: Unsaved) -> None:
        """Keep work in place of what was kept before."""

    def kept(self, case: CaseNumber, template: str, login: str, kind: str) -> Unsaved | None:
        """Return the work that is kept, or None."""

    def drop(self, case: CaseNumber, template: str, login: str, kind: str) -> None:
        """Forget the work: it was saved, or is not wanted."""

    def drop_all(self, case: CaseNumber, templates: Collection[str], login: str) -> None:
        """Forget all work of an editor on these letters."""
