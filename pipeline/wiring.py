"""Builds the real parts from the settings. Nothing opens, connects or starts before it is asked to work.

Only an archive that a later version wrote is refused at once. Heavy parts are imported where they are built, so that
``case`` or ``register`` does not pay for an OCR engine.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

import pipeline
from pipeline.archive.store.format import opened
from pipeline.cases.store.sop_editions import edition_texts, editions
from pipeline.errors import SettingsFault
from pipeline.office.office_file import hours_of
from pipeline.office.store.office_file import read_table
from pipeline.office.worktime import Calendar
from pipeline.register.register_numbers import RegisterPattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from pipeline.access.ports import AccessLog, People
    from pipeline.archive.contents import Paper
    from pipeline.archive.engines.folder_binder import FolderBinder
    from pipeline.archive.finding import Finding
    from pipeline.archive.ports import Newsreader
    from pipeline.archive.store.cabinet import FolderCabinet
    from pipeline.archive.store.changes import Changes
    from pipeline.archive.store.export import FolderExport
    from pipeline.backup.ports import Fence, Kept
    from pipeline.cases.case import Case
    from pipeline.cases.case_number import CaseNumber
    from pipeline.cases.decide import Chamber
    from pipeline.cases.ports import Blob
    from pipeline.cases.sop import Sop
    from pipeline.drawing.picture import Picture
    from pipeline.evidence.store.seals import Seals
    from pipeline.evidence.store.verify_views import Views
    from pipeline.intake.at_rest import Patience
    from pipeline.intake.inbox_view import InboxView
    from pipeline.intake.mailroom import Mailroom
    from pipeline.intake.open_case import OpenParts
    from pipeline.intake.ports import Uploads
    from pipeline.intake.progress import ProgressBoard
    from pipeline.intake.store.inbox import Inbox
    from pipeline.intake.store.ledger import Ledger
    from pipeline.letters.engines.libreoffice import LibreOfficePress
    from pipeline.letters.ports import Press, SheetEditor
    from pipeline.letters.sheets.periodical_report import ReportFiles
    from pipeline.office.office_file import Hours, Table
    from pipeline.office.store.keys import Keyring
    from pipeline.office.store.system_clock import SystemClock
    from pipeline.reading.engines.scan_reader import ScanReader
    from pipeline.reading.ports import Reader
    from pipeline.register.enrol import EnrolParts
    from pipeline.register.record_lists import RecordLists
    from pipeline.register.register_files import RegisterFiles
    from pipeline.register.register_numbers import RegisterPattern
    from pipeline.register.resembling import Resembling
    from pipeline.register.row import Edition
    from pipeline.register.store.book_cache import BookCache
    from pipeline.register.store.lookups import SqliteLookups
    from pipeline.register.store.numbers import FolderNumbers
    from pipeline.register.store.register_book import Bookmark, RegisterBook
    from pipeline.register.store.status_codes import SqliteStatusCodes
    from pipeline.register.summary.summary_view import Summaries
    from pipeline.scans.limits import Limits
    from pipeline.scans.ports import Previews
    from pipeline.search.case_text import Written
    from pipeline.search.store.document_texts import DocumentTexts
    from pipeline.search.store.index import SearchIndex
    from pipeline.work.ports import Check
    from pipeline.work.service import Service
    from pipeline.work.settings import Settings
    from pipeline.work.tend import Workshop

#: Seconds that ``run --once`` waits for a file whose end is missing.
ONCE_PATIENCE = 5.0


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def load_settings(path: Path) -> Settings:
    """Read the office's settings.

    Raises:
        SettingsFault: the file is missing, broken, or says something that cannot be used; names the key.
    """
    from pipeline.work.settings import settings_of

    return settings_of(read_table(path))


def lay_out(folder: Path) -> list[str]:
    """Make what is missing of an office folder; return a line for each thing. Nothing that exists is touched.

    Raises:
        UsageFault: the place is taken by a file.
    """
    from pipeline.work.store import setup

    return setup.lay_out(folder)


def lay_out_demo(folder: Path) -> list[Path]:
    """Make a folder of its own for the sample letters and drop them in; return them. Real registers never see them.

    Raises:
        UsageFault: the folder is in use for something else.
    """
    from pipeline.work.store import setup

    setup.lay_out_demo(folder)
    return setup.samples()


def restore_backup(
    repository: str,
    snapshot: str,
    target: Path,
    password: str,
    progress: Callable[[int, int], None],
    settling: Callable[[int, int], None],
) -> Fence:
    """Bring a backup back into an empty folder, as the office was when that backup began; views are still missing.

    Raises:
        UsageFault: the folder is not empty.
        NotFound, SettingsFault, ArchiveFault: there is no such backup, the password is wrong, it is damaged, or a later
            version made it (then nothing of it stays in the folder).
    """
    from pipeline.backup.store.backups import restore

    return restore(repository, snapshot, target, password, progress, settling)


class Root:
    """One office's root folder with its parts, each built when it is first asked for.

    ``looking``: for showing what was done; the SOP's file is then not held against itself first.

    Raises:
        ArchiveFault: a later version wrote its archive.
    """

    def __init__(self, folder: Path, *, looking: bool = False) -> None:
        self.layout, self._looking = opened(folder.resolve()), looking

    @cached_property
    def settings(self) -> Settings:
        """The office's settings."""
        return load_settings(self.layout.settings)

    @cached_property
    def _file(self) -> Table:
        return read_table(self.layout.settings)

    @cached_property
    def pattern(self) -> RegisterPattern:
        """How the office writes its register numbers."""
        return RegisterPattern(self._file.table("nomor").get("register", str))

    @cached_property
    def hours(self) -> Hours:
        """The office's zone and hours."""
        return hours_of(self._file.table("waktu"))

    @cached_property
    def editions(self) -> tuple[Sop, ...]:
        """The editions of the SOP."""
        return editions(checked=not self._looking)

    @cached_property
    def calendar(self) -> Calendar:
        """The office's working time."""
        from pipeline.office.store.closed_days import ClosedDays

        closed = ClosedDays(self.hours.closed, self.layout.state / "hari-libur")
        return Calendar(self.hours.zone, self.hours.hours, closed, self.hours.calendar_days)

    @cached_property
    def clock(self) -> SystemClock:
        """The time in the office's zone."""
        from pipeline.office.store.system_clock import SystemClock

        return SystemClock(self.hours.zone)

    @cached_property
    def keys(self) -> Keyring:
        """The office's keys."""
        from pipeline.office.store.keys import Keyring

        return Keyring(self.layout.keys, self.layout.key_marks)

    @cached_property
    def seals(self) -> Seals:
        """The daily seals."""
        from pipeline.evidence.store.seals import Seals

        return Seals(self.layout, lambda: self.keys.key("segel"))

    @cached_property
    def cabinet(self) -> FolderCabinet:
        """The numbered folders."""
        from pipeline.archive.store.cabinet import FolderCabinet

        return FolderCabinet(self.layout, self.changes)

    @cached_property
    def numbers(self) -> FolderNumbers:
        """The register numbers."""
        from pipeline.register.store.numbers import FolderNumbers

        return FolderNumbers(self.layout, self.changes, self.lookups)

    @cached_property
    def changes(self) -> Changes:
        """The list of case heads, which views follow."""
        from pipeline.archive.store.changes import Changes

        return Changes(self.layout.changes)

    def rebuild(self) -> int:
        """Make marks, witnesses and highest numbers anew from the journals; return how many cases are open."""
        from pipeline.evidence.store.rebuild import rebuild

        return rebuild(self.layout, self.changes, self.numbers, self.owed)

    def renew_bag(self, number: CaseNumber) -> list[str]:
        """Make a case's BagIt files anew; return the names of those that were not as they should be.

        Raises:
            ArchiveFault: the journal itself is not what was witnessed.
        """
        from pipeline.evidence.store.rebuild import renew_bag

        return renew_bag(self.layout, self.cabinet, number)

    @cached_property
    def book(self) -> RegisterBook:
        """The register book."""
        from pipeline.register.row import row_of
        from pipeline.register.store.register_book import RegisterBook

        made = lambda case: row_of(case, self.sop_of(case), self.calendar)  # noqa: E731
        return RegisterBook(self.layout, made, self.lookups, self.bookmark)

    @cached_property
    def rows(self) -> BookCache:
        """The rows of the register book, always as of the archive's last change."""
        from pipeline.register.store.book_cache import BookCache

        return BookCache(self.layout, self.book)

    @cached_property
    def summaries(self) -> Summaries:
        """The figures of periods."""
        from pipeline.register.summary.summary_view import Summaries

        return Summaries(self.rows, self.editions, self.settings.office.regions, self.calendar)

    def resembling(self, case: Case) -> tuple[Resembling, ...]:
        """Return the cases that may be the same letter as this one."""
        from pipeline.register.resembling import resembling

        return resembling(
            case, lambda signed: self.lookups.resembling(signed), lambda: self.book.refresh(), self.case, self.sop_of
        )

    def register_files(self) -> RegisterFiles:
        """Build what makes files of the register book."""
        from pipeline.register.engines.workbook import workbook
        from pipeline.register.register_files import RegisterFiles

        return RegisterFiles(self.index, workbook, self._printed_book)

    def _printed_book(self, entries: Sequence[Mapping[str, str]], year: int | None, title: str) -> bytes:
        from contextlib import closing

        from pipeline.drawing.engines.pdf_writing import joined
        from pipeline.letters.engines.word_templates import WordTypist
        from pipeline.letters.sheets.register_book import printed_book

        now, typist = self.clock.now(), WordTypist(self.layout.templates)
        with closing(self.press()) as press:
            parts = printed_book(
                entries,
                year or now.year,
                day=now.date(),
                office=self.settings.office,
                typist=typist,
                press=press,
            )
            return joined([*parts], title)

    def record_lists(self) -> RecordLists:
        """Build what makes the archivists' lists and labels."""
        from pipeline.archive.contents import contents
        from pipeline.drawing.engines.pdf import pdf
        from pipeline.drawing.engines.pdf_writing import joined
        from pipeline.register.engines.workbook import workbook
        from pipeline.register.record_lists import RecordLists

        def papers_of(number: CaseNumber) -> tuple[Paper, ...]:
            case = self.cabinet.case(number)
            return contents(case, self.sop_of(case))

        return RecordLists(
            self.index,
            papers_of,
            self.settings.office,
            workbook=workbook,
            drawn=lambda sheets, title: joined([pdf(sheet) for sheet in sheets], title),
        )

    @cached_property
    def bookmark(self) -> Bookmark:
        """How far the register book has come."""
        from pipeline.register.store.register_book import Bookmark

        return Bookmark(self.layout, lambda: self._edition)

    @cached_property
    def lookups(self) -> SqliteLookups:
        """What the register book remembers of letters, to be asked fast."""
        from pipeline.register.store.lookups import SqliteLookups

        return SqliteLookups(self.layout.lookups)

    @cached_property
    def _edition(self) -> Edition:
        """Return what rows of the register are made by, so that a change of it does not leave them stale."""
        from pipeline.office.store.closed_days import edition
        from pipeline.register.row import Edition

        hours = self.hours
        timed = (hours.zone.key, sorted(hours.hours.items()), sorted(hours.closed), hours.calendar_days)
        made = (pipeline.__version__, edition_texts())
        return Edition(_digest(made), _digest((timed, edition())))

    @cached_property
    def status_codes(self) -> SqliteStatusCodes:
        """Which case a complainant's code belongs to."""
        from pipeline.register.store.status_codes import SqliteStatusCodes

        return SqliteStatusCodes(self.layout, lambda: self.keys.key("kode-status"))

    @cached_property
    def ledger(self) -> Ledger:
        """What was taken from the inbox and what became of it."""
        from pipeline.intake.store.ledger import Ledger

        return Ledger(self.layout.ledger, self.layout.locks / "kotak-masuk", self.layout.ledger_checkpoint)

    @cached_property
    def inbox(self) -> Inbox:
        """Where scans arrive."""
        from pipeline.intake.store.inbox import Inbox

        return Inbox(self.layout.inbox)

    @cached_property
    def board(self) -> ProgressBoard:
        """What is being worked on this moment, in this process."""
        from pipeline.intake.progress import ProgressBoard

        return ProgressBoard()

    @cached_property
    def index(self) -> SearchIndex:
        """The index in which cases are found."""
        from pipeline.search.store.document_texts import DocumentTexts
        from pipeline.search.store.index import SearchIndex

        texts = DocumentTexts(self.layout, self.settings.office.letterhead)
        return SearchIndex(self.layout, lambda case: self._written(case, texts), lambda: self._edition)

    def _written(self, case: Case, texts: DocumentTexts) -> Written:
        from pipeline.cases.deadlines import current_step
        from pipeline.letters.sheets import register_book
        from pipeline.letters.sheets.sheet_facts import facts_of
        from pipeline.register.row import row_of
        from pipeline.search.case_text import written

        sop = self.sop_of(case)
        entry = register_book.entry(facts_of(case, sop, self.calendar, drafted_on=case.received_at.date()))
        booked, activity = row_of(case, sop, self.calendar), current_step(case, sop).activity
        return written(case, booked, entry, activity, texts.of(case), self.settings.office.regions)

    @property
    def workers(self) -> int:
        """How many letters are read at once."""
        return self.settings.workers or len(os.sched_getaffinity(0))

    @property
    def views(self) -> Views:
        """What the views should say of a case, for verifying them."""
        from pipeline.evidence.store.verify_views import Views

        return Views(self.book.row, self.owed, self.bookmark.position)

    def case(self, number: CaseNumber) -> Case:
        """Return a case as its journal has it now, for looking at it alone.

        Raises:
            NotFound: there is none.
            ArchiveFault: its journal is not as it was written.
        """
        from pipeline.archive.store.case_reading import read_case

        return read_case(self.layout, number)

    def file(self, path: Path) -> Blob:
        """Return a file that somebody named.

        Raises:
            NotFound: there is no such file.
        """
        from pipeline.storage.blobs import stored_file

        return stored_file(path)

    def sop_of(self, case: Case) -> Sop:
        """Return the edition that a case started with.

        Raises:
            SettingsFault: this installation does not have it.
        """
        for sop in self.editions:
            if sop.key == case.received.sop:
                return sop
        raise SettingsFault(
            f"Perkara {case.number} mengikuti SOP {case.received.sop}, yang tidak ada di pemasangan ini.",
            "Pasang versi program yang memuatnya.",
        )

    def owed(self, case: Case) -> bool:
        """Say whether the machine owes the case anything."""
        from pipeline.cases.duties import duties

        return bool(duties(case, self.sop_of(case)))

    def prepare(self) -> None:
        """Make the working folders that are missing."""
        self.layout.prepare()

    @property
    def scan_limits(self) -> Limits:
        """How large a scan may be."""
        from pipeline.scans.limits import Limits

        limits = self.settings.inbox
        return Limits(size=limits.max_bytes, pages=limits.max_pages, pixels=limits.max_pixels)

    def reader(self) -> ScanReader:
        """Build a reader; nothing starts before its first letter."""
        from pipeline.reading.engines.scan_reader import ScanReader
        from pipeline.reading.find_letters import find_letters

        return ScanReader(find_letters, workers=self.workers, limits=self.scan_limits)

    def binder(self) -> FolderBinder:
        """Build what binds folders; nothing starts before its first."""
        from pipeline.archive.engines.folder_binder import FolderBinder

        return FolderBinder(self.scan_limits)

    @property
    def export(self) -> FolderExport:
        """Case folders as one file."""
        from pipeline.archive.store.export import FolderExport

        return FolderExport(self.layout, self.cabinet)

    def newsreader(self) -> Newsreader:
        """Build what follows the archive's changes and the inbox."""
        from pipeline.archive.store.newsreader import FolderNewsreader

        return FolderNewsreader(self.changes, lambda: (self.board.version, self.inbox.stamp(), self.ledger.stamp()))

    def keeps(self, path: Path) -> bool:
        """Say whether a path lies in the archive, where nobody but the program writes."""
        return path.resolve().is_relative_to(self.layout.archive)

    def uploads(self, place: str) -> Uploads:
        """Build where files that are sent to the desk come to lie: ``inbox``, or ``state`` for those with a move."""
        from pipeline.intake.store.uploads import UploadFolder

        return UploadFolder(self.layout.inbox if place == "inbox" else self.layout.state / "unggahan")

    @cached_property
    def sheet_editor(self) -> SheetEditor:
        """Word files of drafted sheets, paragraph by paragraph."""
        from pipeline.letters.engines.word_text import WordEditor

        return WordEditor()

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

    def previews(self) -> Previews:
        """Build what draws pages of documents as pictures; nothing starts before the first."""
        from pipeline.scans.imaging.previews import CachedPreviews

        return CachedPreviews(self.layout.state / "halaman", self.scan_limits)

    @property
    def access_log(self) -> AccessLog:
        """The access log."""
        from pipeline.access.store.access_log import MonthlyAccessLog

        return MonthlyAccessLog(self.layout)

    @property
    def people(self) -> People:
        """The people of the desk."""
        from pipeline.access.store.people import SqlitePeople

        return SqlitePeople(self.layout.people)

    def back_up(self, repository: str, progress: Callable[[int, int], None]) -> Kept:
        """Back the office up into the repository, which is made at the first time, together with its password.

        Raises:
            UsageFault: no place was named, or it lies within what is to be kept.
            SettingsFault: the password is lost or wrong.
            Passing, Busy, EngineFault, ArchiveFault: what restic says.
        """
        from pipeline.backup.store.backups import back_up

        return back_up(self.layout, repository, self.settings.backup, self.clock.now(), progress)

    def check_backup(self, repository: str, progress: Callable[[int, int], None]) -> None:
        """Read the whole repository and hold it against its hashes.

        Raises:
            NotFound: there is none.
            ArchiveFault: it is damaged.
        """
        from pipeline.backup.store.backups import check_backup

        check_backup(self.layout, repository, progress)

    def moments_ahead(self) -> list[datetime]:
        """Return what in the archive is dated after the present and holds something up, ascending."""
        from pipeline.evidence.store.dated_ahead import moments_ahead

        return moments_ahead(self.layout, self.clock.now())

    def confirm_clock(self, moments: Sequence[datetime], by: str) -> None:
        """Note that the clock is right now, and was wrong when it gave these moments."""
        from pipeline.archive.store.clock_faults import confirm

        confirm(self.layout.wrong_times, moments, self.clock.now(), by)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the root against other processes that would work it off.

        Raises:
            Busy: another process has it; names its pid.
            SettingsFault: inbox and archive lie in one another.
        """
        from pipeline.storage.locks import sole_process

        self.layout.refuse_nesting()
        with sole_process(self.layout.locks / "run"):
            yield

    def examine(self) -> list[Check]:
        """Return whether everything is installed, new enough, writable and usable."""
        from pipeline.work.engines.doctor import examine

        return examine(self)

    def verify(self, progress: Callable[[int, int], None]) -> list[Finding]:
        """Return everything that is wrong with the archive and its views; ``progress`` gets cases done and in all."""
        from pipeline.evidence.store.verify import verify_archive

        found = verify_archive(self.layout, progress, views=self.views, seal_key=self.keys.known("segel"))
        return [*found, *self.ledger.findings()]

    def verify_case(self, number: CaseNumber) -> list[Finding]:
        """Return what is wrong with one case folder; every file of it is read."""
        from pipeline.evidence.store.verify import verify_case

        return verify_case(self.layout, number)

    def workshop(self, reader: Reader, press: Press) -> Workshop:
        """Build what tending needs around these engines."""
        from pipeline.intake.ports import Stage
        from pipeline.letters.engines.word_templates import WordTypist
        from pipeline.work.tend import Workshop

        return Workshop(
            cabinet=self.cabinet,
            door=self.door,
            reader=reader,
            typist=WordTypist(self.layout.templates),
            press=press,
            clock=self.clock,
            office=self.settings.office,
            calendar=self.calendar,
            sop=self.sop_of,
            progress=lambda number, done, of: self.board.show(str(number), Stage("membaca", done, of)),
            seal=self.seal_before,
        )

    def seal_before(self, day: date) -> str:
        """Return the newest seal made before a day, as a page of the register says it."""
        seal = self.seals.before(day)
        return f"no. {seal.seq} ({seal.at:%d/%m/%Y}): {seal.short}" if seal else ""

    def chamber(self, reader: Callable[[], Reader]) -> Chamber:
        """Build what deciding needs; ``reader`` is asked for one only when a file comes with a move."""
        from pipeline.cases.decide import Chamber
        from pipeline.register.store.naskah_series import NaskahSeries

        return Chamber(
            cabinet=self.cabinet,
            series=NaskahSeries(self.layout, self.settings.naskah),
            clock=self.clock,
            office=self.settings.office,
            sop=self.sop_of,
            reader=reader,
        )

    def open_parts(self) -> OpenParts:
        """Build what opening a case without a letter needs."""
        from pipeline.intake.open_case import OpenParts

        return OpenParts(self.door, self.settings.office)

    @property
    def door(self) -> EnrolParts:
        """The one door through which cases come into being."""
        from pipeline.office.store.system_clock import SystemChance
        from pipeline.register.enrol import EnrolParts
        from pipeline.storage.blobs import TypedText

        return EnrolParts(self.numbers, self.clock, SystemChance(), self.editions, self.pattern, TypedText)

    def press(self) -> LibreOfficePress:
        """Build a press; nothing starts before its first document."""
        from pipeline.letters.engines.libreoffice import LibreOfficePress

        return LibreOfficePress(self.keys.key("kode-halaman"))

    @property
    def report_files(self) -> ReportFiles:
        """What makes the report of a period as a file."""
        from pipeline.letters.engines.word_templates import WordTypist
        from pipeline.letters.sheets.periodical_report import ReportFiles
        from pipeline.register.engines.workbook import workbook

        return ReportFiles(self.settings.office, WordTypist(self.layout.templates), workbook, self.press)

    def separators(self, count: int) -> bytes:
        """Return so many separator sheets for the scanner's feeder, as a PDF.

        Raises:
            EngineMissing: the font is not installed.
        """
        from pipeline.intake.engines.feeder_sheets import separators

        return separators(count)

    def cover_sheet(self, case: Case) -> bytes:
        """Return the cover sheet that brings what lies behind it in the feeder to a case, as a PDF.

        Raises:
            EngineMissing: the font is not installed.
        """
        from pipeline.intake.engines.feeder_sheets import cover_sheet

        return cover_sheet(self.keys.key("kode-halaman"), case.number, case.received.register_number)

    def recover_ledger(self) -> int:
        """Note in the inbox's ledger what only journals and notes remember; return how many files that were."""
        from pipeline.intake.store.ledger import from_journals, from_notes

        noted = from_notes(self.layout.inbox, self.hours.zone)
        return self.ledger.recover([*from_journals(self.cabinet.cases()), *noted])

    def mailroom(self) -> Mailroom:
        """Build what a person needs to have a file tried again, set aside or attached."""
        from pipeline.intake.mailroom import Mailroom

        return Mailroom(self.inbox, self.ledger, self.cabinet, self.clock.now)

    def inbox_view(self, *, everything: bool = False) -> InboxView:
        """Return what lies in the inbox and what became of what was taken: of what matters today, or everything."""
        from pipeline.intake.inbox_view import inbox_view
        from pipeline.storage.locks import is_running

        last = self.numbers.last()
        return inbox_view(
            self.inbox,
            self.ledger,
            self.board,
            now=self.clock.now(),
            running=is_running(self.layout.locks / "run"),
            last_number=self.pattern.write(last) if last else None,
            everything=everything,
        )

    def service(self, say: Callable[[str], None], *, once: bool) -> Service:
        """Build the process that has the root."""
        import threading

        from pipeline.archive.store.attempts import Attempts
        from pipeline.intake.arrival_order import Receivers, Turns
        from pipeline.intake.at_rest import Settling
        from pipeline.intake.engines.watching import Bell, Watch
        from pipeline.intake.intake import Intake
        from pipeline.intake.journey import Journey
        from pipeline.intake.progress import until_done
        from pipeline.intake.receive import ReceiveParts
        from pipeline.letters.page_codes import PageCodes
        from pipeline.work.service import Service
        from pipeline.work.stoppable import StoppablePress, StoppableReader
        from pipeline.work.tend import tend
        from pipeline.work.workers import Tenders

        stopping = threading.Event()
        reader, press = self.reader(), self.press()
        shop = self.workshop(StoppableReader(reader, stopping), StoppablePress(press, stopping))
        tenders = Tenders(until_done(self.board, lambda number: tend(number, shop)), say, self.workers + 1)
        bell = Bell(self.layout.inbox)
        journey = Journey(
            inbox=self.inbox,
            account=self.ledger,
            parts=ReceiveParts(
                door=self.door,
                reader=shop.reader,
                page_codes=PageCodes(self.keys.key("kode-halaman"), self.book.case_with, self.cabinet.case),
                chamber=self.chamber(lambda: shop.reader),
            ),
            board=self.board,
            attempts=Attempts(self.layout.state),
            turns=Turns(),
            say=say,
            accepted=tenders.submit,
        )
        intake = Intake(
            journey=journey,
            receivers=Receivers(journey.take, journey.work, bell.ring, stopping.is_set),
            settling=Settling(self._patience(once=once), self.inbox.gap),
            bell=bell,
            say=say,
        )
        inbox = self.settings.inbox
        return Service(
            alone=self.alone,
            tidy_up=self.numbers.sweep,
            cabinet=self.cabinet,
            book=self.book,
            index=self.index,
            codes=self.status_codes,
            seal=lambda: self.seals.seal_if_due(self.clock.now()),
            intake=intake,
            tenders=tenders,
            watch=Watch(bell, self.layout.inbox, native=not inbox.polling),
            engines=(reader, press),
            interval=inbox.interval,
            stopping=stopping,
        )

    def _patience(self, *, once: bool) -> Patience:
        from pipeline.intake.at_rest import Patience

        inbox = self.settings.inbox
        return Patience(
            quiet=inbox.quiet, incomplete=min(inbox.incomplete, ONCE_PATIENCE) if once else inbox.incomplete
        )
