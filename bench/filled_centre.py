"""Makes an office of many cases at the centre fast: its rows are copied there, without a folder and its files.

What guards an office's own acts (a number goes up by one, a witness follows the last) rests meanwhile; the form of each
line and its hash are looked into as ever. The cases are those of ``filled_archive``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import psycopg
from central_servers import copy_rows
from filled_archive import journals

from pipeline.archive.store.objects import Objects
from pipeline.cases.case_number import CaseNumber
from pipeline.storage.postgres_offices import make_office

#: Cases whose rows are copied at once.
_LOT = 2000
#: Cases of the last year whose files are put into the store too: those that pages of one case are asked for.
_WITH_FILES = 20
Row = tuple[object, ...]


def fill_centre(owner: str, office: str, objects: Objects, cases: int, years: int, last: int) -> None:
    """Write so many cases, spread evenly over the years that end with ``last``; the office is to be empty."""

    def keep(number: CaseNumber, _name: str, data: bytes) -> None:
        if number.year == last and number.serial <= _WITH_FILES:
            objects.put(data)

    made = journals(cases, years, last=last, keep=keep)
    with psycopg.connect(owner) as connection:
        connection.execute("SET session_replication_role = replica")  # what guards an office's own acts rests
        connection.execute(f"SET search_path = {office}")
        end = 0
        while lot := list(islice(made, _LOT)):
            end = _copy_lot(connection, lot, end)
        connection.execute("UPDATE kantor SET posisi = %s", (end,))
        connection.execute("UPDATE kantor SET riwayat = riwayat_sekarang()")
        connection.execute(
            "INSERT INTO deret SELECT tahun, max(urut), max(tahun)::text || '-12-01T08:00:00+07:00'"
            " FROM perkara GROUP BY tahun"
        )
    analyse(owner)


def _copy_lot(connection: psycopg.Connection[Row], lot: list, end: int) -> int:
    cases, lines, witnesses = list[Row](), list[Row](), list[Row]()
    for number, _, written in lot:
        where, received = (number.year, number.serial), written[0][1].data  # nothing is owed to any
        cases.append((*where, False, bytes.fromhex(received["documents"][0]["sha256"]), received["claim"]))
        for line, entry in written:
            lines.append((*where, entry.seq, entry.prev, entry.hash, line))
            end += len(f"{number} {entry.seq} {entry.hash}\n")
            witnesses.append((end, b"", *where, entry.seq, entry.hash))
    for table, rows in (
        ("perkara (tahun, urut, terbuka, asli, klaim)", cases),
        ("jurnal (tahun, urut, seq, prev, hash, baris)", lines),
        ("saksi (posisi, sisa, tahun, urut, seq, hash)", witnesses),
    ):
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)
    return end


def copy_office(owner: str, origin: str, names: Iterator[str], count: int) -> None:
    """Make further offices with the same rows, views and all."""
    for name in islice(names, count):
        make_office(owner, name)
        copy_rows(owner, origin, name)
    analyse(owner)


def analyse(owner: str) -> None:
    """Have the server count what its tables hold, as it does by itself after a while."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
