"""The register book of an office of many, and what is remembered beside it, in PostgreSQL: views of the witnesses.

Which rows are to be made is noted first, and they are made some hundred at a time, each lot a transaction of its own
on a connection of its own, under the view's row: one process does it at a time, the others find it done. So a decision
that asks for a number's holder waits for one lot at most, and a process that is ended goes on where it was.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from psycopg.types.json import Jsonb

from pipeline.archive.store.postgres_cabinet import THESE, PostgresCabinet, columns, read_case, read_cases
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, in_volume
from pipeline.errors import Passing
from pipeline.reading.near_duplicates import LIKE, alike, bands
from pipeline.register.fresh_lookups import FreshLookups
from pipeline.register.making_rows import RowMaking
from pipeline.register.naskah_numbers import comparable
from pipeline.register.register_numbers import Registered
from pipeline.register.row import Edition, Row
from pipeline.register.store.postgres_numbers import first_with
from pipeline.register.store.postgres_rows import PostgresRows
from pipeline.register.store.postgres_views import followed, note_followed
from pipeline.register.touched import touched_on
from pipeline.storage.postgres import Database, Transaction
from pipeline.storage.postgres_texts import storable, storable_json

_BOOK = "buku"
#: Cases whose rows are made at once: by who keeps the book up, and by who waits for an answer.
_LOT, _SHARE = 100, 50
#: Of more changed cases than these nobody who waits makes the rows: they are told how many are still to be made.
_MOST_WAITED_FOR = 6 * _SHARE
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
        return self._first("nomor_naskah", "teks", _comparable(text))

    def case_of_file(self, hash_start: str) -> CaseNumber | None:
        """Return the case one of whose letters is a file whose hash begins so."""
        return self._first("berkas_terbit", "awal", hash_start)

    def resembling(self, signed: str) -> list[tuple[CaseNumber, float]] | None:
        """Return the complaints whose words are like those of this signature, the likest first (see the port)."""
        if self._database.row("SELECT 1 FROM pandangan WHERE nama = %s", (_BOOK,)) is None:
            return None
        question = (
            "SELECT tahun, urut, tanda FROM tanda_kata JOIN (SELECT tahun, urut, count(*) AS sama FROM pita"
            " WHERE pita = ANY(%s) GROUP BY tahun, urut ORDER BY sama DESC, tahun, urut LIMIT %s) AS serupa"
            " USING (tahun, urut)"
        )
        rows = self._database.rows(question, (list(bands(signed)), _LOOKED_AT))
        near = [(in_volume(volume, serial), alike(signed, other)) for volume, serial, other in rows]
        return sorted(((number, share) for number, share in near if share >= LIKE), key=lambda n: (-n[1], n[0]))

    def note(self, running: Transaction, rows: Iterable[Row]) -> None:
        """Take rows of the register in, over what was known of their cases."""
        known = [((row.case_number.volume, row.serial), row) for row in rows]
        cases = columns(row.case_number for _, row in known)
        for table in ("kode_halaman", "nomor_naskah", "berkas_terbit", "tanda_kata", "pita"):
            running.execute(f"DELETE FROM {table} WHERE {THESE}", cases)  # noqa: S608 - our own names
        for table, values in (
            ("kode_halaman", [(code, *of) for of, row in known for code in set(row.page_codes)]),
            ("nomor_naskah", [(text, *of) for of, row in known for text in {_comparable(one) for one in row.naskah}]),
            ("berkas_terbit", [(part, *of) for of, row in known for part in set(row.issued)]),
            ("tanda_kata", [(*of, row.signature) for of, row in known if row.signature]),
            ("pita", [(b, *of) for of, row in known if row.signature for b in set(bands(row.signature))]),
        ):
            running.copy(table, values)

    def _first(self, table: str, column: str, value: str) -> CaseNumber | None:
        question = f"SELECT tahun, urut FROM {table} WHERE {column} = %s ORDER BY tahun, urut LIMIT 1"  # noqa: S608
        found = self._database.row(question, (value,))
        return in_volume(*found) if found else None


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
        self._database, self._edition = database, edition
        self.lookups = PostgresLookups(database)
        self._row_of, self._now = row_of, RowMaking(row_of, cabinet.case)
        self._turn = threading.Lock()
        self._rows = PostgresRows(database)

    def refresh(self, progress: Progress = lambda _done, _all: None) -> int:
        """Take in what has changed since the last time; return how many cases that were."""
        done, left = 0, int(self._behind()[1])
        while left:
            made, left = self._make_some(_LOT)
            done += made
            progress(done, done + left)
        return done

    def rebuild(self, progress: Progress = lambda _done, _all: None) -> int:
        """Make the book anew from the journals alone; return how many cases it holds."""
        with self._database.beside.transaction() as running:
            followed(running, _BOOK)
            running.execute("UPDATE pandangan SET program = '' WHERE nama = %s", (_BOOK,))
        self.refresh(progress)
        held = self._database.row("SELECT count(*) FROM buku")
        return held[0] if held else 0

    def catch_up(self) -> None:
        """Take in the cases that have changed; rows that are only made in another way now are left to who keeps it up.

        Raises:
            Passing: so many have changed that whoever asks would wait for long.
        """
        left = int(self._behind()[0])
        while left:
            _, left = self._make_some(_SHARE, " WHERE berubah")
            if left > _MOST_WAITED_FOR:
                raise _being_made(f": {left} perkara lagi")

    def rows(self, year: int | None = None) -> list[Row]:
        """Return the rows of a year, or of all years, by number."""
        with self._looking() as rows:
            return rows.every() if year is None else rows.of_year(year)

    def touched_since(self, day: date) -> list[Row]:
        """Return the rows about which something is due, or was done on this day or later, by number."""
        with self._looking() as rows:
            return rows.touched_since(day)

    def row(self, number: CaseNumber) -> Row | None:
        """Return a case's row, or None."""
        return self.these([number]).get(number)

    def these(self, numbers: Collection[CaseNumber]) -> dict[CaseNumber, Row]:
        """Return the rows of some cases, looking once whether any has changed."""
        with self._looking() as rows:
            return rows.these(numbers)

    def mark(self) -> object:
        """Return what changes whenever any row does; whoever keeps something made of the rows keeps it by this."""
        with self._looking() as rows:
            return rows.seen

    def row_of(self, case: Case) -> Row:
        """Return the row that a case has by now."""
        return self._now.of(case)

    @contextmanager
    def _looking(self) -> Iterator[PostgresRows]:
        """Give the rows as they are now, to one thread at a time."""
        with self._turn:
            changed, behind, newest = self._behind()
            if changed:
                self.catch_up()
            elif behind:  # nobody may be there who keeps the book up
                self._make_some(_SHARE, wait=False)
            if changed or behind:
                newest = self._behind()[2]
            try:
                self._rows.read_on(newest)
                yield self._rows
            except (KeyError, TypeError) as fault:  # an earlier version of the program wrote a row: it is made anew
                raise _being_made() from fault

    def _behind(self) -> tuple[bool, bool, int]:
        """Say whether rows of cases that changed are to be made, whether any are; and the newest row's version."""
        edition = self._edition()
        question = (
            "SELECT posisi = (SELECT posisi FROM kantor) AND program = %s AND kalender = %s,"
            " EXISTS (SELECT FROM buku_tertunda WHERE berubah), EXISTS (SELECT FROM buku_tertunda),"
            " coalesce((SELECT max(versi) FROM buku), 0) FROM pandangan WHERE nama = %s"
        )
        found = self._database.beside.row(question, (edition.program, edition.calendar, _BOOK))
        followed_all, changed, any_, newest = found or (False, True, True, 0)
        return changed or not followed_all, any_ or not followed_all, newest

    def _make_some(self, most: int, which: str = "", *, wait: bool = True) -> tuple[int, int]:
        """Make some of the rows that are to be made; return how many cases that were, and how many are left.

        ``which`` narrows them down. Where somebody else is at it and who asks does not ``wait``, none are.
        """
        with self._database.beside.transaction() as running:
            if not self._note_what_is_to_be_made(running, wait=wait):
                return 0, 0
            waiting = f"FROM buku_tertunda{which}"
            chosen = f"SELECT tahun, urut {waiting} ORDER BY berubah DESC, tahun, urut LIMIT %s"
            numbers = [in_volume(*row) for row in running.execute(chosen, (most,))]
            self._write(running, numbers)
            running.execute(f"DELETE FROM buku_tertunda WHERE {THESE}", columns(numbers))  # noqa: S608
            left = running.execute(f"SELECT count(*) {waiting}").fetchone()
            return len(numbers), left[0] if left else 0

    def _note_what_is_to_be_made(self, running: Transaction, *, wait: bool) -> bool:
        """Note it, holding the view from then on; say whether it could be held."""
        edition, held = self._edition(), followed(running, _BOOK, wait=wait)
        if held is None:
            return False
        position, program, calendar = held
        end = running.execute("SELECT posisi FROM kantor").fetchone() or (0,)
        if program != edition.program:  # a case that has no row yet counts as one that changed
            running.execute(
                "INSERT INTO buku_tertunda SELECT tahun, urut, buku.tahun IS NULL FROM perkara"
                " LEFT JOIN buku USING (tahun, urut) ON CONFLICT DO NOTHING"
            )
        elif calendar != edition.calendar:
            running.execute(
                "INSERT INTO buku_tertunda SELECT tahun, urut, false FROM buku WHERE NOT selesai ON CONFLICT DO NOTHING"
            )
        if position != end[0]:
            running.execute(
                "INSERT INTO buku_tertunda SELECT DISTINCT tahun, urut, true FROM saksi WHERE posisi > %s"
                " ON CONFLICT (tahun, urut) DO UPDATE SET berubah = true",
                (position,),
            )
        if (position, program, calendar) != (end[0], edition.program, edition.calendar):
            note_followed(running, _BOOK, end[0], edition)
        return True

    def _write(self, running: Transaction, numbers: list[CaseNumber]) -> None:
        cases = read_cases(running, numbers)
        making = RowMaking(self._row_of, lambda number: cases.get(number) or read_case(running, number))
        rows = making.with_kin(numbers).values()
        running.many(
            "INSERT INTO buku (tahun, urut, selesai, tersentuh, baris) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (tahun, urut) DO UPDATE SET versi = nextval('buku_versi'), selesai = excluded.selesai,"
            " tersentuh = excluded.tersentuh, baris = excluded.baris",
            [
                (row.case_number.volume, row.serial, row.final, touched_on(row), Jsonb(storable_json(row.as_json())))
                for row in rows
            ],
        )
        self.lookups.note(running, rows)


def _comparable(text: str) -> str:
    return storable(comparable(text))


def _being_made(how_far: str = "") -> Passing:
    return Passing(f"Buku register sedang disusun{how_far}.", "Tunggu sebentar, lalu ulangi; tidak ada yang hilang.")
