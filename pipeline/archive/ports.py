"""What showing and taking away folders needs of the world, as small protocols; fakes are in ``tests``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol

from pipeline.archive.bagit import Description
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Document
from pipeline.cases.ports import Blob


class How(Enum):
    """How a paper gets into a bound folder: its pages carried over, drawn as pictures, or its text set."""

    CARRIED = "halaman"
    DRAWN = "gambar"
    SET = "teks"


@dataclass(frozen=True, slots=True)
class Sheaf:
    """A paper to be bound: title, day, its file, what kind of file that is, how it is to be bound."""

    title: str
    day: date
    blob: Blob
    media: str
    how: How


class Binder(Protocol):
    """Binds papers into one PDF. Files are opened in child processes, never in ours."""

    def pages(self, blob: Blob, media: str) -> int:
        """Return how many pages a file has; 0 if it cannot be opened.

        Raises:
            EngineMissing: no child can be started.
        """

    def bind(self, title: str, facts: Sequence[tuple[str, str]], sheaves: Sequence[Sheaf]) -> Iterator[bytes]:
        """Yield the PDF: table of contents, then every paper, with bookmarks.

        Raises:
            EngineMissing: no child can be started, or the font is not installed.
        """


class Export(Protocol):
    """Case folders as one file, given in pieces."""

    def documents(self, number: CaseNumber, documents: Sequence[Document]) -> Iterator[bytes]:
        """Return a ZIP of these documents of a case, in one folder that is called by its number.

        Raises:
            ArchiveFault: a document is missing, before a byte was given.
        """

    def bag(self, number: CaseNumber) -> Iterator[bytes]:
        """Return a ZIP of the case's bag, whole: it stays a valid bag (RFC 8493) wherever it is unpacked.

        Raises:
            NotFound: there is no such case.
            ArchiveFault: it contradicts itself, or a document is missing; before a byte was given.
            Refused: its content was destroyed; the journal, which has what people typed, is given to nobody.
        """

    def bags(self, described: Mapping[CaseNumber, Description], beside: Mapping[str, bytes]) -> Iterator[bytes]:
        """Return one ZIP of the bags of these cases, each described for who takes it, with these files beside them.

        Raises:
            NotFound, ArchiveFault, Refused: as :meth:`bag`, before a byte was given.
        """


@dataclass(frozen=True, slots=True)
class Change:
    """A case's head after an append."""

    number: CaseNumber
    seq: int
    head: str


class Changes(Protocol):
    """What was appended to the cases of an office, in the order in which it was; views follow it by a position."""

    def size(self) -> int:
        """Return the position behind the last change (0: there was none)."""

    def since(self, position: int) -> tuple[list[Change], int]:
        """Return the changes behind a position, and the position behind the last."""


@dataclass(frozen=True, slots=True)
class News:
    """The cases that changed, whether the inbox did, and how far the changes have been followed."""

    cases: tuple[CaseNumber, ...]
    inbox: bool
    position: int


class Newsreader(Protocol):
    """Follows the changes of one office, whichever process makes them; used by one thread at a time."""

    @property
    def position(self) -> int:
        """How far the changes have been followed."""

    def look(self) -> News:
        """Return what is new since the last look."""

    def since(self, position: int) -> News:
        """Return the cases that changed since a position; the inbox counts as changed."""


RESTORE = "Pulihkan dari cadangan."
#: What is typed, with a number behind it, where destroyed content lies again.
REMAINS = "Cari tahu siapa yang mengembalikannya, lalu jalankan `yankomas arsip hapus-sisa"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: where (``2026/0007`` or a path under the archive), the fact, the remedy.

    ``code`` is one of ``berubah``, ``hilang``, ``asing``, ``bagit``, ``rantai``, ``baris-akhir``, ``lompat``,
    ``kembar``, ``salah-map``, ``belum-selesai``, ``saksi``, ``segel``, ``nomor``, ``naskah``, ``buku``,
    ``terbuka``, ``kotak-masuk``, ``templat``, ``buku-lama``, ``serahan``, ``pdfa``, ``dimusnahkan``, ``kearsipan``.
    ``repair`` is the command that repairs it without loss, for what can be worked out from the journals.
    """

    where: str
    code: str
    fact: str
    remedy: str
    repair: str = ""
