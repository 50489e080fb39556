"""An office of many: its people and its books of lines, which lie with its cases at the centre."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.wiring.central_servers import RootWithDatabase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from pipeline.access.store.postgres_access_log import PostgresAccessLog
    from pipeline.access.store.postgres_people import PostgresPeople
    from pipeline.archive.ports import Finding
    from pipeline.evidence.store.office_folders import OfficeFolders
    from pipeline.evidence.store.postgres_seals import PostgresBooks, PostgresSeals
    from pipeline.intake.store.postgres_ledger import PostgresLedger
    from pipeline.office.ports import Handovers
    from pipeline.office.store.postgres_handovers import PostgresHandovers
    from pipeline.privacy.store.central_log_books import CentralLogBooks
    from pipeline.register.store.postgres_year_ends import CentralVersions
    from pipeline.register.store.year_ends import YearEndRecord
    from pipeline.storage.postgres_versions import PostgresVersions
    from pipeline.storage.taking_over import FolderOfBefore


class CentralBooks(RootWithDatabase):
    """A root whose people and books of lines are at the centre: inbox account, access log, seals, closed years."""

    @cached_property
    def ledger(self) -> PostgresLedger:
        """What was taken from the inbox and what became of it."""
        from pipeline.intake.store.postgres_ledger import PostgresLedger

        return PostgresLedger(self.database)

    @property
    def people(self) -> PostgresPeople:
        """The people of the office, the same at each of its desks.

        Raises:
            SettingsFault, Passing: as :func:`pipeline.access.store.postgres_people_moves.open_people`.
        """
        return self._people

    @cached_property
    def _people(self) -> PostgresPeople:
        from pipeline.access.store.postgres_people import PostgresPeople
        from pipeline.access.store.postgres_people_moves import open_people

        open_people(self.database, self._folder_of_before)
        return PostgresPeople(self.database, log=self.access_log)

    @property
    def handovers(self) -> Handovers:
        """The record of roles that were handed over, the same at each desk of the office.

        Where it is still to come from another folder, what this one has can be read, as before: cases go on meanwhile.

        Raises:
            Passing: a desk of an earlier version still works with it; or the centre is away.
        """
        from pipeline.errors import SettingsFault
        from pipeline.office.store.postgres_handovers import HandoversOfBefore

        try:
            return self._handovers
        except SettingsFault as fault:
            return HandoversOfBefore(self.layout.people, fault)

    @cached_property
    def _handovers(self) -> PostgresHandovers:
        from pipeline.office.store.postgres_handovers import PostgresHandovers, open_handovers

        open_handovers(self.database, self._folder_of_before)
        return PostgresHandovers(self.database)

    @property
    def _folder_of_before(self) -> FolderOfBefore:
        """The folder in which an earlier version kept what is at the centre now."""
        from functools import partial

        from pipeline.backup.store.central_moves import newest_aside, place_aside
        from pipeline.storage.taking_over import FolderOfBefore

        layout = self.layout
        return FolderOfBefore(
            folder=layout.people,
            lock=layout.locks / "akun",
            desk=layout.desk_lock,
            aside=partial(place_aside, layout),
            kept=partial(newest_aside, layout),
            elsewhere=self._taken_elsewhere,
        )

    def _taken_elsewhere(self) -> tuple[str, str] | None:
        """Return that the office is not run from this folder, so nothing is taken over from here; what to do."""
        if (told := self.office_folders.elsewhere()) is None:
            return None
        first = "Jalankan versi program ini di sana dahulu (`yankomas doctor`), lalu ulangi di sini."
        return told.fact, told.remedy if self.office_folders.run_from() is None else first

    @property
    def lacks_people(self) -> bool:
        """Whether the office's people are neither at the centre yet nor in this folder, from which they would come."""
        from pipeline.access.store.people_file import FILE
        from pipeline.access.store.postgres_people_moves import central_people

        before = self._folder_of_before
        is_here = (before.folder / FILE).is_file() or before.kept(FILE)
        return not is_here and central_people(self.database) is None

    @property
    def has_accounts(self) -> bool:
        """Whether there is anything to be said of accounts."""
        return True

    def account_states(self) -> Mapping[str, str]:
        """Return a hash of each account and each token, as they are now: at the centre, or still in this folder."""
        from pipeline.access.store.postgres_people_moves import central_account_states
        from pipeline.errors import SettingsFault

        try:
            _ = self._people
        except SettingsFault:  # they are to come from another folder: what is done here is sealed meanwhile
            return super().account_states()
        return central_account_states(self.database)

    @property
    def access_log(self) -> PostgresAccessLog:
        """The access log."""
        from pipeline.access.store.postgres_access_log import PostgresAccessLog

        return PostgresAccessLog(self.database)

    @cached_property
    def seals(self) -> PostgresSeals:
        """The seals."""
        from pipeline.evidence.store.postgres_seals import PostgresSeals
        from pipeline.evidence.store.seals import FolderBooks

        key, files = (lambda: self.keys.key("segel")), FolderBooks(self.layout)
        beside, folders = self.layout.sealed_books, self.office_folders
        return PostgresSeals(self.database, key, files, self.states.note, beside, folders)

    @property
    def office_folders(self) -> OfficeFolders:
        """From which folder the office is run."""
        from pipeline.evidence.store.office_folders import OfficeFolders

        return OfficeFolders(self.database, self.layout.root)

    @property
    def seal_key_to_look_with(self) -> bytes | None:
        """The key with which the office's seals were made; None if this is not the folder from which it is run."""
        return self.keys.known("segel") if self.office_folders.is_here() else None

    def require_run_here(self) -> None:
        """Make sure that this folder's books are the sealed ones, which go along where the office is written down.

        Raises:
            UsageFault: the office is run from another folder, and they are not.
        """
        from pipeline.errors import UsageFault
        from pipeline.evidence.sealing import book_faults
        from pipeline.evidence.store.postgres_seals import PostgresBooks
        from pipeline.evidence.store.seals import FolderBooks

        if (told := self.office_folders.elsewhere()) is None:
            return
        books = PostgresBooks(self.database, FolderBooks(self.layout))
        if any(book_faults(self.seals.everything(), books, self.closed_logs)):
            raise UsageFault(f"Buku di folder ini bukan yang disegel: {told.fact}.", told.remedy)

    @property
    def sealed_books(self) -> PostgresBooks:
        """The books of lines that seals cover."""
        from pipeline.evidence.store.postgres_seals import PostgresBooks
        from pipeline.evidence.store.seals import FolderBooks

        return PostgresBooks(self.database, FolderBooks(self.layout), self.office_folders)

    @cached_property
    def edition_record(self) -> PostgresVersions:
        """Which of the office's own editions were installed, withdrawn, began; the same for every machine of it."""
        from pipeline.cases.store.own_editions import EDITION_SUFFIX
        from pipeline.storage.postgres_lines import EDITIONS
        from pipeline.storage.postgres_versions import PostgresVersions

        return self._kept_centrally(PostgresVersions(self.database, EDITIONS, EDITION_SUFFIX), self.layout.sop_record)

    @cached_property
    def service_record(self) -> PostgresVersions:
        """Which of the office's services were taken into use; the same for every machine of it."""
        from pipeline.cases.store.service_shelf import SERVICE_SUFFIX
        from pipeline.storage.postgres_lines import SERVICES
        from pipeline.storage.postgres_versions import PostgresVersions

        made = PostgresVersions(self.database, SERVICES, SERVICE_SUFFIX)
        return self._kept_centrally(made, self.layout.service_record)

    def take_over_records(self) -> None:
        """Have the records at the centre that an earlier version of the program left in the office's folder."""
        from pipeline.errors import SettingsFault

        _ = self.edition_record, self.service_record
        with suppress(SettingsFault):  # of another folder: they come from there
            _ = self._handovers

    def _kept_centrally(self, record: PostgresVersions, folder: Path) -> PostgresVersions:
        """Return a record, once it has what an earlier version of the program left in the office's folder."""
        if self._begins_editions and folder.is_dir() and record.take_over(folder):
            from pipeline.backup.store.central_moves import place_aside
            from pipeline.storage import disk

            aside = place_aside(self.layout)
            disk.make_folder(aside)
            with suppress(FileNotFoundError):  # another process was faster
                disk.rename(folder, aside / folder.name)
        return record

    @property
    def closed_logs(self) -> dict[str, int]:
        """The books of the access log that were closed and removed, each with its length."""
        from pipeline.privacy.store.removals import closed_books

        return {book: int(told["bita"]) for book, told in closed_books(self.layout).items()}

    def verify_beside(self) -> list[Finding]:
        """Return what is wrong with what lies beside the cases, at the centre and in the office's folder."""
        from pipeline.evidence.store.office_folders import elsewhere_finding
        from pipeline.evidence.store.verify import record_findings
        from pipeline.evidence.store.verify_books import account_findings
        from pipeline.privacy.store.removals import closing_findings

        records = record_findings(self.layout, self._closed_years.faults(), self.edition_record, self.service_record)
        closings = closing_findings(self.layout, self.log_books)
        found = [*self.access_log.verify(), *closings, *self.ledger.findings(), *records]
        if elsewhere := elsewhere_finding(self.office_folders):  # what this folder noted of accounts was not sealed
            return [*found, elsewhere]
        alone, seals = not self.office_folders.ever_beside(), self.seals.everything()
        return [*found, *account_findings(self.layout, seals, self.sealed_books, self.account_states, alone=alone)]

    def verify_changed(self, since: int | None) -> list[Finding]:
        """Return what is wrong with what a backup of the folder keeps; its cases are the centre's, and not of it.

        While the centre is away its books cannot be held against each other, and the folder is kept all the same.
        """
        from pipeline.errors import Passing
        from pipeline.evidence.store.postgres_verify_records import seal_findings
        from pipeline.evidence.store.verify import strangers

        try:
            seals = seal_findings(self.database, self.seal_key_to_look_with, self.sealed_books, self.closed_logs)
            return [*strangers(self.layout), *seals, *self.verify_beside()]
        except Passing:
            return super().verify_changed(since)

    @property
    def log_books(self) -> CentralLogBooks:
        """The months of the access log."""
        from pipeline.privacy.store.central_log_books import CentralLogBooks

        return CentralLogBooks(self.database)

    @property
    def _closed_years(self) -> CentralVersions:
        from pipeline.register.store.postgres_year_ends import CentralVersions

        return CentralVersions(self.database, self.objects)

    @cached_property
    def year_ends(self) -> YearEndRecord:
        """The years whose register was closed."""
        from pipeline.register.store.postgres_year_ends import central_year_ends

        return central_year_ends(self._closed_years, self._no_number_given, self._is_known_wrong)

    def _is_known_wrong(self, at: datetime) -> bool:
        from pipeline.archive.store.postgres_clock_faults import is_known_wrong

        return is_known_wrong(self.database, at)
