"""The seals of an office of many, in PostgreSQL: the lines that a folder has in ``segel/``.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pipeline.archive.store.postgres_changes import PostgresChanges
from pipeline.archive.store.postgres_clock_faults import as_file, is_known_wrong
from pipeline.cases.case_number import CaseNumber
from pipeline.evidence.ports import Books
from pipeline.evidence.seal import Covered, Head, Seal, is_signed, read_seal
from pipeline.evidence.sealing import Sealed, SealMaker
from pipeline.evidence.store.office_folders import OfficeFolders
from pipeline.evidence.store.seals import nothing_noted, remember, remembered
from pipeline.privacy.store.matter_books import BOOKS
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_lines import (
    ACCESS,
    EDITIONS,
    HANDOVERS,
    INBOX,
    RESTORED,
    SEALS,
    SERVICES,
    SURVEY,
    YEAR_ENDS,
    PostgresLines,
)

#: The books that are kept centrally, by the folder that they have where an office has one of its own.
_CENTRAL = {
    "archive/.kotak-masuk": INBOX,
    "archive/akses": ACCESS,
    "archive/.tutup-buku": YEAR_ENDS,
    "archive/.sop": EDITIONS,
    "archive/.layanan": SERVICES,
    ".akun": HANDOVERS,
    "archive/.ikm": SURVEY,
    **{f"archive/.data-pribadi/{name}": name for name in BOOKS},
}
#: And of these the ones that an earlier version kept in the folder, where they lie until they are taken over.
_TAKEN_OVER = {HANDOVERS, SURVEY, *BOOKS}
_CLOCK, _SAID = "archive/.jam", "archive/.pulih"


class PostgresSeals(SealMaker):
    """The seals of one office (see the port); ``files``: the books that still lie in its folder.

    ``folders`` tells whether that is the folder from which the office is run; of another none of these is sealed, and
    nothing at all if it has not the office's key.
    ``beside`` is the file of this machine that remembers how far the books were sealed, so that a process need not read
    all seals at its first.
    """

    def __init__(
        self,
        database: Database,
        key: Callable[[], bytes],
        files: Books | None = None,
        note_states: Callable[[datetime], None] = nothing_noted,
        beside: Path | None = None,
        folders: OfficeFolders | None = None,
    ) -> None:
        super().__init__(key, PostgresBooks(database, files, folders), note_states)
        self._beside, self._folders = beside, folders
        self._database, self._lines = database, PostgresLines(database, SEALS)
        self._changes = PostgresChanges(database)

    def everything(self) -> list[Seal]:
        """Return every seal that can be read and is as it was made, oldest first."""
        read = (read_seal(line[:-1]) for _, line in self._lines.lines())
        return [seal for seal, fault in read if seal and not fault]

    def _held(self) -> AbstractContextManager[None]:
        return self._lines.held()

    def _newest_first(self) -> Iterator[Seal]:
        for line in self._lines.newest_first():
            if seal := read_seal(line[:-1])[0]:
                yield seal

    def _covered(self, last: Seal | None) -> Covered:
        start = covered_to = last.end if last else 0
        digest, heads = hashlib.sha256(), dict[CaseNumber, Head]()
        for text, change, end in self._changes.written(start):
            covered_to = end
            digest.update(text)
            if change.seq >= (heads[change.number].seq if change.number in heads else 0):
                heads[change.number] = Head(change.number, change.seq, change.head)
        return Covered(start, covered_to, digest.hexdigest(), [heads[number] for number in sorted(heads)])

    def _may_seal(self, last: Seal | None, now: datetime, key: bytes) -> bool:
        if self._folders is None:
            return True
        self._folders.note(now)
        return last is None or is_signed(last, key) or self._folders.is_here()

    def _was_wrong(self, at: datetime) -> bool:
        return is_known_wrong(self._database, at)

    def _append(self, line: bytes, seal: Seal) -> None:
        # A clock that ran ahead may have begun a later year's part: what comes after it follows there.
        self._lines.append(max([str(seal.at.year), *self._lines.parts()[-1:]]), line)

    def _remembered(self) -> Sealed | None:
        return remembered(self._beside) if self._beside else None

    def _remember(self, known: Sealed) -> None:
        if self._beside:
            remember(self._beside, known)


def displaced_books(database: Database) -> list[str]:
    """Return the books of which some line does not end where those before it and its own length put it."""
    folders = {name: folder for folder, name in _CENTRAL.items()}
    question = (
        "SELECT DISTINCT buku, bagian FROM (SELECT buku, bagian, akhir, sum(octet_length(isi)) OVER"
        " (PARTITION BY buku, bagian ORDER BY baris) AS placed FROM catatan WHERE buku = ANY(%s)) AS lines"
        " WHERE akhir <> placed ORDER BY 1, 2"
    )
    return [f"{folders[book]}/{part}.jsonl" for book, part in database.rows(question, (list(folders),))]


class PostgresBooks:
    """The books of an office of many, each as the file that it is in a folder; what is not kept centrally is there."""

    def __init__(self, database: Database, files: Books | None = None, folders: OfficeFolders | None = None) -> None:
        self._database, self._files, self._folders = database, files, folders
        self._books = {folder: PostgresLines(database, name) for folder, name in _CENTRAL.items()}
        self._texts = {_CLOCK: self._clock_faults, _SAID: self._said_after_restores}

    def names(self) -> list[str]:
        """Return the books there are, in a fixed order."""
        central = [f"{folder}/{part}.jsonl" for folder, lines in self._books.items() for part in lines.parts()]
        central += [name for name, text in self._texts.items() if text()]
        here = self._files.names() if self._files and self._is_here() else ()
        return [*central, *(name for name in here if not self.is_central(name))]

    def known_here(self, seals: Iterable[Seal]) -> Iterator[Seal]:
        """Yield seals with the books of which this folder can tell: another's are not to be looked for here."""
        here = self._is_here()
        for seal in seals:
            yield seal if here else replace(seal, books=tuple(p for p in seal.books if self.is_central(p.book)))

    def end(self, book: str) -> int:
        """Return how many bytes a book has."""
        if text := self._texts.get(book):
            return len(text())
        if part := self._part(book):
            return part[0].size(part[1])
        return self._files.end(book) if self._files else 0

    def secure(self, book: str) -> None:
        """Make what stands in a book durable; what the database has committed is."""
        if self._files and not self.is_central(book):
            self._files.secure(book)

    def digest(self, book: str, start: int, end: int) -> str:
        """Return the SHA-256 (hex) of a part of a book, as far as it reaches."""
        if text := self._texts.get(book):
            return hashlib.sha256(text()[start:end]).hexdigest()
        if part := self._part(book):
            return hashlib.sha256(part[0].bytes_between(part[1], start, end)).hexdigest()
        return self._files.digest(book, start, end) if self._files else hashlib.sha256().hexdigest()

    def lines(self, book: str, start: int, end: int) -> Iterator[bytes]:
        """Yield the whole lines of a part of a book, as far as it reaches; none if there is no such book."""
        if text := self._texts.get(book):
            yield from text()[start:end].splitlines(keepends=True)
        elif part := self._part(book):
            yield from part[0].bytes_between(part[1], start, end).splitlines(keepends=True)
        elif self._files:
            yield from self._files.lines(book, start, end)

    def is_central(self, book: str) -> bool:
        """Say whether a book is kept centrally."""
        return book in self._texts or self._part(book) is not None

    def _is_here(self) -> bool:
        return self._folders is None or self._folders.is_here()

    def _part(self, book: str) -> tuple[PostgresLines, str] | None:
        folder, _, name = book.rpartition("/")
        part = name.removesuffix(".jsonl")
        lines = self._books.get(folder)
        if lines is None or (_CENTRAL[folder] in _TAKEN_OVER and not lines.size(part)):
            return None
        return lines, part

    def _clock_faults(self) -> bytes:
        with self._database.transaction() as running:
            return as_file(running)

    def _said_after_restores(self) -> bytes:
        return b"".join(line for _, line in PostgresLines(self._database, RESTORED).lines())
