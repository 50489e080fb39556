"""How many receipts went out lately: hashes of addresses and moments.

What is older than a day goes when the next one is counted.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from pipeline.mail.ports import COUNTED, ReceiptCount
from pipeline.storage.rows import KeptRows
from pipeline.storage.small_records import SmallFile, SmallRecords

RECEIPTS = SmallFile(
    "tanda-terima-surel.sqlite3",
    "Hitungan tanda terima",
    """
CREATE TABLE IF NOT EXISTS receipts (
    message TEXT PRIMARY KEY, whose TEXT NOT NULL, at REAL NOT NULL) STRICT, WITHOUT ROWID;
""",
    {"receipts": ("message", "whose", "at")},
    "Hitungan tanda terima tidak dapat ditulis, jadi tidak ada yang dikirim.",
)


class StoredReceiptCounts:
    """The counts, wherever their rows are kept. What the port says of each method is said once, there."""

    def __init__(self, rows: KeptRows) -> None:
        self._rows = rows

    def count(self, message: str, address: str, at: datetime) -> None:
        """Count a receipt that is about to go to an address."""
        with self._rows.changing() as rows:
            rows.execute("DELETE FROM receipts WHERE at < ?", ((at - COUNTED).timestamp(),))
            counted = (message, _whose(address), at.timestamp())
            rows.execute("INSERT INTO receipts VALUES (?, ?, ?) ON CONFLICT DO NOTHING", counted)

    def lately(self, address: str, now: datetime) -> ReceiptCount:
        """Return how many went out."""
        hour, day = (now - COUNTED / 24).timestamp(), (now - COUNTED).timestamp()
        asked = (
            "SELECT count(CASE WHEN at > ? THEN 1 END) AS hour, count(CASE WHEN whose = ? AND at > ? THEN 1 END) AS day"
            " FROM receipts"
        )
        with self._rows.reading() as rows:
            found = rows.execute(asked, (hour, _whose(address), day)).fetchone()
        return ReceiptCount(found["hour"], found["day"])

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        self._rows.close()


class SqliteReceiptCounts(StoredReceiptCounts):
    """The counts in a folder; opened at their first use."""

    def __init__(self, folder: Path) -> None:
        super().__init__(SmallRecords(folder, RECEIPTS))


def _whose(address: str) -> str:
    return hashlib.sha256(address.casefold().encode()).hexdigest()
