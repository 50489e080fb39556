"""The numbers of an office, its register book, and how cases are found."""

from __future__ import annotations

import hashlib
from functools import cached_property, partial
from typing import TYPE_CHECKING

import pipeline
from pipeline.cases.case_number import series_of, year_of
from pipeline.cases.store.sop_editions import edition_texts
from pipeline.wiring.templates import TemplateParts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipeline.archive.contents import FolderPaper
    from pipeline.cases.case import Case
    from pipeline.cases.case_number import CaseNumber, Volume
    from pipeline.cases.ports import Series
    from pipeline.cases.public_service import PublicService
    from pipeline.evidence.store.verify_records import Views
    from pipeline.register.dispatch_files import DispatchFiles, DispatchRow
    from pipeline.register.enrol import EnrolParts
    from pipeline.register.handed_out import HandOutSheet, OtherSystem
    from pipeline.register.live_rows import LiveRows
    from pipeline.register.ports import Book, Lookups, OfficeNumbers, OfficeStatusCodes, Register
    from pipeline.register.record_lists import RecordLists
    from pipeline.register.register_files import RegisterFiles
    from pipeline.register.resembling import Resembling
    from pipeline.register.row import Edition, Row
    from pipeline.register.store.handed_out_record import FolderHandedOutRecord
    from pipeline.register.store.lookups import SqliteLookups
    from pipeline.register.store.numbers import FolderNumbers
    from pipeline.register.store.register_book import Bookmark, RegisterBook
    from pipeline.register.summary.counting import Summaries
    from pipeline.search.case_text import Written
    from pipeline.search.ports import SearchView
    from pipeline.search.store.document_texts import DocumentTexts


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


class RegisterParts(TemplateParts):
    """The numbers of an office, its register book, and how cases are found."""

    @cached_property
    def numbers(self) -> OfficeNumbers:
        """The register numbers."""
        return self._folder_numbers

    @cached_property
    def _folder_numbers(self) -> FolderNumbers:
        from pipeline.archive.store.witness_log import WitnessLog
        from pipeline.register.store.numbers import FolderNumbers

        return FolderNumbers(self.layout, WitnessLog(self.layout.changes), self._lookups_file)

    def rebuild(self) -> int:
        """Make marks, witnesses and highest numbers anew from the journals; return how many cases are open."""
        from pipeline.archive.store.witness_log import WitnessLog
        from pipeline.evidence.store.rebuild import rebuild

        return rebuild(self.layout, WitnessLog(self.layout.changes), self._folder_numbers, self.owed)

    @cached_property
    def book(self) -> Book:
        """The register book."""
        return self._folder_book

    @cached_property
    def _folder_book(self) -> RegisterBook:
        from pipeline.register.row import row_of
        from pipeline.register.store.register_book import RegisterBook

        made = lambda case: row_of(case, self.sop_of(case), self.calendar, self.named_officials)  # noqa: E731
        return RegisterBook(self.layout, made, self._lookups_file, self.bookmark)

    def booked_years(self, series: str | None = None) -> list[int]:
        """Return the years that a register has, ascending, in a series (None: whatever series)."""
        volumes = self._booked_volumes()
        return sorted({year_of(volume) for volume in volumes if series in (None, series_of(volume))})

    def _booked_volumes(self) -> list[Volume]:
        """Return the volumes that have a folder or a register book."""
        return self.layout.booked_years()

    @cached_property
    def rows(self) -> Register:
        """The rows of the register book, always as of the archive's last change."""
        from pipeline.register.store.book_cache import BookCache

        return BookCache(self.layout, self._folder_book)

    @cached_property
    def summaries(self) -> Summaries:
        """The figures of periods."""
        from pipeline.register.summary.counting import Summaries

        return Summaries(self.rows, self.editions, self.settings.office.regions, self.calendar)

    @cached_property
    def live_rows(self) -> LiveRows:
        """The rows about which something is still due."""
        from pipeline.register.live_rows import LiveRows

        return LiveRows(self.rows)

    def resembling(
        self, case: Case, told: Callable[[CaseNumber], bool] = lambda _number: True
    ) -> tuple[Resembling, ...]:
        """Return the cases that may be the same complaint as this one, of those of which who asks may be ``told``."""
        from pipeline.register.resembling import resembling

        return resembling(case, self.lookups, lambda: self.book.refresh(), self.case, self.sop_of, told)

    @property
    def handed_out(self) -> FolderHandedOutRecord:
        """What was handed out to other systems."""
        from pipeline.register.store.handed_out_record import FolderHandedOutRecord

        return FolderHandedOutRecord(self.layout.handed_out, self.layout.locks / "serahan")

    def hand_out_sheet(self, system: OtherSystem, *, again: bool = False) -> HandOutSheet:
        """Return the sheet for another system: of what was not handed out to it yet, or ``again`` of everything."""
        from pipeline.cases.case_number import read_number
        from pipeline.cases.secrecy_level import SecretCases
        from pipeline.register.engines.workbook import workbook
        from pipeline.register.handed_out import sheet_for

        self.book.refresh()
        known, secret_cases = frozenset[str]() if again else self.handed_out.items(system.key), SecretCases(self.case)

        def secret(row: Row) -> bool:
            return self.case(read_number(row.number)) in secret_cases

        rows = [row for row in self.book.rows() if not row.series]
        return sheet_for(system, rows, known, secret, workbook)

    def register_files(self) -> RegisterFiles:
        """Build what makes files of the register book."""
        from pipeline.register.engines.workbook import workbook
        from pipeline.register.register_files import RegisterFiles

        return RegisterFiles(self.index, workbook, self._printed_book, self.services)

    def _printed_book(
        self, entries: Sequence[Mapping[str, str]], year: int | None, title: str, service: PublicService | None
    ) -> bytes:
        from pipeline.drawing.engines.pdf_writing import joined
        from pipeline.letters.sheets.register_book import Imprint, printed_book
        from pipeline.letters.sheets.service_book import printed_service_book

        now = self.clock.now()
        with self.report_press() as press:
            imprint = Imprint(now.date(), self.settings.office.on(now.date()), self.seal_for_print())
            make = partial(printed_service_book, entries, service) if service else partial(printed_book, entries)
            parts = make(year or now.year, imprint, typist=self.typist_on(now.date()), press=press)
            return joined([*parts], title)

    def dispatch_files(self) -> DispatchFiles:
        """Build what makes files of the dispatch book."""
        from pipeline.register.dispatch_files import DispatchFiles
        from pipeline.register.engines.workbook import workbook

        return DispatchFiles(workbook, self._printed_dispatches)

    def _printed_dispatches(self, rows: Sequence[DispatchRow], period: str) -> bytes:
        from pipeline.drawing.engines.pdf_writing import joined
        from pipeline.letters.sheets.dispatch_book import Imprint, printed

        day = self.clock.now().date()
        imprint = Imprint(period, day, self.settings.office.on(day), self.seal_for_print())
        with self.report_press() as press:
            parts = printed(rows, imprint, typist=self.typist_on(day), press=press)
            return joined([*parts], f"Buku ekspedisi {period}".strip())

    def record_lists(self) -> RecordLists:
        """Build what makes the archivists' lists and labels."""
        from pipeline.archive.contents import contents
        from pipeline.drawing.engines.pdf import pdf
        from pipeline.drawing.engines.pdf_writing import joined
        from pipeline.register.engines.workbook import workbook
        from pipeline.register.record_lists import RecordLists

        def papers_of(number: CaseNumber) -> tuple[FolderPaper, ...]:
            case = self.cabinet.case(number)
            return contents(case, self.sop_of(case))

        return RecordLists(
            self.index,
            papers_of,
            self._office_today,
            workbook=workbook,
            drawn=lambda sheets, title: joined([pdf(sheet) for sheet in sheets], title),
        )

    @cached_property
    def bookmark(self) -> Bookmark:
        """How far the register book has come."""
        from pipeline.register.store.register_book import Bookmark

        return Bookmark(self.layout, lambda: self._edition)

    @property
    def lookups(self) -> Lookups:
        """What the register book remembers of complaints, to be asked fast."""
        return self._lookups_file

    @cached_property
    def _lookups_file(self) -> SqliteLookups:
        from pipeline.register.store.lookups import SqliteLookups

        return SqliteLookups(self.layout.lookups)

    @property
    def named_officials(self) -> tuple[str, ...]:
        """The names of those whom the office's file appoints, which rows of the register do not hide."""
        return tuple(sorted({one.name for one in self.settings.office.officials if one.name}))

    @cached_property
    def _edition(self) -> Edition:
        """Return what rows of the register are made by, so that a change of it does not leave them stale."""
        from pipeline.register.row import MADE, Edition

        hours = self.hours
        timed: tuple[object, ...] = (
            hours.zone.key,
            sorted(hours.hours.items()),
            sorted(hours.closed),
            hours.calendar_days,
        )
        if hours.opened or hours.special:  # rows of an office without either stay as they are
            timed += (sorted(hours.opened), hours.special)
        texts_of = [(key, dict(texts)) for key, texts in edition_texts()]
        running = (timed, self.holiday_edition, self.named_officials)  # a filled post is no reason to wait for all rows
        return Edition(_digest((pipeline.__version__, MADE, texts_of)), _digest(running))

    @property
    def series(self) -> Series:
        """The series of letters' numbers."""
        from pipeline.register.store.naskah_series import NaskahSeries

        return NaskahSeries(self.layout, self.settings.naskah, self.book.with_naskah)

    @cached_property
    def status_codes(self) -> OfficeStatusCodes:
        """Which case a complainant's code belongs to."""
        from pipeline.register.store.status_codes import SqliteStatusCodes

        return SqliteStatusCodes(self.layout, lambda: self.keys.key("kode-status"))

    @cached_property
    def index(self) -> SearchView:
        """The index in which cases are found."""
        from pipeline.search.store.index import SearchIndex

        return SearchIndex(self.layout, self.cabinet, self.changes, self._telling(), lambda: self._edition)

    def _telling(self) -> Callable[[Case], Written]:
        """Return what tells an index what is written on a case."""
        from pipeline.search.store.document_texts import DocumentTexts

        heads = [office.letterhead for office in self.settings.office.at_all_times]
        texts = DocumentTexts(self.layout.templates, self.cabinet, heads, self.letter_documents.words)
        return lambda case: self._written(case, texts)

    def _written(self, case: Case, texts: DocumentTexts) -> Written:
        from pipeline.cases.deadlines import current_step
        from pipeline.letters.case_values import with_relatives
        from pipeline.letters.sheets import register_book
        from pipeline.letters.sheets.service_book import course
        from pipeline.letters.sheets.sheet_facts import facts_of
        from pipeline.register.row import row_of
        from pipeline.register.service_book import answers_told
        from pipeline.search.case_text import written

        sop = self.sop_of(case)
        facts = facts_of(case, sop, self.calendar, drafted_on=case.received_at.date())
        known = with_relatives(case, facts, self.cabinet.case)
        entry = register_book.entry(known, self.settings.office)
        if case.number.series:
            entry |= answers_told(sop, case.fields) | course(facts, sop)
        booked, activity = row_of(case, sop, self.calendar, self.named_officials), current_step(case, sop).activity
        regions = self.settings.office.regions
        return written(case, booked, entry, activity, texts.of(case), regions, self.named_officials)

    @property
    def views(self) -> Views:
        """What the views should say of a case, for verifying them."""
        from pipeline.evidence.store.verify_records import Views

        return Views(self.book.row_of, self.owed, self.bookmark.position)

    @property
    def enrol_parts(self) -> EnrolParts:
        """The one door through which cases come into being."""
        from pipeline.office.store.system_clock import SystemChance
        from pipeline.register.enrol import EnrolParts, ServiceLine
        from pipeline.storage.blobs import TypedText

        services = {service.key: ServiceLine(service.series, service.editions) for service in self.services}
        return EnrolParts(
            self.numbers, self.clock, SystemChance(), self.editions, self.pattern, TypedText, services=services
        )
