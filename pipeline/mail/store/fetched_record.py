"""What is known of fetched mails by their content: hashes and moments, no word of a mail."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pipeline.storage.rows import KeptRows
from pipeline.storage.small_records import SmallFile, SmallRecords

FETCHED = SmallFile(
    "kotak-surel.sqlite3",
    "Catatan kotak surel",
    """
CREATE TABLE IF NOT EXISTS mails (
    content TEXT PRIMARY KEY, sha256 TEXT NOT NULL, at TEXT NOT NULL, settled INTEGER NOT NULL) STRICT, WITHOUT ROWID;
""",
    {"mails": ("content", "sha256", "at", "settled")},
    "Catatan kotak surel tidak dapat ditulis, jadi tidak ada surel yang diambil.",
)


class StoredMailRecord:
    """The record, wherever its rows are kept. What the port says of each method is said once, there."""

    def __init__(self, rows: KeptRows) -> None:
        self._rows = rows

    def first(self, content: str) -> str | None:
        """Return the SHA-256 of the first mail with this content."""
        return found[0] if (found := self._row(content)) else None

    def is_settled(self, content: str) -> bool:
        """Say whether what became of it was noted in the account."""
        found = self._row(content)
        return bool(found and found[1])

    def note(self, content: str, sha256: str, at: datetime) -> None:
        """Note the first mail with this content."""
        self._change("INSERT INTO mails VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING", (content, sha256, at.isoformat()))

    def settled(self, content: str) -> None:
        """Note that it was."""
        self._change("UPDATE mails SET settled = 1 WHERE content = ?", (content,))

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        self._rows.close()

    def _row(self, content: str) -> tuple[str, int] | None:
        with self._rows.reading() as base:
            found = base.execute("SELECT sha256, settled FROM mails WHERE content = ?", (content,)).fetchone()
        return (str(found["sha256"]), int(found["settled"])) if found else None

    def _change(self, words: str, values: tuple[str, ...]) -> None:
        with self._rows.changing() as base:
            base.execute(words, values)


class SqliteMailRecord(StoredMailRecord):
    """The record in a folder; opened at its first use."""

    def __init__(self, folder: Path) -> None:
        super().__init__(SmallRecords(folder, FETCHED))
