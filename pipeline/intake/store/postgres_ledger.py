"""The account of the inbox of an office of many, in PostgreSQL: the lines that a folder has in ``.kotak-masuk``.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from datetime import datetime

from pipeline.archive.ports import Finding
from pipeline.cases.case_number import CaseNumber
from pipeline.intake.account import CLOSED_AFTER, Account, Line, Settled, unknown
from pipeline.intake.account_lines import given_numbers, read_line, write_line
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_lines import INBOX, PostgresLines


class PostgresLedger:
    """The account of one office (see the port); several processes may note, several threads may read."""

    def __init__(self, database: Database) -> None:
        self._lines = PostgresLines(database, INBOX)
        self._account, self._read = Account(), 0
        self._reading = threading.Lock()

    def note(self, line: Line) -> None:
        """Note a line, so that it outlives a power cut."""
        with self._lines.held():
            self._lines.append(str(line.at.year), write_line(line))

    def account(self, now: datetime) -> Account:
        """Return the account as it stands now; what was read before is not read again."""
        with self._reading:
            for place, raw in self._lines.lines(after=self._read):
                self._read = max(self._read, place)
                if (line := read_line(raw)) is not None:
                    self._account.add(line)
            self._account.close(now - CLOSED_AFTER)
            return self._account.copy()

    def everything(self) -> Account:
        """Return the whole account, every file that ever came; reads all of it."""
        account = Account()
        for _, raw in self._lines.lines():
            if (line := read_line(raw)) is not None:
                account.add(line)
        return account

    def findings(self) -> Iterator[Finding]:
        """Say where lines cannot be read; nothing depends on them."""
        broken = sum(read_line(raw) is None for _, raw in self._lines.lines())
        if broken:
            fact = f"{broken} baris buku kotak masuk tidak dapat dibaca."
            yield Finding(INBOX, "kotak-masuk", fact, "Pulihkan basis data dari cadangan.")

    def given(self) -> Iterator[tuple[CaseNumber, str]]:
        """Yield every number that was given for a file, with its claim, as often as it was noted."""
        for _, raw in self._lines.lines():
            yield from given_numbers(raw)

    def stamp(self) -> object:
        """Return what is another value whenever a line was noted."""
        last = self._lines.last()
        return last[0] if last else 0

    def recover(self, found: Iterable[Settled]) -> int:
        """Note what was found of files that are not known here, or not to their end; return of how many."""
        missing = unknown(found, self.everything())
        for line in missing:
            self.note(line)
        return len(missing)
