"""The numbers of an office of many, in PostgreSQL: number, first line and witness are one transaction.

Whoever gives a number holds the office's row until the transaction ends, so numbers follow each other without a gap.
The complaint lies in the object store before; if the transaction fails, nobody names it and the number was never given.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from pipeline.archive.store.objects import Objects
from pipeline.archive.store.postgres_cabinet import hand_to_workers
from pipeline.archive.store.postgres_changes import insert_line
from pipeline.archive.store.postgres_clock_faults import was_wrong
from pipeline.cases.case import Case
from pipeline.cases.case_number import YEARS, CaseNumber, in_volume, series_code, volume_of
from pipeline.cases.event_lines import as_data
from pipeline.cases.events import Received
from pipeline.cases.fold import fold
from pipeline.cases.journal import GENESIS, MACHINE, write_line
from pipeline.cases.ports import Blob
from pipeline.cases.sop_words import OUTGOING
from pipeline.register.naskah_numbers import FreeNumbers, Holder, NaskahPattern, no_pattern
from pipeline.register.ports import Claim
from pipeline.register.register_numbers import Registered, next_number, nothing_to_confirm
from pipeline.register.store.postgres_restored import (
    begin_series,
    confirm,
    highest_of,
    refuse_unconfirmed,
    restored_from,
)
from pipeline.register.year_end import refuse_behind, refuse_closed
from pipeline.storage.postgres import Database, Transaction
from pipeline.storage.postgres_lines import hold
from pipeline.storage.postgres_moving import refuse_moved
from pipeline.storage.postgres_unneeded import needed_again


@dataclass(frozen=True, slots=True)
class StagedObject:
    """An original that lies in the object store, with the ``files`` that were put there for it."""

    sha256: str
    size: int
    files: tuple[Blob, ...] = ()


class PostgresNumbers:
    """The numbers of one office (see the port)."""

    def __init__(
        self,
        database: Database,
        objects: Objects,
        *,
        handed_on: bool = False,
        closed: Callable[[], Container[int]] = frozenset,
    ) -> None:
        """Take the office's schema; ``closed`` gives the years that were closed."""
        self._database, self._objects, self._handed_on, self._closed = database, objects, handed_on, closed

    def last(self) -> CaseNumber | None:
        """Return the number of the first series that was given last; None before the first."""
        question = "SELECT tahun, terakhir FROM deret WHERE tahun < %s ORDER BY tahun DESC LIMIT 1"
        found = self._database.row(question, (YEARS,))
        return in_volume(*found) if found else None

    def sweep(self) -> None:
        """Do nothing: what a process that died had begun, the database has undone."""

    def restored_from(self) -> datetime | None:
        """Return of which moment the database is that was brought back, while nobody has said what was given since."""
        with self._database.transaction() as running:
            return restored_from(running)

    def confirm(
        self,
        given: CaseNumber | None,
        naskah: Mapping[str, int],
        by: str,
        at: datetime,
        others: Sequence[CaseNumber] = (),
    ) -> int:
        """Note which were the highest numbers given when the database was brought back; return how many were lost."""
        with self._database.transaction() as running:
            refuse_moved(running.execute("SELECT keluar FROM kantor FOR UPDATE").fetchone())
            if restored_from(running) is None:
                raise nothing_to_confirm()
            lost = confirm(running, given, naskah, by, at, last_given(running) or at, others)
            for number in (number for number, count in lost.items() if count):
                refuse_behind(number.volume, self._closed())
            return sum(lost.values())

    def begin_series(self, series: str) -> None:
        """Have a series begin that has no case here; once restored, a person first says how far it went."""
        with self._database.transaction() as running:
            refuse_moved(running.execute("SELECT keluar FROM kantor FOR UPDATE").fetchone())
            begin_series(running, series)

    @contextmanager
    def staged(
        self, claim: Claim, name: str, beside: Mapping[str, Blob] = MappingProxyType({})
    ) -> Iterator[StagedObject]:
        """Put a claimed complaint into the store; one that gets no number is named by nobody, and swept.

        ``beside`` are the pages that were made of it.
        """
        files = (*beside.values(), claim.blob)
        for made in files:
            self._objects.put(made)
        yield StagedObject(claim.blob.sha256, claim.blob.size, files)

    @contextmanager
    def numbering(self) -> Iterator[HeldNumbers]:
        """Hold the office's numbers until the transaction ends: nobody else gives one or looks for a twin meanwhile."""
        with self._database.transaction() as running:
            refuse_moved(running.execute("SELECT keluar FROM kantor FOR UPDATE").fetchone())
            yield HeldNumbers(running, self._objects, handed_on=self._handed_on, closed=self._closed())


class HeldNumbers:
    """The numbers while they are held."""

    def __init__(self, running: Transaction, objects: Objects, *, handed_on: bool, closed: Container[int]) -> None:
        self._running, self._objects = running, objects
        self._handed_on, self._closed = handed_on, closed

    def holder_of(self, sha256: str, series: str = "") -> Registered | None:
        """Return the case that was registered with these bytes (see the port)."""
        return first_with(self._running, sha256, series)

    def take(
        self,
        staged: StagedObject,
        at: datetime,
        event: Callable[[CaseNumber], Received],
        by: str = MACHINE,
        series: str = "",
    ) -> Case:
        """Make the staged letter the case with the next number of the year of ``at`` in a series (see the port)."""
        refuse_unconfirmed(self._running)
        volume = volume_of(at.year, series)
        refuse_closed(volume, self._closed)
        number = next_number(at, highest_of(self._running, volume), last_given(self._running), series)
        first = event(number)
        again = needed_again(self._running, [made.sha256 for made in staged.files])
        for made in staged.files:
            if made.sha256 in again:  # it may have been deleted since it was put
                self._objects.put(made)
        line, entry = write_line(1, at, by, first.kind, as_data(first), GENESIS)
        self._running.execute(
            "INSERT INTO deret VALUES (%s, %s, %s) ON CONFLICT (tahun)"
            " DO UPDATE SET terakhir = excluded.terakhir, saat = excluded.saat",
            (number.volume, number.serial, at.isoformat()),
        )
        self._running.execute(
            "INSERT INTO perkara (tahun, urut, asli, klaim) VALUES (%s, %s, %s, %s)",
            (number.volume, number.serial, bytes.fromhex(staged.sha256), first.claim),
        )
        insert_line(self._running, number, line, entry)
        if self._handed_on:
            hand_to_workers(self._running, number)
        return fold((entry,))


def last_given(running: Transaction) -> datetime | None:
    """Return when the last number of any year was given by a clock that was right."""
    moments = [datetime.fromisoformat(at) for (at,) in running.execute("SELECT saat FROM deret")]
    return max((at for at in moments if not was_wrong(running, at)), default=None)


def first_with(running: Transaction, sha256: str, series: str = "") -> Registered | None:
    """Return the first case of a series that was registered with these bytes."""
    question = "SELECT tahun, urut, klaim FROM perkara WHERE asli = %s AND tahun / %s = %s ORDER BY tahun, urut LIMIT 1"
    found = running.execute(question, (bytes.fromhex(sha256), YEARS, series_code(series))).fetchone()
    return Registered(in_volume(found[0], found[1]), sha256, found[2]) if found else None


class PostgresSeries:
    """The series of naskah numbers of one office, each printed by the office's pattern for it (see the port)."""

    def __init__(
        self,
        database: Database,
        patterns: Mapping[str, NaskahPattern],
        holder: Holder,
        read: Callable[[CaseNumber], Case],
    ) -> None:
        self._database, self._patterns, self._holder, self._read = database, patterns, holder, read

    @contextmanager
    def held(self, year: int, name: str = OUTGOING) -> Iterator[HeldSeries]:
        """Hold all series until the transaction ends: a number is one across them, so nobody else takes any meanwhile.

        Raises:
            SettingsFault: the office has no pattern for it.
        """
        if name not in self._patterns:
            raise no_pattern(name)
        with self._database.transaction() as running:
            hold(running, "naskah")
            yield HeldSeries(running, name, FreeNumbers(self._patterns[name], year, self._holder, self._read))


class HeldSeries:
    """A series of a year while it is held. A number becomes taken with the decision that takes it, or neither does."""

    def __init__(self, running: Transaction, name: str, free: FreeNumbers) -> None:
        self._running, self._name, self._free = running, name, free
        self.holder = free.holder

    def next(self, number: CaseNumber, day: date) -> str:
        """Return the next number as printed that day; ``number`` is the case that takes it.

        Raises:
            Passing: the database was brought back, and nobody has said so far which numbers were given since.
        """
        refuse_unconfirmed(self._running)
        key = (self._free.year, self._name)
        given = "SELECT nomor FROM deret_naskah WHERE tahun = %s AND nama = %s"
        said = "SELECT nomor FROM batas_naskah WHERE tahun = %s AND nama = %s"
        question = f"SELECT coalesce(max(nomor), 0) FROM ({given} UNION ALL {said}) AS semua"  # noqa: S608
        found = self._running.execute(question, (*key, *key)).fetchone()
        serial, text = self._free.after(found[0] if found else 0, day)
        self._running.execute(
            "INSERT INTO deret_naskah (tahun, nama, nomor, perkara, teks) VALUES (%s, %s, %s, %s, %s)",
            (*key, serial, str(number), text),
        )
        return text
