"""Ways that the offices of many tests go from their first day: gone once a process; others are put at their end.

An office is put there only if it is like the one that went: new, with the usual fakes, and untouched since it came to
the stage before. Any other goes the way itself.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fakes import FakeProof, FakeReader, FakeValidator, FixedClock
from offices import CENTRAL, FakeOffice, WordOffice

#: What lies in a folder: by path the mode, size and moment of change.
Listing = dict[str, tuple[int, int, int]]
_FAKES = {"clock": FixedClock, "reader": FakeReader, "validator": FakeValidator, "proof": FakeProof}


@dataclass(frozen=True)
class _End:
    """What a stage left: folders and files that are new or changed, what it took away, how often was read."""

    folders: dict[str, int]
    files: dict[str, tuple[int, bytes]]
    taken_away: tuple[str, ...]
    reads: int


_ENDS: dict[tuple[Any, ...], _End] = {}


class KeptWay:
    """The way that an office goes, stage by stage."""

    def __init__(self, office: FakeOffice) -> None:
        self._office, self._folder = office, office.root.layout.root
        self._seen = _listing(self._folder)
        self._gone: tuple[Any, ...] | None = self._beginning()

    def go(self, stage: tuple[str, ...], steps: Callable[[], None]) -> None:
        """Bring the office to a stage by these steps, or as they brought the first that went this way."""
        gone = self._gone if self._is_usual() and _listing(self._folder) == self._seen else None
        if gone is None:
            self._gone = None
            steps()
            return
        way, before = (*gone, self._office.clock.now(), stage), self._seen
        if way in _ENDS:
            self._put(_ENDS[way])
        else:
            steps()
            _ENDS[way] = self._end_since(before)
        self._gone, self._seen = way, _listing(self._folder)

    def _beginning(self) -> tuple[Any, ...] | None:
        """Return what the office begins with; of Word files names and sizes say enough."""
        if CENTRAL or not self._is_usual():
            return None
        digest = hashlib.sha256()
        for name, (_, size, _) in sorted(self._seen.items()):
            path = self._folder / name
            digest.update(f"{name} {size}\n".encode())
            if path.is_file() and path.suffix != ".docx":
                digest.update(path.read_bytes())
        return type(self._office), digest.digest()

    def _is_usual(self) -> bool:
        office = self._office
        usual = all(type(getattr(office, name)) is made for name, made in _FAKES.items())
        return type(office) in (FakeOffice, WordOffice) and usual and not (office.reader.breaks or office.proof.faults)

    def _end_since(self, before: Listing) -> _End:
        after = _listing(self._folder)
        changed = {name: told for name, told in after.items() if before.get(name) != told}
        folders = {name: told[0] for name, told in changed.items() if (self._folder / name).is_dir()}
        files = {
            name: (changed[name][0], (self._folder / name).read_bytes()) for name in changed if name not in folders
        }
        gone = tuple(sorted(before.keys() - after.keys(), reverse=True))
        return _End(folders, files, gone, self._office.reader.reads)

    def _put(self, end: _End) -> None:
        for name in end.taken_away:
            path = self._folder / name
            path.rmdir() if path.is_dir() else path.unlink()
        for name, mode in sorted(end.folders.items()):
            (self._folder / name).mkdir(mode & 0o777, exist_ok=True)
        for name, (mode, data) in end.files.items():
            path = self._folder / name
            path.unlink(missing_ok=True)
            path.write_bytes(data)
            path.chmod(mode & 0o777)
        self._office.reader.reads = end.reads


def _listing(folder: Path) -> Listing:
    found: Listing = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            with suppress(FileNotFoundError):  # a lock that was let go at this moment
                told = os.lstat(path := f"{place}/{name}")
                found[path[len(str(folder)) + 1 :]] = (told.st_mode, told.st_size, told.st_mtime_ns)
    return found
