"""The office and this machine: settings, time, keys, the editions of the SOP."""

from __future__ import annotations

import os
import re
import threading
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.archive.store.layout import opened
from pipeline.office.office_file import hours_of
from pipeline.office.roles import usual_roles
from pipeline.office.store.office_file import Stamp, read_table, stamp_of
from pipeline.office.worktime import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from pipeline.cases.ports import Blob
    from pipeline.drawing.picture import Picture
    from pipeline.letters.engines.confined_word import ConfinedWord
    from pipeline.letters.engines.libreoffice import LibreOfficePress
    from pipeline.office.laws import Laws
    from pipeline.office.office_file import Hours, Table
    from pipeline.office.ports import Clock, Handovers, Keys, OfficeFile
    from pipeline.office.roles import OfficeRoles
    from pipeline.office.store.own_files import OwnFile
    from pipeline.scans.confinement.budget import MemoryBudget
    from pipeline.scans.refusals import Limits
    from pipeline.work.settings import Settings


_CENTRAL = re.compile(rb"^\s*\[\s*pusat\s*\]", re.MULTILINE)


def load_settings(path: Path) -> Settings:
    """Read the office's settings.

    Raises:
        SettingsFault: the file is missing, broken, or says something that cannot be used; names the key.
    """
    from pipeline.work.settings import settings_of

    return settings_of(read_table(path))


class OfficeParts:
    """The office and this machine: settings, time, keys, the editions of the SOP.

    Each part is built when it is first asked for. ``looking``: for showing what was done; the SOP's file is then not
    held against itself first.
    """

    def __init__(self, folder: Path, *, looking: bool = False) -> None:
        self.layout, self._looking = opened(folder.resolve()), looking
        self._stamp: Stamp | None = None

    @property
    def is_central(self) -> bool:
        """Whether the office's settings say that its cases are kept centrally."""
        try:
            return bool(_CENTRAL.search(self.layout.settings.read_bytes()))
        except OSError:
            return False  # told by whoever reads the settings

    @cached_property
    def settings(self) -> Settings:
        """The office's settings; its officials are joined by who was handed a role, as it stands at each question."""
        from pipeline.work.settings import settings_of

        loaded = settings_of(self._file)
        own_laws, own_roles = self.laws_file, self._roles_now
        office = replace(
            loaded.office, deputies=lambda: self.handovers.officials(), own_laws=own_laws, own_roles=own_roles
        )
        return replace(loaded, office=office)

    def _roles_now(self) -> OfficeRoles:
        """Return the office's roles and what they may; whoever knows the editions of its SOP says it by them."""
        return usual_roles()

    @cached_property
    def laws_file(self) -> OwnFile[Laws]:
        """The laws that the office's letters cite: its own file, or the one that comes with the program."""
        from functools import partial

        from pipeline.cases.register_words import register_words
        from pipeline.office.laws import FILE, laws_of, shipped_laws
        from pipeline.office.store.own_files import OwnFile

        words = register_words()
        read = partial(laws_of, rights=words.right_words, classes=words.classes)
        return OwnFile(self.layout.templates / FILE, read, shipped_laws)

    @cached_property
    def handovers(self) -> Handovers:
        """The record of roles that were handed over."""
        from pipeline.office.store.handovers import FILE, HandoverFile

        return HandoverFile(self.layout.people / FILE, self.layout.locks / "alih-tugas")

    @property
    def office_file(self) -> OfficeFile:
        """The office's file, to be changed."""
        from pipeline.office.store.office_file_record import OfficeFileRecord

        return OfficeFileRecord(self.layout.settings, self.layout.settings_record, self.layout.locks / "pengaturan")

    @cached_property
    def _file(self) -> Table:
        self._stamp = stamp_of(self.layout.settings)  # before it is read: what is written meanwhile is another
        return read_table(self.layout.settings)

    @cached_property
    def hours(self) -> Hours:
        """The office's zone and hours."""
        return hours_of(self._file.table("waktu"))

    @cached_property
    def calendar(self) -> Calendar:
        """The office's working time."""
        from pipeline.office.store.holidays import ClosedDays

        hours = self.hours
        closed = ClosedDays(hours.closed, self.layout.state / "hari-libur", hours.opened)
        return Calendar(hours.zone, hours.hours, closed, hours.calendar_days, hours.special)

    @property
    def holiday_edition(self) -> str:
        """What names the list of public holidays by which the office counts its days."""
        from pipeline.office.store.holidays import edition

        return edition()

    def national_days(self, year: int) -> Mapping[date, str]:
        """Return the public holidays and days of *cuti bersama* of a year with what they are called, in order."""
        from pipeline.office.store.holidays import national_days

        return national_days(year)

    @cached_property
    def clock(self) -> Clock:
        """The time in the office's zone."""
        from pipeline.office.store.system_clock import SystemClock

        return SystemClock(self.hours.zone)

    @cached_property
    def keys(self) -> Keys:
        """The office's keys."""
        from pipeline.office.store.keys import Keyring

        return Keyring(self.layout.keys, self.layout.key_marks)

    def require_office_keys(self) -> None:
        """Make sure that what is done here is done with the office's keys: in a folder, those that lie there."""

    def require_changed_here(self, what: str) -> None:
        """Make sure that what is the office's may be changed in this folder; on one PC it has no other."""

    @property
    def workers(self) -> int:
        """How many complaints are read at once."""
        return self.settings.reading.workers or len(os.sched_getaffinity(0))

    def file(self, path: Path) -> Blob:
        """Return a file that somebody named.

        Raises:
            NotFound: there is no such file.
            Refused: it is larger than may be.
        """
        from pipeline.storage.blobs import stored_file

        return stored_file(path, self.scan_limits.check_size)

    def named(self, name: str) -> Path:
        """Return where a file lies that the settings name; names begin at the office's folder."""
        return self.layout.root / name

    def prepare(self) -> None:
        """Make the working folders that are missing."""
        self.layout.prepare()

    @cached_property
    def memory(self) -> MemoryBudget:
        """What the children of this process share with those of all others that work on this office."""
        from pipeline.scans.confinement.budget import MemoryBudget

        return MemoryBudget(self.layout.locks, spare=self.workers + 4)

    @property
    def scan_limits(self) -> Limits:
        """How large a scan may be."""
        from pipeline.scans.refusals import Limits

        limits = self.settings.inbox
        return Limits(size=limits.max_bytes, pages=limits.max_pages, pixels=limits.max_pixels)

    def keeps(self, path: Path) -> bool:
        """Say whether a path lies in the archive, where nobody but the program writes."""
        return path.resolve().is_relative_to(self.layout.archive)

    def drawn(self, picture: Picture) -> bytes:
        """Return a drawing as a PDF of one page.

        Raises:
            EngineMissing: the font is not installed.
        """
        from pipeline.drawing.engines.pdf import pdf

        return pdf(picture)

    @property
    def shortcoming(self) -> str:
        """What keeps child processes from being held tightly on this machine, in Indonesian; empty if nothing does."""
        from pipeline.scans.confinement.child import shortcoming

        return shortcoming()

    @cached_property
    def letter_documents(self) -> ConfinedWord:
        """Word documents of letters, with the fields that the machine fills; each is opened in a confined child."""
        from pipeline.letters.engines.confined_word import ConfinedWord

        return ConfinedWord(self.memory)

    @contextmanager
    def report_press(self) -> Iterator[LibreOfficePress]:
        """Give a press for a book that somebody asked for; one at a time, so that many who ask start no more."""
        with self._report_turn, closing(self.press()) as press:
            yield press

    @cached_property
    def _report_turn(self) -> threading.Lock:
        return threading.Lock()

    def press(self) -> LibreOfficePress:
        """Build a press; nothing starts before its first document."""
        from pipeline.letters.engines.libreoffice import LibreOfficePress

        return LibreOfficePress(self.keys.key("kode-halaman"), folder=self.layout.state / "cetak", budget=self.memory)
