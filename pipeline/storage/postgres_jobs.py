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

import psycopg
from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job
from procrastinate.schema import SchemaManager

from pipeline.errors import SettingsFault, UsageFault, YankomasError, place_of
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_faults import in_our_words

SCHEMA = "kerja"
#: The role of workers, on whichever machine.
ROLE = "yankomas_pekerja"
#: The name of the task, and how the queue of an office begins: a worker takes those of its own offices alone.
_TASK, _QUEUE = "rawat", "perkara-"
#: Seconds after which a worker whose heart does not beat is taken to be dead, and between two looks for such.
_DEAD, _LOOK = 30.0, 10.0
_LONGEST_PAUSE = 300  # seconds between two tries of a case that waits for something
_RESTART = 5.0  # seconds before a worker begins again whose connection broke
_LOOKING = 2  # threads of a worker besides those of its cases: looking for cases without a job, and for addresses
#: So many of an office's cases that wait are told one by one, the first of them.
_MOST_TOLD = 1000
#: How work stands: workers whose heart beats, seconds since the last beat, cases that none has begun yet, seconds since
#: the first of those was handed on.
_STANDING = f"""
    SELECT (SELECT count(*) FROM {SCHEMA}.procrastinate_workers
            WHERE last_heartbeat > now() - interval '{_DEAD:.0f} seconds'),
        (SELECT extract(epoch FROM now() - max(last_heartbeat))::integer FROM {SCHEMA}.procrastinate_workers),
        count(DISTINCT job.id), coalesce(extract(epoch FROM now() - min(event.at)), 0)::integer
    FROM {SCHEMA}.procrastinate_jobs job LEFT JOIN {SCHEMA}.procrastinate_events event ON event.job_id = job.id
    WHERE job.status = 'todo' AND job.attempts = 0
"""  # noqa: S608 - names of our own
#: The more an office has before it, the later its next case: its first is never behind another office's thousandth.
#: ``pg_temp`` is named last: otherwise it is looked through first, and whoever calls could put a table of theirs there.
_FUNCTIONS = f"""
CREATE INDEX IF NOT EXISTS menunggu_menurut_kantor ON procrastinate_jobs ((args->>'office')) WHERE status = 'todo';
CREATE OR REPLACE FUNCTION titip(tahun integer, urut integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT {SCHEMA}.procrastinate_defer_jobs_v1(ARRAY[ROW(
        '{_QUEUE}' || substr(session_user, 8), '{_TASK}', coalesce(min(priority), 1) - 1, NULL, NULL,
        jsonb_build_object('office', substr(session_user, 8), 'year', tahun, 'serial', urut), NULL
    )::{SCHEMA}.procrastinate_job_to_defer_v1])
    FROM {SCHEMA}.procrastinate_jobs WHERE status = 'todo' AND args->>'office' = substr(session_user, 8)
$$;
CREATE OR REPLACE FUNCTION keadaan(OUT bigint, OUT integer, OUT bigint, OUT integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    {_STANDING} AND job.args->>'office' = substr(session_user, 8)
$$;
CREATE OR REPLACE FUNCTION menunggu(OUT integer, OUT integer, OUT timestamptz, OUT timestamptz) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT (args->>'year')::integer, (args->>'serial')::integer,
        (SELECT min(at) FROM {SCHEMA}.procrastinate_events event WHERE event.job_id = job.id),
        CASE WHEN attempts > 0 AND scheduled_at > now() THEN scheduled_at END
    FROM {SCHEMA}.procrastinate_jobs job
    WHERE status = 'todo' AND args->>'office' = substr(session_user, 8) ORDER BY id LIMIT {_MOST_TOLD}
$$;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA {SCHEMA} FROM PUBLIC;
"""  # noqa: S608 - names of our own
#: A case: its office, the volume of its number and its serial.
Place = tuple[str, int, int]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkStanding:
    """How work stands: workers that live, and cases that none has begun yet.

    ``silent``: seconds since the last of any worker gave a sign (None: none is known); ``oldest``: seconds since the
    first of those cases was handed on (0: there is none).
    """

    alive: int
    silent: int | None
    waiting: int
    oldest: int


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


def standing_of(database: Database) -> WorkStanding:
    """Return how work stands, of cases an office's own; workers are all offices'.

    Raises:
        SettingsFault: the database was not made ready for this version of the program, or not for this office.
        Passing: it cannot be reached.
    """
    if database.row("SELECT has_function_privilege(to_regprocedure('kerja.keadaan()'), 'EXECUTE')") != (True,):
        raise SettingsFault(
            "Antrean kerja di pusat belum berbentuk versi program ini.",
            "Jalankan `yankomas pusat siapkan` sebagai pengelola pusat.",
        )
    return WorkStanding(*(database.row("SELECT * FROM kerja.keadaan()") or (0, None, 0, 0)))


def standing_of_all(address: str) -> WorkStanding:
    """Return how work of all offices stands, as who looks after the database.

    Raises:
        Passing: it cannot be reached.
    """
    with in_our_words(), psycopg.connect(address) as connection:
        if connection.execute("SELECT to_regclass('kerja.procrastinate_jobs')").fetchone() == (None,):
            return WorkStanding(0, None, 0, 0)
        return WorkStanding(*(connection.execute(_STANDING.encode()).fetchone() or (0, None, 0, 0)))


def make_jobs(connection: psycopg.Connection) -> None:
    """Make the tables of jobs if they are missing, as who looks after the database."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('yankomas kerja', 0))")
    made = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (SCHEMA,)).fetchone()
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    connection.execute(f"SET LOCAL search_path TO {SCHEMA}")
    if not made:
        connection.execute(SchemaManager.get_schema().encode())
    connection.execute(_FUNCTIONS.encode())


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
    with in_our_words(), psycopg.connect(address) as connection:
        if connection.execute(question).fetchone() != (False,):
            raise UsageFault(
                "Pekerja pusat masuk sebagai pengelola basis data.",
                f"Pakai peran {ROLE}, yang dibuat `yankomas pusat siapkan`, dalam YANKOMAS_PUSAT_PEKERJA.",
            )


class Worker:
    """Works cases of these offices, so many at once; ``tend`` does one. Several on any machines may run."""

    def __init__(
        self,
        address: str,
        offices: Iterable[str],
        tend: Callable[[Place], None],
        open_cases: Callable[[], Iterable[Place]],
        *,
        at_once: int,
        dead: float = _DEAD,
    ) -> None:
        """Come to the jobs of these offices at this address; ``open_cases`` are those that may be owed something."""
        self._queues = [_QUEUE + office for office in offices]
        options = {"options": f"-c search_path={SCHEMA}"}
        self._app = App(connector=PsycopgConnector(conninfo=address, kwargs=options))
        self._tend, self._open_cases, self._at_once, self._dead = tend, open_cases, at_once, dead
        self._ending = threading.Event()
        self._address = address

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

    async def _work(self) -> None:
        # By itself the loop has some threads for each core: a case that waits for one would look like one let fall.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(self._at_once + _LOOKING))
        async with self._app.open_async():
            working = asyncio.create_task(
                self._app.run_worker_async(
                    queues=self._queues,
                    concurrency=self._at_once,
                    delete_jobs="always",
                    install_signal_handlers=False,
                    fetch_job_polling_interval=1.0,
                    update_heartbeat_interval=self._dead / 3,
                    stalled_worker_timeout=self._dead,
                )
            )
            try:
                while not working.done() and not self._ending.is_set():
                    await self._take_up()
                    await asyncio.wait([working], timeout=min(_LOOK, self._dead / 3))
            finally:
                working.cancel()
            [ended] = await asyncio.gather(working, return_exceptions=True)
        if isinstance(ended, ConnectorException):
            raise ended
        if isinstance(ended, Exception):
            _log.error("Pekerja pusat gagal (%s di %s); dimulai lagi.", type(ended).__name__, place_of(ended))

    async def _take_up(self) -> None:
        """Have what dead workers left done again, what this one let fall, and cases that are open without a job."""
        left = [*await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=self._dead)]
        for job in [*left, *await self._let_fall()]:
            with suppress(ConnectorException):  # another worker was faster
                await self._app.job_manager.retry_job(job, retry_at=datetime.now(UTC))
        missing = await asyncio.to_thread(self._without_job)
        for office, year, serial in missing:
            later = self._app.configure_task(_TASK, queue=_QUEUE + office)
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
        open_cases = set(self._open_cases())
        with in_our_words(), psycopg.connect(self._address) as connection:
            rows = connection.execute(
                f"SELECT args->>'office', (args->>'year')::integer, (args->>'serial')::integer"  # noqa: S608
                f" FROM {SCHEMA}.procrastinate_jobs WHERE status IN ('todo', 'doing')"
            ).fetchall()
        return sorted(open_cases - {(str(office), int(year), int(serial)) for office, year, serial in rows})


class _Later(BaseRetryStrategy):
    """A case that could not be done is tried again: nothing gives up on it but its own duties."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        return RetryDecision(retry_in={"seconds": min(2 ** min(job.attempts, 10), _LONGEST_PAUSE)})
