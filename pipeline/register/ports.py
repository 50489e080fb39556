"""What the register needs of the world, as small protocols; fakes are in ``tests``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.cases.case import Case
from pipeline.cases.case_number import YEARS, CaseNumber, Volume, volume_of
from pipeline.cases.deliveries import Delivery
from pipeline.cases.events import Received
from pipeline.cases.journal import MACHINE
from pipeline.cases.ports import Blob
from pipeline.register.register_numbers import Registered
from pipeline.register.row import Row

if TYPE_CHECKING:
    from pipeline.cases.public_service import PublicService
    from pipeline.drawing.picture import Picture


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that was taken out of the scanner's reach. ``id`` names the act of taking it, also after a crash.

    ``folder`` is the folder of the inbox that it was dropped in (empty: none); one like ``2026-0007`` names a case.
    ``deliveries`` say how it came and who brought it, as far as that is known by now.
    """

    id: str
    blob: Blob
    folder: str = ""
    deliveries: tuple[Delivery, ...] = ()


class Staged(Protocol):
    """An original copied to where its case folder is being made."""

    @property
    def sha256(self) -> str:
        """Hex digest of what was copied."""

    @property
    def size(self) -> int:
        """Its size in bytes."""


class Numbering(Protocol):
    """The numbers while their lock is held: nobody else gives one or looks for a twin meanwhile."""

    def holder_of(self, sha256: str, series: str = "") -> Registered | None:
        """Return the case of a series that was registered with these bytes."""

    def take(
        self, staged: Any, at: datetime, event: Callable[[CaseNumber], Received], by: str = MACHINE, series: str = ""
    ) -> Case:
        """Make the staged folder the case with the next number of a series' year of ``at``; ``by`` is who did it.

        Raises:
            Passing: ``at`` lies before the last registration.
            ArchiveFault: the next number's folder exists.
        """


class Numbers(Protocol):
    """The numbers of one office."""

    def last(self) -> CaseNumber | None:
        """Return the number that was given last; None before the first."""

    def numbering(self) -> AbstractContextManager[Numbering]:
        """Hold the numbers."""

    def staged(self, claim: Claim, name: str, beside: Mapping[str, Blob] = ...) -> AbstractContextManager[Staged]:
        """Copy a claimed complaint to a folder in the making, as document ``name``.

        ``beside`` are the pages that were made of it, where it is no scan, by the names of their documents.

        Raises:
            Changed: the bytes are no longer those that were claimed.
        """


class OfficeNumbers(Numbers, Protocol):
    """The numbers of one office, as the program looks after them."""

    def sweep(self) -> None:
        """Tidy up after processes that died."""

    def restored_from(self) -> datetime | None:
        """Return when the backup was made that nobody has said yet which numbers were given after it; None if none."""

    def confirm(
        self,
        given: CaseNumber | None,
        naskah: Mapping[str, int],
        by: str,
        at: datetime,
        others: Sequence[CaseNumber] = (),
    ) -> int:
        """Note which were the highest numbers given when the archive was restored; return how many were lost.

        Args:
            given: the highest register number that anybody was given; None if that is the archive's own.
            naskah: the highest serial of this year's series of letters, of those that gave any after the backup.
            by: who says so.
            at: now.
            others: the highest numbers of the office's other series, of those that gave any after the backup.

        Raises:
            UsageFault: nothing waits for this, or the number is of a year to come or lower than the archive's own.
        """


Progress = Callable[[int, int], None]


class Book(Protocol):
    """The register book as it is kept up. What asks for a case by a sheet or a letter finds those of just now."""

    def refresh(self) -> int:
        """Take in what has changed since the last time; return how many cases that were."""

    def rebuild(self, progress: Progress = ...) -> int:
        """Make it anew from the journals alone; return how many cases it holds."""

    def rows(self, year: int | None = None) -> Sequence[Row]:
        """Return the rows of a year, or of all years, by number; as of the last refresh."""

    def row_of(self, case: Case) -> Row:
        """Return the row that a case has by now."""

    def case_with(self, code: str) -> CaseNumber | None:
        """Return the case that has a sheet with this page code."""

    def with_naskah(self, text: str) -> CaseNumber | None:
        """Return the case that has a letter with this number, however it is written."""

    def case_of_file(self, hash_start: str) -> CaseNumber | None:
        """Return the case one of whose letters is a file whose hash begins so."""


class Register(Protocol):
    """The register book as it stands now: a row for each case."""

    def rows(self, year: int | None = None) -> Sequence[Row]:
        """Return the rows of a year, or of all years, each series by number."""

    def touched_since(self, day: date) -> Sequence[Row]:
        """Return the rows about which something is due, or was done on this day or later, by number.

        What those are says :func:`pipeline.register.touched.touched_on`: of ten years' cases, few.
        """

    def row(self, number: CaseNumber) -> Row | None:
        """Return a case's row, or None."""

    def these(self, numbers: Collection[CaseNumber]) -> Mapping[CaseNumber, Row]:
        """Return the rows of some cases, asking once; one that has none is left out."""

    def mark(self) -> object:
        """Return what changes whenever any row does; whoever keeps something made of the rows keeps it by this."""


class Lookups(Protocol):
    """What is remembered of complaints beside the book, to be asked fast."""

    def holder(self, sha256: str) -> Registered | None:
        """Return the first complaint that was registered with these bytes."""

    def case_with(self, code: str) -> CaseNumber | None:
        """Return the case one of whose sheets carries this page code."""

    def case_of_file(self, hash_start: str) -> CaseNumber | None:
        """Return the case one of whose letters is a file whose hash begins so."""

    def resembling(self, signed: str) -> list[tuple[CaseNumber, float]] | None:
        """Return the complaints whose words are like those of this signature, and how much, the likest first.

        None if that is not known at present: the book has to be refreshed first.
        """


class StatusCodes(Protocol):
    """Which case a complainant's code belongs to."""

    def find(self, typed: str) -> CaseNumber | None:
        """Return the case of a code as people write it, or None; every answer costs the same work.

        Raises:
            Passing: it is not known so far, and what is new cannot be taken in at present.
        """


class OfficeStatusCodes(StatusCodes, Protocol):
    """The status codes of one office, as the program looks after them."""

    def refresh(self) -> None:
        """Take in the cases that were registered since the last time.

        Raises:
            Passing: what is new cannot be taken in at present; what is known stays.
        """

    def rebuild(self) -> None:
        """Make what is known anew from the journals alone."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Which cases: of a year (None: all), received in a month (1 to 12; None: any), in a state (empty: any).

    Where a state is told or asked for, only cases that are open to one of the ``roles`` (None: all are) have one.
    ``series``: those of this series (empty: the first; None: of every series).
    """

    year: int | None = None
    month: int | None = None
    state: str = ""
    roles: frozenset[str] | None = None
    series: str | None = ""

    @property
    def volumes(self) -> tuple[Volume, Volume]:
        """The first and the last volume that it may have of its series; of the first, where it is of every series."""
        first, last = (0, YEARS - 1) if self.year is None else (self.year, self.year)
        return volume_of(first, self.series or ""), volume_of(last, self.series or "")


class Listed(Protocol):
    """A case in a list: its row of the register, and all that the printed book says of it."""

    @property
    def number(self) -> CaseNumber:
        """Its number."""

    @property
    def row(self) -> Row:
        """Its row of the register."""

    @property
    def entry(self) -> Mapping[str, str]:
        """What the printed book says of it, by column."""


class Listing(Protocol):
    """Every case with what the printed book says of it; raises ``NotFound`` or ``ArchiveFault`` without an index."""

    def page(self, extent: Extent, first: int, count: int) -> tuple[int, Sequence[Listed]]:
        """Return how many cases there are, and so many from the ``first`` (0: the newest), the newest first."""

    def every(self, extent: Extent) -> Iterator[Listed]:
        """Yield the cases by number, or none of them: raises ``Passing`` while they are not all there."""

    def complete(self) -> bool:
        """Say whether all cases are there by now; after an upgrade they are taken in anew, which takes its time."""

    def states(self, year: int | None, roles: frozenset[str] | None = None, series: str = "") -> list[tuple[str, int]]:
        """Return the states in which cases of a year of a series stand, and how many each, the most first."""


#: Days and moments (without a zone) become dates of the spreadsheet; what is a text stays a text.
CellValue = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet of a workbook: its name (at most 31 characters), what stands above the table, and the table."""

    name: str
    title: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[CellValue]]


class Workbook(Protocol):
    """Writes tables as a spreadsheet."""

    def __call__(self, title: str, leaves: Sequence[WorkbookSheet]) -> bytes:
        """Return the file (XLSX); same tables, same bytes."""


class PrintedBook(Protocol):
    """Makes the printed book."""

    def __call__(
        self, entries: Sequence[Mapping[str, str]], year: int | None, title: str, service: PublicService | None
    ) -> bytes:
        """Return a service's book (None: Yankomas's) of a year (None: this one) as PDF, by the office's own template.

        Raises:
            TemplateFault: the template cannot be used.
            EngineFault: LibreOffice is missing or failed.
        """


class DrawnSheets(Protocol):
    """Makes a PDF of drawn sheets."""

    def __call__(self, sheets: Iterable[Picture], title: str) -> bytes:
        """Return them in order.

        Raises:
            EngineMissing: the font is not installed.
        """
