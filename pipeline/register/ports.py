"""What giving a number and writing tables need of the world, as small protocols; fakes are in ``tests``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Received
from pipeline.cases.journal import MACHINE
from pipeline.cases.ports import Blob


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


class Numbers(Protocol):
    """The numbers of one office."""

    def numbering(self) -> AbstractContextManager[Numbering]:
        """Hold the numbers."""

    def staged(self, claim: Claim, name: str) -> AbstractContextManager[Staged]:
        """Copy a claimed letter to a folder in the making, as document ``name``.

        Raises:
            Changed: the bytes are no longer those that were claimed.
        """


#: Days and moments (without a zone) become dates of the spreadsheet; what is a text stays a text.
Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sheet of a workbook: its name (at most 31 letters), what stands above the table, and the table."""

    name: str
    title: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


class Workbook(Protocol):
    """Writes tables as a spreadsheet."""

    def __call__(self, title: str, leaves: Sequence[Leaf]) -> bytes:
        """Return the file (XLSX); same tables, same bytes."""
