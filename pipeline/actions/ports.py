"""What the three verbs need of the world, as small protocols; the real ones are in ``adapters``, fakes in ``tests``.

No verb knows a path: a stored file is a :class:`Blob`, and only adapters ask it for a local file to hand to a
foreign program.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.domain.case import Case
from pipeline.domain.events import Document, Event, Received
from pipeline.domain.journal import MACHINE
from pipeline.domain.letter import Letter, Page
from pipeline.domain.numbering import CaseNumber
from pipeline.domain.parting import Cover
from pipeline.domain.routing import Mark, Origin, Suspicion

if TYPE_CHECKING:  # the rules of reading take longer to load than looking at a case may
    from pipeline.domain.reading.references import Citation


class Blob(Protocol):
    """A stored file: bytes that nobody changes any more."""

    @property
    def name(self) -> str:
        """The name it came with; metadata, never a path."""

    @property
    def sha256(self) -> str:
        """Hex digest of its bytes."""

    @property
    def size(self) -> int:
        """Its size in bytes."""

    def local(self) -> AbstractContextManager[Path]:
        """Give the bytes as a read-only file on this machine for as long as the context lasts."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR or bar code on a page (1-based): its symbology and text."""

    page: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is known of a file before it has a number: no OCR is done for it.

    ``media`` is one of ``application/pdf``, ``image/jpeg``, ``image/png``, ``image/tiff``; ``extension`` the one it
    is filed under (``pdf``, ``jpg``, ``png``, ``tif``). ``warnings`` are Indonesian sentences for the clerk
    (repairable damage, active content, attachments inside). ``separators`` are the pages that are separator sheets,
    ``blanks`` those without ink; ``doubts`` those that look like a separator or a code that cannot be read; ``unread``
    those with a QR code that cannot.
    """

    media: str
    extension: str
    pages: int
    codes: tuple[Code, ...] = ()
    warnings: tuple[str, ...] = ()
    separators: tuple[int, ...] = ()
    blanks: tuple[int, ...] = ()
    doubts: tuple[Suspicion, ...] = ()
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a file.

    ``letters`` are the letters found in it (one, as long as nobody can split them); ``searchable`` is the PDF with
    the text under the untouched page images, or the file's own bytes where it is a PDF with good text already.
    ``engine`` names program, version, language and working resolution, for the record. ``suspected`` are the pages on
    which another letter seems to begin, ``cited`` the cases that the letter names.
    """

    pages: tuple[Page, ...]
    letters: tuple[Letter, ...]
    searchable: bytes
    engine: str
    warnings: tuple[str, ...] = ()
    suspected: tuple[Suspicion, ...] = ()
    cited: tuple[Citation, ...] = ()


#: Told how much of a work is done, and of how much.
Progress = Callable[[int, int], None]


def unseen(done: int, of: int) -> None:
    """Nobody watches."""


class Reader(Protocol):
    """Looks into scans and takes them apart. Hostile bytes are opened in limited child processes, never in ours."""

    def inspect(self, blob: Blob) -> Inspection:
        """Say what the file is, whole and safe, with the codes on its pages.

        Raises:
            Refused: it cannot be taken in, with a reason a clerk understands.
            EngineFault: the child died or took too long.
        """

    def read(self, blob: Blob, received: datetime, progress: Progress = unseen) -> Reading:
        """Read the text and propose the fields; no date after ``received`` is proposed.

        ``progress`` is told how many pages are read, and of how many.

        Raises:
            EngineFault: the child died or took too long.
        """

    def extract(self, blob: Blob, media: str, pages: Sequence[int]) -> bytes:
        """Return these pages (from 1) as a file of the same kind, nothing on them encoded anew; same pages, same bytes.

        Raises:
            Refused: the file cannot be taken apart.
            EngineFault: the child died or took too long.
        """


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


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that was taken out of the scanner's reach. ``id`` names the act of taking it, also after a crash.

    ``folder`` is the folder of the inbox that it was dropped in (empty: none); one like ``2026-0007`` names a case.
    """

    id: str
    blob: Blob
    folder: str = ""


class Staged(Protocol):
    """An original copied to where its case folder is being made."""

    @property
    def sha256(self) -> str:
        """Hex digest of what was copied."""

    @property
    def size(self) -> int:
        """Its size in bytes."""


class Registered(Protocol):
    """What is remembered of a letter that has a number."""

    @property
    def number(self) -> CaseNumber:
        """The number."""

    @property
    def claim(self) -> str:
        """The claim that brought it."""


class Numbering(Protocol):
    """The numbers while their lock is held: nobody else gives one or looks for a twin meanwhile."""

    def holder_of(self, sha256: str) -> Registered | None:
        """Return the letter that was registered with these bytes."""

    def take(self, staged: Any, at: datetime, event: Callable[[CaseNumber], Received], by: str = MACHINE) -> Case:
        """Make the staged folder the case with the next number of the year of ``at``; ``by`` is who did it.

        Raises:
            Passing: ``at`` lies before the last registration.
            ArchiveFault: the next number's folder exists.
        """


class CaseFolder(Protocol):
    """A case while its lock is held."""

    @property
    def case(self) -> Case:
        """The case, as read after the lock was taken and after each append."""

    def append(self, event: Event, files: Mapping[str, bytes], *, by: str, at: datetime) -> Case:
        """Commit an event with its documents' bytes; return the case after it."""

    def settle(self) -> None:
        """Note that the case is owed nothing at present."""


@dataclass(frozen=True, slots=True)
class Tries:
    """How often work failed by its own doing, and how often in a row this program ended in the middle of it."""

    failed: int
    cut_off: int


class Cabinet(Protocol):
    """The numbered folders."""

    def numbering(self) -> AbstractContextManager[Numbering]:
        """Hold the numbers."""

    def staged(self, claim: Claim, name: str) -> AbstractContextManager[Staged]:
        """Copy a claimed letter to a folder in the making, as document ``name``.

        Raises:
            Changed: the bytes are no longer those that were claimed.
        """

    def case(self, number: CaseNumber) -> Case:
        """Return the case as its journal has it now.

        Raises:
            NotFound: there is none.
            ArchiveFault: its journal is not as it was written.
        """

    def held(self, number: CaseNumber) -> AbstractContextManager[CaseFolder]:
        """Open a case under its lock, finishing what a crash cut short."""

    def blob(self, number: CaseNumber, document: Document) -> Blob:
        """Return a document of a case."""

    def attempt(self, number: CaseNumber, duty: str) -> Tries:
        """Record that a duty is being tried, before it is; return how often it was before."""

    def failed(self, number: CaseNumber, duty: str) -> int:
        """Record that the attempt failed by the duty's own doing; return how often it has."""

    def forgive(self, number: CaseNumber, duty: str) -> None:
        """Take the last attempt back: it failed for a passing reason. What failed before stays counted."""

    def start_over(self, number: CaseNumber, duty: str) -> None:
        """Forget every attempt at a duty: a person asked for another try."""


class PageCodes(Protocol):
    """Reads the codes that the office prints: on pages that wait for a wet signature, and on cover sheets."""

    def mark(self, code: Code) -> Mark | None:
        """Return what a code says, or None if it is no page code."""

    def origin(self, document: str) -> Origin | None:
        """Return the sheet that an id belongs to."""

    def cover(self, code: Code) -> Cover | None:
        """Return which case a cover sheet's code names, or None if it is no such code."""


class Series(Protocol):
    """The office's gapless yearly series of naskah numbers."""

    def held(self, year: int) -> AbstractContextManager[SeriesDesk]:
        """Hold the year's series: nobody else takes a number meanwhile."""


class SeriesDesk(Protocol):
    """A year's series while its lock is held."""

    def next(self, number: CaseNumber) -> str:
        """Return the next number as printed, noting which case is about to take it.

        A number that was noted but whose case does not have it (a crash came between) is given again.
        """


class Clock(Protocol):
    """The time, in the office's zone."""

    def now(self) -> datetime:
        """Return the present moment, aware, in the office's zone, to the second."""


class Chance(Protocol):
    """Random texts."""

    def code(self) -> str:
        """Return a new status code for a receipt, unguessable, easy to read aloud (``K7QM-2XPA-94TD``)."""
