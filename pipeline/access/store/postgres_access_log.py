"""The access log of an office of many, in PostgreSQL: the chained lines that a folder has in ``archive/akses``.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile

from pipeline.access.log_chain import OPENED, chain_faults, first_line, link_of, next_line
from pipeline.archive.ports import Finding
from pipeline.cases.journal import GENESIS, Entry, Journal, read_journal
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_lines import ACCESS, PostgresLines


class PostgresAccessLog:
    """The log of one office (see the port), appended to by many threads and processes."""

    def __init__(self, database: Database) -> None:
        self._lines = PostgresLines(database, ACCESS)

    def append(
        self,
        at: datetime,
        login: str,
        route: str,
        roles: Iterable[str],
        case: str = "",
        about: str = "",
        reason: str = "",
    ) -> None:
        """Write that somebody is about to see something, or to change an account; who does it calls this first."""
        with self._lines.held():
            _, month, newest = self._lines.last() or (0, "", b"")
            link = link_of(newest) or (0, GENESIS)
            if (current := max(f"{at:%Y-%m}", month)) != month:  # a clock that ran back goes on in the newest month
                line, opened = first_line(at, (month, link[1]) if month else None)
                self._lines.append(current, line)
                link = opened.seq, opened.hash
            self._lines.append(current, next_line(link, at, login, route, roles, case, about, reason)[0])

    def entries(self, month: str, behind: Entry | None = None) -> tuple[Entry, ...]:
        """Return the lines of a month (``2026-11``) that can be relied upon, oldest first; or those behind one."""
        read = self._month(month) if behind is None else self._behind(month, behind)
        return tuple(entry for entry in read.entries if entry.kind != OPENED)

    def months(self) -> list[str]:
        """Return the months that have lines, the newest first."""
        return self._lines.parts()[::-1]

    def verify(self) -> list[Finding]:
        """Return everything that is wrong with the chain, within each month and from month to month."""
        return [*chain_faults((month, self._month(month)) for month in self._lines.parts())]

    def flush(self) -> None:
        """Do nothing: what is written is durable at once."""

    def _behind(self, month: str, behind: Entry) -> Journal:
        newer = list(takewhile(lambda line: link_of(line) != (behind.seq, behind.hash), self._lines.newest_in(month)))
        return read_journal(b"".join(reversed(newer)), behind)

    def _month(self, month: str) -> Journal:
        return read_journal(b"".join(line for _, line in self._lines.lines(month)))
