"""What a database that was brought back cannot know: which numbers were given after the moment that it shows.

They stand on receipts and letters that people hold, so none of them may be given again. The office's row keeps on which
history of the server numbers were given last (its identity and its timeline, which every recovery to a moment, every
promoted standby and every new cluster changes); on another, no number is given until a person has said how far they
went. A copy of the server's whole disk that is put back shows the same history: who does that says so
(``yankomas pusat dipulihkan``).

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from pipeline.cases.case_number import CaseNumber
from pipeline.register.register_numbers import numbers_lost
from pipeline.register.store.restored import confirmed_line, restored_line, unconfirmed
from pipeline.storage.postgres import Transaction
from pipeline.storage.postgres_lines import RESTORED

_NEWEST = "SELECT j.baris FROM saksi s JOIN jurnal j USING (tahun, urut, seq) ORDER BY s.posisi DESC LIMIT 1"


def restored_from(running: Transaction) -> datetime | None:
    """Return of which moment the database is that was brought back, while nobody has said which numbers came after it.

    It is that of the newest line of any journal, or of the server's start if there is none; None if nothing waits.
    """
    found = running.execute("SELECT riwayat = riwayat_sekarang(), pg_postmaster_start_time() FROM kantor").fetchone()
    if found is None or found[0]:
        return None
    newest = running.execute(_NEWEST).fetchone()
    return datetime.fromisoformat(json.loads(bytes(newest[0]))["at"]) if newest else found[1]


def refuse_unconfirmed(running: Transaction) -> None:
    """Let a number be given only if it is known which were given already.

    Raises:
        Passing: the database was brought back, and nobody has said so far.
    """
    if at := restored_from(running):
        raise unconfirmed(at)


def confirm(
    running: Transaction, given: CaseNumber | None, naskah: Mapping[str, int], by: str, at: datetime, last: datetime
) -> int:
    """Note which were the highest numbers given (see the port), and go on on this history; return how many were lost.

    ``last`` is when the last number was given. The caller holds the office's row.

    Raises:
        UsageFault: the number is of a year to come, or lower than the office's own.
    """
    moment, lost = restored_from(running) or at, 0
    raised: tuple[object, ...] = (None, None, None)
    if given:
        found = running.execute("SELECT terakhir FROM deret WHERE tahun = %s", (given.year,)).fetchone()
        lost = numbers_lost(given, found[0] if found else 0, at)
        raised = given.year, given.serial, max(at, last).isoformat()
    running.execute("SELECT pastikan_nomor(%s, %s, %s)", raised)
    for name, serial in naskah.items():
        running.execute(
            "INSERT INTO batas_naskah VALUES (%s, %s, %s) ON CONFLICT (tahun, nama)"
            " DO UPDATE SET nomor = greatest(batas_naskah.nomor, excluded.nomor)",
            (at.year, name, serial),
        )
    for line in (restored_line(moment.isoformat()), confirmed_line(given, naskah, by, at)):
        running.execute("INSERT INTO catatan (buku, bagian, isi) VALUES (%s, %s, %s)", (RESTORED, RESTORED, line))
    return lost
