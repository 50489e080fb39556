"""Giving a complaint its number: the one place where a case folder comes into being.

A number exists if and only if its complaint is safe: the folder is staged whole and synced, and one rename under the
numbers' lock makes it the case. n is one more than the highest ever seen (folders, register book, ``.tertinggi``).

The first line is witnessed before the number is noted as the highest; so at most the highest folder of a year can lack
its witness, after a crash, and whoever comes next makes up for it.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from pipeline.archive import bagit
from pipeline.archive.store.cabinet import marked
from pipeline.archive.store.case_reading import first_line
from pipeline.archive.store.clock_faults import was_wrong
from pipeline.archive.store.folder_refusals import refuse_moved
from pipeline.archive.store.format_mark import IN_SERIES, mark_format
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, Volume, in_volume, volume_of
from pipeline.cases.event_lines import as_data
from pipeline.cases.events import Received
from pipeline.cases.fold import fold
from pipeline.cases.journal import GENESIS, MACHINE, write_line
from pipeline.cases.ports import Blob, content
from pipeline.errors import ArchiveFault, Changed
from pipeline.register.ports import Claim
from pipeline.register.register_numbers import Registered, next_number, nothing_to_confirm, numbers_lost
from pipeline.register.store import old_cases
from pipeline.register.store.lookups import SqliteLookups
from pipeline.register.store.number_records import highest_note, read_highest
from pipeline.register.store.restored import confirm, refuse_unconfirmed, restored_from
from pipeline.register.store.year_ends import closed_years
from pipeline.register.year_end import refuse_behind, refuse_closed
from pipeline.storage import disk, locks

_NEW = "baru-"


@dataclass(frozen=True, slots=True)
class StagedFolder:
    """An original copied to where its case folder is being made, with its hash and size."""

    folder: Path
    sha256: str
    size: int


class FolderNumbers:
    """The numbers of one archive. ``lookups`` say what the register book remembers of registered complaints."""

    def __init__(self, layout: Layout, changes: WitnessLog, lookups: SqliteLookups) -> None:
        self._layout = layout
        self._changes = changes
        self._lookups = lookups
        self._by_hash: dict[str, list[Registered]] = {}  # by volume; several where a letter became a case elsewhere
        self._relies = False  # whether what the look-ups remember is remembered there alone
        self._seen: dict[Volume, set[int]] = {}
        self._scanned: dict[Volume, object] = {}

    @contextmanager
    def staged(
        self, claim: Claim, name: str, beside: Mapping[str, Blob] = MappingProxyType({})
    ) -> Iterator[StagedFolder]:
        """Copy a complaint to a folder in the making, under the name it is to have; swept away if it gets no number.

        ``beside`` are the pages that were made of it, by the names they are to have.
        """
        blob, folder = claim.blob, self._layout.staging / f"{_NEW}{claim.id}"
        with locks.held(self._layout.locks / folder.name):
            disk.sweep(folder)
            disk.make_folder(folder / bagit.PAYLOAD)
            try:
                with blob.local() as source:
                    sha256, size = disk.copy_new(source, folder / bagit.PAYLOAD / name)
                for further, made in beside.items():
                    disk.write_new(folder / bagit.PAYLOAD / further, content(made))
                if sha256 != blob.sha256:
                    raise Changed("Berkas masih ditulis ketika disalin.", "Berkas ditunggu sampai selesai ditulis.")
                disk.sync_folder(folder / bagit.PAYLOAD)
                yield StagedFolder(folder, sha256, size)
            finally:
                disk.sweep(folder)

    def last(self) -> CaseNumber | None:
        """Return the number of the first series that was given last; None before the first."""
        for year in reversed(self._layout.years()):
            number = in_volume(year, read_highest(self._layout.highest(year))[0])
            if number.serial and not number.series:
                return number
        return None

    @contextmanager
    def numbering(self) -> Iterator[HeldNumbers]:
        """Hold the numbers' lock: nobody else gives one or looks for a twin meanwhile."""
        with locks.held(self._layout.numbers_lock):
            refuse_moved(self._layout)
            old_cases.finish(self._layout, self._changes)
            self._look()
            yield HeldNumbers(self)

    def sweep(self) -> None:
        """Tidy up after processes that died: folders in the making, highest numbers, marks of cases that never were."""
        for folder in sorted(self._layout.staging.glob(f"{_NEW}*")):
            with locks.held_if_free(self._layout.locks / folder.name) as mine:
                if mine:
                    disk.sweep(folder)
        with locks.held(self._layout.numbers_lock):
            old_cases.finish(self._layout, self._changes)
            for year in self._layout.years():
                highest = max(self._layout.numbers(year), default=None)
                with suppress(ArchiveFault):  # whoever asks for a number is told of a broken folder
                    self._make_up_for(highest)
            for number in marked(self._layout):
                if not self._layout.case(number).is_dir():
                    disk.remove(self._layout.open_cases / number.key)

    def renew_highest(self, year: Volume, witnessed: int) -> None:
        """Work the note of a year's highest number out anew, from its folders and what was ever witnessed."""
        with locks.held(self._layout.numbers_lock):
            newest = max(self._layout.numbers(year), default=None)
            noted, _ = read_highest(self._layout.highest(year))
            if newest is None or noted > newest.serial:
                return
            with suppress(ArchiveFault):
                at = first_line(self._layout, newest).registered_at
                self._note_highest(in_volume(year, max(newest.serial, witnessed)), at)

    def restored_from(self) -> datetime | None:
        """Return when the backup was made that nobody has said yet which numbers were given after it; None if none."""
        return restored_from(self._layout.restored)

    def confirm(
        self,
        given: CaseNumber | None,
        naskah: Mapping[str, int],
        by: str,
        at: datetime,
        others: Sequence[CaseNumber] = (),
    ) -> int:
        """Note which were the highest numbers given when the archive was restored; return how many were lost."""
        with locks.held(self._layout.numbers_lock):
            refuse_moved(self._layout)
            self._look()
            if self.restored_from() is None:
                raise nothing_to_confirm()
            lost = {number: self._lost_behind(number, at) for number in (given, *others) if number}
            for number in (number for number, count in lost.items() if count):  # once none of them is refused
                self._raise_to(number, at)
            confirm(self._layout.restored, given, naskah, by, at)
        return sum(lost.values())

    def _lost_behind(self, given: CaseNumber, at: datetime) -> int:
        known = max(read_highest(self._layout.highest(given.volume))[0], *self._known(given.volume), 0)
        if lost := numbers_lost(given, known, at):
            refuse_behind(given.volume, closed_years(self._layout))
        return lost

    def _raise_to(self, given: CaseNumber, at: datetime) -> None:
        if given.series:
            mark_format(self._layout, IN_SERIES)
        disk.make_folder(self._layout.volume(given.volume))
        disk.sync_folder(self._layout.archive)
        self._note_highest(given, max(filter(None, (at, self._last_given()))))

    def _look(self) -> None:
        """Take note of every case folder that was not known yet; a year that has not changed costs one stat.

        Should the look-ups be lost while this process relies on them, all folders are read: else a letter that comes
        again would get a second number until somebody fills them.
        """
        if self._relies and not self._lookups.ready:
            self._seen, self._scanned, self._relies = {}, {}, False
        for year in self._layout.years():
            state = self._state(year)
            if self._scanned.get(year) == state:
                continue
            seen = self._known(year)
            for number in self._layout.numbers(year):
                if number.serial not in seen:
                    self._remember(_registered(first_line(self._layout, number)))
            self._make_up_for(in_volume(year, max(seen)) if seen else None)
            self._scanned[year] = state

    def _known(self, year: Volume) -> set[int]:
        """Return the serials of a year that are known; the register book is asked once."""
        if year not in self._seen:
            self._seen[year] = self._lookups.serials(year)
            self._relies |= bool(self._seen[year])
        return self._seen[year]

    def _remember(self, registered: Registered) -> None:
        known = self._by_hash.setdefault(registered.sha256, [])
        if all(one.number != registered.number for one in known):
            insort(known, registered, key=lambda one: one.number.volume)
        self._known(registered.number.volume).add(registered.number.serial)

    def holder_of(self, sha256: str, series: str = "") -> Registered | None:
        """Return the case of a series that was registered with these bytes (see the port). Only under the lock."""
        here = (one for one in self._by_hash.get(sha256, ()) if series == one.number.series)
        return next(here, None) or self._lookups.holder(sha256, series)

    def take(
        self,
        staged: StagedFolder,
        at: datetime,
        event: Callable[[CaseNumber], Received],
        by: str = MACHINE,
        series: str = "",
    ) -> Case:
        """Give the next number of the year of ``at`` in a series. Only under the lock."""
        refuse_unconfirmed(self._layout.restored)
        volume = volume_of(at.year, series)
        refuse_closed(volume, closed_years(self._layout))
        if series:
            mark_format(self._layout, IN_SERIES)  # earlier versions would take its folder for a stranger's
        noted, _ = read_highest(self._layout.highest(volume))
        number = next_number(at, max(noted, *self._known(volume), 0), self._last_given(), series)
        year = self._layout.volume(volume)
        if not year.is_dir():
            disk.make_folder(year)
            disk.sync_folder(self._layout.archive)
        first = event(number)
        case = fold((write_line(1, at, by, first.kind, as_data(first), GENESIS)[1],))
        self._write(staged.folder, case)
        self._publish(staged.folder, case)
        self._changes.append(number, 1, case.head)
        self._note_highest(number, at)
        self._remember(_registered(case))
        self._scanned[volume] = self._state(volume)
        return case

    def _make_up_for(self, highest: CaseNumber | None) -> None:
        """Witness and note a year's highest number, if a crash kept it from being noted. Only under the lock."""
        if highest is None or highest.serial <= read_highest(self._layout.highest(highest.volume))[0]:
            return
        if self._layout.case(highest).is_dir():
            case = first_line(self._layout, highest)
            self._changes.append(highest, 1, case.head)
            self._note_highest(highest, case.registered_at)

    def _state(self, year: Volume) -> object:
        """Return what changes whenever a case is added: times alone stand still for some milliseconds."""
        found = self._layout.volume(year).stat()
        return found.st_mtime_ns, found.st_nlink, read_highest(self._layout.highest(year))[0]

    def _last_given(self) -> datetime | None:
        """Return when the last number of any year was given by a clock that was right."""
        moments = (read_highest(self._layout.highest(year))[1] for year in self._layout.years())
        given = sorted((at for at in moments if at is not None), reverse=True)
        return next((at for at in given if not was_wrong(self._layout.wrong_times, at)), None)

    def _note_highest(self, number: CaseNumber, at: datetime) -> None:
        path = self._layout.highest(number.volume)
        disk.replace(path, highest_note(number.serial, at))
        disk.sync_folder(path.parent)

    def _write(self, folder: Path, case: Case) -> None:
        first = case.entries[0]
        line, _ = write_line(1, first.at, first.by, first.kind, first.data, GENESIS)
        disk.write_new(folder / bagit.JOURNAL, line)
        for name, data in bagit.bag_files(case.number, case.entries, line).items():
            disk.write_new(folder / name, data)
        disk.sync_folder(folder)

    def _publish(self, folder: Path, case: Case) -> None:
        target = self._layout.case(case.number)
        if target.exists() or target.is_symlink():
            raise ArchiveFault(
                f"Map {case.number} sudah ada, padahal nomor itu belum diberikan.",
                "Jalankan `yankomas verify`; map itu harus diperiksa orang.",
            )
        disk.touch(self._layout.open_cases / case.number.key)
        disk.sync_folder(self._layout.open_cases)
        disk.rename(folder, target)
        disk.sync_folder(target.parent)


class HeldNumbers:
    """The numbers while their lock is held."""

    def __init__(self, numbers: FolderNumbers) -> None:
        self.holder_of = numbers.holder_of
        self.take = numbers.take


def _registered(case: Case) -> Registered:
    return Registered(case.number, case.arrived.sha256, case.received.claim)
