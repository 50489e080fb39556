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
from collections.abc import Mapping, Sequence
from datetime import datetime

from pipeline.cases.case_number import YEARS, CaseNumber, Volume, series_code
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


def highest_of(running: Transaction, volume: Volume) -> int:
    """Return the highest number that was given in a volume; 0 if none was."""
    found = running.execute("SELECT terakhir FROM deret WHERE tahun = %s", (volume,)).fetchone()
    return int(found[0]) if found else 0


def begin_series(running: Transaction, series: str) -> None:
    """Have a series begin that has no case here, as it does in a folder (``restored.py``); the office's row is held.

    What the database knew of its numbers may have gone when it was brought back.
    """
    once = "SELECT 1 FROM catatan WHERE buku = %s LIMIT 1"
    known = "SELECT 1 FROM deret WHERE tahun / %s = %s"
    if (
        running.execute(once, (RESTORED,)).fetchone()
        and running.execute(known, (YEARS, series_code(series))).fetchone() is None
    ):
        running.execute("SELECT tunggu_nomor()")


def refuse_unconfirmed(running: Transaction) -> None:
    """Let a number be given only if it is known which were given already.

    Raises:
        Passing: the database was brought back, and nobody has said so far.
    """
    if at := restored_from(running):
        raise unconfirmed(at)


def confirm(
    running: Transaction,
    given: CaseNumber | None,
    naskah: Mapping[str, int],
    by: str,
    at: datetime,
    last: datetime,
    others: Sequence[CaseNumber] = (),
) -> dict[CaseNumber, int]:
    """Note which were the highest numbers given (see the port), and go on on this history.

    ``last`` is when the last number was given. The caller holds the office's row.

    Returns:
        How many were lost behind each of these numbers.

    Raises:
        UsageFault: the number is of a year to come, or lower than the office's own.
    """
    moment, told = restored_from(running) or at, [number for number in (given, *others) if number]
    lost = {number: numbers_lost(number, highest_of(running, number.volume), at) for number in told}
    raised = [number.volume for number in told], [number.serial for number in told], max(at, last).isoformat()
    running.execute("SELECT pastikan_nomor(%s::integer[], %s::integer[], %s)", raised)
    for name, serial in naskah.items():
        running.execute(
            "INSERT INTO batas_naskah VALUES (%s, %s, %s) ON CONFLICT (tahun, nama)"
            " DO UPDATE SET nomor = greatest(batas_naskah.nomor, excluded.nomor)",
            (at.year, name, serial),
        )
    for line in (restored_line(moment.isoformat()), confirmed_line(given, naskah, by, at)):
        running.execute("INSERT INTO catatan (buku, bagian, isi) VALUES (%s, %s, %s)", (RESTORED, RESTORED, line))
    return lost
