"""The books of requests, of breaches and of removals: chained lines in ``archive/.data-pribadi``, a folder each.

Those of an office of many lie with its rows (``postgres_matters.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.archive.store.layout import Layout
from pipeline.privacy.ports import MakeLine, MatterLine
from pipeline.storage import locks
from pipeline.storage.version_list import LIST, ChainedLines, VersionList

REQUESTS, BREACHES, REMOVALS = "permintaan", "kebocoran", "dihapus"
#: The books there are.
BOOKS = (REQUESTS, BREACHES, REMOVALS)
#: What is held by whoever adds to one in a folder.
LOCK = "data-pribadi"


class MatterLines:
    """One of these books (see the port), wherever its lines lie; ``held`` holds it."""

    def __init__(self, kept: ChainedLines, held: Callable[[], AbstractContextManager[object]]) -> None:
        self._kept, self._held = kept, held

    def lines(self) -> list[MatterLine]:
        """Return the lines, the oldest first; those that cannot be read are told by ``verify``."""
        return [*self._kept.said(_line)]

    def add(self, make: MakeLine) -> MatterLine:
        """Append the line that ``make`` gives, while nobody else appends."""
        with self._held():
            line = make(self.lines())
            told = {"number": line.number, "act": line.act, "at": line.at.isoformat(), "by": line.by}
            self._kept.note({**told, "role": line.role, "told": dict(line.told)})
        return line

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the lines, as (name, fact)."""
        return self._kept.broken(_line)


class MatterFile(MatterLines):
    """One of them in an office's folder."""

    def __init__(self, layout: Layout, book: str) -> None:
        super().__init__(VersionList(layout.privacy / book, ""), lambda: locks.held(layout.locks / LOCK))


def matter_faults(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the books of a folder, as (name, fact)."""
    yield from line_faults({name: MatterFile(layout, name) for name in BOOKS})
    for path in _files(layout.privacy):
        inside = path.relative_to(layout.privacy)
        if inside.parent.as_posix() not in BOOKS or inside.name not in (LIST, f".{LIST}.part"):
            yield inside.as_posix(), "Bukan berkas catatan data pribadi."


def line_faults(books: Mapping[str, MatterLines]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the lines of the books, as (name, fact)."""
    return ((f"{name}/{file}", fact) for name, book in books.items() for file, fact in book.faults())


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if not path.is_dir()) if folder.is_dir() else []


def _line(told: dict[str, Any]) -> MatterLine:
    at = datetime.fromisoformat(told["at"])
    return MatterLine(int(told["number"]), str(told["act"]), at, str(told["by"]), str(told["role"]), dict(told["told"]))
