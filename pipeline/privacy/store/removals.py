"""Removing what was kept for its term: months of the access log, particulars of accounts; and what stays of them.

For each year of the access log that was closed a line in ``archive/.data-pribadi/dihapus`` names every month with its
bytes, its SHA-256 and the head of its chain. The line is written and sealed before a file goes; a crash in between
leaves files that a line says are gone, and closing again takes them away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any

from pipeline.access.ports import Accounts
from pipeline.access.store.access_log import MonthlyAccessLog
from pipeline.archive.ports import Finding
from pipeline.archive.store.layout import Layout
from pipeline.cases.journal import read_journal
from pipeline.errors import NotAllowed
from pipeline.privacy.matters import By, next_number
from pipeline.privacy.ports import MatterLine
from pipeline.privacy.store.matter_books import REMOVALS, MatterFile
from pipeline.privacy.terms import ACCESS_LEAST, ACCOUNT_CLEARED, CLEARED, LOG_CLOSED
from pipeline.storage import disk, locks

_REMEDY = "Jalankan `yankomas verify`; jangan hapus apa pun sebelum temuannya jelas."


class FolderRemovals:
    """Removes in one office. ``seal`` seals what is written; ``sealed`` says how far the seals cover each book."""

    def __init__(
        self,
        layout: Layout,
        accounts: Callable[[], Accounts],
        seal: Callable[[], object],
        faults: Callable[[Collection[str]], list[str]],
    ) -> None:
        self._layout, self._accounts, self._seal, self._faults = layout, accounts, seal, faults
        self._book = MatterFile(layout, REMOVALS)

    def close(self, year: int, reason: str, by: By, now: datetime, term: int) -> None:
        """Close a year of the access log: seal it, prove it, note it, seal the note, remove the files."""
        MonthlyAccessLog(self._layout).flush()
        months = [f"{year}-{month:02d}" for month in range(1, 13)]
        paths = [path for month in months if (path := self._layout.access / f"{month}.jsonl").is_file()]
        self._seal()
        books = [f"archive/{self._layout.access.name}/{path.name}" for path in paths]
        closed = closed_books(self._layout)
        if faults := self._faults([book for book in books if book not in closed]):
            raise NotAllowed(f"Catatan akses {year} tidak utuh: {faults[0]}.", _REMEDY)
        with locks.held(self._layout.locks / "akses"):
            told = [
                {"buku": book, "bita": len(data := path.read_bytes()), "sha256": hashlib.sha256(data).hexdigest()}
                | {"ujung": read_journal(data).head}
                for book, path in zip(books, paths, strict=True)
                if book not in closed
            ]
            if told:
                said = {"tahun": year, "bulan": told, "kata": reason, "masa": term}
                self._book.add(lambda lines: MatterLine(next_number(lines), LOG_CLOSED, now, by.login, by.role, said))
        self._seal()
        for path in paths:
            disk.remove(path)
        disk.sync_folder(self._layout.access)

    def clear(self, login: str, reason: str, by: By, now: datetime) -> None:
        """Clear an account; that it was is noted first, without the name."""
        said = {"akun": login, "kata": reason}
        self._book.add(lambda lines: MatterLine(next_number(lines), ACCOUNT_CLEARED, now, by.login, by.role, said))
        self._accounts().clear(login, CLEARED)
        self._seal()

    def lines(self) -> list[MatterLine]:
        """Return what was removed, when, by whom and why."""
        return self._book.lines()


def closed_books(layout: Layout) -> dict[str, dict[str, Any]]:
    """Return the books of the access log that were closed, with what was noted of each, by their path."""
    lines = MatterFile(layout, REMOVALS).lines()
    return {
        str(month["buku"]): {**month, "tahun": line.told["tahun"], "masa": line.told["masa"], "at": line.at}
        for line in lines
        if line.act == LOG_CLOSED
        for month in line.told["bulan"]
    }


def closing_findings(layout: Layout) -> Iterator[Finding]:
    """Yield closings that no term allows, and months that are there although they were closed, or begin in a gap."""
    closed = closed_books(layout)
    for book, told in closed.items():
        where = book.removeprefix("archive/")
        if told["at"].year - told["tahun"] <= max(int(told["masa"]), ACCESS_LEAST) or f"{told['tahun']}-" not in book:
            fact = "Ditutup sebelum masa simpannya lewat."
            yield Finding(where, "masa-simpan", fact, "Pulihkan dari cadangan; laporkan kepada atasan.")
        if (layout.root / book).exists():
            fact = "Sudah ditutup, tetapi berkasnya masih ada."
            yield Finding(
                where, "masa-simpan", fact, f"Jalankan `yankomas masa-simpan --tutup-akses {told['tahun']}` lagi."
            )
    heads = [told["ujung"] for _, told in sorted(closed.items())]
    months = MonthlyAccessLog(layout)
    there = months.months()[::-1]
    if heads and there:
        first = read_journal((layout.access / f"{there[0]}.jsonl").read_bytes()).entries
        after = f"archive/{layout.access.name}/{there[0]}.jsonl" > max(closed)
        if after and (not first or first[0].data.get("head") != heads[-1]):
            fact = "Tidak menyambung pada bulan terakhir yang ditutup."
            yield Finding(f"akses/{there[0]}", "rantai", fact, "Pulihkan dari cadangan.")
