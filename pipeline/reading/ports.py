"""What reading needs of the world, and what it hands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import Blob
from pipeline.reading.field_weights import FieldWeights, LearnedWeights
from pipeline.reading.fields import Complaint
from pipeline.reading.sheet import Sheet
from pipeline.scans.page_comparison import PageComparison
from pipeline.scans.ports import Inspection, PageAt, Rendition, Suspicion
from pipeline.scans.words import Page


@dataclass(frozen=True, slots=True)
class Citation:
    """A case that the complaint names: its number, on which page (from 1), and how it is written there."""

    number: CaseNumber
    page: int
    teks: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a file.

    ``complaints`` are the letters of complaint found in it (one, as long as nobody can split them); ``searchable`` is
    the PDF with the text under the untouched page images, or the file's own bytes where it is a PDF with good text.
    ``engine`` names program, version, language and working resolution, for the record. ``suspected`` are the pages on
    which another complaint seems to begin, ``cited`` the cases that the complaint names. ``archival`` is what was found
    of a PDF that was built: ``2b``, or what keeps it from being PDF/A-2b; nothing of the file's own bytes.
    """

    pages: tuple[Page, ...]
    complaints: tuple[Complaint, ...]
    searchable: bytes
    engine: str
    warnings: tuple[str, ...] = ()
    suspected: tuple[Suspicion, ...] = ()
    cited: tuple[Citation, ...] = ()
    archival: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A part of a letter that a tagger marks: under which label, from where to where in the sheet's text.

    ``probability`` (0..1) is how sure it is, ``section`` the part of the letter in which it stands. ``likeliest`` is
    what it would say if it had to say one thing; the rest it holds possible. ``least`` is how sure it is of the word it
    is least sure of, ``beside`` how likely the nearest word before or behind belongs to it too.
    """

    label: str
    start: int
    end: int
    probability: float
    section: str
    likeliest: bool = True
    least: float = 1.0
    beside: float = 0.0


class Tagger(Protocol):
    """Marks in a letter what the register needs, as it has learned from letters whose truth is known."""

    def marks(self, sheet: Sheet) -> tuple[Marked, ...]:
        """Return what it marks and what it holds possible; nothing is raised whatever the letter says."""


class Sections(Protocol):
    """Says which part of a letter each row is (``kop``, ``tujuan``, ``cerita``, ``tandatangan`` …)."""

    def sections(self, sheet: Sheet) -> tuple[tuple[str, float], ...]:
        """Return the part that each row is and how likely (0..1); nothing is raised whatever the rows say."""


class OfficeWeights(Protocol):
    """What an office has learned of its own cases about weighing proposals; never leaves the office."""

    def learned(self) -> LearnedWeights | None:
        """Return what it has learned; nothing if it has not, or has forgotten.

        Raises:
            SettingsFault: what is kept is not as it was written.
        """

    def keep(self, weights: LearnedWeights) -> None:
        """Keep it in the place of what was kept, wholly or not at all.

        Raises:
            Passing: the disk is full.
        """

    def forget(self) -> bool:
        """Forget what it has learned; say whether there was anything."""

    def weights(self) -> FieldWeights:
        """Return what proposals are weighed by now: the shipped weights, with what was learned from these very ones.

        What is kept and cannot be used is told in the log, and reading goes on with the shipped weights.
        """


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

    def rendition(self, blob: Blob) -> Rendition | None:
        """Return the pages that are made of a file that is no scan; None for a scan, and for what is no letter at all.

        Raises:
            Refused: it would be one, but no pages can be made of it.
            EngineFault: the child died or took too long.
        """

    def read(self, blob: Blob, received: datetime, progress: Progress = unseen) -> Reading:
        """Read the text and propose the fields; no date after ``received`` is proposed.

        ``progress`` is told how many pages are read, and of how many.

        Raises:
            EngineFault: the child died or took too long.
        """

    def compare(self, at: PageAt, printed: bytes, page: int, code: str, *, freely: bool = False) -> PageComparison:
        """Hold a page of a scan against page ``page`` (from 1) of a print of ours, which carries this code.

        ``freely``: people write anywhere on this sheet.

        Raises:
            EngineFault: the child died or took too long.
        """

    def upright(self, pages: Sequence[PageAt]) -> bytes:
        """Return pages of one or more files as a PDF, upright and in this order, nothing on them encoded anew.

        Raises:
            EngineFault: the child died or took too long.
        """

    def extract(self, blob: Blob, media: str, pages: Sequence[int]) -> bytes:
        """Return these pages (from 1) as a file of the same kind, nothing on them encoded anew; same pages, same bytes.

        Raises:
            Refused: the file cannot be taken apart.
            EngineFault: the child died or took too long.
        """
