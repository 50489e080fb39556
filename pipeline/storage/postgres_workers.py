"""Workers of the centre as each office and who looks after it see them: which live, and whose program fits.

A worker gives a sign every few seconds, with its program and the form of a schema that this knows, and is told which
form each of its offices has. It takes the cases of those alone whose form is its own: what is older knows nothing of
what a later form holds, and what is newer asks for what is not there yet.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import hashlib
import secrets
import socket
from collections.abc import Iterable
from dataclasses import dataclass

import psycopg

import pipeline
from pipeline.errors import SettingsFault
from pipeline.storage.postgres import ALIVE, Database
from pipeline.storage.postgres_faults import in_our_words
from pipeline.storage.postgres_forms import known_form

SCHEMA = "kerja"
#: Seconds after which a worker that gave no sign is taken to be dead.
DEAD = 30.0
#: How the queue of an office begins; the form of its schema and its name follow. So no worker of another version finds
#: a case there, not even one of before workers asked for the form.
_QUEUE = "perkara-"
#: Of a longer name some letters are left and its mark stands for the rest: Procrastinate has a channel of each queue,
#: and PostgreSQL refuses a name of one that is longer than 63 bytes ("procrastinate_queue_v1#perkara-999-" are 35).
_LONGEST, _BEGINNING, _MARK = 28, 19, 8
_OWN = "substr(session_user, 8)"
_LIVING = f"saat > clock_timestamp() - interval '{DEAD:.0f} seconds'"
#: Cases that none has begun yet, and seconds since the first of them was handed on.
_WAITING = f"""
    SELECT count(DISTINCT job.id), coalesce(extract(epoch FROM now() - min(event.at)), 0)::integer
    FROM {SCHEMA}.procrastinate_jobs job LEFT JOIN {SCHEMA}.procrastinate_events event ON event.job_id = job.id
    WHERE job.status = 'todo' AND job.attempts = 0
"""  # noqa: S608 - names of our own
#: ``pg_temp`` is named last: otherwise it is looked through first, and whoever calls could put a table of theirs there.
#: Of a name that is no office's nothing is asked, for it could be that of a schema which the caller fills.
FUNCTIONS = f"""
CREATE UNLOGGED TABLE IF NOT EXISTS pekerja (
    nama text PRIMARY KEY, mesin text NOT NULL, program text NOT NULL, bentuk integer NOT NULL, kantor text[] NOT NULL,
    saat timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE OR REPLACE FUNCTION antrean(kantor text, bentuk integer) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT '{_QUEUE}' || bentuk || '-' || CASE WHEN length(kantor) <= {_LONGEST} THEN kantor
        ELSE left(kantor, {_BEGINNING}) || '.' || left(md5(kantor), {_MARK}) END
$$;
CREATE OR REPLACE FUNCTION bentuk_kantor(kantor text) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
DECLARE found integer;
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kantor_' || kantor)
        AND to_regclass(format('%I.bentuk', kantor)) IS NOT NULL
    THEN
        EXECUTE format('SELECT max(versi) FROM %I.bentuk', kantor) INTO found;
    END IF;
    RETURN coalesce(found, 0);
END $$;
CREATE OR REPLACE FUNCTION tanda(text, text, text, integer, text[]) RETURNS TABLE (kantor text, bentuk integer)
LANGUAGE sql SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    DELETE FROM {SCHEMA}.pekerja WHERE saat < clock_timestamp() - interval '1 day';
    INSERT INTO {SCHEMA}.pekerja (nama, mesin, program, bentuk, kantor) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (nama) DO UPDATE SET saat = clock_timestamp();
    SELECT office, {SCHEMA}.bentuk_kantor(office) FROM unnest($5) office;
$$;
CREATE OR REPLACE FUNCTION keadaan(OUT bigint, OUT integer, OUT bigint, OUT integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT
        (SELECT count(*) FROM {SCHEMA}.pekerja
         WHERE {_OWN} = ANY (kantor) AND {_LIVING} AND bentuk = {SCHEMA}.bentuk_kantor({_OWN})),
        (SELECT extract(epoch FROM clock_timestamp() - max(saat))::integer FROM {SCHEMA}.pekerja
         WHERE {_OWN} = ANY (kantor)),
        waiting.* FROM ({_WAITING} AND job.args->>'office' = {_OWN}) waiting
$$;
CREATE OR REPLACE FUNCTION para_pekerja() RETURNS TABLE (mesin text, program text, bentuk integer, perlu integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {SCHEMA}, pg_temp AS $$
    SELECT mesin, program, bentuk, {SCHEMA}.bentuk_kantor({_OWN}) FROM {SCHEMA}.pekerja
    WHERE {_OWN} = ANY (kantor) AND {_LIVING} ORDER BY mesin, nama
$$;
"""  # noqa: S608 - names of our own


def queue_of(office: str, form: int) -> str:
    """Return in which queue the cases of an office lie, of that form, as the database names it itself (`antrean`)."""
    mark = hashlib.md5(office.encode(), usedforsecurity=False).hexdigest()[:_MARK]
    return f"{_QUEUE}{form}-{office if len(office) <= _LONGEST else f'{office[:_BEGINNING]}.{mark}'}"


@dataclass(frozen=True, slots=True)
class OtherWorker:
    """A worker that lives and is not of this program's version: on which machine, its program, the form this knows.

    ``wanted`` is the form that the schema has of the office of which is told.
    """

    machine: str
    program: str
    form: int
    wanted: int

    @property
    def waits(self) -> bool:
        """Whether it takes none of the office's cases."""
        return self.form != self.wanted

    @property
    def words(self) -> str:
        """What is said of it."""
        who = f"pekerja di mesin {self.machine} (versi {self.program}, bentuk {self.form})"
        if not self.waits:
            return f"{who} memakai versi program lain daripada yang di sini ({pipeline.__version__}) dan tetap bekerja"
        age = "lebih lama" if self.form < self.wanted else "lebih baru"
        return f"{who} {age} daripada basis data kantor (bentuk {self.wanted}) dan tidak mengambil perkaranya"


@dataclass(frozen=True, slots=True)
class WorkStanding:
    """How work stands: workers that live and take cases, and cases that none has begun yet.

    ``silent``: seconds since the last of any worker gave a sign (None: none is known); ``oldest``: seconds since the
    first of those cases was handed on (0: there is none); ``others``: workers of another version that live.
    """

    alive: int
    silent: int | None
    waiting: int
    oldest: int
    others: tuple[OtherWorker, ...] = ()


class Sign:
    """What a worker says of itself, under a name of its own."""

    def __init__(self, address: str, offices: Iterable[str]) -> None:
        """Speak for a worker of these offices at this address; nothing is said yet."""
        self._address, self._offices, self._name = address, [*offices], secrets.token_hex(8)

    def give(self) -> dict[str, int]:
        """Say that this lives; return which form each of its offices has (0: there is no such office).

        Raises:
            SettingsFault: the database was not made ready for this version of the program.
            Passing: it cannot be reached.
        """
        said = (self._name, socket.gethostname(), pipeline.__version__, known_form(), self._offices)
        with in_our_words(), psycopg.connect(self._address, autocommit=True, **ALIVE) as connection:
            try:
                found = connection.execute(f"SELECT * FROM {SCHEMA}.tanda(%s, %s, %s, %s, %s)", said)  # noqa: S608
            except (psycopg.errors.UndefinedFunction, psycopg.errors.InsufficientPrivilege) as fault:
                raise unready() from fault
            return dict(found.fetchall())

    def end(self) -> None:
        """Say that this has ended; raises as :meth:`give`."""
        with in_our_words(), psycopg.connect(self._address, autocommit=True, **ALIVE) as connection:
            connection.execute(f"DELETE FROM {SCHEMA}.pekerja WHERE nama = %s", (self._name,))  # noqa: S608


def unready() -> SettingsFault:
    """Return the fault that jobs of the database are not as this version of the program wants them, to be raised."""
    return SettingsFault(
        "Antrean kerja di pusat belum berbentuk versi program ini.",
        "Jalankan `yankomas pusat siapkan` sebagai pengelola pusat.",
    )


def standing_of(database: Database) -> WorkStanding:
    """Return how work stands, of cases and workers of an office.

    Raises:
        SettingsFault: the database was not made ready for this version of the program, or not for this office.
        Passing: it cannot be reached.
    """
    if database.row("SELECT has_function_privilege(to_regprocedure('kerja.para_pekerja()'), 'EXECUTE')") != (True,):
        raise unready()
    alive, silent, waiting, oldest = database.row("SELECT * FROM kerja.keadaan()") or (0, None, 0, 0)
    workers = [OtherWorker(*row) for row in database.rows("SELECT * FROM kerja.para_pekerja()")]
    return WorkStanding(alive, silent, waiting, oldest, tuple(filter(_is_other, workers)))


def _is_other(worker: OtherWorker) -> bool:
    return worker.waits or worker.program != pipeline.__version__


def standing_of_all(address: str) -> tuple[WorkStanding, tuple[tuple[str, OtherWorker], ...]]:
    """Return how work of all offices stands, as who looks after the database; and of which office which others live.

    Raises:
        Passing: it cannot be reached.
    """
    known = f"SELECT to_regclass('{SCHEMA}.procrastinate_jobs'), to_regclass('{SCHEMA}.pekerja')"
    signs = f"""
        SELECT count(*) FILTER (WHERE {_LIVING}), extract(epoch FROM clock_timestamp() - max(saat))::integer
        FROM {SCHEMA}.pekerja
    """  # noqa: S608 - names of our own
    each = f"""
        SELECT office, mesin, program, bentuk, {SCHEMA}.bentuk_kantor(office)
        FROM {SCHEMA}.pekerja, unnest(kantor) office WHERE {_LIVING} ORDER BY mesin, nama, office
    """  # noqa: S608 - names of our own
    with in_our_words(), psycopg.connect(address, **ALIVE) as connection:
        jobs, workers = connection.execute(known.encode()).fetchone() or (None, None)
        waiting, oldest = (connection.execute(_WAITING.encode()).fetchone() if jobs else None) or (0, 0)
        if not workers:
            return WorkStanding(0, None, waiting, oldest), ()
        alive, silent = connection.execute(signs.encode()).fetchone() or (0, None)
        found = ((office, OtherWorker(*said)) for office, *said in connection.execute(each.encode()))
        others = tuple((office, worker) for office, worker in found if _is_other(worker))
    return WorkStanding(alive, silent, waiting, oldest), others
