"""Makes an office of many cases at the centre fast: its rows are copied there, without a folder and its files.

What guards an office's own acts (a number goes up by one, a witness follows the last) rests meanwhile; the form of each
line and its hash are looked into as ever. The cases are those of ``filled_archive``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import psycopg
from filled_archive import journals
from psycopg import sql

from pipeline.archive.store.objects import Objects
from pipeline.cases.case_number import CaseNumber

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
            "INSERT INTO deret SELECT tahun, max(urut), max(tahun)::text || '-11-20T08:00:00+07:00'"
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


#: The files of a schema's tables, indexes and sequences by their names; and whether the table has values so long that
#: they lie beside it: the number of what holds them is written in such a table.
_FILES = """
SELECT c.relkind::text || ' ' || c.relname, pg_relation_filepath(c.oid), t.relname,
    t.reltoastrelid <> 0 AND pg_relation_size(t.reltoastrelid) > 0
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_class t ON t.oid = coalesce(i.indrelid, c.oid)
WHERE n.nspname = %s AND c.relkind IN ('r', 'i', 'S')
"""


def copy_office(owner: str, data: Path, origin: str, names: Sequence[str]) -> Callable[[], None]:
    """Return what gives further, empty offices the rows and indexes of the first, once the server has ended.

    Their files are copied as they are, as ``pg_upgrade`` does: tables that the same steps made look alike on the disk.
    Those of which values lie beside the table are copied row by row before that.
    """
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("VACUUM (FREEZE)")
        found = connection.execute(_FILES, (origin,)).fetchall()
        by_row = sorted({table for name, _, table, beside in found if beside})
        source = {name: file for name, file, table, _ in found if table not in by_row}
        pairs = list[tuple[str, str]]()
        for name in names:
            for table in by_row:
                new, old = sql.Identifier(name, table), sql.Identifier(origin, table)
                connection.execute(sql.SQL("INSERT INTO {} SELECT * FROM {}").format(new, old))
            target = {one: file for one, file, *_ in connection.execute(_FILES, (name,))}
            pairs += [(source[one], target[one]) for one in source]
        connection.execute("CHECKPOINT")

    def copy() -> None:
        for first, second in pairs:
            for old in _forks(data / second):
                old.unlink()
            for file in _forks(data / first):
                new = (data / second).with_name(Path(second).name + file.name.removeprefix(Path(first).name))
                shutil.copyfile(file, new)
                shutil.copymode(file, new)
                os.chown(new, file.stat().st_uid, file.stat().st_gid)

    return copy


def _forks(file: Path) -> list[Path]:
    """Return what there is of a table on the disk: itself, its further gigabytes, its maps."""
    return [one for one in (file, *file.parent.glob(f"{file.name}[._]*")) if one.exists()]


def analyse(owner: str, offices: Sequence[str] = ()) -> None:
    """Have the server count what its tables hold, as it does by itself after a while; of these offices, or of all."""
    with psycopg.connect(owner, autocommit=True) as connection:
        if not offices:
            connection.execute("VACUUM ANALYZE")
        for office in offices:
            tables = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", (office,)
            ).fetchall()
            for (table,) in tables:
                connection.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(office, table)))
