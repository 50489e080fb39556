"""What workers of the centre are at, as the desk of an office sees it: a row of the office's schema for each process.

It is written some moments after a change, so that a thousand changes are few writings; and it counts only while its
process gives signs, so what was killed, frozen or cut off is at nothing after half a minute. It is no ``NOTIFY``: of
that every role of the database may hear, and what one heard before it began to listen nobody tells it.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime, tzinfo

import psycopg

from pipeline.cases.case_number import CaseNumber, in_volume
from pipeline.errors import YankomasError
from pipeline.intake.ports import Progress, Stage
from pipeline.intake.progress import wait_for_change
from pipeline.storage.postgres import Database, Row
from pipeline.storage.postgres_jobs import waiting_jobs

#: Seconds between two writings at least, also between two looks of who waits.
PAUSE = 1.0
_SIGN = 10.0  # seconds after which a process says again what it is at
_SILENT = 30  # seconds without a sign after which nothing counts any more of what a process said
#: A row is removed whose process ended an hour ago without taking it along.
_REMOVE = "DELETE FROM kemajuan WHERE saat < clock_timestamp() - interval '1 hour'"
_WRITE = """
    INSERT INTO kemajuan (pekerja, berubah, isi) VALUES (%s, %s, %s) ON CONFLICT (pekerja)
    DO UPDATE SET berubah = excluded.berubah, isi = excluded.isi, saat = clock_timestamp()
"""
_LIVING = f"isi <> '{{}}' AND saat > clock_timestamp() - interval '{_SILENT} seconds'"
#: The centre is away, or an office has left it: the others are told all the same.
_FAULTS = (YankomasError, psycopg.Error)
#: Which of these cases are open to all who see the inbox.
OpenAmong = Callable[[Collection[CaseNumber]], Collection[CaseNumber]]


class Announcing:
    """Keeps the rows of this process as its boards are, an office each, while the context lasts; one thread for all."""

    def __init__(self, boards: Collection[tuple[Progress, Callable[[], Database]]], *, pause: float = PAUSE) -> None:
        """Keep the rows of these boards' offices, whose databases are asked for when there is something to say."""
        name = secrets.token_hex(8)
        self._rows = [_OwnRow(name, board, database) for board, database in boards]
        self._pause, self._ending = pause, threading.Event()
        self._thread = threading.Thread(target=self._follow, name="kemajuan", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def _follow(self) -> None:
        while not self._ending.wait(self._pause):
            for row in self._rows:
                if not self._ending.is_set():  # where the centre is away, each is waited for
                    row.keep_up()

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()
        with suppress(*_FAULTS):  # a row that stays counts no more in a while
            for row in self._rows:
                row.remove()


class _OwnRow:
    """What this process says to one office; a centre that is away is told when it is there again."""

    def __init__(self, name: str, board: Progress, database: Callable[[], Database]) -> None:
        self._name, self._board, self._database = name, board, database
        self._said, self._said_at, self._again, self._written = board.version, 0.0, 0.0, False

    def keep_up(self) -> None:
        """Write what changed since, or give a sign that it is so still."""
        version, stages, now = self._board.version, self._board.stages(), time.monotonic()
        due = version != self._said or (stages and now - self._said_at > _SIGN)
        if not due or now < self._again:
            return
        said = json.dumps({key: [stage.words, stage.done, stage.of] for key, stage in stages.items()})
        try:
            with self._database().transaction() as running:
                if not self._written:
                    running.execute(_REMOVE)
                running.execute(_WRITE, (self._name, version, said))
        except _FAULTS:
            self._again = time.monotonic() + _SIGN
        else:
            self._said, self._said_at, self._written = version, time.monotonic(), True

    def remove(self) -> None:
        """Take the row along.

        Raises:
            Passing: the centre is away.
        """
        if self._written:
            with self._database().transaction() as running:
                running.execute("DELETE FROM kemajuan WHERE pekerja = %s", (self._name,))


class AnnouncedProgress:
    """What workers of an office are at, on whichever machine, and which of its cases wait for one, since when.

    Of a case that waits nothing is said to who may not know of it: ``open_among`` says which are open.
    """

    def __init__(self, database: Database, zone: tzinfo, open_among: OpenAmong = lambda numbers: numbers) -> None:
        self._database, self._zone, self._open_among = database, zone, open_among
        self._seen: list[Row] = []
        self._changes = 0
        self._looking = threading.Lock()

    @property
    def version(self) -> int:
        """A number that grows whenever workers are at something else, as far as this process looked."""
        living = f"SELECT pekerja, berubah FROM kemajuan WHERE {_LIVING} ORDER BY pekerja"  # noqa: S608 - ours
        with self._looking:
            seen = self._database.rows(living)
            self._changes += seen != self._seen
            self._seen = seen
            return self._changes

    def stages(self) -> Mapping[str, Stage]:
        """Return all stages as they are now; of a case that two are at, what was said of it last."""
        found = self._waiting()
        said = f"SELECT isi FROM kemajuan WHERE {_LIVING} ORDER BY saat"  # noqa: S608 - ours
        for (stages,) in self._database.rows(said):
            found |= {key: Stage(words, done, of) for key, (words, done, of) in stages.items()}
        return found

    def wait(self, seen: int, seconds: float) -> int:
        """Wait until the version is no longer ``seen``, or the time is over; return the version."""
        return wait_for_change(self, seen, seconds, PAUSE)

    def _waiting(self) -> dict[str, Stage]:
        jobs = {in_volume(job.volume, job.serial): job for job in waiting_jobs(self._database)}
        told = self._open_among(jobs) if jobs else ()
        return {
            str(number): Stage(
                f"dicoba lagi {self._when(job.due)}" if job.due else f"menunggu sejak {self._when(job.since)}",
                waits=True,
            )
            for number, job in jobs.items()
            if number in told
        }

    def _when(self, moment: datetime) -> str:
        """Return the hour of today, or another day: it is to fit into a badge."""
        local = moment.astimezone(self._zone)
        return f"{local:%H.%M}" if local.date() == datetime.now(self._zone).date() else f"{local:%d/%m}"
