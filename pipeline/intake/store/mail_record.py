"""What is known of fetched mails by their content, in a small SQLite file: hashes and moments, no word of a mail."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pipeline.storage.small_records import SmallRecords

FILE = "kotak-surel.sqlite3"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS mails (
    content TEXT PRIMARY KEY, sha256 TEXT NOT NULL, at TEXT NOT NULL, settled INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""


class SqliteMailRecord:
    """The record in a folder; opened at its first use. What the port says of each method is said once, there."""

    def __init__(self, folder: Path) -> None:
        self._rows = SmallRecords(
            folder / FILE, _SCHEMA, "Catatan kotak surel tidak dapat ditulis, jadi tidak ada surel yang diambil."
        )

    def first(self, content: str) -> str | None:
        """Return the SHA-256 of the first mail with this content."""
        return found[0] if (found := self._row(content)) else None

    def is_settled(self, content: str) -> bool:
        """Say whether what became of it was noted in the account."""
        found = self._row(content)
        return bool(found and found[1])

    def note(self, content: str, sha256: str, at: datetime) -> None:
        """Note the first mail with this content."""
        self._change("INSERT OR IGNORE INTO mails VALUES (?, ?, ?, 0)", (content, sha256, at.isoformat()))

    def settled(self, content: str) -> None:
        """Note that it was."""
        self._change("UPDATE mails SET settled = 1 WHERE content = ?", (content,))

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        self._rows.close()

    def _row(self, content: str) -> tuple[str, int] | None:
        with self._rows.reading() as base:
            found = base.execute("SELECT sha256, settled FROM mails WHERE content = ?", (content,)).fetchone()
        return (str(found[0]), int(found[1])) if found else None

    def _change(self, words: str, values: tuple[str, ...]) -> None:
        with self._rows.reading() as base:
            base.execute(words, values)
