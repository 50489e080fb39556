"""How far a view of an office of many has followed the witnesses, and by what it was made.

Whoever brings a view on holds its row meanwhile, in a transaction of its own that lasts as long as a few hundred cases
take and waits for nobody: so nobody waits long for a view, whatever is done to cases beside it.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from pipeline.register.row import Edition
from pipeline.storage.postgres import Transaction


def followed(running: Transaction, view: str, *, wait: bool = True) -> tuple[int, str, str] | None:
    """Hold a view until the transaction ends; return how far it has followed the witnesses, and by what it was made.

    None where somebody else holds it, and who asks does not ``wait``.
    """
    question = "SELECT posisi, program, kalender FROM pandangan WHERE nama = %s FOR UPDATE"
    question += "" if wait else " SKIP LOCKED"
    if (found := running.execute(question, (view,)).fetchone()) is None:
        running.execute("INSERT INTO pandangan VALUES (%s, 0, '', '') ON CONFLICT DO NOTHING", (view,))
        found = running.execute(question, (view,)).fetchone()
    return (int(found[0]), str(found[1]), str(found[2])) if found else None


def note_followed(running: Transaction, view: str, position: int, edition: Edition) -> None:
    """Note how far a view has followed, by what is in force now."""
    values = (position, edition.program, edition.calendar, view)
    running.execute("UPDATE pandangan SET posisi = %s, program = %s, kalender = %s WHERE nama = %s", values)
