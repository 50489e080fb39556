"""Versions of files kept for ever by their SHA-256, and a list of what was made of them: chained lines of JSON.

``daftar.jsonl`` beside the versions; ``prev`` of each line is the hash of the line before, so that a line that was cut
out or changed shows. A last line without an end was never counted: its writer died.
"""

from __future__ import annotations

import hashlib
import json
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pipeline.storage import disk, locks

LIST = "daftar.jsonl"
_FIRST = "0" * 64
Said = TypeVar("Said")
#: What makes something of ours of a line as JSON has it.
Make = Callable[[dict[str, Any]], Said]


class ChainedLines(ABC):
    """A chained list, wherever its lines lie."""

    __slots__ = ()

    @abstractmethod
    def lines(self, made: Make[Said]) -> Iterator[tuple[Said | None, str]]:
        """Yield what is made of each line, and why it cannot be believed.

        ``made`` raises ValueError, TypeError, KeyError or AttributeError of a line that does not say what it must.
        """

    @abstractmethod
    def note(self, *told: Mapping[str, Any]) -> None:
        """Append lines; whoever calls this holds the list."""

    def said(self, made: Make[Said]) -> Iterator[Said]:
        """Yield what is made of each line that can be read; what cannot is told by :meth:`broken`."""
        return (said for said, _ in self.lines(made) if said is not None)

    def broken(self, made: Make[Said]) -> Iterator[tuple[str, str]]:
        """Yield the lines that cannot be believed, as (name, fact)."""
        for number, (_, why) in enumerate(self.lines(made), 1):
            if why:
                yield LIST, f"Baris {number} {why}."


class VersionedLines(ChainedLines):
    """A chained list with the versions that its lines name; ``suffix`` is that of the versions' files (``.toml``)."""

    __slots__ = ()
    suffix: str

    @abstractmethod
    def files(self) -> Mapping[str, Callable[[], bytes]]:
        """Return all that lies beside the list, by the names that files in a folder have."""

    def faults(
        self,
        made: Make[Said],
        named: Callable[[Said], Iterable[str]],
        *,
        gone: str,
        unknown: str,
        changed: str,
    ) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the list and all that lies beside it, as (name, fact).

        ``named`` are the versions that a line names; ``gone``, ``unknown`` and ``changed`` tell of one that is not
        there, of a file that no line names, and of a version that is not what was kept.
        """
        lines, known = [*self.lines(made)], set[str]()
        files = self.files()  # after the lines: what is added meanwhile is unknown, never gone
        for number, (said, why) in enumerate(lines, 1):
            if why:
                yield LIST, f"Baris {number} {why}."
            for version in named(said) if said is not None else ():
                name = f"{version}{self.suffix}"
                if name not in known and name not in files:
                    yield name, gone
                known.add(name)
        for name, read in files.items():
            if name not in known:
                yield name, unknown
            elif digest(read()) != name.removesuffix(self.suffix):
                yield name, changed


class VersionRecord(VersionedLines):
    """A chained list with the versions that its lines name, wherever both lie, and who adds to it."""

    __slots__ = ()

    @abstractmethod
    def keep(self, data: bytes) -> None:
        """Keep a version; one that is kept already stays as it is."""

    @abstractmethod
    def kept(self, name: str) -> bytes:
        """Return a version by its SHA-256.

        Raises:
            OSError: it is not there.
        """

    @abstractmethod
    def mark(self) -> int:
        """Return what is another once lines were added; 0 if there is none."""

    def look_anew(self) -> None:
        """Have the next question look at what is there, where answers are kept for a moment."""
        return

    @abstractmethod
    def held(self, patience: float = locks.PATIENCE) -> AbstractContextManager[object]:
        """Hold the record: nobody else adds to it meanwhile.

        Raises:
            Busy: somebody else has held it for longer than so many seconds.
        """

    @property
    @abstractmethod
    def is_writable(self) -> bool:
        """Whether lines can be added from here."""


@dataclass(frozen=True, slots=True)
class VersionList(VersionedLines):
    """The list and the versions of one folder; ``suffix`` is that of the versions' files (``.toml``)."""

    folder: Path
    suffix: str

    def keep(self, data: bytes) -> None:
        """Keep a version; one that is kept already stays as it is."""
        self.keep_as(digest(data), data)

    def keep_as(self, name: str, data: bytes) -> None:
        """Keep a version whose SHA-256 is known."""
        path = self.folder / f"{name}{self.suffix}"
        if not path.exists():
            disk.replace(path, data)

    def kept(self, name: str) -> bytes:
        """Return a version that was kept.

        Raises:
            OSError: it is not there.
        """
        return (self.folder / f"{name}{self.suffix}").read_bytes()

    def note(self, *told: Mapping[str, Any]) -> None:
        """Append lines; whoever calls this holds the list's lock."""
        path = self.folder / LIST
        disk.make_folder(self.folder)
        disk.cut_torn_line(path)
        lines = path.read_bytes().splitlines() if path.exists() else []
        disk.append(path, chained(lines[-1] if lines else b"", told))
        disk.sync_folder(self.folder)

    def lines(self, made: Make[Said]) -> Iterator[tuple[Said | None, str]]:
        """Yield what is made of each line, and why it cannot be believed."""
        try:
            text = (self.folder / LIST).read_bytes()
        except OSError:
            return
        yield from lines_in(text, made)

    def files(self) -> Mapping[str, Callable[[], bytes]]:
        """Return all that lies beside the list, by name."""
        paths = sorted(self.folder.iterdir()) if self.folder.is_dir() else ()
        return {path.name: path.read_bytes for path in paths if path.name not in (LIST, f".{LIST}.part")}


@dataclass(frozen=True, slots=True)
class FolderRecord(VersionList, VersionRecord):
    """They in a folder of the archive, which is made with the first of them; ``lock`` is held by who adds."""

    lock: Path

    def keep(self, data: bytes) -> None:
        """Keep a version; one that is kept already stays as it is."""
        disk.make_folder(self.folder)
        VersionList.keep(self, data)

    def mark(self) -> int:
        """Return what is another once lines were added; 0 if there is none."""
        return disk.size(self.folder / LIST)

    def held(self, patience: float = locks.PATIENCE) -> AbstractContextManager[object]:
        """Hold the record (see the record)."""
        return locks.held(self.lock, patience)

    @property
    def is_writable(self) -> bool:
        """Whether lines can be added from here."""
        return os.access(self.folder.parent, os.W_OK)


def chained(last: bytes, told: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the lines that say this and follow ``last`` (empty: there is none so far), as they are written."""
    prev, written = digest(last) if last else _FIRST, b""
    for one in told:
        line = json.dumps({**one, "prev": prev}, ensure_ascii=False).encode()
        prev, written = digest(line), written + line + b"\n"
    return written


def lines_in(text: bytes, made: Make[Said]) -> Iterator[tuple[Said | None, str]]:
    """Yield what is made of each line of a list (see :meth:`VersionList.lines`)."""
    before = _FIRST
    for line in text.split(b"\n")[:-1]:
        said, prev = _read(line, made)
        why = "" if said is not None else "tidak dapat dibaca"
        yield said, why or ("" if prev == before else "tidak mengikuti baris sebelumnya")
        before = digest(line)


def digest(data: bytes) -> str:
    """Return the name under which a version is kept."""
    return hashlib.sha256(data).hexdigest()


def _read(line: bytes, made: Make[Said]) -> tuple[Said | None, str]:
    try:
        told = json.loads(line)
        prev = str(told.pop("prev"))
        return made(told), prev
    except (ValueError, TypeError, KeyError, AttributeError):
        return None, ""
