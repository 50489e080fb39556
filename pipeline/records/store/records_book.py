"""The archivists' book: ``archive/.kearsipan/daftar.jsonl``, chained lines that are only ever added to.

In an archive that was brought back from a backup a line of it says what was destroyed after that was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.archive.store.layout import Layout
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.errors import ArchiveFault, UsageFault
from pipeline.records.ports import Line
from pipeline.records.record_list import lists_of
from pipeline.records.retention import schedules
from pipeline.storage import disk, locks
from pipeline.storage.version_list import LIST, VersionList

#: A line that says which cases (``perkara``) were destroyed after a backup, each with its list.
_SINCE = "dimusnahkan-kemudian"


class RecordsBookFile:
    """The book of one office; ``lock`` is held while a line is added."""

    def __init__(self, folder: Path, lock: Path) -> None:
        self._folder, self._lock = folder, lock
        self._lines = VersionList(folder, "")

    def lines(self) -> Sequence[Line]:
        """Return what was said, oldest first; a line that cannot be believed is left to ``verify``."""
        return [*self._lines.said(_told)]

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the book: nobody else adds to it meanwhile."""
        with locks.held(self._lock):
            yield

    def note(self, line: Line) -> None:
        """Add a line, durably; the book is held."""
        disk.make_folder(self._folder)
        self._lines.note(line)

    def destroyed_since(self) -> Mapping[CaseNumber, str]:
        """Return the cases that were destroyed after the backup from which this archive came, by which lists."""
        found: dict[CaseNumber, str] = {}
        for line in self.lines():
            if line["apa"] == _SINCE:
                with suppress(KeyError, AttributeError, UsageFault):
                    found |= {read_number(str(number)): str(name) for number, name in line["perkara"].items()}
        return found

    def note_destroyed_since(self, cases: Mapping[CaseNumber, str]) -> None:
        """Keep which cases were destroyed after the backup from which this archive came."""
        told = {str(number): name for number, name in sorted(cases.items())}
        with self.held():
            self.note({"apa": _SINCE, "saat": datetime.now().astimezone().isoformat(), "perkara": told})

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the book, as (name, fact)."""
        yield from self._lines.broken(_told)
        for folded in (lists_of, schedules):
            try:
                folded(self.lines())
            except ArchiveFault as fault:
                yield LIST, fault.message


def records_book(layout: Layout) -> RecordsBookFile:
    """Return the book of an archive."""
    return RecordsBookFile(layout.records, layout.locks / "kearsipan")


def _told(line: dict[str, Any]) -> dict[str, Any]:
    """Return a line that can be relied upon; raises KeyError, TypeError or ValueError for any other."""
    datetime.fromisoformat(line["saat"])
    return {**line, "apa": str(line["apa"])}
