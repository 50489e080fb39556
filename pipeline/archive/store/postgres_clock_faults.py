"""When the clock of an office of many was wrong, as persons have confirmed: the lines that a folder has in ``.jam``.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pipeline.archive.store.clock_faults import ClockFault, line_of
from pipeline.storage.postgres import Database, Transaction


def was_wrong(running: Transaction, at: datetime) -> bool:
    """Say whether a person has confirmed that the clock which gave this moment was wrong."""
    return running.execute("SELECT 1 FROM jam_salah WHERE saat = %s", (at.isoformat(),)).fetchone() is not None


def is_known_wrong(database: Database, at: datetime) -> bool:
    """Say the same of an office as it is at present."""
    with database.transaction() as running:
        return was_wrong(running, at)


def note(running: Transaction, faults: Iterable[ClockFault]) -> None:
    """Note what persons have confirmed."""
    running.many("INSERT INTO jam_salah (saat, benar, oleh) VALUES (%s, %s, %s)", list(faults))


def as_file(running: Transaction) -> bytes:
    """Return all that persons have confirmed as the file that it is in a folder; empty where that has none."""
    rows = running.execute("SELECT saat, benar, oleh FROM jam_salah ORDER BY baris")
    return "".join(line_of((at, right, by)) for at, right, by in rows).encode()
