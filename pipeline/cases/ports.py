"""What deciding and showing a case need of the world, as small protocols; fakes are in ``tests``.

No rule knows a path: a stored file is a :class:`Blob`, and only stores and engines ask it for a local file to hand to a
foreign program.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Document, Event, Received
from pipeline.cases.journal import MACHINE

if TYPE_CHECKING:  # the rules of reading take longer to load than looking at a case may
    pass


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
