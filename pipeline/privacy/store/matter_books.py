"""The books of requests, of breaches and of removals: chained lines in ``archive/.data-pribadi``, a folder each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.archive.store.layout import Layout
from pipeline.privacy.ports import MakeLine, MatterLine
from pipeline.storage import disk, locks
from pipeline.storage.version_list import LIST, VersionList

REQUESTS, BREACHES, REMOVALS = "permintaan", "kebocoran", "dihapus"
#: The books there are.
BOOKS = (REQUESTS, BREACHES, REMOVALS)


class MatterFile:
    """One of these books (see the port)."""

    def __init__(self, layout: Layout, book: str) -> None:
        self._folder, self._lock = layout.privacy / book, layout.locks / "data-pribadi"
        self._list = VersionList(self._folder, "")

    def lines(self) -> list[MatterLine]:
        """Return the lines, the oldest first; those that cannot be read are told by ``verify``."""
        return [*self._list.said(_line)]

    def add(self, make: MakeLine) -> MatterLine:
        """Append the line that ``make`` gives, while nobody else appends."""
        with locks.held(self._lock):
            line = make(self.lines())
            disk.make_folder(self._folder)
            told = {"number": line.number, "act": line.act, "at": line.at.isoformat(), "by": line.by}
            self._list.note({**told, "role": line.role, "told": dict(line.told)})
        return line


def matter_faults(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the books, as (name, fact)."""
    for name in BOOKS:
        for file, fact in VersionList(layout.privacy / name, "").broken(_line):
            yield f"{name}/{file}", fact
    for path in _files(layout.privacy):
        inside = path.relative_to(layout.privacy)
        if inside.parent.as_posix() not in BOOKS or inside.name not in (LIST, f".{LIST}.part"):
            yield inside.as_posix(), "Bukan berkas catatan data pribadi."


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if not path.is_dir()) if folder.is_dir() else []


def _line(told: dict[str, Any]) -> MatterLine:
    at = datetime.fromisoformat(told["at"])
    return MatterLine(int(told["number"]), str(told["act"]), at, str(told["by"]), str(told["role"]), dict(told["told"]))
