"""What the archivist's acts need of the world, as small protocols."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, Volume
from pipeline.cases.ports import Cabinet
from pipeline.cases.sop import Sop
from pipeline.office.office import Office
from pipeline.office.ports import Clock
from pipeline.records.acts import Acts
from pipeline.register.row import Row

#: A line of the book: what it is about (``apa``), and what was said.
Line = Mapping[str, Any]


class RecordsBook(Protocol):
    """What archivists keep of many cases at once: chained lines that are only ever added to."""

    def lines(self) -> Sequence[Line]:
        """Return what was said, oldest first; a line that cannot be believed is left to ``verify``."""

    def held(self) -> AbstractContextManager[None]:
        """Hold the book: nobody else adds to it meanwhile."""

    def note(self, line: Line) -> None:
        """Add a line, durably; the book is held."""

    def destroyed_since(self) -> Mapping[CaseNumber, str]:
        """Return the cases that were destroyed after the backup from which this archive came, by which lists."""


class Eraser(Protocol):
    """Takes away what is kept of a case's content besides its folder: texts, pictures, look-ups, drafts."""

    def ready(self) -> None:
        """Make ready for content to be destroyed: from now on an earlier version may not open this archive."""

    def erase(self, case: Case) -> None:
        """Take away what is left beside the folder of a case whose content was destroyed. Doing it again is no harm."""

    def finish(self, years: Collection[Volume]) -> None:
        """Make anew what shows many cases at once, so that nothing of destroyed ones, of these years, is left in it."""

    def sweep(self, case: Case) -> list[str]:
        """Take away what lies again in the folder of a destroyed case; return the names of what that was."""

    def waiting(self, of_list: str) -> int:
        """Return how many files that a list has destroyed are still kept, until somebody else deletes them."""


@dataclass(frozen=True, slots=True)
class RecordParts:
    """What the archivist's acts need: cases, the book, the time, the office, the SOP of a case, the acts as data.

    ``row`` gives a case's row of the register, ``holds`` says whether somebody of that name has a role on a day.
    """

    cabinet: Cabinet
    book: RecordsBook
    clock: Clock
    office: Office
    sop: Callable[[Case], Sop]
    acts: Acts
    eraser: Eraser
    row: Callable[[Case], Row]
    holds: Callable[[str, str, date], bool]
