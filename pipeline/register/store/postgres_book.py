"""The register book of an office of many, and what is remembered beside it, in PostgreSQL: views of the witnesses.

A refresh reads the cases that changed since the last one and writes their rows, under the view's own row, so that one
process does it at a time; the others find it done.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections.abc import Callable, Iterable
from functools import cache

from psycopg.types.json import Jsonb

from pipeline.archive.store.postgres_cabinet import PostgresCabinet, PostgresChanges
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import YankomasError
from pipeline.reading.near_duplicates import LIKE, alike, bands
from pipeline.register.complainant_status import NO_CODE, folded_code
from pipeline.register.fresh_lookups import FreshLookups
from pipeline.register.making_rows import RowMaking
from pipeline.register.naskah_numbers import comparable
from pipeline.register.register_numbers import Registered
from pipeline.register.row import Edition, Row
from pipeline.register.store.postgres_numbers import first_with
from pipeline.storage.postgres import Database, Transaction

_BOOK, _CODES = "buku", "kode-status"
_BATCH = 200
_LOOKED_AT = 40  # complaints that share most bands; their signatures are compared whole
Progress = Callable[[int, int], None]


class PostgresLookups:
    """What is remembered of complaints beside the book (see the port)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def holder(self, sha256: str) -> Registered | None:
        """Return the first complaint that was registered with these bytes."""
        with self._database.transaction() as running:
            return first_with(running, sha256)

    def case_with(self, code: str) -> CaseNumber | None:
        """Return the case one of whose sheets carries this page code."""
        return self._first("kode_halaman", "kode", code)

    def with_naskah(self, text: str) -> CaseNumber | None:
        """Return the case that has a letter with this number, however it is written."""
        return self._first("nomor_naskah", "teks", comparable(text))

    def case_of_file(self, hash_start: str) -> CaseNumber | None:
        """Return the case one of whose letters is a file whose hash begins so."""
        return self._first("berkas_terbit", "awal", hash_start)

    def resembling(self, signed: str) -> list[tuple[CaseNumber, float]] | None:
        """Return the complaints whose words are like those of this signature, the likest first (see the port)."""
        if self._database.row("SELECT 1 FROM pandangan WHERE nama = %s", (_BOOK,)) is None:
            return None
        question = (
            "SELECT tahun, urut, tanda FROM tanda_kata JOIN (SELECT tahun, urut, count(*) AS sama FROM pita"
            " WHERE pita = ANY(%s) GROUP BY tahun, urut ORDER BY sama DESC, tahun, urut LIMIT %s) USING (tahun, urut)"
        )
        rows = self._database.rows(question, (list(bands(signed)), _LOOKED_AT))
        near = [(CaseNumber(year, serial), alike(signed, other)) for year, serial, other in rows]
        return sorted(((number, share) for number, share in near if share >= LIKE), key=lambda n: (-n[1], n[0]))

    def note(self, running: Transaction, rows: Iterable[Row]) -> None:
        """Take rows of the register in, over what was known of their cases."""
        for row in rows:
            where = (row.year, row.serial)
            for table in ("kode_halaman", "nomor_naskah", "berkas_terbit", "tanda_kata", "pita"):
                running.execute(f"DELETE FROM {table} WHERE tahun = %s AND urut = %s", where)  # noqa: S608 - our own names
            running.many("INSERT INTO kode_halaman VALUES (%s, %s, %s)", [(c, *where) for c in set(row.page_codes)])
            numbers = {comparable(text) for text in row.naskah}
            running.many("INSERT INTO nomor_naskah VALUES (%s, %s, %s)", [(text, *where) for text in numbers])
            running.many("INSERT INTO berkas_terbit VALUES (%s, %s, %s)", [(part, *where) for part in set(row.issued)])
            if row.signature:
                running.execute("INSERT INTO tanda_kata VALUES (%s, %s, %s)", (*where, row.signature))
                running.many("INSERT INTO pita VALUES (%s, %s, %s)", [(b, *where) for b in set(bands(row.signature))])

    def _first(self, table: str, column: str, value: str) -> CaseNumber | None:
        question = f"SELECT tahun, urut FROM {table} WHERE {column} = %s ORDER BY tahun, urut LIMIT 1"  # noqa: S608
        found = self._database.row(question, (value,))
        return CaseNumber(*found) if found else None


class PostgresBook(FreshLookups):
    """The register book (see the port), always as of the office's last change. Safe for many threads."""

    lookups: PostgresLookups

    def __init__(
        self,
        database: Database,
        cabinet: PostgresCabinet,
        row_of: Callable[[Case], Row],
        edition: Callable[[], Edition],
    ) -> None:
        self._database, self._cabinet, self._edition = database, cabinet, edition
        self._changes, self.lookups = PostgresChanges(database), PostgresLookups(database)
        self._making = RowMaking(row_of, cabinet.case)
        self._turn = threading.Lock()
        self._seen, self._rows = 0, dict[CaseNumber, Row]()

    def behind(self) -> bool:
        """Say whether the office has changed since the last refresh, or rows are to be made anew."""
        edition = self._edition()
        made = (self._changes.size(), edition.program, edition.calendar)
        return self._database.row("SELECT posisi, program, kalender FROM pandangan WHERE nama = %s", (_BOOK,)) != made

    def refresh(self, progress: Progress = lambda _done, _all: None) -> int:
        """Take in what has changed since the last time; return how many cases that were."""
        if not self.behind():
            return 0
        with self._database.transaction() as running:
            edition = self._edition()
            position, program, calendar = followed(running, _BOOK)
            changes, end = self._changes.since(position)
            if program != edition.program:
                numbers = set(self._cabinet.numbers())
            else:
                numbers = {change.number for change in changes}
                if calendar != edition.calendar:
                    running_on = running.execute("SELECT tahun, urut FROM buku WHERE NOT selesai").fetchall()
                    numbers |= {CaseNumber(*row) for row in running_on}
            self._write(running, sorted(numbers), progress)
            note_followed(running, _BOOK, end, edition)
            return len(numbers)

    def rebuild(self, progress: Progress = lambda _done, _all: None) -> int:
        """Make the book anew from the journals alone; return how many cases it holds."""
        with self._database.transaction() as running:
            followed(running, _BOOK)
            running.execute("UPDATE pandangan SET program = '' WHERE nama = %s", (_BOOK,))
            running.execute("DELETE FROM buku")
            return self.refresh(progress)

    def rows(self, year: int | None = None) -> list[Row]:
        """Return the rows of a year, or of all years, by number."""
        with self._turn:
            self._catch_up()
            numbers = sorted(number for number in self._rows if year is None or number.year == year)
            return [self._rows[number] for number in numbers]

    def row(self, number: CaseNumber) -> Row | None:
        """Return a case's row, or None."""
        with self._turn:
            self._catch_up()
            return self._rows.get(number)

    def mark(self) -> object:
        """Return what changes whenever any row does; whoever keeps something made of the rows keeps it by this."""
        with self._turn:
            self._catch_up()
            return self._seen

    def row_of(self, case: Case) -> Row:
        """Return the row that a case has by now."""
        return self._making.of(case)

    def _catch_up(self) -> None:
        """Take in what was written since this process looked last; versions are committed in their order."""
        self.refresh()
        question = "SELECT versi, baris FROM buku WHERE versi > %s ORDER BY versi"
        for version, written in self._database.rows(question, (self._seen,)):
            row = Row.from_json(written)
            self._rows[CaseNumber(row.year, row.serial)] = row
            self._seen = version

    def _write(self, running: Transaction, numbers: list[CaseNumber], progress: Progress) -> None:
        for start in range(0, len(numbers), _BATCH):
            rows = self._making.with_kin(numbers[start : start + _BATCH]).values()
            running.many(
                "INSERT INTO buku (tahun, urut, selesai, baris) VALUES (%s, %s, %s, %s) ON CONFLICT (tahun, urut)"
                " DO UPDATE SET versi = nextval('buku_versi'), selesai = excluded.selesai, baris = excluded.baris",
                [(row.year, row.serial, row.final, Jsonb(row.as_json())) for row in rows],
            )
            self.lookups.note(running, rows)
            progress(min(start + _BATCH, len(numbers)), len(numbers))


class PostgresStatusCodes:
    """Which case a status code belongs to: keyed hashes, so that the table alone asks for no complaint."""

    def __init__(self, database: Database, cabinet: PostgresCabinet, key: Callable[[], bytes]) -> None:
        self._database, self._cabinet, self._secret = database, cabinet, cache(key)
        self._changes = PostgresChanges(database)

    def find(self, typed: str) -> CaseNumber | None:
        """Return the case of a code as people write it, or None; every answer costs the same work."""
        self.refresh()
        wanted = self._hash(folded_code(typed) or NO_CODE)
        found = self._database.rows("SELECT tahun, urut FROM kode_status WHERE sidik = %s", (wanted,))
        return CaseNumber(*found[0]) if len(found) == 1 else None

    def refresh(self) -> None:
        """Take in the cases that were registered since the last time."""
        known = self._hash("").hex()
        made = (self._changes.size(), known)
        if self._database.row("SELECT posisi, program FROM pandangan WHERE nama = %s", (_CODES,)) == made:
            return
        with self._database.transaction() as running:
            position, key, _ = followed(running, _CODES)
            changes, end = self._changes.since(position if key == known else 0)
            new = [change.number for change in changes if change.seq == 1]
            rows = [(n.year, n.serial, self._hash(code)) for n in new if (code := self._code(n))]
            running.many(
                "INSERT INTO kode_status VALUES (%s, %s, %s) ON CONFLICT (tahun, urut)"
                " DO UPDATE SET sidik = excluded.sidik",
                list(rows),
            )
            note_followed(running, _CODES, end, Edition(known, ""))

    def rebuild(self) -> None:
        """Make the table anew from the journals alone."""
        with self._database.transaction() as running:
            followed(running, _CODES)
            running.execute("DELETE FROM kode_status")
            running.execute("UPDATE pandangan SET posisi = 0 WHERE nama = %s", (_CODES,))
            self.refresh()

    def _code(self, number: CaseNumber) -> str | None:
        try:
            return folded_code(self._cabinet.first(number).received.status_code)
        except YankomasError:
            return None  # `verify` names what is wrong with it

    def _hash(self, text: str) -> bytes:
        return hmac.digest(self._secret(), text.encode(), hashlib.sha256)


def followed(running: Transaction, view: str) -> tuple[int, str, str]:
    """Hold a view until the transaction ends; return how far it has followed the witnesses, and by what it was made."""
    running.execute("INSERT INTO pandangan VALUES (%s, 0, '', '') ON CONFLICT DO NOTHING", (view,))
    question = "SELECT posisi, program, kalender FROM pandangan WHERE nama = %s FOR UPDATE"
    position, program, calendar = running.execute(question, (view,)).fetchone() or (0, "", "")
    return int(position), str(program), str(calendar)


def note_followed(running: Transaction, view: str, position: int, edition: Edition) -> None:
    """Note how far a view has followed, by what is in force now."""
    values = (position, edition.program, edition.calendar, view)
    running.execute("UPDATE pandangan SET posisi = %s, program = %s, kalender = %s WHERE nama = %s", values)
