"""Jobs of the centre: put in with the case, worked once, taken over from the dead, fair between offices."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import psycopg
import pytest
from central_letters import FIRST, enrolled
from patience import PATIENCE, until
from procrastinate.exceptions import ConnectorException
from procrastinate.manager import JobManager

from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.errors import Passing
from pipeline.storage import postgres_jobs
from pipeline.storage.postgres_jobs import Worker

DEAD = 1.5  # seconds after which a silent worker is taken to be dead, where one is killed


def jobs(central) -> list[tuple[str, int, str]]:
    """Return the jobs there are, in the order in which they are taken: office, serial, status."""
    question = (
        "SELECT args->>'office', (args->>'serial')::integer, status::text FROM kerja.procrastinate_jobs"
        " ORDER BY priority DESC, id"
    )
    with psycopg.connect(central.database) as owner:
        return owner.execute(question).fetchall()


@pytest.fixture(autouse=True)
def _workers_look_often(monkeypatch):
    monkeypatch.setattr(postgres_jobs, "_LOOK", 0.5)


@pytest.fixture(autouse=True)
def _no_jobs_of_other_tests(central):
    with central.office(), psycopg.connect(central.database) as owner:
        owner.execute("SET search_path TO kerja")
        owner.execute("DELETE FROM procrastinate_jobs")


def settled(cabinet) -> None:
    with cabinet.held(FIRST) as folder:
        folder.settle()


@pytest.fixture
def kept(central_office):
    database, objects = central_office
    enrolled(database, objects, "surat rekaan", handed_on=True)
    return database, objects, PostgresCabinet(database, objects, handed_on=True)


def working(worker: Worker) -> threading.Thread:
    thread = threading.Thread(target=worker.run, daemon=True)
    thread.start()
    return thread


def test_a_case_is_among_the_jobs_once_from_the_moment_it_is_registered(kept, central):
    database, _, cabinet = kept

    assert jobs(central) == [(database.schema, 1, "todo")]
    settled(cabinet)
    with cabinet.held(FIRST) as folder:
        folder.mark(open_=True)
        folder.mark(open_=True)
    assert jobs(central) == [(database.schema, 1, "todo")] * 2


def test_a_registration_that_fails_leaves_no_job(kept, central):
    database, objects, _ = kept

    def fail() -> None:
        with database.transaction():
            enrolled(database, objects, "kedua", handed_on=True)
            raise Passing("Gagal.")

    with pytest.raises(Passing):
        fail()

    assert [job[:2] for job in jobs(central)] == [(database.schema, 1)]


def test_a_worker_does_a_case_once_and_its_job_is_gone(kept, central):
    database, _, cabinet = kept
    done = []

    def tend(place):
        done.append(place)
        settled(cabinet)

    worker = Worker(central.database, [database.schema], tend, list, at_once=2)
    thread = working(worker)
    until(lambda: done and not jobs(central))
    worker.stop()
    thread.join(PATIENCE)

    assert done == [(database.schema, 2026, 1)]
    assert cabinet.open_cases() == []


def test_a_case_that_cannot_be_done_now_is_tried_again(kept, central):
    database, tries = kept[0], []

    def tend(place):
        tries.append(place)
        if len(tries) < 2:
            raise Passing("Mesin belum siap.")

    worker = Worker(central.database, [database.schema], tend, list, at_once=1)
    thread = working(worker)
    until(lambda: len(tries) == 2 and not jobs(central))
    worker.stop()
    thread.join(PATIENCE)


def test_a_case_of_which_a_worker_that_lives_could_not_note_that_it_is_done_is_looked_at_again(
    kept, central, monkeypatch
):
    finish, failed, done = JobManager.finish_job, [], []

    async def fails_once(manager, **job):
        if not failed:
            failed.append(job)
            raise ConnectorException("basis data hanya dapat dibaca")
        await finish(manager, **job)

    monkeypatch.setattr(JobManager, "finish_job", fails_once)
    worker = Worker(central.database, [kept[0].schema], done.append, list, at_once=1, dead=DEAD)
    thread = working(worker)
    until(lambda: len(done) == 2 and not jobs(central))
    worker.stop()
    thread.join(PATIENCE)

    assert failed


def test_a_worker_does_as_many_cases_at_once_as_it_was_told_however_few_its_cores(kept, central):
    """One that was taken and waited for a thread would be taken for one that was let fall."""
    many = min(32, (os.cpu_count() or 1) + 4) + 1  # more threads than Python has by itself
    together, done = threading.Barrier(many), []
    with kept[0].transaction() as running:
        for serial in range(2, many + 1):
            running.execute("SELECT kerja.titip(2026, %s)", (serial,))

    def tend(place):
        together.wait(PATIENCE)
        done.append(place)

    worker = Worker(central.database, [kept[0].schema], tend, list, at_once=many)
    thread = working(worker)
    until(lambda: together.broken or (len(done) == many and not jobs(central)))
    worker.stop()
    together.abort()
    thread.join(PATIENCE)

    assert len(done) == many


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (ConnectorException("basis data hanya dapat dibaca"), "Antrean pusat terputus"),
        (RuntimeError("rekaan"), "gagal (RuntimeError di "),
    ],
)
def test_a_worker_that_cannot_begin_says_so_and_begins_again_later(kept, central, monkeypatch, caplog, fault, said):
    begin, tries, done = JobManager.register_worker, [], []

    async def fails_once(manager):
        tries.append(1)
        if len(tries) == 1:
            raise fault
        return await begin(manager)

    monkeypatch.setattr(JobManager, "register_worker", fails_once)
    monkeypatch.setattr(postgres_jobs, "_RESTART", 0.1)
    worker = Worker(central.database, [kept[0].schema], done.append, list, at_once=1, dead=DEAD)
    thread = working(worker)
    until(lambda: done)
    worker.stop()
    thread.join(PATIENCE)

    assert said in caplog.text


@pytest.mark.parametrize("ends", [False, True])
def test_a_case_in_hand_while_the_centre_is_away_is_done_once_and_noted(kept, central, monkeypatch, caplog, ends):
    """What asks whether the worker's form fits finds nobody; the case is done before it has ended, or goes on."""
    done, begun, goes_on, away = [], threading.Event(), threading.Event(), threading.Event()
    give = postgres_jobs.Sign.give

    def asked(sign):
        if begun.is_set() and not away.is_set():
            away.set()
            if ends:
                worker.stop()
            raise Passing("Basis data pusat tidak dapat dihubungi.")
        return give(sign)

    def tend(place):
        begun.set()
        goes_on.wait(PATIENCE)
        done.append(place)

    monkeypatch.setattr(postgres_jobs.Sign, "give", asked)
    monkeypatch.setattr(postgres_jobs, "_LOOK", 0.05)
    monkeypatch.setattr(postgres_jobs, "_RESTART", 0.1)
    worker = Worker(central.database, [kept[0].schema], tend, list, at_once=1, dead=DEAD)
    thread = working(worker)
    until(away.is_set)
    goes_on.set()
    until(lambda: not jobs(central))
    worker.stop()
    thread.join(PATIENCE)

    assert len(done) == 1
    assert "Antrean pusat terputus (Passing); disambung lagi." in caplog.text
    assert "Traceback" not in caplog.text


def test_a_case_that_is_open_without_a_job_gets_one(kept, central):
    database = kept[0]
    with psycopg.connect(central.database) as owner:
        owner.execute("SET search_path TO kerja")
        owner.execute("DELETE FROM procrastinate_jobs")
    done = []

    def open_cases():
        return [] if done else [(database.schema, 2026, 1)]

    worker = Worker(central.database, [database.schema], done.append, open_cases, at_once=1)
    thread = working(worker)
    until(lambda: done)
    worker.stop()
    thread.join(PATIENCE)

    assert done[0] == (database.schema, 2026, 1)


def test_an_offices_first_letter_is_not_behind_anothers_many(central):
    with central.office() as (many, objects), central.office() as (one, others):
        for n in range(6):
            enrolled(many, objects, f"surat {n}", handed_on=True)
        enrolled(one, others, "surat lain", handed_on=True)

        order = [job[:2] for job in jobs(central)]

    assert order[:2] == [(many.schema, 1), (one.schema, 1)]
    assert [serial for office, serial in order if office == many.schema] == [1, 2, 3, 4, 5, 6]


#: Takes a job and never ends.
_HANGING = """
import sys, time
from pipeline.storage.postgres_jobs import Worker
def tend(place):
    print("mulai", flush=True)
    time.sleep(1000)
Worker(sys.argv[1], [sys.argv[2]], tend, list, at_once=1, dead=float(sys.argv[3])).run()
"""


def test_what_a_killed_worker_had_in_hand_is_taken_over(kept, central):
    database = kept[0]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    words = [sys.executable, "-c", _HANGING, central.database, database.schema, str(DEAD)]
    hanging = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)
    assert hanging.stdout.readline() == "mulai\n"
    assert jobs(central) == [(database.schema, 1, "doing")]
    hanging.send_signal(signal.SIGKILL)
    hanging.wait(PATIENCE)
    hanging.stdout.close()

    done = []
    worker = Worker(central.database, [database.schema], done.append, list, at_once=1, dead=DEAD)
    thread = working(worker)
    until(lambda: done and not jobs(central))
    worker.stop()
    thread.join(PATIENCE)

    assert set(done) == {(database.schema, 2026, 1)}  # one that is held up so long is taken to be dead itself


def test_an_office_puts_in_jobs_under_its_own_name_alone_and_sees_none(kept, central):
    database = kept[0]
    with database.transaction() as running:
        running.execute("SELECT kerja.titip(2026, 7)")

    assert (database.schema, 7, "todo") in jobs(central)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        database.rows("SELECT * FROM kerja.procrastinate_jobs")


def test_an_office_without_workers_puts_in_no_jobs(central_office, central):
    database, objects = central_office
    enrolled(database, objects, "surat rekaan")

    assert jobs(central) == []


def test_a_worker_leaves_the_jobs_of_other_offices_alone(kept, central):
    done = []
    with central.office() as (other, objects):
        enrolled(other, objects, "surat lain", handed_on=True)
        worker = Worker(central.database, [other.schema], done.append, list, at_once=2)
        thread = working(worker)
        until(lambda: done)
        worker.stop()
        thread.join(PATIENCE)

        assert done == [(other.schema, 2026, 1)]
        assert jobs(central) == [(kept[0].schema, 1, "todo")]


def test_a_fault_of_one_office_does_not_end_a_worker(kept, central):
    database, done, asked = kept[0], [], []

    def open_cases():
        asked.append(1)
        if len(asked) == 1:
            raise Passing("Kantor lain tidak dapat dihubungi.")
        return []

    worker = Worker(central.database, [database.schema], done.append, open_cases, at_once=1)
    thread = working(worker)
    until(lambda: done)
    worker.stop()
    thread.join(PATIENCE)


def test_nobody_becomes_more_than_an_office_by_a_table_of_their_own(kept, central):
    database = kept[0]
    with database.transaction() as running:
        running.execute("CREATE TEMP TABLE procrastinate_jobs (LIKE pg_catalog.pg_class)")
        running.execute("GRANT ALL ON procrastinate_jobs TO PUBLIC")
        running.execute(
            "CREATE FUNCTION pg_temp.naik() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN EXECUTE 'ALTER ROLE kantor_{database.schema} SUPERUSER'; RETURN NEW; END $$"
        )
        running.execute(
            "CREATE TRIGGER naik BEFORE INSERT ON procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION pg_temp.naik()"
        )
        running.execute("SELECT kerja.titip(2026, 9)")

    assert database.row("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == (False,)
    assert (database.schema, 9, "todo") in jobs(central)
