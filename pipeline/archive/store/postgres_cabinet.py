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

from pipeline.archive.appending import (
    clock_behind,
    no_such_case,
    of_this_number,
    refuse_contradiction,
    refuse_gone,
)
from pipeline.archive.duty_attempts import DutyAttempts
from pipeline.archive.store.clock_faults import faults_of
from pipeline.archive.store.objects import Objects, StoredObject
from pipeline.archive.store.postgres_attempts import PostgresAttempts
from pipeline.archive.store.postgres_changes import insert_line
from pipeline.archive.store.postgres_clock_faults import note as note_clock_faults
from pipeline.archive.store.postgres_clock_faults import was_wrong
from pipeline.cases.archived import Archived
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, Volume, in_volume
from pipeline.cases.event_lines import as_data
from pipeline.cases.events import Document, Event
from pipeline.cases.fold import fold, grown
from pipeline.cases.journal import entries_of, write_line
from pipeline.cases.known_cases import case_in
from pipeline.cases.ports import Filed
from pipeline.errors import ArchiveFault, Busy, NotFound
from pipeline.storage.postgres import Database, Transaction
from pipeline.storage.postgres_moving import refuse_moved
from pipeline.storage.postgres_unneeded import needed_again, note_unneeded


def hand_to_workers(running: Transaction, number: CaseNumber) -> None:
    """Put a case among the jobs of the workers, in the transaction that opens it."""
    running.execute("SELECT kerja.titip(%s, %s)", (number.volume, number.serial))


class PostgresCase:
    """A case while its row is held. ``case`` is as read after it was taken, and after each append."""

    def __init__(self, running: Transaction, objects: Objects, case: Case, *, handed_on: bool, is_open: bool) -> None:
        self._running, self._objects, self._handed_on, self._is_open = running, objects, handed_on, is_open
        self.case = case

    def append(self, event: Event, files: Mapping[str, Filed], *, by: str, at: datetime) -> Case:
        """Append a line with its documents, to become so with the transaction; return the case after it."""
        refuse_gone(self.case, event)
        refuse_contradiction(self.case, event.documents, files)
        last = self.case.entries[-1].at
        if at < last and not was_wrong(self._running, last):
            raise clock_behind(self.case, at)
        if files:
            needed_again(self._running, [document.sha256 for document in event.documents])
        for data in files.values():
            self._objects.put(data)
        number = self.case.number
        line, entry = write_line(len(self.case.entries) + 1, at, by, event.kind, as_data(event), self.case.head)
        insert_line(self._running, number, line, entry)
        self.mark(open_=True)
        self.case = grown(self.case, (entry,))
        if isinstance(event, Archived) and event.removed:
            gone = [document.sha256 for document in self.case.gone if document.name in event.removed]
            note_unneeded(self._running, gone, event.of_list)
        return self.case

    def settle(self) -> None:
        """Note that the case is owed nothing at present. The caller has made sure of it while it is held."""
        self._running.execute("DELETE FROM percobaan WHERE kunci = %s", (self.case.number.key,))
        self.mark(open_=False)

    def mark(self, *, open_: bool) -> None:
        """Note whether the case may be owed something."""
        if open_ == self._is_open:
            return
        number, self._is_open = self.case.number, open_
        values = (open_, number.volume, number.serial)
        self._running.execute("UPDATE perkara SET terbuka = %s WHERE tahun = %s AND urut = %s", values)
        if open_ and self._handed_on:
            hand_to_workers(self._running, number)


class PostgresCabinet(DutyAttempts):
    """The cases of one office (see the port); ``handed_on``: workers of the centre tend them."""

    _attempts: PostgresAttempts

    def __init__(self, database: Database, objects: Objects, *, handed_on: bool = False) -> None:
        self._database, self.objects, self._handed_on = database, objects, handed_on
        self._attempts = PostgresAttempts(database)

    def case(self, number: CaseNumber) -> Case:
        """Return the case as its journal has it now."""
        with self._database.transaction() as running:
            return read_case(running, number)

    def first(self, number: CaseNumber) -> Case:
        """Return the case as it was when it was registered, reading its first line alone."""
        with self._database.transaction() as running:
            return of_this_number(fold(entries_of(_lines(running, number, 1), str(number))), number)

    @contextmanager
    def held(self, number: CaseNumber) -> Iterator[PostgresCase]:
        """Hold a case's row; what is appended becomes so at the end, or nothing does if it ends with a fault."""
        with self._database.transaction() as running:
            if number in running.held:
                raise Busy(f"Perkara {number} sedang dikerjakan.", "Tunggu sebentar, lalu ulangi.")
            held = "SELECT (SELECT keluar FROM kantor), terbuka FROM perkara WHERE tahun = %s AND urut = %s FOR UPDATE"
            row = running.execute(held, (number.volume, number.serial)).fetchone()
            if row is None:
                raise no_such_case(number)
            refuse_moved(row)
            running.held.add(number)
            try:
                case, handed_on = read_case(running, number), self._handed_on
                yield PostgresCase(running, self.objects, case, handed_on=handed_on, is_open=row[1])
            finally:
                running.held.discard(number)

    def cases(self) -> Iterator[Case]:
        """Yield all cases by number; those whose journal is broken are left to ``verify``."""
        for number in self.numbers():
            with suppress(ArchiveFault, NotFound):  # of those alone: a database that went away is no broken case
                yield self.case(number)

    def numbers(self) -> list[CaseNumber]:
        """Return the numbers of all cases, ascending."""
        return sorted(in_volume(*row) for row in self._database.rows("SELECT tahun, urut FROM perkara"))

    def volumes(self) -> list[Volume]:
        """Return the volumes that have a case; each has its highest number too, so that few rows are read."""
        given = "EXISTS (SELECT FROM perkara WHERE perkara.tahun = deret.tahun)"
        volumes = self._database.rows(f"SELECT tahun FROM deret WHERE {given}")  # noqa: S608 - our own words
        return [Volume(volume) for (volume,) in volumes]

    def open_cases(self) -> list[CaseNumber]:
        """Return the cases that may be owed something, by number."""
        question = "SELECT tahun, urut FROM perkara WHERE terbuka"
        return sorted(in_volume(*row) for row in self._database.rows(question))

    def mark_open(self, number: CaseNumber) -> None:
        """Mark a case as one that may be owed something."""
        with self.held(number) as folder:
            folder.mark(open_=True)

    def journal(self, number: CaseNumber) -> bytes:
        """Return the lines of a case's journal, byte for byte."""
        with self._database.transaction() as running:
            return _lines(running, number)

    def witnesses(self, number: CaseNumber) -> list[tuple[int, str]]:
        """Return (seq, hash) of every line of a case that was witnessed, in order."""
        question = "SELECT seq, hash FROM saksi WHERE tahun = %s AND urut = %s ORDER BY posisi"
        return [(seq, head) for seq, head in self._database.rows(question, (number.volume, number.serial))]

    def holds(self, number: CaseNumber, document: Document) -> bool:
        """Say whether the store has a document, as long as it should be; its bytes are not read."""
        return self.objects.size(document.sha256) == document.bytes

    def blob(self, number: CaseNumber, document: Document) -> StoredObject:
        """Return a document of a case."""
        return self.objects.blob(document.name, document.sha256, document.bytes)

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
            note_clock_faults(running, faults_of(moments, right, by))


def read_case(running: Transaction, number: CaseNumber) -> Case:
    """Return the case as its journal has it now."""
    return of_this_number(case_in(_lines(running, number), str(number)), number)


def _lines(running: Transaction, number: CaseNumber, most: int | None = None) -> bytes:
    question = "SELECT baris FROM jurnal WHERE tahun = %s AND urut = %s ORDER BY seq LIMIT %s"
    rows = running.execute(question, (number.volume, number.serial, most)).fetchall()
    if not rows:
        raise no_such_case(number)
    return b"".join(bytes(line) for (line,) in rows)


#: Which rows are those of some cases, by :func:`columns`.
THESE = "(tahun, urut) IN (SELECT * FROM unnest(%s::integer[], %s::integer[]))"


def columns(numbers: Iterable[CaseNumber]) -> tuple[list[int], list[int]]:
    """Return the volumes of these cases, and their serials, as a statement that asks for many takes them."""
    listed = list(numbers)
    return [number.volume for number in listed], [number.serial for number in listed]


def read_cases(running: Transaction, numbers: Iterable[CaseNumber]) -> dict[CaseNumber, Case]:
    """Return those of these cases that are whole, asking once."""
    journals: dict[CaseNumber, list[bytes]] = {}
    question = f"SELECT tahun, urut, baris FROM jurnal WHERE {THESE} ORDER BY tahun, urut, seq"  # noqa: S608
    for volume, serial, line in running.execute(question, columns(numbers)):
        journals.setdefault(in_volume(volume, serial), []).append(bytes(line))
    cases: dict[CaseNumber, Case] = {}
    for number, lines in journals.items():
        with suppress(ArchiveFault):
            cases[number] = of_this_number(fold(entries_of(b"".join(lines), str(number))), number)
    return cases
