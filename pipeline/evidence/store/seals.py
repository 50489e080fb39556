"""The office's seals: ``segel/2026.jsonl``, outside the archive, a line for each batch of work.

A seal covers what was witnessed since the last one, and what was added to the other books of lines. ``archive/.segel``
notes the newest, so that seals that were taken away are missed too. What a crash leaves of a line is cut off.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path

from pipeline.archive.store.clock_faults import was_wrong
from pipeline.archive.store.format_mark import mark_format
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Passing
from pipeline.evidence.ports import Books
from pipeline.evidence.seal import FORMAT, Covered, Head, Seal, read_seal
from pipeline.evidence.sealing import Sealed, SealMaker
from pipeline.office.store.handovers import FILE as HANDOVERS
from pipeline.privacy.store.matter_books import BOOKS
from pipeline.storage import disk, locks
from pipeline.storage.version_list import LIST

_CHUNK = 1 << 20
_BLOCK = 1 << 16
_log = logging.getLogger(__name__)


def nothing_noted(_at: datetime) -> None:
    """Note no states."""


class FolderSeals(SealMaker):
    """The seals of one root (see the port)."""

    def __init__(
        self,
        layout: Layout,
        key: Callable[[], bytes],
        books: Books | None = None,
        note_states: Callable[[datetime], None] = nothing_noted,
    ) -> None:
        super().__init__(key, books or FolderBooks(layout), note_states)
        self._layout, self._changes = layout, WitnessLog(layout.changes)

    def everything(self) -> list[Seal]:
        """Return every seal that can be read and is as it was made, oldest first."""
        return [seal for _, seal, fault in read_seals(self._layout) if seal and not fault]

    def _held(self) -> AbstractContextManager[None]:
        return locks.held(self._layout.locks / "segel")

    def _newest_first(self) -> Iterator[Seal]:
        return newest_first(self._layout)

    def _settle(self, last: Seal | None) -> None:
        if last:
            self._note(last)

    def _covered(self, last: Seal | None) -> Covered:
        start = last.end if last else 0
        if last and digest_of(self._layout.changes, last.start, last.end) != last.changes:
            _log.warning("Daftar saksi bukan lagi yang disegel: jalankan `yankomas verify`.")
            start = 0  # it was lost and made anew; cases are held against the older seals as ever
        heads: dict[CaseNumber, Head] = {}
        end = start
        for change, position in self._changes.walk(start):
            end = position
            if change and change.seq >= (heads[change.number].seq if change.number in heads else 0):
                heads[change.number] = Head(change.number, change.seq, change.head)
        return Covered(start, end, digest_of(self._layout.changes, start, end), [heads[n] for n in sorted(heads)])

    def _append(self, line: bytes, seal: Seal) -> None:
        mark_format(self._layout, FORMAT)
        # A clock that ran ahead may have begun a later year's file: what comes after it follows there.
        newest = max([str(seal.at.year), *(path.stem for path in seal_files(self._layout))])
        path = self._layout.seals / f"{newest}.jsonl"
        new = not path.exists()
        if new:
            disk.make_folder(path.parent)
        else:
            disk.cut_torn_line(path)
        disk.append(path, line)
        if new:
            disk.sync_folder(path.parent)
        self._note(seal)

    def _note(self, seal: Seal) -> None:
        if not is_note_of(self._layout, seal):
            disk.replace(self._layout.last_seal, note_of(seal))

    def _was_wrong(self, at: datetime) -> bool:
        return was_wrong(self._layout.wrong_times, at)

    def _remembered(self) -> Sealed | None:
        return remembered(self._layout.sealed_books)

    def _remember(self, known: Sealed) -> None:
        remember(self._layout.sealed_books, known)


def remembered(path: Path) -> Sealed | None:
    """Return what was remembered of how far the books were sealed; None if nothing usable was."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        found = json.loads(path.read_bytes())
        return str(found["hash"]), {str(book): int(end) for book, end in found["ends"].items()}
    return None


def remember(path: Path, known: Sealed) -> None:
    """Remember how far the books were sealed, for the next process; if it cannot be written, that costs time."""
    with suppress(OSError, Passing):
        disk.replace(path, json.dumps({"hash": known[0], "ends": dict(known[1])}).encode())


class FolderBooks:
    """The books of lines of a root that seals cover (see the port); reads only."""

    def __init__(self, layout: Layout) -> None:
        self._root = layout.root
        self._folders = (layout.ledger, layout.access)
        records = (
            *(layout.states, layout.template_record, layout.settings_record, layout.old_registers),
            *(layout.records, layout.year_ends, layout.handed_out, layout.sop_record, layout.service_record),
            *(layout.survey, *(layout.privacy / name for name in BOOKS)),
        )
        self._files = (
            *(folder / LIST for folder in records),
            layout.wrong_times,
            layout.restored,
            layout.people / HANDOVERS,
        )

    def names(self) -> list[str]:
        """Return the books there are, in a fixed order."""
        found = [path for folder in self._folders for path in sorted(folder.glob("[12]*.jsonl"))]
        there = [path for path in self._files if path.is_file()]
        return [path.relative_to(self._root).as_posix() for path in (*found, *there)]

    def end(self, book: str) -> int:
        """Return the position behind a book's last whole line; 0 if there is no such book."""
        try:
            with open(self._root / book, "rb") as reader:
                size = reader.seek(0, os.SEEK_END)
                for end in range(size, 0, -_BLOCK):
                    start = max(0, end - _BLOCK)
                    reader.seek(start)
                    if (found := reader.read(end - start).rfind(b"\n")) >= 0:
                        return start + found + 1
        except (FileNotFoundError, NotADirectoryError):
            pass
        return 0

    def secure(self, book: str) -> None:
        """Make what stands in a book durable."""
        disk.sync_file(self._root / book)

    def digest(self, book: str, start: int, end: int) -> str:
        """Return the SHA-256 (hex) of a part of a book, as far as it reaches."""
        return digest_of(self._root / book, start, end)

    def lines(self, book: str, start: int, end: int) -> Iterator[bytes]:
        """Yield the whole lines of a part of a book, as far as it reaches; none if there is no such book."""
        with suppress(FileNotFoundError, NotADirectoryError), open(self._root / book, "rb") as reader:
            reader.seek(start)
            for line in reader:
                start += len(line)
                if start > end or not line.endswith(b"\n"):
                    return
                yield line


def _backwards(path: Path) -> Iterator[bytes]:
    """Yield a file's whole lines, the last first, without their newlines; of a long file only what is asked for."""
    rest = b""
    with open(path, "rb") as reader:
        end = reader.seek(0, os.SEEK_END)
        whole = False  # what stands behind the last newline was never committed
        while end:
            start = max(0, end - _BLOCK)
            reader.seek(start)
            first, *lines = (reader.read(end - start) + rest).split(b"\n")
            for line in reversed(lines):
                if whole:
                    yield line
                whole = True
            rest, end = first, start
    if whole:
        yield rest


def seal_files(layout: Layout) -> list[Path]:
    """Return the files of seals, oldest first."""
    return sorted(layout.seals.glob("[12][0-9][0-9][0-9].jsonl"))


def newest_first(layout: Layout) -> Iterator[Seal]:
    """Yield the seals that can be read, the newest first; only as many are read as are asked for."""
    for path in reversed(seal_files(layout)):
        for line in _backwards(path):
            if seal := read_seal(line)[0]:
                yield seal


def read_seals(layout: Layout) -> Iterator[tuple[str, Seal | None, str]]:
    """Yield every seal, oldest first: its file's name, the seal if it can be read, and what is wrong with the line."""
    for path in seal_files(layout):
        with open(path, "rb") as reader:
            for line in reader:
                whole = line.endswith(b"\n")
                yield (path.name, *(read_seal(line[:-1]) if whole else (None, "terpotong")))


def noted_seal(layout: Layout) -> tuple[int, str] | None:
    """Return seq and hash of the newest seal as the archive notes it; None if it notes none."""
    with suppress(ValueError):
        seq, digest = _bytes(layout.last_seal).decode().split()
        return int(seq), digest
    return None


def note_of(seal: Seal) -> bytes:
    """Return a seal as the archive notes it."""
    return f"{seal.seq} {seal.hash}\n".encode()


def is_note_of(layout: Layout, seal: Seal) -> bool:
    """Say whether the archive notes this seal as the newest."""
    return _bytes(layout.last_seal) == note_of(seal)


def digest_of(path: Path, start: int, end: int) -> str:
    """Return the SHA-256 (hex) of a part of a file, as far as it reaches; read in pieces."""
    digest = hashlib.sha256()
    with suppress(FileNotFoundError), open(path, "rb") as reader:
        reader.seek(start)
        left = end - start
        while left > 0 and (chunk := reader.read(min(_CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
    return digest.hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
