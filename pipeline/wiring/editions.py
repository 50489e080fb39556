"""The editions of the SOP of an office's services, and the office as it stands after its files were changed."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.cases.key_labels import call_roles
from pipeline.cases.sop import YANKOMAS
from pipeline.cases.store.sop_editions import edition_called, editions
from pipeline.errors import SettingsFault, YankomasError
from pipeline.office.nomenclature import renamings
from pipeline.office.store.office_file import stamp_of
from pipeline.register.register_numbers import RegisterPattern, register_pattern, require_apart
from pipeline.wiring.office import OfficeParts

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path
    from typing import Self

    from pipeline.cases.case import Case
    from pipeline.cases.case_number import CaseNumber
    from pipeline.cases.public_service import PublicService
    from pipeline.cases.sop import Sop
    from pipeline.cases.store.own_editions import EditionFolder
    from pipeline.cases.store.service_shelf import ServiceShelf
    from pipeline.office.phrases import PhraseList
    from pipeline.office.roles import OfficeRoles
    from pipeline.office.store.own_files import OwnFile
    from pipeline.storage.version_list import VersionRecord

#: The parts that know nothing of the settings: they go on in an office whose settings were changed.
_GO_ON = (
    "board",
    "cabinet",
    "changes",
    "database",
    "edition_record",
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
    "service_record",
    "sheet_editor",
    "template_shelf",
)


class EditionParts(OfficeParts):
    """The services of an office with the editions of their SOPs, and the office after a change of its files."""

    def __init__(self, folder: Path, *, looking: bool = False) -> None:
        super().__init__(folder, looking=looking)
        self._editions_stamp: tuple[object, ...] | None = None
        self._services_stamp: tuple[object, ...] | None = None
        self._roles: tuple[date, OfficeRoles] | None = None

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
            self.go_on_in(made, clock="hours" in self.__dict__ and self.hours.zone == zone)
            _ = made.pattern
        except YankomasError as fault:
            import logging  # for this alone

            logging.getLogger(__name__).warning("Pengaturan yang lama tetap dipakai: %s", fault)
            # Looked at again once the settings can be used.
            self._editions_stamp, self._services_stamp = self._stamp_of_editions(), self._stamp_of_services()
            return None
        return made

    def alongside(self) -> Self:
        """Return this office for a thread that asks for its successors itself: of one office only one is told of them.

        What is no matter of the settings is shared, as with a successor.
        """
        made, _ = type(self)(self.layout.root, looking=self._looking), self.memory  # one, whoever asks for it first
        self.go_on_in(made)
        return made

    def go_on_in(self, made: EditionParts, *, clock: bool = True, but: Collection[str] = ()) -> None:
        """Have what is no matter of the settings, with the clock or without, go on in another office of this folder."""
        kept = {*_GO_ON, *(("clock",) if clock else ())} - {*but}
        made.__dict__.update({name: self.__dict__[name] for name in kept if name in self.__dict__})

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
    def pattern(self) -> RegisterPattern:
        """How the office writes its register numbers, of every series.

        Raises:
            SettingsFault: those of one could be taken for those of another.
        """
        first = register_pattern(self._file.table("nomor").get("register", str), renamings(self._file))
        others = {service.series: RegisterPattern(service.pattern) for service in self.services}
        if others:
            require_apart(first := replace(first, others=others))
        return first

    @cached_property
    def editions(self) -> tuple[Sop, ...]:
        """The editions of the SOP that cases follow: those of the program, then the office's own that have begun."""
        shipped, folder = editions(checked=not self._looking), self.own_editions()
        if folder is None:
            return shipped
        own = folder.in_use(self.clock.now(), begin=self._begins_editions)
        for sop in own:
            call_roles({lane.role: lane.name for lane in sop.lanes}, str(self.layout.root))
        self._editions_stamp = self._stamp_of_editions()
        return (*shipped, *own)

    def own_editions(self, service: str = YANKOMAS, *, new: bool = False) -> EditionFolder | None:
        """Return the editions that the office made itself; None where it made none, unless ``new`` ones are made."""
        folder = self.layout.services / service / "sop"
        if not (new or folder.is_dir() or self.edition_record.mark()):
            return None
        from pipeline.cases.store.own_editions import EditionFolder

        return EditionFolder(service, folder, self.edition_record, self._sop_lock)

    @cached_property
    def services(self) -> tuple[PublicService, ...]:
        """The office's services besides Yankomas that are in use, by name."""
        if not self.service_record.mark():
            return ()
        found = self.service_shelf.in_use(self.clock.now(), begin=self._begins_editions)
        self._services_stamp = self.service_shelf.stamp(self.clock.now())
        for service in found:
            call_roles(service.titles, str(self.layout.root))
        return found

    @property
    def service_shelf(self) -> ServiceShelf:
        """Where the office's services lie, and what of them is in use."""
        from pipeline.cases.store.service_shelf import ServiceShelf

        lock = self.layout.locks / "berkas-layanan"
        return ServiceShelf(self.layout.services, self.service_record, self.edition_record, lock, self._sop_lock)

    @cached_property
    def edition_record(self) -> VersionRecord:
        """Which of the office's own editions were installed, withdrawn, began; and every one of them."""
        from pipeline.cases.store.version_records import edition_record

        return edition_record(self.layout.sop_record, self.layout.locks / "sop")

    @cached_property
    def service_record(self) -> VersionRecord:
        """Which of the office's services were taken into use, and what their files said."""
        from pipeline.cases.store.version_records import service_record

        return service_record(self.layout.service_record, self.layout.locks / "layanan")

    @property
    def _sop_lock(self) -> Path:
        return self.layout.locks / "berkas-sop"

    @property
    def _begins_editions(self) -> bool:
        """Whether editions of the office's folder are noted as begun from here, once their day has come."""
        return not self._looking

    def service_of(self, number: CaseNumber) -> PublicService | None:
        """Return the service of which a case is; None for Yankomas."""
        return self.service_of_series(number.series)

    def service_of_series(self, series: str) -> PublicService | None:
        """Return the service whose numbers are of a series; None for Yankomas."""
        return next((service for service in self.services if service.series == series), None)

    def service_named(self, name: str) -> PublicService | None:
        """Return a service by its name; None: Yankomas, which needs none.

        Raises:
            NotFound: the office has no such service in use.
        """
        from pipeline.cases.public_service import not_in_use

        if name in ("", YANKOMAS):
            return None
        if found := next((service for service in self.services if service.key == name), None):
            return found
        raise not_in_use(name, (service.key for service in self.services))

    def series_named(self, name: str) -> str:
        """Return the series of a service's numbers, by its name; raises as :meth:`service_named`."""
        from pipeline.cases.public_service import own_series

        return own_series(self.service_named(name))

    @property
    def all_editions(self) -> tuple[Sop, ...]:
        """The editions of the SOPs of all services."""
        return (*self.editions, *(sop for service in self.services for sop in service.editions))

    @property
    def office_roles(self) -> OfficeRoles:
        """The office's roles and what they may: by the edition in force, of those of before as the newest says.

        They are those of today: an edition of the program begins while the office goes on, and no file changes then.
        """
        from pipeline.cases.lane_rights import office_roles

        today = self.clock.now().date()
        if (known := self._roles) is None or known[0] != today:
            known = self._roles = today, office_roles(self.editions, self.services, today)
        return known[1]

    def _roles_now(self) -> OfficeRoles:
        return self.office_roles

    def _other_editions(self) -> bool:
        """Say whether others may be in force than those that were read, or other services."""
        return ("editions" in self.__dict__ and self._stamp_of_editions() != self._editions_stamp) or (
            "services" in self.__dict__ and self._stamp_of_services() != self._services_stamp
        )

    def _stamp_of_editions(self) -> tuple[object, ...] | None:
        folder = self.own_editions()
        return folder.stamp(self.clock.now().date()) if folder else None

    def _stamp_of_services(self) -> tuple[object, ...] | None:
        return self.service_shelf.stamp(self.clock.now()) if self.service_record.mark() else None

    def sop_of(self, case: Case) -> Sop:
        """Return the edition that a case started with.

        Raises:
            SettingsFault: this installation does not have it.
        """
        key = case.received.sop
        if (found := self._edition_called(key)) is None:
            for record in (self.edition_record, self.service_record):
                record.look_anew()  # it began a moment ago, and another process gave the case its number
            if self._other_editions():
                before = self._editions_stamp, self._services_stamp
                for name in ("editions", "services"):
                    self.__dict__.pop(name, None)
                self._roles = None
                found = self._edition_called(key)
                # What else was built on those of before (how numbers are read) only a successor has anew.
                self._editions_stamp, self._services_stamp = before
        if found:
            return found
        raise SettingsFault(
            f"Perkara {case.number} mengikuti SOP {key}, yang tidak ada di pemasangan ini.",
            "Pasang versi program yang memuatnya; edisi kantor (-kantor): pulihkan archive/.sop dari cadangan.",
        )

    def _edition_called(self, key: str) -> Sop | None:
        """Return an edition by its key; who looks at one case reads no other than its own, if that is the program's."""
        if self._looking and "editions" not in self.__dict__ and (shipped := edition_called(key, checked=False)):
            return shipped
        return next((sop for sop in self.all_editions if sop.key == key), None)

    def owed(self, case: Case) -> bool:
        """Say whether the machine owes the case anything."""
        from pipeline.cases.duties import duties

        return bool(duties(case, self.sop_of(case)))
