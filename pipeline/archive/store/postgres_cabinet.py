"""The cases of an office of many, in PostgreSQL: journals as rows, line by line as in a folder; files as objects.

Who holds a case holds its row until the transaction ends; what is appended meanwhile becomes so with it. Files are put
into the object store before the line that names them: a transaction that fails leaves objects that nobody names.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import accumulate

from pipeline.archive.appending import clock_behind, no_such_case, of_this_number, refuse_contradiction
from pipeline.archive.duty_attempts import DutyAttempts
from pipeline.archive.ports import Change
from pipeline.archive.store.objects import Objects, StoredObject
from pipeline.archive.store.witness_log import witness_line
from pipeline.backoff import Tries
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.event_lines import as_data
from pipeline.cases.events import Document, Event
from pipeline.cases.fold import fold
from pipeline.cases.journal import Entry, entries_of, write_line
from pipeline.cases.ports import Filed
from pipeline.errors import Busy, UsageFault, YankomasError
from pipeline.storage.postgres import Database, Row, Transaction

#: Witnesses that are read at once.
_PAGE = 1000


class PostgresChanges:
    """The witnesses of an office: case heads in the order in which they were committed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def size(self) -> int:
        """Return the position of the last witness (0 before the first)."""
        found = self._database.row("SELECT posisi FROM kantor")
        return int(found[0]) if found else 0

    def since(self, position: int) -> tuple[list[Change], int]:
        """Return the changes behind a position, and that of the last."""
        question = "SELECT tahun, urut, seq, hash, posisi FROM saksi WHERE posisi > %s ORDER BY posisi"
        rows = self._database.rows(question, (position,))
        changes = [Change(CaseNumber(year, serial), seq, head) for year, serial, seq, head, _ in rows]
        return changes, rows[-1][4] if rows else position

    def written(self, start: int = 0) -> Iterator[tuple[bytes, Change, int]]:
        """Yield the witnesses behind a position as a folder's list has them: bytes, what they say, where they end."""
        question = "SELECT sisa, tahun, urut, seq, hash, posisi FROM saksi WHERE posisi > %s ORDER BY posisi LIMIT %s"
        while rows := self._database.rows(question, (start, _PAGE)):
            for rest, year, serial, seq, head, start in rows:
                change = Change(CaseNumber(year, serial), seq, head)
                yield bytes(rest) + witness_line(change), change, start


def insert_line(running: Transaction, number: CaseNumber, line: bytes, entry: Entry) -> None:
    """Write a line of a journal, to be witnessed when the transaction ends.

    The office's position is taken last of all, for whoever has it keeps the others of the office waiting; so positions
    are committed in their order, and who follows them misses none.
    """
    running.execute(
        "INSERT INTO jurnal (tahun, urut, seq, prev, hash, baris) VALUES (%s, %s, %s, %s, %s, %s)",
        (number.year, number.serial, entry.seq, entry.prev, entry.hash, line),
    )
    running.at_the_end(write_witnesses, (number.year, number.serial, entry.seq, entry.hash))


def write_witnesses(running: Transaction, heads: list[Row]) -> None:
    """Witness heads (year, serial, seq, hash), in order, taking the office's position."""
    sizes = [len(witness_line(Change(CaseNumber(year, serial), seq, head))) for year, serial, seq, head in heads]
    ours = "UPDATE kantor SET posisi = posisi + %s WHERE keluar IS NULL RETURNING posisi"
    if (found := running.execute(ours, (sum(sizes),)).fetchone()) is None:
        refuse_moved(running.execute("SELECT keluar FROM kantor").fetchone())
    start = (int(found[0]) if found else 0) - sum(sizes)
    running.many(
        "INSERT INTO saksi (posisi, tahun, urut, seq, hash) VALUES (%s, %s, %s, %s, %s)",
        [(start + end, *head) for end, head in zip(accumulate(sizes), heads, strict=True)],
    )


def hand_to_workers(running: Transaction, number: CaseNumber) -> None:
    """Put a case among the jobs of the workers, in the transaction that opens it."""
    running.execute("SELECT kerja.titip(%s, %s)", (number.year, number.serial))


class PostgresCase:
    """A case while its row is held. ``case`` is as read after it was taken, and after each append."""

    def __init__(self, running: Transaction, objects: Objects, case: Case, *, handed_on: bool) -> None:
        self._running, self._objects, self._handed_on = running, objects, handed_on
        self.case = case

    def append(self, event: Event, files: Mapping[str, Filed], *, by: str, at: datetime) -> Case:
        """Append a line with its documents, to become so with the transaction; return the case after it."""
        refuse_contradiction(self.case, event.documents, files)
        last = self.case.entries[-1].at
        if at < last and not was_wrong(self._running, last):
            raise clock_behind(self.case, at)
        for data in files.values():
            self._objects.put(data)
        entries, number = self.case.entries, self.case.number
        line, entry = write_line(len(entries) + 1, at, by, event.kind, as_data(event), self.case.head)
        insert_line(self._running, number, line, entry)
        self._mark(open_=True)
        self.case = fold((*entries, entry))
        return self.case

    def settle(self) -> None:
        """Note that the case is owed nothing at present. The caller has made sure of it while it is held."""
        self._running.execute("DELETE FROM percobaan WHERE kunci = %s", (self.case.number.key,))
        self._mark(open_=False)

    def _mark(self, *, open_: bool) -> None:
        number = self.case.number
        values = (open_, number.year, number.serial, open_)
        changed = self._running.execute(
            "UPDATE perkara SET terbuka = %s WHERE tahun = %s AND urut = %s AND terbuka <> %s RETURNING 1", values
        )
        if changed.fetchone() and open_ and self._handed_on:
            hand_to_workers(self._running, number)


class PostgresCabinet(DutyAttempts):
    """The cases of one office (see the port); ``handed_on``: workers of the centre tend them."""

    _attempts: PostgresAttempts

    def __init__(self, database: Database, objects: Objects, *, handed_on: bool = False) -> None:
        self._database, self._objects, self._handed_on = database, objects, handed_on
        self._attempts = PostgresAttempts(database)

    def case(self, number: CaseNumber) -> Case:
        """Return the case as its journal has it now."""
        with self._database.transaction() as running:
            return _read(running, number)

    def first(self, number: CaseNumber) -> Case:
        """Return the case as it was when it was registered, reading its first line alone."""
        with self._database.transaction() as running:
            return _read(running, number, 1)

    @contextmanager
    def held(self, number: CaseNumber) -> Iterator[PostgresCase]:
        """Hold a case's row; what is appended becomes so at the end, or nothing does if it ends with a fault."""
        with self._database.transaction() as running:
            if number in running.held:
                raise Busy(f"Perkara {number} sedang dikerjakan.", "Tunggu sebentar, lalu ulangi.")
            row = running.execute(
                "SELECT 1 FROM perkara WHERE tahun = %s AND urut = %s FOR UPDATE", (number.year, number.serial)
            )
            if number.series or row.fetchone() is None:
                raise no_such_case(number)
            refuse_moved(running.execute("SELECT keluar FROM kantor").fetchone())
            running.held.add(number)
            try:
                yield PostgresCase(running, self._objects, _read(running, number), handed_on=self._handed_on)
            finally:
                running.held.discard(number)

    def cases(self) -> Iterator[Case]:
        """Yield all cases by number; those whose journal is broken are left to ``verify``."""
        for number in self.numbers():
            with suppress(YankomasError):
                yield self.case(number)

    def numbers(self) -> list[CaseNumber]:
        """Return the numbers of all cases, ascending."""
        rows = self._database.rows("SELECT tahun, urut FROM perkara ORDER BY tahun, urut")
        return [CaseNumber(*row) for row in rows]

    def open_cases(self) -> list[CaseNumber]:
        """Return the cases that may be owed something, by number."""
        question = "SELECT tahun, urut FROM perkara WHERE terbuka ORDER BY tahun, urut"
        return [CaseNumber(*row) for row in self._database.rows(question)]

    def journal(self, number: CaseNumber) -> bytes:
        """Return the lines of a case's journal, byte for byte."""
        with self._database.transaction() as running:
            return _lines(running, number)

    def witnesses(self, number: CaseNumber) -> list[tuple[int, str]]:
        """Return (seq, hash) of every line of a case that was witnessed, in order."""
        question = "SELECT seq, hash FROM saksi WHERE tahun = %s AND urut = %s ORDER BY posisi"
        return [(seq, head) for seq, head in self._database.rows(question, (number.year, number.serial))]

    def holds(self, number: CaseNumber, document: Document) -> bool:
        """Say whether the store has a document, as long as it should be; its bytes are not read."""
        return self._objects.size(document.sha256) == document.bytes

    def blob(self, number: CaseNumber, document: Document) -> StoredObject:
        """Return a document of a case."""
        return self._objects.blob(document.name, document.sha256, document.bytes)

    def held_up(self, number: CaseNumber) -> dict[str, str]:
        """Return, by duty, why it waits for a person."""
        return self._attempts.held_up(number.key)

    def moments_ahead(self, now: datetime) -> list[datetime]:
        """Return the moments after ``now`` that hold something up and that nobody has confirmed yet, ascending."""
        given = [at for (at,) in self._database.rows("SELECT saat FROM deret")]
        heads = self._database.rows(
            "SELECT DISTINCT ON (tahun, urut) tahun, urut, baris FROM jurnal ORDER BY tahun, urut, seq DESC"
        )
        given += [json.loads(bytes(line))["at"] for _, _, line in heads]
        ahead = {at for at in map(datetime.fromisoformat, given) if at > now}
        with self._database.transaction() as running:
            return sorted(at for at in ahead if not was_wrong(running, at))

    def confirm_clock(self, moments: Iterable[datetime], right: datetime, by: str) -> None:
        """Note that the clock is right now, and was wrong when it gave these moments."""
        with self._database.transaction() as running:
            rows = [(at.isoformat(), right.isoformat(), "-".join(by.split())) for at in moments]
            running.many("INSERT INTO jam_salah (saat, benar, oleh) VALUES (%s, %s, %s)", list(rows))


class PostgresAttempts:
    """How often work failed, or was cut off by the end of a program (see ``archive/store/attempts.py``)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, key: str, what: str) -> Tries:
        """Note that work begins, before it does; return how often it failed, and was cut off in a row, before."""
        noted = self._database.row(
            "INSERT INTO percobaan VALUES (%s, %s, 0, 1) ON CONFLICT (kunci, tugas)"
            " DO UPDATE SET terputus = percobaan.terputus + 1, menunggu = ''"
            " RETURNING gagal, terputus - 1, (SELECT menunggu FROM percobaan WHERE kunci = %s AND tugas = %s)",
            (key, what, key, what),
        )
        return Tries(noted[0], noted[1], noted[2] or "") if noted else Tries(0, 0)

    def failed(self, key: str, what: str) -> int:
        """Note that the work begun failed by itself; return how often it has."""
        noted = self._database.row(
            "INSERT INTO percobaan VALUES (%s, %s, 1, 0) ON CONFLICT (kunci, tugas)"
            " DO UPDATE SET gagal = percobaan.gagal + 1, terputus = 0, menunggu = '' RETURNING gagal",
            (key, what),
        )
        return int(noted[0]) if noted else 1

    def forgive(self, key: str, what: str, held_up: str = "") -> None:
        """Take the last attempt back: it failed for a passing reason; ``held_up``: why the work waits for a person."""
        with self._database.transaction() as running:
            running.execute(
                "INSERT INTO percobaan VALUES (%s, %s, 0, 0, %s) ON CONFLICT (kunci, tugas)"
                " DO UPDATE SET terputus = 0, menunggu = excluded.menunggu",
                (key, what, held_up),
            )
            running.execute(
                "DELETE FROM percobaan WHERE kunci = %s AND tugas = %s AND gagal = 0 AND menunggu = ''", (key, what)
            )

    def held_up(self, key: str) -> dict[str, str]:
        """Return, by the work, why it waits for a person."""
        question = "SELECT tugas, menunggu FROM percobaan WHERE kunci = %s AND menunggu <> ''"
        return dict(self._database.rows(question, (key,)))

    def start_over(self, key: str, what: str) -> None:
        """Forget every attempt at this work."""
        with self._database.transaction() as running:
            running.execute("DELETE FROM percobaan WHERE kunci = %s AND tugas = %s", (key, what))


def refuse_moved(office: Row | None) -> None:
    """Let nothing be changed of an office that moved out; ``office`` has when it did, if so.

    Raises:
        UsageFault: it did.
    """
    if office and office[0]:
        raise UsageFault(
            f"Kantor ini pindah keluar dari pusat pada {office[0]:%d-%m-%Y %H.%M}.",
            "Kerjakan di foldernya; di sini hanya dapat dilihat.",
        )


def was_wrong(running: Transaction, at: datetime) -> bool:
    """Say whether a person has confirmed that the clock which gave this moment was wrong."""
    return running.execute("SELECT 1 FROM jam_salah WHERE saat = %s", (at.isoformat(),)).fetchone() is not None


def _read(running: Transaction, number: CaseNumber, most: int | None = None) -> Case:
    return of_this_number(fold(entries_of(_lines(running, number, most), str(number))), number)


def _lines(running: Transaction, number: CaseNumber, most: int | None = None) -> bytes:
    question = "SELECT baris FROM jurnal WHERE tahun = %s AND urut = %s ORDER BY seq LIMIT %s"
    rows = running.execute(question, (number.year, number.serial, most)).fetchall()
    if number.series or not rows:
        raise no_such_case(number)
    return b"".join(bytes(line) for (line,) in rows)
