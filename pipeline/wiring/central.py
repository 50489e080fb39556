"""An office of many: its cases, numbers and register are kept centrally; the rest lies in its folder, as on one PC."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from pipeline.errors import ArchiveFault, SettingsFault
from pipeline.wiring.central_in_force import CentralInForce

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime

    from pipeline.archive.ports import Finding
    from pipeline.archive.store.postgres_cabinet import PostgresCabinet
    from pipeline.archive.store.postgres_changes import PostgresChanges
    from pipeline.cases.case import Case
    from pipeline.cases.case_number import CaseNumber, Volume
    from pipeline.cases.events import Document
    from pipeline.cases.ports import Filed
    from pipeline.intake.ports import Progress
    from pipeline.office.ports import Clock
    from pipeline.reading.ports import Reader
    from pipeline.records.store.central_eraser import CentralEraser
    from pipeline.records.store.records_book import RecordsBookFile
    from pipeline.register.store.postgres_book import PostgresBook, PostgresLookups
    from pipeline.register.store.postgres_numbers import PostgresNumbers, PostgresSeries
    from pipeline.register.store.postgres_status_codes import PostgresStatusCodes
    from pipeline.search.store.postgres_index import PostgresSearch
    from pipeline.signing.ports import Validator
    from pipeline.wiring.central_export import ExportParts
    from pipeline.work.engines.worker_watch import FolderWatch, WorkerWatch
    from pipeline.work.figure_reports import FigureReports
    from pipeline.work.ports import Check
    from pipeline.work.service import Pauses
    from pipeline.work.store.postgres_exchange import PostgresExchange
    from pipeline.work.transfer import TransferParts
    from pipeline.work.workers import Tenders

_ANSWERS_PAUSE = 5.0  # seconds between looks at what other offices answered


class CentralRoot(CentralInForce):
    """One office of many, with all its parts; each is built when it is first asked for."""

    @cached_property
    def changes(self) -> PostgresChanges:
        """The witnesses of the office, which views follow."""
        from pipeline.archive.store.postgres_changes import PostgresChanges

        return PostgresChanges(self.database)

    @cached_property
    def cabinet(self) -> PostgresCabinet:
        """The cases."""
        from pipeline.archive.store.postgres_cabinet import PostgresCabinet

        return PostgresCabinet(self.database, self.objects, handed_on=self.central_plan.has_workers)

    @property
    def keep_again(self) -> Callable[[Filed], None]:
        """What puts a file again that the object store has lost."""
        return self.objects.put

    @cached_property
    def numbers(self) -> PostgresNumbers:
        """The register numbers."""
        from pipeline.register.store.postgres_numbers import PostgresNumbers

        handed_on = self.central_plan.has_workers
        return PostgresNumbers(self.database, self.objects, handed_on=handed_on, closed=self.year_ends.closed)

    def _begin_series(self, series: str) -> None:
        self.numbers.begin_series(series)

    @property
    def series(self) -> PostgresSeries:
        """The series of letters."""
        from pipeline.register.store.postgres_numbers import PostgresSeries

        return PostgresSeries(self.database, self.settings.naskah, self.book.with_naskah, self.cabinet.case)

    @cached_property
    def book(self) -> PostgresBook:
        """The register book."""
        from pipeline.register.row import row_of
        from pipeline.register.store.postgres_book import PostgresBook

        made = lambda case: row_of(case, self.sop_of(case), self.calendar, self.named_officials)  # noqa: E731
        return PostgresBook(self.database, self.cabinet, made, lambda: self._edition)

    @cached_property
    def index(self) -> PostgresSearch:
        """The index in which cases are found."""
        from pipeline.search.store.postgres_index import PostgresSearch

        return PostgresSearch(self.database, self.cabinet, self.changes, self._telling(), lambda: self._edition)

    @property
    def rows(self) -> PostgresBook:
        """The rows of the register book."""
        return self.book

    @property
    def lookups(self) -> PostgresLookups:
        """What the register book remembers of complaints."""
        return self.book.lookups

    @cached_property
    def status_codes(self) -> PostgresStatusCodes:
        """Which case a complainant's code belongs to."""
        from pipeline.register.store.postgres_status_codes import PostgresStatusCodes

        return PostgresStatusCodes(self.database, lambda: self.keys.key("kode-status"))

    @cached_property
    def clock(self) -> Clock:
        """The time of the centre, in the office's zone."""
        from pipeline.office.store.server_clock import ServerClock

        return ServerClock(self.hours.zone, self._server_time)

    def _server_time(self) -> datetime:
        (now,) = self.database.rows("SELECT clock_timestamp()")[0]
        return cast("datetime", now)

    def _beginning(self, number: CaseNumber, document: Document) -> bytes:
        from pipeline.archive.formats import HEAD

        return self.objects.beginning(document.sha256, min(document.bytes, HEAD))

    @cached_property
    def records_book(self) -> RecordsBookFile:
        """The schedule's versions and the lists with their steps; of what they destroyed the database may not know."""
        from pipeline.records.store.central_records_book import records_book

        return records_book(self.layout)

    @property
    def eraser(self) -> CentralEraser:
        """What takes the content of destroyed cases away, as far as that is the office's."""
        from pipeline.records.store.central_eraser import CentralEraser

        return CentralEraser(self.layout, self.database, self.objects, super().eraser.erase, self._renew_all_views)

    def _renew_all_views(self) -> None:
        self.book.refresh()
        self.index.refresh()
        self.index.forget_words()

    def tenders(self, tend: Callable[[CaseNumber], Case], say: Callable[[str], None]) -> Tenders:
        """Build the workers of this process; none where workers of the centre tend the office's cases."""
        from pipeline.work.workers import HandedOn

        return HandedOn(tend, say) if self.central_plan.has_workers else super().tenders(tend, say)

    @cached_property
    def progress(self) -> Progress:
        """What is being worked on this moment, by the office's own process and by workers on whichever machine."""
        own = super().progress
        if not self.central_plan.has_workers:
            return own
        from pipeline.intake.progress import JoinedProgress
        from pipeline.intake.store.postgres_progress import PAUSE, AnnouncedProgress

        return JoinedProgress(own, AnnouncedProgress(self.database, self.hours.zone, self._open_among), PAUSE)

    @property
    def workers_told(self) -> str:
        """What the inbox says while cases wait for workers, or none lives."""
        return self._worker_watch.told if self.central_plan.has_workers else ""

    @cached_property
    def _worker_watch(self) -> WorkerWatch:
        from pipeline.work.engines.worker_watch import WorkerWatch

        return WorkerWatch(self.database, self.hours.zone)

    @property
    def folder_told(self) -> str:
        """What the inbox says while the office is run from another folder than this, or from none yet."""
        return self._folder_watch.told

    @cached_property
    def _folder_watch(self) -> FolderWatch:
        from pipeline.work.engines.worker_watch import FolderWatch

        return FolderWatch(self.office_folders, self.unlike_in_force)

    def _open_among(self, numbers: Collection[CaseNumber]) -> Collection[CaseNumber]:
        return [number for number, row in self.book.these(numbers).items() if not row.secret]

    @property
    def _pauses(self) -> Pauses:
        """Each look is a question to a server that all offices share; whoever asks a view brings it up to date."""
        from pipeline.work.service import Pauses

        return Pauses(view=5.0, open_cases=1.0)

    def keeping(self) -> tuple[tuple[str, Callable[[], object], float], ...]:
        """Return what is kept up besides: also what other offices answer, and the nightly export."""
        from pipeline.wiring.central_export import LOOK, export_if_due

        kept = (*super().keeping(), ("Kantor lain di pusat", self.follow_centre, _ANSWERS_PAUSE))
        exported = (("Ekspor harian", lambda: export_if_due(self.exporting_from_here), LOOK),)
        return (*kept, *(exported if self.central_plan.export else ()))

    @property
    def exporting(self) -> ExportParts:
        """What writing the office beside the centre needs."""
        from pipeline.wiring.central_export import ExportParts

        self.take_over_records()
        plan = self.central_plan
        place = self.named(plan.export) if plan.export else None
        return ExportParts(self.layout, plan.office, self.database, self.objects, self.clock, place)

    @property
    def exporting_from_here(self) -> ExportParts:
        """The same, for its export, with which this folder's books go along.

        Raises:
            UsageFault: the office is run from another folder, whose books these are not.
        """
        self.require_run_here()
        return self.exporting

    @cached_property
    def exchange(self) -> PostgresExchange:
        """What the offices of the centre hand to one another."""
        from pipeline.work.store.postgres_exchange import PostgresExchange

        return PostgresExchange(self.database, self.hours.zone)

    def transfer_parts(self, reader: Callable[[], Reader], validator: Callable[[], Validator]) -> TransferParts:
        """Build what handing cases to other offices needs."""
        from pipeline.work.transfer import TransferParts

        return TransferParts(self.exchange, self.decide_parts(reader, validator), self.enrol_parts, reader)

    def follow_centre(self) -> None:
        """Take in what other offices of the centre answered, and hand figures up."""
        from pipeline.work.transfer import note_answers

        try:
            note_answers(self.transfer_parts(self.reader, self.validator))
        finally:  # one case that cannot be written to keeps no figures back
            self.figure_reports.look()

    @cached_property
    def figure_reports(self) -> FigureReports:
        """What hands figures up to the directorate."""
        from pipeline.work.figure_reports import FigureReports

        return FigureReports(self.exchange, self.summaries, self.clock)

    def case(self, number: CaseNumber) -> Case:
        """Return a case as its journal has it now."""
        return self.cabinet.case(number)

    def held_up(self, number: CaseNumber) -> Mapping[str, str]:
        """Return, by duty, what the office has to mend before the machine can go on with a case."""
        return self.cabinet.held_up(number)

    def folder_of(self, number: CaseNumber) -> str:
        """Return where a case is, for people to read."""
        return f"pusat: {self.central_plan.office}/{number}"

    def _booked_volumes(self) -> list[Volume]:
        """Return the volumes that have a case."""
        return self.cabinet.volumes()

    def moments_ahead(self) -> list[datetime]:
        """Return what is dated after the present and holds something up, ascending."""
        now = self.clock.now()
        return sorted({*self.cabinet.moments_ahead(now), *self.year_ends.closed_ahead(now)})

    def confirm_clock(self, moments: Sequence[datetime], by: str) -> None:
        """Note that the clock is right now, and was wrong when it gave these moments."""
        self.cabinet.confirm_clock(moments, self.clock.now(), by)

    def rebuild(self) -> int:
        """Mark the cases that are owed something; return how many are open. The rest is the database's own here."""
        open_cases = set(self.cabinet.open_cases())
        for case in self.cabinet.cases():
            with suppress(SettingsFault):  # an SOP that is not installed here: the doctor's business
                if case.number not in open_cases and self.owed(case):
                    self.cabinet.mark_open(case.number)
        return len(self.cabinet.open_cases())

    def examine(self) -> list[Check]:
        """Return whether everything is installed, new enough, writable and usable, the centre too."""
        from pipeline.errors import YankomasError
        from pipeline.letters.store.in_force_files import laid_out_at
        from pipeline.office.store.system_clock import SystemClock
        from pipeline.work.engines.doctor_central import central_checks, folder_check
        from pipeline.work.ports import Check

        try:
            own = SystemClock(self.hours.zone).now()
            by_workers = self.central_plan.has_workers
            central = [*central_checks(self.database, self.objects, own, has_workers=by_workers)]
            draws = laid_out_at(self.layout).used
            central.append(folder_check(self.office_folders, own, draws=draws, unlike=self.unlike_in_force))
        except YankomasError as fault:
            central = [Check("Pusat", False, fault.message, fault.remedy)]
        return [*super().examine(), *central]

    def verify(self, progress: Callable[[int, int], None]) -> list[Finding]:
        """Return everything that is wrong with the office's cases; every line and every file is read."""
        from pipeline.evidence.store.postgres_verify import verify_office
        from pipeline.evidence.store.verify import left_out

        cases = verify_office(
            self.database,
            self.cabinet,
            progress,
            books=self.sealed_books,
            seal_key=self.seal_key_to_look_with,
            owed=self.owed,
            given=self.ledger.given(),
            left_out=partial(left_out, self.layout),
            destroyed=self._destroyed_by_lists(),
            closed=self.closed_logs,
        )
        return [*cases, *self.verify_beside(), *self.outside_findings()]

    def _destroyed_by_lists(self) -> Mapping[CaseNumber, str]:
        with suppress(ArchiveFault):  # a broken book is a finding of its own
            return self.records_book.destroyed_since()
        return {}

    def verify_case(self, number: CaseNumber) -> list[Finding]:
        """Return what is wrong with one case; every line and every file of it is read."""
        from pipeline.evidence.store.postgres_verify import verify_one

        return verify_one(self.cabinet, number)
