"""How many receipts went out lately, in a small SQLite file: hashes of addresses and moments, kept for a day."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from pipeline.mail.ports import COUNTED, ReceiptCount
from pipeline.storage.small_records import SmallRecords

FILE = "tanda-terima-surel.sqlite3"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS receipts (
    message TEXT PRIMARY KEY, whose TEXT NOT NULL, at REAL NOT NULL) STRICT, WITHOUT ROWID;
"""


class SqliteReceiptCounts:
    """The counts in a folder; opened at their first use. What the port says of each method is said once, there."""

    def __init__(self, folder: Path) -> None:
        self._rows = SmallRecords(
            folder / FILE, _SCHEMA, "Hitungan tanda terima tidak dapat ditulis, jadi tidak ada yang dikirim."
        )

    def count(self, message: str, address: str, at: datetime) -> None:
        """Count a receipt that is about to go to an address."""
        with self._rows.changing() as rows:
            rows.execute("DELETE FROM receipts WHERE at < ?", ((at - COUNTED).timestamp(),))
            rows.execute("INSERT OR IGNORE INTO receipts VALUES (?, ?, ?)", (message, _whose(address), at.timestamp()))

    def lately(self, address: str, now: datetime) -> ReceiptCount:
        """Return how many went out."""
        hour, day = (now - COUNTED / 24).timestamp(), (now - COUNTED).timestamp()
        asked = "SELECT sum(at > ?), sum(whose = ? AND at > ?) FROM receipts"
        with self._rows.reading() as rows:
            found = rows.execute(asked, (hour, _whose(address), day)).fetchone()
        return ReceiptCount(*(int(count or 0) for count in found))

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        self._rows.close()


def _whose(address: str) -> str:
    return hashlib.sha256(address.casefold().encode()).hexdigest()
