"""An office of many: its books of lines, which lie with its cases at the centre."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.wiring.central_servers import RootWithDatabase

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.access.store.postgres_access_log import PostgresAccessLog
    from pipeline.evidence.store.postgres_seals import PostgresBooks, PostgresSeals
    from pipeline.intake.store.postgres_ledger import PostgresLedger
    from pipeline.privacy.store.central_log_books import CentralLogBooks
    from pipeline.register.store.postgres_year_ends import CentralVersions
    from pipeline.register.store.year_ends import YearEndRecord


class CentralBooks(RootWithDatabase):
    """A root whose books of lines are at the centre: inbox account, access log, seals, closed years."""

    @cached_property
    def ledger(self) -> PostgresLedger:
        """What was taken from the inbox and what became of it."""
        from pipeline.intake.store.postgres_ledger import PostgresLedger

        return PostgresLedger(self.database)

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

        return PostgresSeals(self.database, lambda: self.keys.key("segel"), FolderBooks(self.layout), self.states.note)

    @property
    def sealed_books(self) -> PostgresBooks:
        """The books of lines that seals cover."""
        from pipeline.evidence.store.postgres_seals import PostgresBooks
        from pipeline.evidence.store.seals import FolderBooks

        return PostgresBooks(self.database, FolderBooks(self.layout))

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
