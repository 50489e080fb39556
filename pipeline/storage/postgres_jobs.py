"""Jobs of all offices of a central database, by Procrastinate: a case that may be owed something, and nothing else.

A job is a hint: ``perkara.terbuka`` is what holds. It is put in by the transaction that opens the case, so it is there
if and only if the case is. Whoever works one looks again under the case's lock; a worker that was thought dead and
comes back does no harm. Offices do not see each other's jobs: they have one function, which takes their own name.
Workers have a role of their own, which has the jobs and nothing else: they come to each office's cases as that office.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job
from procrastinate.schema import SchemaManager

import pipeline
from pipeline.errors import SettingsFault, UsageFault, YankomasError, place_of
from pipeline.storage.postgres import ALIVE, Database
from pipeline.storage.postgres_faults import in_our_words
from pipeline.storage.postgres_forms import known_form
from pipeline.storage.postgres_workers import DEAD, FUNCTIONS, SCHEMA, Sign, queue_of

#: The role of workers, on whichever machine.
ROLE = "yankomas_pekerja"
_TASK = "rawat"
_LOOK = 10.0  # seconds between two looks for workers that are dead, and for the forms of a worker's offices
_LONGEST_PAUSE = 300  # seconds between two tries of a case that waits for something
_RESTART = 5.0  # seconds before a worker begins again whose connection broke
_LOOKING = 2  # threads of a worker besides those of its cases: looking for cases without a job, and for addresses
#: So many of an office's cases that wait are told one by one, the first of them.
_MOST_TOLD = 1000
#: Asked for first: making what is there takes the table from whoever puts a job in, also if it then finds it there.
_INDEX = "menunggu_menurut_kantor"
#: The more an office has before it, the later its next case: its first is never behind another office's thousandth.
#: ``pg_temp`` is named last: otherwise it is looked through first, and whoever calls could put a table of theirs there.
_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION titip(tahun integer, urut integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT {SCHEMA}.procrastinate_defer_jobs_v1(ARRAY[ROW(
        {SCHEMA}.antrean(substr(session_user, 8), {SCHEMA}.bentuk_kantor(substr(session_user, 8))),
        '{_TASK}', coalesce(min(priority), 1) - 1, NULL, NULL,
        jsonb_build_object('office', substr(session_user, 8), 'year', tahun, 'serial', urut), NULL
    )::{SCHEMA}.procrastinate_job_to_defer_v1])
    FROM {SCHEMA}.procrastinate_jobs WHERE status = 'todo' AND args->>'office' = substr(session_user, 8)
$$;
CREATE OR REPLACE FUNCTION menunggu(OUT integer, OUT integer, OUT timestamptz, OUT timestamptz) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT (args->>'year')::integer, (args->>'serial')::integer,
        (SELECT min(at) FROM {SCHEMA}.procrastinate_events event WHERE event.job_id = job.id),
        CASE WHEN attempts > 0 AND scheduled_at > now() THEN scheduled_at END
    FROM {SCHEMA}.procrastinate_jobs job
    WHERE status = 'todo' AND args->>'office' = substr(session_user, 8) ORDER BY id LIMIT {_MOST_TOLD}
$$;
CREATE OR REPLACE FUNCTION pindah_antrean(text[], integer) RETURNS void
LANGUAGE sql SET search_path = {SCHEMA}, pg_temp AS $$
    UPDATE {SCHEMA}.procrastinate_jobs SET queue_name = {SCHEMA}.antrean(args->>'office', $2)
    WHERE status = 'todo' AND args->>'office' = ANY ($1) AND queue_name <> {SCHEMA}.antrean(args->>'office', $2)
$$;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA {SCHEMA} FROM PUBLIC;
"""  # noqa: S608 - names of our own
#: A case: its office, the volume of its number and its serial.
Place = tuple[str, int, int]
_log = logging.getLogger(__name__)
# Its remarks are for programmers; what goes wrong is raised, or ends a task of the loop, and is told in our words.
logging.getLogger("procrastinate").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class WaitingJob:
    """A case that waits for a worker: the volume of its number, its serial, since when; ``due``: tried again then."""

    volume: int
    serial: int
    since: datetime
    due: datetime | None


def waiting_jobs(database: Database) -> list[WaitingJob]:
    """Return which of an office's own cases wait for a worker, the first of them; raises as :meth:`Database.rows`."""
    return [WaitingJob(*row) for row in database.rows("SELECT * FROM kerja.menunggu()")]


def make_jobs(connection: psycopg.Connection) -> None:
    """Make the tables of jobs if they are missing, as who looks after the database."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('yankomas kerja', 0))")
    made = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (SCHEMA,)).fetchone()
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    connection.execute(f"SET LOCAL search_path TO {SCHEMA}")
    if not made:
        connection.execute(SchemaManager.get_schema().encode())
    connection.execute(FUNCTIONS.encode())
    connection.execute(_FUNCTIONS.encode())
    if connection.execute("SELECT to_regclass(%s)", (_INDEX,)).fetchone() == (None,):
        indexed = f"CREATE INDEX {_INDEX} ON procrastinate_jobs ((args->>'office')) WHERE status = 'todo'"
        connection.execute(indexed.encode())


def let_workers(connection: psycopg.Connection) -> None:
    """Let the role of workers, which is there, have the jobs and nothing else."""
    for rights in (
        f"USAGE ON SCHEMA {SCHEMA}",
        f"SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {SCHEMA}",
        f"USAGE ON ALL SEQUENCES IN SCHEMA {SCHEMA}",
        f"EXECUTE ON ALL FUNCTIONS IN SCHEMA {SCHEMA}",
    ):
        connection.execute(f"GRANT {rights} TO {ROLE}".encode())
    connection.execute(f"REVOKE EXECUTE ON FUNCTION {SCHEMA}.titip(integer, integer) FROM {ROLE}".encode())


def refuse_administrator(address: str) -> None:
    """Make sure that workers do not come as who looks after the database.

    Raises:
        UsageFault: they do.
        Passing: the database cannot be reached.
    """
    question = "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    with in_our_words(), psycopg.connect(address, **ALIVE) as connection:
        if connection.execute(question).fetchone() != (False,):
            raise UsageFault(
                "Pekerja pusat masuk sebagai pengelola basis data.",
                f"Pakai peran {ROLE}, yang dibuat `yankomas pusat siapkan`, dalam YANKOMAS_PUSAT_PEKERJA.",
            )


def bring_over(connection: psycopg.Connection, offices: Iterable[str], form: int) -> None:
    """Have cases of these offices that wait be found by workers whose program knows this form, and by no others."""
    connection.execute(f"SELECT {SCHEMA}.pindah_antrean(%s, %s)", ([*offices], form))


class Worker:
    """Works cases of these offices, so many at once; ``tend`` does one. Several on any machines may run.

    Those of an office whose schema has another form than this program's wait for other workers, or for an update.
    """

    def __init__(
        self,
        address: str,
        offices: Iterable[str],
        tend: Callable[[Place], None],
        open_cases: Callable[[], Iterable[Place]],
        *,
        at_once: int,
        dead: float = DEAD,
    ) -> None:
        """Come to the jobs of these offices at this address; ``open_cases`` are those that may be owed something."""
        offices = [*offices]
        options = {"options": f"-c search_path={SCHEMA}"}
        self._app = App(connector=PsycopgConnector(conninfo=address, kwargs=options))
        self._tend, self._open_cases, self._at_once, self._dead = tend, open_cases, at_once, dead
        self._ending = threading.Event()
        self._address, self._sign = address, Sign(address, offices)
        self._pause = min(_LOOK, dead / 3)
        self._told = ""
        #: The offices whose cases this takes, as of the last look.
        self.fitting: frozenset[str] = frozenset()

        #: As whom this process works, its jobs in hand, and those of it that were in nobody's hand at the last look.
        self._known_as: int | None = None
        self._in_hand, self._dropped = set[int | None](), set[int | None]()

        @self._app.task(name=_TASK, retry=_Later(), pass_context=True)
        def rawat(context: JobContext, office: str, year: int, serial: int) -> None:
            self._known_as = context.job.worker_id
            self._in_hand.add(context.job.id)
            try:
                tend((office, year, serial))
            finally:
                self._in_hand.discard(context.job.id)

    def stop(self) -> None:
        """End when the cases in hand are done."""
        self._ending.set()

    def run(self) -> None:
        """Work until stopped; a connection that breaks is made again."""
        while not self._ending.is_set():
            try:
                asyncio.run(self._work())
            except (ConnectorException, psycopg.Error, YankomasError) as fault:
                _log.warning("Antrean pusat terputus (%s); disambung lagi.", type(fault).__name__)
            self._ending.wait(_RESTART)
        with suppress(psycopg.Error, YankomasError):  # a sign that stays counts no more in a while
            self._sign.end()

    async def _work(self) -> None:
        # By itself the loop has some threads for each core: a case that waits for one would look like one let fall.
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(self._at_once + _LOOKING))
        loop.set_exception_handler(_unheard)
        async with self._app.open_async():
            while not self._ending.is_set():
                await asyncio.to_thread(self._look)
                if self.fitting:
                    await self._serve(self.fitting)
                else:
                    await asyncio.to_thread(self._ending.wait, self._pause)

    async def _serve(self, offices: frozenset[str]) -> None:
        """Take cases of these offices, whose form fits, until others fit or this is to end."""
        working = asyncio.create_task(
            self._app.run_worker_async(
                queues=[queue_of(office, known_form()) for office in sorted(offices)],
                concurrency=self._at_once,
                delete_jobs="always",
                install_signal_handlers=False,
                fetch_job_polling_interval=1.0,
                update_heartbeat_interval=self._dead / 3,
                stalled_worker_timeout=self._dead,
            )
        )
        try:
            while not working.done() and not self._ending.is_set() and self.fitting == offices:
                await self._take_up()
                await asyncio.wait([working], timeout=self._pause)
                await asyncio.to_thread(self._look)
        finally:  # also where the centre is away: what is in hand is done yet, and noted before the connections close
            working.cancel()
            ended = await self._end_of(working)
        if isinstance(ended, ConnectorException):
            raise ended
        if isinstance(ended, Exception):
            _log.error("Pekerja pusat gagal (%s di %s); dimulai lagi.", type(ended).__name__, place_of(ended))

    async def _end_of(self, working: asyncio.Task[None]) -> object:
        """Wait until what is in hand is done, giving signs meanwhile; return by what the work ended."""
        while not working.done():
            await asyncio.wait([working], timeout=self._pause)
            with suppress(psycopg.Error, YankomasError):  # without a sign this counts as dead, and goes on
                await asyncio.to_thread(self._look)
        [ended] = await asyncio.gather(working, return_exceptions=True)
        return ended

    def _look(self) -> None:
        """Say that this lives, and find out which offices' form fits; what does not is told when it changes."""
        known = known_form()
        try:
            forms = self._sign.give()
            told = " ".join(_misfit(office, form) for office, form in sorted(forms.items()) if form != known)
        except SettingsFault as fault:
            forms, told = {}, str(fault)
        self.fitting = frozenset(office for office, form in forms.items() if form == known)
        if told != self._told:
            _log.warning("%s", told or "Pekerja ini mengambil perkara semua kantornya.")
        self._told = told

    async def _take_up(self) -> None:
        """Have what dead workers left done again, what this one let fall, and cases that are open without a job."""
        left = [*await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=self._dead)]
        for job in [*left, *await self._let_fall()]:
            with suppress(ConnectorException):  # another worker was faster
                await self._app.job_manager.retry_job(job, retry_at=datetime.now(UTC))
        missing = await asyncio.to_thread(self._without_job)
        for office, year, serial in missing:
            later = self._app.configure_task(_TASK, queue=queue_of(office, known_form()))
            await later.defer_async(office=office, year=year, serial=serial)

    async def _let_fall(self) -> list[Job]:
        """Return the jobs of which this worker could not note the end: as it lives, nobody else would take them up.

        They are in nobody's hand at two looks; in between one may just be beginning or ending.
        """
        if self._known_as is None:
            return []
        doing = await self._app.job_manager.list_jobs_async(status="doing", worker_id=self._known_as)
        fallen = [job for job in doing if job.id not in self._in_hand]
        again = [job for job in fallen if job.id in self._dropped]
        self._dropped = {job.id for job in fallen} - {job.id for job in again}
        return again

    def _without_job(self) -> list[Place]:
        """Return which open cases have no job; cases whose job an office of another form put in are taken over."""
        open_cases = {place for place in self._open_cases() if place[0] in self.fitting}
        with in_our_words(), psycopg.connect(self._address, **ALIVE) as connection:
            bring_over(connection, self.fitting, known_form())
            rows = connection.execute(
                f"SELECT args->>'office', (args->>'year')::integer, (args->>'serial')::integer"  # noqa: S608
                f" FROM {SCHEMA}.procrastinate_jobs WHERE status IN ('todo', 'doing')"
            ).fetchall()
        return sorted(open_cases - {(str(office), int(year), int(serial)) for office, year, serial in rows})


def _unheard(_loop: object, told: dict[str, Any]) -> None:
    """Tell of a task of which nobody else hears how it ended, as when the end of a case could not be noted."""
    why = told.get("exception")
    kind = f"{type(why).__name__} di {place_of(why)}" if isinstance(why, BaseException) else str(told.get("message"))
    _log.warning("Antrean pusat: %s; yang belum tercatat selesai dikerjakan lagi.", kind)


def _misfit(office: str, form: int) -> str:
    """Return what a worker says of an office whose cases it does not take, as its schema has this form (0: none)."""
    known, own = known_form(), pipeline.__version__
    if not form:
        return f"Kantor {office} tidak ada di pusat."
    if form > known:
        return (
            f"Pekerja ini (versi {own}) tidak mengambil perkara kantor {office}: basis datanya berbentuk {form}, "
            f"program ini mengenal sampai bentuk {known}. "
            "Pasang versi program yang lebih baru di mesin ini, lalu mulai lagi pekerjanya."
        )
    return (
        f"Pekerja ini (versi {own}) belum mengambil perkara kantor {office}: basis datanya berbentuk {form}, "
        f"program ini memerlukan bentuk {known}. "
        "Jalankan `yankomas pusat siapkan` sebagai pengelola pusat; sesudah itu pekerja ini mulai sendiri."
    )


class _Later(BaseRetryStrategy):
    """A case that could not be done is tried again: nothing gives up on it but its own duties."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        return RetryDecision(retry_in={"seconds": min(2 ** min(job.attempts, 10), _LONGEST_PAUSE)})
