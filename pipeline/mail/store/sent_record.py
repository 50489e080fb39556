"""What was told, outside the archive: keys and moments, and no word of any message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from pipeline.mail.ports import Refusal
from pipeline.storage.rows import KeptRows
from pipeline.storage.small_records import SmallFile, SmallRecords

#: After so long nothing of it is told again in any case that still runs.
KEPT = timedelta(days=800)
SENT = SmallFile(
    "surel.sqlite3",
    "Catatan surel terkirim",
    """
CREATE TABLE IF NOT EXISTS told (key TEXT PRIMARY KEY, at REAL NOT NULL, done INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refused (
    login TEXT PRIMARY KEY, address TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL) STRICT;
""",
    {"told": ("key", "at", "done"), "refused": ("login", "address", "why", "at")},
    "Catatan surel terkirim tidak dapat ditulis, jadi tidak ada surel yang dikirim.",
)


class StoredSentRecord:
    """The record, wherever its rows are kept. What the port says of each method is said once, there."""

    def __init__(self, rows: KeptRows) -> None:
        self._rows = rows
        self._unwritten: dict[str, float] = {}
        self._swept = datetime.min.date()

    def is_told(self, key: str) -> bool:
        """Say whether it was told."""
        return key in self._told

    @cached_property
    def _told(self) -> set[str]:
        """The keys of what was told; no other process adds any while this one tells."""
        with self._rows.reading() as rows:
            return {row["key"] for row in rows.execute("SELECT key FROM told WHERE done = 1").fetchall()}

    def begin(self, keys: Iterable[str], now: datetime) -> None:
        """Note that these are about to be told."""
        begun = [(key, now.timestamp()) for key in keys]
        with self._rows.changing() as rows:
            rows.executemany("INSERT INTO told VALUES (?, ?, 0) ON CONFLICT DO NOTHING", begun)

    def told(self, keys: Iterable[str], now: datetime) -> None:
        """Note that they were told."""
        new = list(keys)
        self._told.update(new)
        self._unwritten |= dict.fromkeys(new, now.timestamp())
        self._write()

    def catch_up(self, now: datetime) -> None:
        """Write what could not be written before, and forget what is long over."""
        if self._unwritten:
            self._write()
        if self._swept != now.date():
            with self._rows.changing() as rows:
                rows.execute("DELETE FROM told WHERE at < ?", ((now - KEPT).timestamp(),))
            self._swept = now.date()

    def _write(self) -> None:
        kept = "INSERT INTO told VALUES (?, ?, 1) ON CONFLICT (key) DO UPDATE SET at = excluded.at, done = 1"
        with self._rows.changing() as rows:
            rows.executemany(kept, [*self._unwritten.items()])
        self._unwritten.clear()

    def refused(self, login: str, refusal: Refusal) -> None:
        """Note that the server takes nothing for an account's address."""
        kept = (login, refusal.address, refusal.why, refusal.at.isoformat())
        with self._rows.changing() as rows:
            rows.execute("DELETE FROM refused WHERE login = ?", (login,))
            rows.execute("INSERT INTO refused VALUES (?, ?, ?, ?)", kept)

    def refusals(self) -> Mapping[str, Refusal]:
        """Return the refusals by login."""
        with self._rows.reading() as rows:
            found = rows.execute("SELECT login, address, why, at FROM refused").fetchall()
        return {row["login"]: Refusal(row["address"], row["why"], datetime.fromisoformat(row["at"])) for row in found}

    def accepted(self, login: str) -> None:
        """Note that the server takes mail for an account."""
        if login in self.refusals():
            with self._rows.changing() as rows:
                rows.execute("DELETE FROM refused WHERE login = ?", (login,))

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        self._rows.close()


class SqliteSentRecord(StoredSentRecord):
    """The record in a folder; opened at its first use."""

    def __init__(self, folder: Path) -> None:
        super().__init__(SmallRecords(folder, SENT))
