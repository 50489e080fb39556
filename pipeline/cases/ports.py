"""What deciding and showing a case need of the world, as small protocols; fakes are in ``tests``.

No rule knows a path: a stored file is a :class:`Blob`, and only stores and engines ask it for a local file to hand to a
foreign program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from pipeline.backoff import Tries
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Document, Event
from pipeline.cases.signature_proof import Examination
from pipeline.errors import Changed


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


#: Makes a file of a name and bytes.
MakeBlob = Callable[[str, bytes], Blob]


def content(blob: Blob) -> bytes:
    """Return a file's bytes.

    Raises:
        Changed: they are not those that were looked at.
    """
    with blob.local() as path:
        data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != blob.sha256:
        raise changed()
    return data


def changed() -> Changed:
    """Return the fault of a file that is no longer what was looked at, to be raised."""
    return Changed("Berkas berubah ketika sedang dibaca.", "Berkas ditunggu sampai selesai ditulis.")


#: What is filed: bytes that we made, or a stored file, which is copied piece by piece and never whole in memory.
Filed: TypeAlias = bytes | Blob


def sha256_of(data: Filed) -> str:
    """Return the SHA-256 (hex) of what is filed; that of a stored file was found when it came."""
    return hashlib.sha256(data).hexdigest() if isinstance(data, bytes) else data.sha256


def size_of(data: Filed) -> int:
    """Return how many bytes are filed."""
    return len(data) if isinstance(data, bytes) else data.size


class LetterReader(Protocol):
    """Word documents of letters, read before they get their number."""

    def words(self, docx: bytes) -> tuple[str, ...]:
        """Return the words of every paragraph; a line break within one is a line break."""

    def check_places(self, docx: bytes, fields: Collection[str]) -> None:
        """Make sure that there is one place for each of these fields (``nomor``, ``tanggal``).

        Raises:
            NotAllowed: there is none, or several that look alike.
        """


class CaseFolder(Protocol):
    """A case while its lock is held."""

    @property
    def case(self) -> Case:
        """The case, as read after the lock was taken and after each append."""

    def append(self, event: Event, files: Mapping[str, Filed], *, by: str, at: datetime) -> Case:
        """Commit an event with its documents' bytes; return the case after it.

        Raises:
            ArchiveFault: a document's name is taken, or its bytes are not those that the event names.
            Changed: a stored file is no longer what was looked at.
            Passing: the clock stands before the case's last line.
        """

    def settle(self) -> None:
        """Note that the case is owed nothing at present."""


class Cabinet(Protocol):
    """The numbered folders."""

    def case(self, number: CaseNumber) -> Case:
        """Return the case as its journal has it now.

        Raises:
            NotFound: there is none.
            ArchiveFault: its journal is not as it was written.
        """

    def held(self, number: CaseNumber) -> AbstractContextManager[CaseFolder]:
        """Open a case under its lock, finishing what a crash cut short.

        Raises:
            NotFound: there is none.
            ArchiveFault: its journal is not as it was written.
            Busy: somebody else has held it too long.
        """

    def numbers(self) -> list[CaseNumber]:
        """Return the numbers of all cases, ascending."""

    def cases(self) -> Iterator[Case]:
        """Yield all cases by number; those whose journal is broken are left to ``verify``."""

    def open_cases(self) -> list[CaseNumber]:
        """Return the cases that may be owed something, by number."""

    def journal(self, number: CaseNumber) -> bytes:
        """Return the whole lines of a case's journal, byte for byte.

        Raises:
            NotFound: there is no such case.
        """

    def blob(self, number: CaseNumber, document: Document) -> Blob:
        """Return a document of a case."""

    def holds(self, number: CaseNumber, document: Document) -> bool:
        """Say whether a document lies where it is kept, as long as it should be; its bytes are not read."""

    def attempt(self, number: CaseNumber, duty: str) -> Tries:
        """Record that a duty is being tried, before it is; return how often it was before."""

    def failed(self, number: CaseNumber, duty: str) -> int:
        """Record that the attempt failed by the duty's own doing; return how often it has."""

    def forgive(self, number: CaseNumber, duty: str) -> None:
        """Take the last attempt back: it failed for a passing reason. What failed before stays counted."""

    def hold_up(self, number: CaseNumber, duty: str, why: str) -> None:
        """Take the last attempt back, and note what the office has to mend before the duty can be done."""

    def start_over(self, number: CaseNumber, duty: str) -> None:
        """Forget every attempt at a duty: a person asked for another try."""


class Series(Protocol):
    """The office's yearly series of naskah numbers: of the letters that leave it, and internal ones by their names."""

    def held(self, year: int, name: str = ...) -> AbstractContextManager[SeriesDesk]:
        """Hold a series of the year (default: the outgoing one): nobody else takes a number of any meanwhile.

        Raises:
            SettingsFault: the office has no pattern for it.
        """


class SeriesDesk(Protocol):
    """A year's series while its lock is held."""

    def next(self, number: CaseNumber, day: date) -> str:
        """Return the next number as printed that day, noting which case is about to take it.

        A number that was noted but whose case does not have it (a crash came between) is given again; one that a letter
        of any case or year has already is not.
        """

    def holder(self, text: str) -> CaseNumber | None:
        """Return the case that has a letter with this number, however it is written."""


@dataclass(frozen=True, slots=True)
class LetterOut:
    """A version of a letter that is out to be signed: its case, template and title, its page code, its printed PDF.

    ``signers`` are the roles that sign it; with none, people write anywhere on it. ``printed`` is None until it was.
    """

    number: CaseNumber
    template: str
    title: str
    version: int
    page_code: str
    printed: Blob | None
    signers: tuple[str, ...]


class SignatureProof(Protocol):
    """One way in which a file can prove that it is the signed letter."""

    def examined(self, letter: LetterOut, files: Sequence[Blob]) -> Examination | None:
        """Return what the files prove, or None if they are nothing that this way knows.

        Raises:
            Refused: a file cannot be taken in.
            EngineFault: the child died or took too long.
        """


class NamingGuard(Protocol):
    """Keeps those who must not be named out of letters that others read."""

    def check_drafts(self, case: Case, templates: Sequence[str], values: Mapping[str, Any], at: datetime) -> None:
        """Make sure that these letters name nobody when they are drafted of the case as it will be after a move.

        ``values`` are the answers of the move's form.

        Raises:
            Incomplete: one does, or may; names every place, and the answers in which it stands.
        """

    def check_file(self, case: Case, template: str, docx: bytes, cleared: Sequence[str] = ()) -> None:
        """Make sure that a letter's Word file names nobody; ``cleared`` are words that its editor says name nobody.

        Raises:
            Refused: it does, or may; names every place.
        """


class Inspected(Protocol):
    """A file that was proved whole and safe."""

    @property
    def extension(self) -> str:
        """The one it is filed under (``pdf``, ``jpg``, ``png``, ``tif``)."""

    @property
    def signatures(self) -> int:
        """How many electronic signatures are marked in it."""


class Inspector(Protocol):
    """Proves files that come with a move; the reader of scans is one."""

    def inspect(self, blob: Blob) -> Inspected:
        """Say what the file is, whole and safe.

        Raises:
            Refused: it cannot be taken in, with a reason a clerk understands.
            EngineFault: the child died or took too long.
        """
