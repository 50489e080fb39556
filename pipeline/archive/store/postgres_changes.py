"""The witnesses of an office of many, in PostgreSQL: which line of which case came in which order.

A line of a journal and its witness are written in one transaction; the office's position is taken last of all.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from pipeline.archive.ports import Change
from pipeline.archive.store.witness_log import witness_line
from pipeline.cases.case_number import CaseNumber, in_volume
from pipeline.cases.journal import Entry
from pipeline.storage.postgres import Database, Row, Transaction
from pipeline.storage.postgres_moving import refuse_moved

#: Witnesses that are read at once.
_PAGE = 1000
#: Behind every position (the database's largest number).
_LAST = 2**63 - 1


class PostgresChanges:
    """The witnesses of an office: case heads in the order in which they were committed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def size(self) -> int:
        """Return the position of the last witness (0 before the first)."""
        found = self._database.row("SELECT posisi FROM kantor")
        return int(found[0]) if found else 0

    def since(self, position: int) -> tuple[list[Change], int]:
        """Return the changes behind a position, and that of the last."""
        question = "SELECT tahun, urut, seq, hash, posisi FROM saksi WHERE posisi > %s ORDER BY posisi"
        rows = self._database.rows(question, (position,))
        changes = [Change(in_volume(volume, serial), seq, head) for volume, serial, seq, head, _ in rows]
        return changes, rows[-1][4] if rows else position

    def written(self, start: int = 0, end: int = _LAST) -> Iterator[tuple[bytes, Change, int]]:
        """Yield the witnesses between two positions as a folder's list has them: bytes, what they say, end."""
        question = (
            "SELECT sisa, tahun, urut, seq, hash, posisi FROM saksi WHERE posisi > %s AND posisi <= %s"
            " ORDER BY posisi LIMIT %s"
        )
        while rows := self._database.rows(question, (start, end, _PAGE)):
            for rest, volume, serial, seq, head, start in rows:
                change = Change(in_volume(volume, serial), seq, head)
                yield bytes(rest) + witness_line(change), change, start


def insert_line(running: Transaction, number: CaseNumber, line: bytes, entry: Entry) -> None:
    """Write a line of a journal, to be witnessed when the transaction ends.

    The office's position is taken last of all, for whoever has it keeps the others of the office waiting; so positions
    are committed in their order, and who follows them misses none.
    """
    running.execute(
        "INSERT INTO jurnal (tahun, urut, seq, prev, hash, baris) VALUES (%s, %s, %s, %s, %s, %s)",
        (number.volume, number.serial, entry.seq, entry.prev, entry.hash, line),
    )
    running.at_the_end(write_witnesses, (number.volume, number.serial, entry.seq, entry.hash))
    running.proven_by(lambda later: _has_line(later, number, entry))


def write_witnesses(running: Transaction, heads: list[Row]) -> None:
    """Witness heads (volume, serial, seq, hash), in order, taking the office's position.

    Raises:
        Passing: the schema is no longer of this program's form, so that nothing of the transaction counts.
    """
    sizes = [len(witness_line(Change(in_volume(volume, serial), seq, head))) for volume, serial, seq, head in heads]
    ours = "UPDATE kantor SET posisi = posisi + %s WHERE keluar IS NULL RETURNING posisi"
    if (found := running.execute(ours, (sum(sizes),)).fetchone()) is None:
        refuse_moved(running.execute("SELECT keluar FROM kantor").fetchone())
    (position,) = found or (0,)
    running.look_at_form()  # in a statement of its own: one that waited for the position would see the form of before
    start = position - sum(sizes)
    running.many(
        "INSERT INTO saksi (posisi, tahun, urut, seq, hash) VALUES (%s, %s, %s, %s, %s)",
        [(start + end, *head) for end, head in zip(accumulate(sizes), heads, strict=True)],
    )


def _has_line(later: Transaction, number: CaseNumber, entry: Entry) -> bool:
    later.execute("SELECT 1 FROM kantor FOR UPDATE")  # whoever is still committing the line has it
    question = "SELECT 1 FROM jurnal WHERE tahun = %s AND urut = %s AND seq = %s AND hash = %s"
    return later.execute(question, (number.volume, number.serial, entry.seq, entry.hash)).fetchone() is not None
