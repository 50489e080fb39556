"""Cases of old registers come into being: many at a time, each in its folder under its old number.

Cases are written whole into ``.staging/impor-…`` and made durable together, which for ten thousand takes a hundredth of
the time that one sync a file takes. ``siap`` there, which lists them with their heads, is the commit: from then on they
are put in place, and whoever comes after a crash goes on with it. The numbers are noted as given before the first
folder stands, so that nobody is given one of them meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pipeline.archive import bagit
from pipeline.archive.ports import Change
from pipeline.archive.store.case_reading import first_line
from pipeline.archive.store.clock_faults import was_wrong
from pipeline.archive.store.folder_refusals import refuse_moved
from pipeline.archive.store.format_mark import mark_format
from pipeline.archive.store.layout import Layout
from pipeline.archive.store.witness_log import WitnessLog, witness_line
from pipeline.cases.case_number import CaseNumber, Volume, read_number
from pipeline.cases.event_lines import as_data
from pipeline.cases.fold import fold
from pipeline.cases.imported import Imported
from pipeline.cases.journal import GENESIS, entries_of, write_line
from pipeline.errors import ArchiveFault, Changed
from pipeline.register.register_numbers import next_number
from pipeline.register.store.number_records import highest_note, read_highest
from pipeline.register.store.restored import refuse_unconfirmed
from pipeline.register.store.year_ends import closed_years
from pipeline.register.year_end import refuse_older
from pipeline.storage import disk, locks

_FORMAT = 2  # of archives with such cases; see decision 1
_STAGED, _READY = "impor-", "siap"
_LINE = re.compile(r"(\S+) ([0-9a-f]{64})")


class OldCase(Protocol):
    """A case to be taken over: its number, its first line, and the text of its document."""

    @property
    def number(self) -> CaseNumber:
        """Its number."""

    @property
    def first(self) -> Imported:
        """Its first line, whose one document is the text."""

    @property
    def text(self) -> bytes:
        """The row of the book, as it is kept."""


class FolderOldCases:
    """The archive of one office, as old cases are taken over into it."""

    def __init__(self, layout: Layout, changes: WitnessLog) -> None:
        self._layout, self._changes = layout, changes

    def there(self, numbers: Sequence[CaseNumber]) -> Mapping[CaseNumber, str]:
        """Return which of these numbers have a case, with the hash of the row that it came from (empty: from none)."""
        found = {}
        for number in numbers:
            if self._layout.case(number).exists():
                case = first_line(self._layout, number)
                found[number] = case.original.sha256 if case.imported else ""
        return found

    def highest(self, year: int) -> int:
        """Return the highest number that was ever given in a year; 0 for none."""
        return max([read_highest(self._layout.highest(Volume(year)))[0], *self.all_of(year)])

    def all_of(self, year: int) -> list[int]:
        """Return the serials of a year that have a case."""
        return sorted(number.serial for number in self._layout.numbers(Volume(year)))

    def closed(self) -> frozenset[int]:
        """Return the years whose register was closed: no case is added to them."""
        return closed_years(self._layout)

    def recover(self) -> None:
        """Finish what a crash cut short."""
        with locks.held(self._layout.numbers_lock):
            refuse_moved(self._layout)
            finish(self._layout, self._changes)

    def file(self, cases: Sequence[OldCase], *, by: str, at: datetime) -> None:
        """File cases, all of them or, after a crash, all of them at the next opening.

        Raises:
            Changed: one of the numbers was taken meanwhile; nothing was filed.
            NotAllowed: the register of one of the years was closed meanwhile; nothing was filed.
            Passing: the disk is full, the clock runs behind, or it is not known which numbers a restored archive gave.
        """
        self.recover()
        mark_format(self._layout, _FORMAT)  # it holds what earlier versions cannot read
        staged = self._layout.staging / f"{_STAGED}{cases[0].number.key}"
        with locks.held(self._layout.locks / "impor"):
            disk.sweep(staged)
            disk.make_folder(staged)
            try:
                heads = [(case.number, self._stage(case, staged, by, at)) for case in cases]
                disk.sync_everything(staged)
                with locks.held(self._layout.numbers_lock):
                    self._refuse_taken(cases, at)
                    lines = "".join(f"{number} {head}\n" for number, head in heads)
                    disk.write_new(staged / _READY, lines.encode())
                    disk.sync_folder(staged)
                    put_in_place(self._layout, self._changes, staged)
            except BaseException:
                if not (staged / _READY).exists():
                    disk.sweep(staged)
                raise

    def _stage(self, case: OldCase, staged: Path, by: str, at: datetime) -> str:
        folder = staged / case.number.key
        disk.make_folder(folder)  # each by itself: folders above the last are made open to all
        disk.make_folder(folder / bagit.PAYLOAD)
        disk.append_unsynced(folder / bagit.PAYLOAD / case.first.documents[0].name, case.text)
        line, entry = write_line(1, at, by, case.first.kind, as_data(case.first), GENESIS)
        disk.append_unsynced(folder / bagit.JOURNAL, line)
        for name, data in bagit.bag_files(case.number, (entry,), line).items():
            disk.append_unsynced(folder / name, data)
        return entry.hash

    def _refuse_taken(self, cases: Sequence[OldCase], at: datetime) -> None:
        refuse_moved(self._layout)
        refuse_unconfirmed(self._layout.restored)
        refuse_older((case.number.year for case in cases), closed_years(self._layout))
        given = (read_highest(self._layout.highest(year))[1] for year in self._layout.years())
        next_number(at, 0, max((m for m in given if m and not was_wrong(self._layout.wrong_times, m)), default=None))
        for case in cases:
            target = self._layout.case(case.number)
            if target.exists() or target.is_symlink():
                raise Changed(f"Nomor {case.number} baru saja dipakai.", "Ulangi; yang sudah diambil alih tetap ada.")


def put_in_place(layout: Layout, changes: WitnessLog, staged: Path) -> None:
    """Put the cases of a batch in place that was committed. Only under the numbers' lock; may be done again."""
    heads = list(_listed(staged))
    years = sorted({number.volume for number, _ in heads})
    for year in years:
        disk.make_folder(layout.volume(year))
    disk.sync_folder(layout.archive)
    for year in years:
        _note_highest(layout, year, [number for number, _ in heads if number.volume == year], staged)
    for number, _ in heads:
        if (staged / number.key).is_dir():
            _refuse_other(layout, number)
            disk.rename(staged / number.key, layout.case(number))
    for year in years:
        disk.sync_folder(layout.volume(year))
    disk.append(layout.changes, b"".join(witness_line(Change(number, 1, head)) for number, head in heads))
    disk.remove(staged / _READY)
    disk.sweep(staged)


def finish(layout: Layout, changes: WitnessLog) -> None:
    """Finish what a crash cut short; what was not committed is swept away. Only under the numbers' lock."""
    for staged in sorted(layout.staging.glob(f"{_STAGED}*")):
        if (staged / _READY).exists():
            put_in_place(layout, changes, staged)
        else:
            with locks.held_if_free(layout.locks / "impor") as mine:
                if mine:
                    disk.sweep(staged)


def is_under_way(layout: Layout) -> bool:
    """Say whether a batch is being written, or was not put in place yet."""
    return any(layout.staging.glob(f"{_STAGED}*"))


def is_unfinished(layout: Layout, number: CaseNumber) -> bool:
    """Say whether a case is being put in place this moment, or until a crash is made up for."""
    for staged in layout.staging.glob(f"{_STAGED}*"):
        with suppress(OSError):
            if any(listed == number for listed, _ in _listed(staged)):
                return True
    return False


def _listed(staged: Path) -> Iterator[tuple[CaseNumber, str]]:
    for line in (staged / _READY).read_text().splitlines():
        if found := _LINE.fullmatch(line):
            yield read_number(found[1]), found[2]


def _note_highest(layout: Layout, year: Volume, numbers: Sequence[CaseNumber], staged: Path) -> None:
    highest = max(numbers)
    if highest.serial <= read_highest(layout.highest(year))[0]:
        return
    at = _registered_at(layout, highest, staged)
    disk.replace(layout.highest(year), highest_note(highest.serial, at))
    disk.sync_folder(layout.highest(year).parent)


def _registered_at(layout: Layout, number: CaseNumber, staged: Path) -> datetime:
    folder = staged / number.key
    text = ((folder if folder.is_dir() else layout.case(number)) / bagit.JOURNAL).read_bytes()
    return fold(entries_of(text, str(number))[:1]).registered_at


def _refuse_other(layout: Layout, number: CaseNumber) -> None:
    target = layout.case(number)
    if target.exists() or target.is_symlink():
        raise ArchiveFault(f"Map {number} sudah ada.", "Jalankan `yankomas verify`; map itu harus diperiksa orang.")
