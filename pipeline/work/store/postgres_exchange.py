"""The exchange between offices (see the port), by the functions of :mod:`pipeline.storage.postgres_exchange`.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import tzinfo
from typing import Any

from psycopg import errors
from psycopg.types.json import Jsonb

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import NotAllowed, NotFound
from pipeline.storage.postgres import Database, Row, Transaction
from pipeline.storage.postgres_exchange import SCHEMA
from pipeline.work.ports import Parcel

_COLUMNS = "id, asal, tujuan, tahun, urut, isi, dikirim, status, nomor, alasan"
_STATUS = {"menunggu": None, "diterima": True, "ditolak": False, "ditarik": False}


class PostgresExchange:
    """The exchange, as an office comes to it, or the directorate; ``zone`` is that of moments (None: the machine's)."""

    def __init__(self, database: Database, zone: tzinfo | None = None) -> None:
        self._database, self._zone = database, zone

    def receivers(self) -> list[str]:
        """Return the offices to which this one can send, by name."""
        return [name for (name,) in self._database.rows(f"SELECT * FROM {SCHEMA}.tujuan()")]  # noqa: S608

    def send(self, receiver: str, number: CaseNumber, told: Mapping[str, Any], files: Sequence[bytes]) -> str:
        """Send a parcel; return its name."""
        with self._database.transaction() as running:
            question = f"SELECT {SCHEMA}.kirim(%s, %s, %s, %s)"
            try:
                with running.part():
                    row = running.execute(question, (receiver, number.year, number.serial, Jsonb(told))).fetchone()
            except errors.UniqueViolation:
                raise NotAllowed(
                    f"Perkara {number} sudah diserahkan kepada {receiver} dan belum dijawab.", "Tunggu jawabannya."
                ) from None
            if row is None or row[0] is None:
                there = ", ".join(self.receivers()) or "belum ada kantor lain"
                raise NotFound(f"Kantor {receiver!r} tidak ada di pusat.", f"Yang ada: {there}.")
            for at, data in enumerate(files):
                running.execute(f"SELECT {SCHEMA}.lampirkan(%s, %s, %s)", (row[0], at, data))
            return str(row[0])

    def incoming(self) -> list[Parcel]:
        """Return what waits for this office's answer, the oldest first."""
        return self._parcels("masuk()")

    def sent(self, most: int) -> list[Parcel]:
        """Return what this office sent, the newest first."""
        return self._parcels("keluar(%s)", (most,))

    def answers(self) -> list[Parcel]:
        """Return what was answered and is not noted here yet, the oldest first."""
        return self._parcels("jawaban()")

    @contextmanager
    def held(self, parcel: str) -> Iterator[HeldRow]:
        """Hold a parcel to this office until the transaction ends."""
        with self._database.transaction() as running:
            question = f"SELECT {_COLUMNS} FROM {SCHEMA}.pegang(%s)"  # noqa: S608 - our own names
            row = running.execute(question, (int(parcel),)).fetchone() if parcel.isdecimal() else None
            if row is None:
                raise NotFound(
                    f"Kiriman {parcel} tidak menunggu jawaban kantor ini.", "Lihat daftarnya: `yankomas pindah daftar`."
                )
            yield HeldRow(running, _parcel(row, self._zone))

    @contextmanager
    def withdrawn(self, parcel: str) -> Iterator[Parcel]:
        """Take back what this office sent and nobody answered, with the transaction that the context is; give it."""
        with self._database.transaction() as running:
            question = f"SELECT {_COLUMNS} FROM {SCHEMA}.tarik(%s)"  # noqa: S608 - our own names
            row = running.execute(question, (int(parcel),)).fetchone() if parcel.isdecimal() else None
            if row is None:
                raise NotFound(
                    f"Kiriman {parcel} dari kantor ini tidak menunggu jawaban.",
                    "Lihat daftarnya: `yankomas pindah daftar`.",
                )
            yield _parcel(row, self._zone)

    def noted(self, parcel: str) -> None:
        """Note that the journal has the answer."""
        with self._database.transaction() as running:
            running.execute(f"SELECT {SCHEMA}.catat(%s)", (int(parcel),))

    def report(self, year: int, figures: Mapping[str, Any]) -> None:
        """Hand up the figures of a year, over those before."""
        with self._database.transaction() as running:
            running.execute(f"SELECT {SCHEMA}.lapor(%s, %s)", (year, Jsonb(figures)))

    def _parcels(self, of: str, values: tuple[object, ...] = ()) -> list[Parcel]:
        question = f"SELECT {_COLUMNS} FROM {SCHEMA}.{of}"  # noqa: S608 - our own names
        return [_parcel(row, self._zone) for row in self._database.rows(question, values)]


class HeldRow:
    """A parcel while its row is held."""

    def __init__(self, running: Transaction, parcel: Parcel) -> None:
        self._running, self.parcel = running, parcel

    def file(self, at: int) -> bytes:
        """Return its file at this place."""
        values = (int(self.parcel.id), at)
        row = self._running.execute(f"SELECT {SCHEMA}.isi_berkas(%s, %s)", values).fetchone()
        if row is None or row[0] is None:
            raise NotFound(f"Berkas {at + 1} kiriman {self.parcel.id} tidak ada.", "Hubungi pengelola pusat.")
        return bytes(row[0])

    def take(self, number: str) -> None:
        """Say that it became the case with this register number."""
        self._answer("diterima", number, "")

    def refuse(self, reason: str) -> None:
        """Say that it is not taken, and why."""
        self._answer("ditolak", "", reason)

    def _answer(self, status: str, number: str, reason: str) -> None:
        values = (int(self.parcel.id), status, number, reason)
        self._running.execute(f"SELECT {SCHEMA}.jawab(%s, %s, %s, %s)", values)


def _parcel(row: Row, zone: tzinfo | None) -> Parcel:
    id_, sender, receiver, year, serial, told, sent, status, number, reason = row
    at = sent.astimezone(zone).isoformat(timespec="seconds")
    taken, back = _STATUS[status], status == "ditarik"
    return Parcel(str(id_), sender, receiver, CaseNumber(year, serial), told, at, taken, number, reason, back)
