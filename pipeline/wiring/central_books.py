"""An office of many: its books of lines, which lie with its cases at the centre."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING

from pipeline.wiring.central_persons import CentralPersons

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from pipeline.archive.ports import Finding
    from pipeline.evidence.store.postgres_seals import PostgresBooks, PostgresSeals
    from pipeline.intake.store.postgres_agent_signs import PostgresAgentSigns
    from pipeline.intake.store.postgres_ledger import PostgresLedger
    from pipeline.privacy.store.central_log_books import CentralLogBooks
    from pipeline.register.store.postgres_year_ends import CentralVersions
    from pipeline.register.store.year_ends import YearEndRecord
    from pipeline.storage.postgres_versions import PostgresVersions


class CentralBooks(CentralPersons):
    """A root whose books of lines are at the centre: inbox account, access log, seals, closed years."""

    @cached_property
    def ledger(self) -> PostgresLedger:
        """What was taken from the inbox and what became of it."""
        from pipeline.intake.store.postgres_ledger import PostgresLedger

        return PostgresLedger(self.database)

    @cached_property
    def agent_signs(self) -> PostgresAgentSigns:
        """Which agents of remote offices came, to whichever desk."""
        from pipeline.intake.store.postgres_agent_signs import PostgresAgentSigns

        return PostgresAgentSigns(self.database)

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

    @cached_property
    def seals(self) -> PostgresSeals:
        """The seals."""
        from pipeline.evidence.store.postgres_seals import PostgresSeals
        from pipeline.evidence.store.seals import FolderBooks

        key, files = (lambda: self.keys.key("segel")), FolderBooks(self.layout)
        beside, folders = self.layout.sealed_books, self.office_folders
        return PostgresSeals(self.database, key, files, self.states.note, beside, folders)

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
        from pipeline.cases.store.version_records import EDITION_SUFFIX
        from pipeline.storage.postgres_lines import EDITIONS
        from pipeline.storage.postgres_versions import PostgresVersions

        refused = partial(self._changed_elsewhere, "SOP kantor")
        made = PostgresVersions(self.database, EDITIONS, EDITION_SUFFIX, refused)
        return self._kept_centrally(made, self.layout.sop_record)

    @cached_property
    def service_record(self) -> PostgresVersions:
        """Which of the office's services were taken into use; the same for every machine of it."""
        from pipeline.cases.store.version_records import SERVICE_SUFFIX
        from pipeline.storage.postgres_lines import SERVICES
        from pipeline.storage.postgres_versions import PostgresVersions

        refused = partial(self._changed_elsewhere, "Layanan kantor")
        made = PostgresVersions(self.database, SERVICES, SERVICE_SUFFIX, refused)
        return self._kept_centrally(made, self.layout.service_record)

    def take_over_records(self) -> None:
        """Have the records at the centre that an earlier version of the program left in the office's folder."""
        _ = self.edition_record, self.service_record
        super().take_over_records()

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

        return {book: int(told["bita"]) for book, told in closed_books(self.removal_book).items()}

    def verify_beside(self) -> list[Finding]:
        """Return what is wrong with what lies beside the cases, at the centre and in the office's folder."""
        from pipeline.evidence.store.office_folders import elsewhere_finding
        from pipeline.evidence.store.verify import record_findings
        from pipeline.evidence.store.verify_books import account_findings
        from pipeline.privacy.store.matter_books import BOOKS, line_faults
        from pipeline.privacy.store.removals import closing_findings

        records = record_findings(
            self.layout,
            self._closed_years.faults(),
            self.edition_record,
            self.service_record,
            self.survey_faults(),
            line_faults({name: self._matters(name) for name in BOOKS}),
        )
        closings = closing_findings(self.removal_book, self.log_books)
        found = [*self.access_log.verify(), *closings, *self.ledger.findings(), *records]
        if elsewhere := elsewhere_finding(self.office_folders):  # what this folder noted of accounts was not sealed
            return [*found, elsewhere]
        alone, seals = not self.office_folders.ever_beside(), self.seals.everything()
        books, states, closed = self.sealed_books, self.account_states, self.closed_logs
        return [*found, *account_findings(self.layout, seals, books, states, closed=closed, alone=alone, apart=True)]

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
