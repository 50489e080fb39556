"""Which files of an office are to be deleted from the object store, as rows that the office writes.

An office deletes nothing there itself. What a list has destroyed is noted in the transaction of the line that says so;
who looks after the centre deletes it (``central_removal.py``). Whoever files bytes that stand here, deleted already or
not, takes them out first: they are needed again, and nobody deletes them until that transaction has ended.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Collection

from pipeline.storage.postgres import Database, Row, Transaction

#: What is not done yet: not deleted, or still given back by its version.
WAITING = "(dihapus IS NULL OR versi <> '')"


def note_unneeded(running: Transaction, hashes: Collection[str], of_list: str) -> None:
    """Note that these files are to be deleted, by which list; those that stand there for it stay as they are."""
    rows: list[Row] = [(sha256, of_list) for sha256 in sorted(set(hashes))]
    running.many("INSERT INTO hapus_objek (sha256, daftar) VALUES (%s, %s) ON CONFLICT DO NOTHING", rows)


def needed_again(running: Transaction, hashes: Collection[str]) -> frozenset[str]:
    """Take these files out of what is to be deleted; return those that stood there and may be gone: they are put anew.

    Waits for who is deleting one of them. The caller holds its case or the office's numbers already: who deletes waits
    until such a transaction has ended.
    """
    question = "DELETE FROM hapus_objek WHERE sha256 = ANY(%s) RETURNING sha256"
    return frozenset(sha256 for (sha256,) in running.execute(question, (sorted(set(hashes)),)))


def waiting_of(database: Database, of_list: str) -> int:
    """Return how many files that a list has destroyed are still in the store."""
    question = f"SELECT count(DISTINCT sha256) FROM hapus_objek WHERE daftar = %s AND {WAITING}"  # noqa: S608
    found = database.row(question, (of_list,))
    return int(found[0]) if found else 0


def waiting_in(database: Database) -> int:
    """Return how many files of an office are to be deleted and are still in the store."""
    found = database.row(f"SELECT count(DISTINCT sha256) FROM hapus_objek WHERE {WAITING}")  # noqa: S608
    return int(found[0]) if found else 0
