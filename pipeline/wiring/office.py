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
from pipeline.cases.sop import YANKOMAS
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import SettingsFault, YankomasError
from pipeline.office.nomenclature import renamings
from pipeline.office.office_file import hours_of
from pipeline.office.store.office_file import Stamp, read_table, stamp_of
from pipeline.office.worktime import Calendar
from pipeline.register.register_numbers import RegisterPattern, register_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path
    from typing import Self

    from pipeline.cases.case import Case
    from pipeline.cases.case_number import CaseNumber
    from pipeline.cases.ports import Blob
    from pipeline.cases.public_service import PublicService
    from pipeline.cases.sop import Sop
    from pipeline.cases.store.own_editions import EditionFolder
    from pipeline.cases.store.service_shelf import ServiceShelf
    from pipeline.drawing.picture import Picture
    from pipeline.letters.engines.confined_word import ConfinedWord
    from pipeline.letters.engines.libreoffice import LibreOfficePress
    from pipeline.office.laws import Laws
    from pipeline.office.office_file import Hours, Table
    from pipeline.office.phrases import PhraseList
    from pipeline.office.ports import Clock, Handovers, Keys, OfficeFile
    from pipeline.office.store.own_files import OwnFile
    from pipeline.scans.confinement.budget import MemoryBudget
    from pipeline.scans.refusals import Limits
    from pipeline.work.settings import Settings


_CENTRAL = re.compile(rb"^\s*\[\s*pusat\s*\]", re.MULTILINE)
#: The parts that know nothing of the settings: they go on in an office whose settings were changed.
_GO_ON = (
    "board",
    "cabinet",
    "changes",
    "database",
    "handovers",
    "inbox",
    "keys",
    "ledger",
    "letter_documents",
    "_lookups_file",
    "memory",
    "objects",
    "processes",
    "progress",
    "seals",
    "sheet_editor",
    "template_shelf",
)


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
        self._editions_stamp: tuple[object, ...] | None = None
        self._services_stamp: tuple[object, ...] | None = None

    @property
    def is_central(self) -> bool:
        """Whether the office's settings say that its cases are kept centrally."""
        try:
            return bool(_CENTRAL.search(self.layout.settings.read_bytes()))
        except OSError:
            return False  # told by whoever reads the settings

    def successor(self) -> Self | None:
        """Return this office with its file as it stands now, if that or its own editions changed and can be used.

        What is no matter of the settings goes on in it: locks, open files, what is being worked on. Who uses an office
        for long asks now and then; the answer costs one look at the file's name.
        """
        stamp = stamp_of(self.layout.settings)
        if ("_file" not in self.__dict__ or stamp == self._stamp) and not self._other_editions():
            return None
        self._stamp, made = stamp, type(self)(self.layout.root, looking=self._looking)
        try:
            zone = made.settings.hours.zone
        except YankomasError as fault:
            import logging  # for this alone

            logging.getLogger(__name__).warning("Pengaturan yang lama tetap dipakai: %s", fault)
            # Looked at again once the settings can be used.
            self._editions_stamp, self._services_stamp = self._stamp_of_editions(), self._stamp_of_services()
            return None
        kept = (*_GO_ON, *(("clock",) if "hours" in self.__dict__ and self.hours.zone == zone else ()))
        made.__dict__.update({name: self.__dict__[name] for name in kept if name in self.__dict__})
        return made

    @cached_property
    def settings(self) -> Settings:
        """The office's settings; its officials are joined by who was handed a role, as it stands at each question."""
        from pipeline.work.settings import settings_of

        loaded = settings_of(self._file)
        office = replace(loaded.office, deputies=lambda: self.handovers.officials(), own_laws=self.laws_file)
        return replace(loaded, office=office)

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
    def phrases(self) -> OwnFile[PhraseList]:
        """The sentences that forms offer: the office's own list, or the one that comes with the program."""
        from functools import partial

        from pipeline.cases.case_kind import KINDS
        from pipeline.office.phrases import FILE, phrases_of, shipped_phrases
        from pipeline.office.store.own_files import OwnFile

        forms = {(move.key, field.name) for sop in self.all_editions for move in sop.moves for field in move.form}
        read = partial(phrases_of, kinds=KINDS, forms=forms)
        return OwnFile(self.layout.templates / FILE, read, shipped_phrases)

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
    def pattern(self) -> RegisterPattern:
        """How the office writes its register numbers, of every series."""
        first = register_pattern(self._file.table("nomor").get("register", str), renamings(self._file))
        others = {service.series: RegisterPattern(service.pattern) for service in self.services}
        return replace(first, others=others) if others else first

    @cached_property
    def hours(self) -> Hours:
        """The office's zone and hours."""
        return hours_of(self._file.table("waktu"))

    @cached_property
    def editions(self) -> tuple[Sop, ...]:
        """The editions of the SOP that cases follow: those of the program, then the office's own that have begun."""
        shipped, folder = editions(checked=not self._looking), self.own_editions()
        if folder is None:
            return shipped
        own = folder.in_use(self.clock.now(), begin=not self._looking)
        self._editions_stamp = self._stamp_of_editions()
        return (*shipped, *own)

    def own_editions(self, service: str = YANKOMAS, *, new: bool = False) -> EditionFolder | None:
        """Return the editions that the office made itself; None where it made none, unless ``new`` ones are made."""
        folder = self.layout.services / service / "sop"
        if not (new or folder.is_dir() or self.layout.sop_record.is_dir()):
            return None
        from pipeline.cases.store.own_editions import EditionFolder

        return EditionFolder(service, folder, self.layout.sop_record, self.layout.locks / "sop")

    @cached_property
    def services(self) -> tuple[PublicService, ...]:
        """The office's services besides Yankomas that are in use, by name; at the centre none is."""
        if not self.layout.service_record.is_dir() or self.is_central:
            return ()
        found = self.service_shelf.in_use(self.clock.now(), begin=not self._looking)
        self._services_stamp = self.service_shelf.stamp(self.clock.now())
        return found

    @property
    def service_shelf(self) -> ServiceShelf:
        """Where the office's services lie, and what of them is in use."""
        from pipeline.cases.store.service_shelf import ServiceShelf

        layout = self.layout
        locks = layout.locks / "layanan", layout.locks / "sop"
        return ServiceShelf(layout.services, layout.service_record, layout.sop_record, *locks)

    def service_of(self, number: CaseNumber) -> PublicService | None:
        """Return the service of which a case is; None for Yankomas."""
        return next((service for service in self.services if service.series == number.series), None)

    @property
    def all_editions(self) -> tuple[Sop, ...]:
        """The editions of the SOPs of all services."""
        return (*self.editions, *(sop for service in self.services for sop in service.editions))

    def _other_editions(self) -> bool:
        """Say whether others may be in force than those that were read, or other services."""
        return ("editions" in self.__dict__ and self._stamp_of_editions() != self._editions_stamp) or (
            "services" in self.__dict__ and self._stamp_of_services() != self._services_stamp
        )

    def _stamp_of_editions(self) -> tuple[object, ...] | None:
        folder = self.own_editions()
        return folder.stamp(self.clock.now().date()) if folder else None

    def _stamp_of_services(self) -> tuple[object, ...] | None:
        there = self.layout.service_record.is_dir() and not self.is_central
        return self.service_shelf.stamp(self.clock.now()) if there else None

    @cached_property
    def calendar(self) -> Calendar:
        """The office's working time."""
        from pipeline.office.store.holidays import ClosedDays

        hours = self.hours
        closed = ClosedDays(hours.closed, self.layout.state / "hari-libur", hours.opened)
        return Calendar(hours.zone, hours.hours, closed, hours.calendar_days, hours.special)

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

    def sop_of(self, case: Case) -> Sop:
        """Return the edition that a case started with.

        Raises:
            SettingsFault: this installation does not have it.
        """
        key = case.received.sop
        if (found := self._edition_called(key)) is None and self._other_editions():
            for name in ("editions", "services"):  # it began a moment ago, and another process gave the case its number
                self.__dict__.pop(name, None)
            found = self._edition_called(key)
        if found:
            return found
        raise SettingsFault(
            f"Perkara {case.number} mengikuti SOP {key}, yang tidak ada di pemasangan ini.",
            "Pasang versi program yang memuatnya; edisi kantor (-kantor): pulihkan archive/.sop dari cadangan.",
        )

    def _edition_called(self, key: str) -> Sop | None:
        return next((sop for sop in self.all_editions if sop.key == key), None)

    def owed(self, case: Case) -> bool:
        """Say whether the machine owes the case anything."""
        from pipeline.cases.duties import duties

        return bool(duties(case, self.sop_of(case)))

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
