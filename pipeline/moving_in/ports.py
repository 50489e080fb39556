"""What moving in needs of the world, as small protocols; fakes are in ``tests``."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.imported import Imported
from pipeline.cases.ports import Blob
from pipeline.moving_in.old_book import OldBook
from pipeline.register.old_registers import Run, Taken


class Books(Protocol):
    """Reads tables that came from outside."""

    def read(self, blob: Blob) -> OldBook:
        """Return what stands in a file.

        Raises:
            Refused: it is no table, is not whole, or is too large.
            EngineFault: the child died or took too long.
        """


@dataclass(frozen=True, slots=True)
class OldCase:
    """A case to be taken over: its number, its first line, and the text of its document."""

    number: CaseNumber
    first: Imported
    text: bytes


class OldCases(Protocol):
    """The archive, as old cases are taken over into it."""

    def there(self, numbers: Sequence[CaseNumber]) -> Mapping[CaseNumber, str]:
        """Return which of these numbers have a case, with the hash of the row that it came from (empty: from none).

        Raises:
            ArchiveFault: the folder of one is broken.
        """

    def highest(self, year: int) -> int:
        """Return the highest number that was ever given in a year; 0 for none."""

    def all_of(self, year: int) -> Sequence[int]:
        """Return the serials of a year that have a case."""

    def closed(self) -> Container[int]:
        """Return the years whose register was closed: no case is added to them."""

    def recover(self) -> None:
        """Finish what a crash cut short."""

    def file(self, cases: Sequence[OldCase], *, by: str, at: datetime) -> None:
        """File cases, all of them or, after a crash, all of them at the next opening.

        Raises:
            Changed: one of the numbers was taken meanwhile; nothing was filed.
            NotAllowed: the register of one of the years was closed meanwhile; nothing was filed.
            Passing: the disk is full or the clock runs behind.
        """


class OldRegisters(Protocol):
    """The registers that were taken over, each as it came, and what was taken over when."""

    def begin(self, blob: Blob, taken: Taken) -> None:
        """Keep a register, and note what is about to be taken over of it."""

    def end(self, taken: Taken, at: datetime) -> None:
        """Note that all of it was."""

    def runs(self, year: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
        """Return of a year the numbers that were, or were about to be, taken over, and the gaps of the old books."""
