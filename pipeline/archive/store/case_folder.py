"""One case folder: how its journal grows and its documents come to lie in it. Nothing else writes there.

An append is: stage the documents and sync them; append the journal line and sync it (*that is the commit*); link the
documents into ``data/``; rewrite the BagIt files from the journal; witness the new head. The case's staging folder
stands from the first to the last of these, so an append that was cut short shows, and the next opening finishes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pipeline.archive import bagit
from pipeline.archive.appending import clock_behind, of_this_number, refuse_contradiction, refuse_gone
from pipeline.archive.store.case_reading import journal_of, read_case
from pipeline.archive.store.clock_faults import was_wrong
from pipeline.archive.store.folder_refusals import refuse_moved
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.event_lines import as_data
from pipeline.cases.events import Document, Event
from pipeline.cases.fold import documents_of, grown
from pipeline.cases.journal import Entry, write_line
from pipeline.cases.known_cases import case_in
from pipeline.cases.ports import Filed, changed
from pipeline.errors import ArchiveFault
from pipeline.storage import disk, locks


@contextmanager
def held_case(layout: Layout, changes: WitnessLog, number: CaseNumber) -> Iterator[CaseFolder]:
    """Open a case under its lock, finishing an append that was cut short.

    Raises:
        NotFound: there is no such folder.
        ArchiveFault: its journal is not as it was written.
        Busy: another process has held it too long.
        SettingsFault: the office moves to the centre, or has moved there.
    """
    refuse_moved(layout)
    if not layout.case(number).is_dir():
        read_case(layout, number)
    with locks.held(layout.locks / number.key):
        refuse_moved(layout)  # who moves the office takes this lock once for each case, having said that it moves
        folder = CaseFolder(layout, changes, number)
        folder.heal()
        yield folder


class CaseFolder:
    """A case folder under its lock. ``case`` is as read after the lock was taken, and after each append."""

    def __init__(self, layout: Layout, changes: WitnessLog, number: CaseNumber) -> None:
        self._layout = layout
        self._changes = changes
        self._number = number
        self._path = layout.case(number)
        self._staging = layout.staging / number.key
        self.case: Case

    def heal(self) -> None:
        """Read the journal; cut a torn tail off and finish an append that was cut short."""
        unfinished = self._staging.is_dir()
        text = journal_of(self._path, self._number)
        self.case = of_this_number(case_in(text, str(self._number)), self._number)
        if torn := len(text) - (text.rfind(b"\n") + 1):
            self._cut_torn_tail(self.case.entries, torn)
        if unfinished:
            self._settle(documents_of(self.case.entries))

    def append(self, event: Event, files: Mapping[str, Filed], *, by: str, at: datetime) -> Case:
        """Commit an event with its documents; ``files`` maps each document's name to its bytes or a stored file.

        Returns:
            The case after it.

        Raises:
            ArchiveFault: a document's name is taken, or its bytes are not those the event names.
            Changed: a stored file is no longer what was looked at.
        """
        refuse_gone(self.case, event)
        refuse_contradiction(self.case, event.documents, files)
        last = self.case.entries[-1].at
        if at < last and not was_wrong(self._layout.wrong_times, last):
            raise clock_behind(self.case, at)
        disk.touch(self._layout.open_cases / self._number.key)
        disk.make_folder(self._staging)
        for name, data in files.items():
            disk.remove(self._staging / name)
            _stage(data, self._staging / name)
        disk.sync_folder(self._staging)
        line, entry = write_line(len(self.case.entries) + 1, at, by, event.kind, as_data(event), self.case.head)
        disk.append(self._path / bagit.JOURNAL, line)
        self.case = grown(self.case, (entry,))
        self._settle(event.documents)
        return self.case

    def sweep_destroyed(self) -> list[str]:
        """Take away what lies here again of content that was destroyed; return the names of what was there."""
        there = [d.name for d in self.case.gone if (self._path / bagit.PAYLOAD / d.name).exists()]
        for name in there:
            disk.remove(self._path / bagit.PAYLOAD / name)
        disk.sync_folder(self._path / bagit.PAYLOAD)
        return there

    def renew_bag(self) -> list[str]:
        """Make the bag's own files anew from the journal; return the names of those that were not as they should be."""
        files = self._bag_files()
        changed = [name for name, data in files.items() if write_if_changed(self._path / name, data)]
        disk.sync_folder(self._path)
        return changed

    def settle(self) -> None:
        """Note that the case is owed nothing at present. The caller has made sure of it under this lock."""
        disk.remove(self._layout.state / self._number.key)
        disk.remove(self._layout.open_cases / self._number.key)

    def _bag_files(self) -> Mapping[str, bytes]:
        return bagit.bag_files(self._number, self.case.entries, journal_of(self._path, self._number))

    def _cut_torn_tail(self, entries: tuple[Entry, ...], torn: int) -> None:
        witnessed = self._changes.last_heads().get(self._number, (0, ""))
        if witnessed[0] > len(entries):
            raise ArchiveFault(
                f"Jurnal {self._number} pernah mencapai baris {witnessed[0]}, kini hanya {len(entries)} baris utuh.",
                "Jangan mengubah apa pun; jalankan `yankomas verify` dan pulihkan map ini dari cadangan.",
            )
        path = self._path / bagit.JOURNAL
        disk.truncate(path, path.stat().st_size - torn)

    def _settle(self, documents: Sequence[Document]) -> None:
        """Do what follows a commit; doing it again changes nothing."""
        for document in documents:
            staged, target = self._staging / document.name, self._path / bagit.PAYLOAD / document.name
            if staged.exists() and not target.exists():
                disk.link(staged, target)
        for gone in self.case.gone:
            disk.remove(self._path / bagit.PAYLOAD / gone.name)
        disk.sync_folder(self._path / bagit.PAYLOAD)
        for name, data in self._bag_files().items():
            write_if_changed(self._path / name, data)
        disk.sync_folder(self._path)
        last = self.case.entries[-1]
        self._changes.append(self._number, last.seq, last.hash)
        disk.sweep(self._staging)


def _stage(data: Filed, path: Path) -> None:
    if isinstance(data, bytes):
        disk.write_new(path, data)
        return
    with data.local() as source:
        copied, _ = disk.copy_new(source, path)
    if copied != data.sha256:
        raise changed()


def write_if_changed(path: Path, data: bytes) -> bool:
    """Put a file's new content in place, unless it has it already; say whether that was necessary."""
    if path.is_file() and path.read_bytes() == data:
        return False
    disk.replace(path, data)
    return True
