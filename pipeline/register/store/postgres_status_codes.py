"""Status codes of an office of many, in PostgreSQL: a view of the first lines of all cases.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from functools import cache

from pipeline.cases.case_number import CaseNumber, in_volume
from pipeline.cases.fold import fold
from pipeline.cases.journal import entries_of
from pipeline.errors import ArchiveFault
from pipeline.register.complainant_status import NO_CODE, folded_code
from pipeline.register.row import Edition
from pipeline.register.store.postgres_views import followed, note_followed
from pipeline.storage.postgres import Database, Row

_CODES = "kode-status"
_BATCH = 500


class PostgresStatusCodes:
    """Which case a status code belongs to: keyed hashes, so that the table alone asks for no complaint."""

    def __init__(self, database: Database, key: Callable[[], bytes]) -> None:
        self._database, self._secret = database, cache(key)

    def find(self, typed: str) -> CaseNumber | None:
        """Return the case of a code as people write it, or None; every answer costs the same work."""
        self.refresh()
        wanted = self._hash(folded_code(typed) or NO_CODE)
        found = self._database.rows("SELECT tahun, urut FROM kode_status WHERE sidik = %s", (wanted,))
        return in_volume(*found[0]) if len(found) == 1 else None

    def refresh(self) -> None:
        """Take in the cases that were registered since the last time, some hundred in each transaction."""
        known = self._hash("").hex()
        question = "SELECT posisi = (SELECT posisi FROM kantor) AND program = %s FROM pandangan WHERE nama = %s"
        while self._database.beside.row(question, (known, _CODES)) != (True,):
            if not self._take_in(known):
                return

    def rebuild(self) -> None:
        """Make the table anew from the journals alone."""
        with self._database.beside.transaction() as running:
            followed(running, _CODES)
            running.execute("DELETE FROM kode_status")
            running.execute("UPDATE pandangan SET posisi = 0 WHERE nama = %s", (_CODES,))
        self.refresh()

    def _take_in(self, known: str) -> bool:
        """Take in the first lines that follow; say whether there may be more."""
        question = (
            "SELECT posisi, baris FROM saksi JOIN jurnal USING (tahun, urut, seq, hash)"
            " WHERE seq = 1 AND posisi > %s ORDER BY posisi LIMIT %s"
        )
        with self._database.beside.transaction() as running:
            position, key, _ = followed(running, _CODES) or (0, "", "")
            end = running.execute("SELECT posisi FROM kantor").fetchone() or (0,)
            lines = running.execute(question, (position if key == known else 0, _BATCH)).fetchall()
            running.many(
                "INSERT INTO kode_status VALUES (%s, %s, %s) ON CONFLICT (tahun, urut)"
                " DO UPDATE SET sidik = excluded.sidik",
                [row for _, line in lines if (row := self._row(bytes(line)))],
            )
            more = len(lines) == _BATCH
            note_followed(running, _CODES, lines[-1][0] if more else end[0], Edition(known, ""))
        return more

    def _row(self, line: bytes) -> Row | None:
        try:
            case = fold(entries_of(line, "baris pertama"))
        except ArchiveFault:
            return None  # `verify` names what is wrong with it
        code = folded_code(case.received.status_code)
        return (case.number.volume, case.number.serial, self._hash(code)) if code else None

    def _hash(self, text: str) -> bytes:
        return hmac.digest(self._secret(), text.encode(), hashlib.sha256)
