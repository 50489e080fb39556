"""What an office of many has taken over from its folder, once and for good (``taking_over.py``).

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from pipeline.storage.postgres import Database, Transaction


def taken(database: Database, what: str) -> str | None:
    """Return the mark of the file of which something was taken; None if it is not here yet."""
    found = database.row("SELECT file FROM taken_over WHERE what = %s", (what,))
    return str(found[0]) if found else None


def note_taken(running: Transaction, what: str, file: str) -> bool:
    """Note that something becomes so with this transaction, of a file with this mark; say whether it was not before."""
    done = running.execute("INSERT INTO taken_over VALUES (%s, %s) ON CONFLICT DO NOTHING", (what, file))
    return done.rowcount == 1
