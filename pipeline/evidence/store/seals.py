"""The office's seals: ``segel/2026.jsonl``, outside the archive, one line a day on which something had changed.

A seal is made at the first opportunity of a day and covers what was witnessed since the last one. ``archive/.segel``
notes the newest, so that seals that were taken away are missed too. What a crash leaves of a line is cut off.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.cases.case_number import CaseNumber
from pipeline.evidence.seal import Covered, Head, Seal, read_seal, sealed
from pipeline.storage import disk, locks

_CHUNK = 1 << 20
_log = logging.getLogger(__name__)


class FolderSeals:
    """The seals of one root; ``key`` is asked for when one is made."""

    def __init__(self, layout: Layout, key: Callable[[], bytes]) -> None:
        self._layout, self._key = layout, key
        self._changes = WitnessLog(layout.changes)
        self._looked: date | None = None

    def seal_if_due(self, now: datetime) -> Seal | None:
        """Make the day's seal if there is none yet and something changed since the last one; return it."""
        if self._looked == now.date():
            return None
        with locks.held(self._layout.locks / "segel"):
            seal = self._next(self.last(), now)
        self._looked = now.date()
        return seal

    def last(self) -> Seal | None:
        """Return the newest seal that can be read."""
        return next(self._newest_first(), None)

    def everything(self) -> list[Seal]:
        """Return every seal that can be read and is signed as it should be, oldest first."""
        return [seal for _, seal, fault in read_seals(self._layout) if seal and not fault]

    def before(self, day: date) -> Seal | None:
        """Return the newest seal made before a day."""
        return next((seal for seal in self._newest_first() if seal.at.date() < day), None)

    def _newest_first(self) -> Iterator[Seal]:
        for path in reversed(seal_files(self._layout)):
            for line in reversed(path.read_bytes().splitlines()):
                seal, _ = read_seal(line)
                if seal:
                    yield seal

    def _next(self, last: Seal | None, now: datetime) -> Seal | None:
        if last:
            self._note(last)
            if now.date() <= last.at.date():
                return None
        covered = self._covered(last.end if last else 0)
        if not covered.heads:
            return None
        line, seal = sealed(last, now, covered, self._key())
        self._append(self._layout.seals / f"{now.year}.jsonl", line)
        self._note(seal)
        return seal

    def _covered(self, start: int) -> Covered:
        if start > self._changes.size():
            _log.warning("Daftar saksi lebih pendek daripada yang disegel: jalankan `yankomas verify`.")
            start = 0
        heads: dict[CaseNumber, Head] = {}
        end = start
        for change, position in self._changes.walk(start):
            end = position
            if change and change.seq >= (heads[change.number].seq if change.number in heads else 0):
                heads[change.number] = Head(change.number, change.seq, change.head)
        return Covered(start, end, digest_of(self._layout.changes, start, end), [heads[n] for n in sorted(heads)])

    def _append(self, path: Path, line: bytes) -> None:
        new = not path.exists()
        if new:
            disk.make_folder(path.parent)
        else:
            disk.cut_torn_line(path)
        disk.append(path, line)
        if new:
            disk.sync_folder(path.parent)

    def _note(self, seal: Seal) -> None:
        if not is_note_of(self._layout, seal):
            disk.replace(self._layout.last_seal, note_of(seal))


def seal_files(layout: Layout) -> list[Path]:
    """Return the files of seals, oldest first."""
    return sorted(layout.seals.glob("[12][0-9][0-9][0-9].jsonl"))


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
