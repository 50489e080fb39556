"""The numbered folders: cases are read, opened under their lock, and marked while they are owed something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from pipeline.archive import bagit
from pipeline.archive.duty_attempts import DutyAttempts
from pipeline.archive.store.attempts import Attempts
from pipeline.archive.store.case_folder import CaseFolder, held_case
from pipeline.archive.store.case_reading import journal_text, read_case
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.events import Document
from pipeline.errors import UsageFault, YankomasError
from pipeline.storage.blobs import StoredFile


class FolderCabinet(DutyAttempts):
    """The case folders of one root."""

    def __init__(self, layout: Layout, changes: WitnessLog) -> None:
        self._layout, self._changes = layout, changes
        self._attempts = Attempts(layout.state)

    def case(self, number: CaseNumber) -> Case:
        """Return the case as its journal has it now."""
        return read_case(self._layout, number)

    def held(self, number: CaseNumber) -> AbstractContextManager[CaseFolder]:
        """Open a case under its lock, finishing what a crash cut short."""
        return held_case(self._layout, self._changes, number)

    def journal(self, number: CaseNumber) -> bytes:
        """Return the whole lines of a case's journal, byte for byte."""
        text = journal_text(self._layout, number)
        return text[: text.rfind(b"\n") + 1]

    def blob(self, number: CaseNumber, document: Document) -> StoredFile:
        """Return a document of a case."""
        return StoredFile(self._file(number, document), document.name, document.sha256, document.bytes)

    def holds(self, number: CaseNumber, document: Document) -> bool:
        """Say whether a document lies in its folder, as long as it should be; its bytes are not read."""
        try:
            return self._file(number, document).stat().st_size == document.bytes
        except OSError:
            return False

    def _file(self, number: CaseNumber, document: Document) -> Path:
        return self._layout.case(number) / bagit.PAYLOAD / document.name

    def open_cases(self) -> list[CaseNumber]:
        """Return the cases that may be owed something, by number; a mark can stand before its case does."""
        return [number for number in marked(self._layout) if self._layout.case(number).is_dir()]

    def numbers(self) -> list[CaseNumber]:
        """Return the numbers of all cases, ascending."""
        return sorted(number for year in self._layout.years() for number in self._layout.numbers(year))

    def cases(self) -> Iterator[Case]:
        """Yield all cases by number; those whose journal is broken are left to ``verify``."""
        for number in self.numbers():
            with suppress(YankomasError):
                yield read_case(self._layout, number)


def marked(layout: Layout) -> list[CaseNumber]:
    """Return the cases that are marked as owed something, by number."""
    found = []
    for path in layout.open_cases.iterdir() if layout.open_cases.is_dir() else ():
        with suppress(UsageFault):
            found.append(read_number(path.name))
    return sorted(found)
