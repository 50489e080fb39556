"""Removing what was kept for its term: months of the access log, particulars of accounts; and what stays of them.

For each year of the access log that was closed a line in ``archive/.data-pribadi/dihapus`` names every month with its
bytes, its SHA-256 and the head of its chain. The line is written and sealed before a file goes; a crash in between
leaves files that a line says are gone, and closing again takes them away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from pipeline.access.ports import Accounts
from pipeline.access.store.access_log import MonthlyAccessLog
from pipeline.archive.ports import Finding
from pipeline.archive.store.layout import Layout
from pipeline.cases.journal import read_journal
from pipeline.errors import NotAllowed
from pipeline.privacy.matters import By, next_number
from pipeline.privacy.ports import MatterBook, MatterLine
from pipeline.privacy.terms import ACCESS_LEAST, ACCOUNT_CLEARED, CLEARED, LOG_CLOSED
from pipeline.storage import disk, locks

_FOLDER = "archive/akses"
_REMEDY = "Jalankan `yankomas verify`; jangan hapus apa pun sebelum temuannya jelas."


class LogBooks(Protocol):
    """The months of an office's access log, as books that seals cover (``archive/akses/2013-01.jsonl``)."""

    def names(self) -> list[str]:
        """Return those that are there, the oldest first."""

    def data(self, book: str) -> bytes:
        """Return what one holds."""

    def held(self) -> AbstractContextManager[None]:
        """Hold the log: nobody adds to it meanwhile."""

    def remove(self, year: int) -> None:
        """Remove the months of a year, durably."""


class FolderLogBooks:
    """The months in an office's folder."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def names(self) -> list[str]:
        """Return those that are there, the oldest first."""
        log = MonthlyAccessLog(self._layout)
        log.flush()
        return [f"{_FOLDER}/{month}.jsonl" for month in reversed(log.months())]

    def data(self, book: str) -> bytes:
        """Return what one holds."""
        return (self._layout.root / book).read_bytes()

    def held(self) -> AbstractContextManager[None]:
        """Hold the log: nobody adds to it meanwhile."""
        return locks.held(self._layout.locks / "akses")

    def remove(self, year: int) -> None:
        """Remove the months of a year, durably."""
        for path in sorted(self._layout.access.glob(f"{year}-*.jsonl")):
            disk.remove(path)
        disk.sync_folder(self._layout.access)


class OfficeRemovals:
    """Removes in one office, and notes it in a book.

    ``seal`` seals what is written; ``faults`` says what is wrong with some books by the seals, or with the log's chain.
    """

    def __init__(
        self,
        book: MatterBook,
        log: LogBooks,
        accounts: Callable[[], Accounts],
        seal: Callable[[], object],
        faults: Callable[[Collection[str]], list[str]],
    ) -> None:
        self._book, self._log, self._accounts, self._seal, self._faults = book, log, accounts, seal, faults

    def close(self, year: int, reason: str, by: By, now: datetime, term: int) -> None:
        """Close a year of the access log: seal it, prove it, note it, seal the note, remove the months."""
        books = [book for book in self._log.names() if book.startswith(f"{_FOLDER}/{year}-")]
        self._seal()
        closed = closed_books(self._book)
        new = [book for book in books if book not in closed]
        if faults := self._faults(new):
            raise NotAllowed(f"Catatan akses {year} tidak utuh: {faults[0]}.", _REMEDY)
        with self._log.held():
            closed = closed_books(self._book)  # another desk may have been faster, and its months are gone
            told = [
                {"buku": book, "bita": len(data := self._log.data(book)), "sha256": hashlib.sha256(data).hexdigest()}
                | {"ujung": read_journal(data).head}
                for book in new
                if book not in closed
            ]
            if told:
                said = {"tahun": year, "bulan": told, "kata": reason, "masa": term}
                self._book.add(lambda lines: MatterLine(next_number(lines), LOG_CLOSED, now, by.login, by.role, said))
        self._seal()
        self._log.remove(year)

    def clear(self, login: str, reason: str, by: By, now: datetime) -> None:
        """Clear an account; that it was is noted first, without the name."""
        said = {"akun": login, "kata": reason}
        self._book.add(lambda lines: MatterLine(next_number(lines), ACCOUNT_CLEARED, now, by.login, by.role, said))
        self._accounts().clear(login, CLEARED)
        self._seal()

    def lines(self) -> Sequence[MatterLine]:
        """Return what was removed, when, by whom and why."""
        return self._book.lines()


def closed_books(removals: MatterBook) -> dict[str, dict[str, Any]]:
    """Return the books of the access log that were closed, with what was noted of each, by their path."""
    return {
        str(month["buku"]): {**month, "tahun": line.told["tahun"], "masa": line.told["masa"], "at": line.at}
        for line in removals.lines()
        if line.act == LOG_CLOSED
        for month in line.told["bulan"]
    }


def closing_findings(removals: MatterBook, log: LogBooks) -> Iterator[Finding]:
    """Yield closings that no term allows, and months that are there although they were closed, or begin in a gap."""
    closed, there = closed_books(removals), log.names()
    for book, told in closed.items():
        where = book.removeprefix("archive/")
        if told["at"].year - told["tahun"] <= max(int(told["masa"]), ACCESS_LEAST) or f"{told['tahun']}-" not in book:
            fact = "Ditutup sebelum masa simpannya lewat."
            yield Finding(where, "masa-simpan", fact, "Pulihkan dari cadangan; laporkan kepada atasan.")
        if book in there:
            fact = "Sudah ditutup, tetapi berkasnya masih ada."
            yield Finding(
                where, "masa-simpan", fact, f"Jalankan `yankomas masa-simpan --tutup-akses {told['tahun']}` lagi."
            )
    heads = [told["ujung"] for _, told in sorted(closed.items())]
    if heads and there and there[0] > max(closed):
        first = read_journal(log.data(there[0])).entries
        if not first or first[0].data.get("head") != heads[-1]:
            fact = "Tidak menyambung pada bulan terakhir yang ditutup."
            where = there[0].removeprefix("archive/").removesuffix(".jsonl")
            yield Finding(where, "rantai", fact, "Pulihkan dari cadangan.")
