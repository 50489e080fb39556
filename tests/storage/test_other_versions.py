"""Programs of another version than a schema's form: they take no case and touch nothing, say so, and go on later."""

from __future__ import annotations

import socket
import threading
from contextlib import closing

import psycopg
import pytest
from central_letters import enrolled
from fakes import MORNING
from patience import PATIENCE, until
from psycopg.conninfo import make_conninfo
from worker_signs import form_of, workers_of

import pipeline
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.archive.store.postgres_changes import insert_line
from pipeline.cases.journal import write_line
from pipeline.errors import Passing, SettingsFault, YankomasError
from pipeline.storage import postgres, postgres_jobs
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_forms import known_form
from pipeline.storage.postgres_jobs import ROLE, Worker
from pipeline.storage.postgres_offices import address_of, make_office, make_worker
from pipeline.storage.postgres_workers import Sign, queue_of, standing_of_all

LATER = 99  # a form that this program does not know
LONGEST = "kanwil_kepulauan_bangka_belitung_dan_dua"  # a name that an office may have


@pytest.fixture
def owner(central):
    with psycopg.connect(central.database, autocommit=True) as connection:
        yield connection


@pytest.fixture(autouse=True)
def _no_workers_of_other_tests(central, central_office):
    with workers_of(central.database, central_office[0].schema):
        yield


def queues(owner, office: str) -> set[str]:
    """Return in which queues an office's cases are."""
    found = owner.execute("SELECT queue_name FROM kerja.procrastinate_jobs WHERE args->>'office' = %s", (office,))
    return {name for (name,) in found}


@pytest.fixture
def office(central_office):
    database, objects = central_office
    enrolled(database, objects, "surat rekaan", handed_on=True)
    return database, objects


def test_a_worker_takes_no_case_of_an_office_of_a_later_form_and_says_so_until_it_fits_again(
    office, central, owner, monkeypatch, caplog
):
    monkeypatch.setattr(postgres_jobs, "_LOOK", 0.05)
    (database, objects), done = office, []
    worker = Worker(central.database, [database.schema], done.append, list, at_once=1)
    thread = threading.Thread(target=worker.run, daemon=True)
    thread.start()
    try:
        until(lambda: done)
        with form_of(owner, database.schema, LATER):
            enrolled(database, objects, "surat sesudah", handed_on=True)
            waits = queues(owner, database.schema)
            until(lambda: not worker.fitting)
            others = {worker.waits for office, worker in standing_of_all(central.database)[1]}
            assert len(done) == 1
        until(lambda: len(done) == 2)
    finally:
        worker.stop()
        thread.join(PATIENCE)

    assert waits == {f"perkara-{LATER}-{database.schema}"}
    assert others == {True}
    assert f"Pekerja ini (versi {pipeline.__version__}) tidak mengambil perkara kantor {database.schema}" in caplog.text
    assert f"berbentuk {LATER}, program ini mengenal sampai bentuk {known_form()}" in caplog.text
    assert "Pekerja ini mengambil perkara semua kantornya." in caplog.text
    assert owner.execute("SELECT count(*) FROM kerja.pekerja").fetchone() == (0,)  # it took its sign along


@pytest.fixture
def newer(monkeypatch):
    """A program of one form more than the schemas have."""
    form = known_form() + 1
    for module in ("postgres_jobs", "postgres_workers"):
        monkeypatch.setattr(f"pipeline.storage.{module}.known_form", lambda: form)
    return form


def test_a_newer_worker_waits_for_the_update_and_then_begins_by_itself(office, central, owner, newer, caplog):
    name, done = office[0].schema, []
    worker = Worker(central.database, [name], done.append, list, at_once=1, dead=0.3)
    thread = threading.Thread(target=worker.run, daemon=True)
    thread.start()
    try:
        until(lambda: "belum mengambil perkara" in caplog.text)
        assert (done, worker.fitting) == ([], frozenset())
        with form_of(owner, name, newer):
            until(lambda: done)
    finally:
        worker.stop()
        thread.join(PATIENCE)

    assert "`yankomas pusat siapkan` sebagai pengelola pusat; sesudah itu pekerja ini mulai sendiri." in caplog.text
    assert done == [(name, 2026, 1)]


def test_what_waits_is_for_workers_of_the_form_that_the_update_made(office, central, owner):
    name = office[0].schema
    owner.execute("SET search_path TO kerja")
    of_before = "queue_name = 'perkara-' || (args->>'office'), attempts = 1, scheduled_at = now()"  # and tried already
    owner.execute(f"UPDATE procrastinate_jobs SET {of_before}".encode())

    make_office(central.database, name)

    assert queues(owner, name) == {f"perkara-{known_form()}-{name}"}


@pytest.mark.parametrize("name", ["bengkulu", "n" * 28, "n" * 29, LONGEST])
def test_an_office_of_whatever_name_has_a_queue_that_can_be_listened_to(central, owner, name):
    queue = queue_of(name, 999)

    assert owner.execute("SELECT kerja.antrean(%s, 999)", (name,)).fetchone() == (queue,)
    assert len(f"procrastinate_queue_v1#{queue}") <= 63
    assert (name in queue) == (len(name) <= 28)


def test_the_case_of_an_office_with_the_longest_name_comes_to_a_worker(central, monkeypatch):
    monkeypatch.setattr(postgres_jobs, "_LOOK", 0.5)
    done, password = [], make_office(central.database, LONGEST)
    with closing(Database(address_of(central.database, LONGEST, password), LONGEST)) as database:
        with database.transaction() as running:
            running.execute("SELECT kerja.titip(2026, 1)")
        worker = Worker(central.database, [LONGEST], done.append, list, at_once=1)
        thread = threading.Thread(target=worker.run, daemon=True)
        thread.start()
        until(lambda: done)
        worker.stop()
        thread.join(PATIENCE)

    assert done == [(LONGEST, 2026, 1)]


def test_of_offices_that_are_none_nothing_is_known_whatever_the_worker_made_up(central, owner, central_office):
    make_worker(central.database)
    role = make_conninfo(central.database, user=ROLE)
    assert Sign(role, [central_office[0].schema, "tidak_ada"]).give() == {
        central_office[0].schema: known_form(),
        "tidak_ada": 0,
    }
    with psycopg.connect(role, autocommit=True) as worker:
        worker.execute("CREATE TEMP TABLE bentuk (versi integer)")
        worker.execute("INSERT INTO bentuk VALUES (7)")
        asked = worker.execute("SELECT * FROM kerja.tanda('x', 'x', 'x', 1, ARRAY['pg_temp', 'kerja'])")
        assert asked.fetchall() == [("pg_temp", 0), ("kerja", 0)]
        worker.execute("DELETE FROM kerja.pekerja")


def test_who_looks_after_the_centre_sees_each_worker_of_another_version_with_its_office(office, central, newer):
    sign = Sign(central.database, [office[0].schema])
    sign.give()
    standing, [(name, worker)] = standing_of_all(central.database)
    sign.end()

    assert (standing.alive, standing_of_all(central.database)[0].alive) == (1, 0)
    assert (name, worker.machine, worker.waits) == (office[0].schema, socket.gethostname(), True)
    assert "lebih baru daripada basis data" in worker.words


def test_a_centre_that_was_not_made_ready_for_this_version_is_said_by_a_worker_that_waits(
    office, central, owner, caplog
):
    worker = Worker(central.database, [office[0].schema], list, list, at_once=1)
    owner.execute("ALTER FUNCTION kerja.tanda RENAME TO lain")
    try:
        worker._look()
        worker._look()
    finally:
        owner.execute("ALTER FUNCTION kerja.lain RENAME TO tanda")

    assert not worker.fitting
    assert caplog.text.count("Antrean kerja di pusat belum berbentuk versi program ini.") == 1


@pytest.fixture
def always_looked_at(monkeypatch):
    monkeypatch.setattr(postgres, "_FRESH", -1.0)


@pytest.mark.usefixtures("always_looked_at")
def test_a_running_program_touches_nothing_of_an_office_that_a_later_version_has_brought_on(central_office, owner):
    database = central_office[0]
    database.require_form()

    def asks():
        return database.row("SELECT 1")

    def writes():
        with database.transaction() as running:
            running.execute("UPDATE kunci SET dipegang = dipegang")

    def beside():
        with database.beside.apart():
            pass

    with form_of(owner, database.schema, LATER):
        for act in (asks, writes, beside):
            with pytest.raises(Passing, match="lebih lama daripada basis data kantor") as told:
                act()
        assert "mulai lagi" in told.value.remedy
    for act in (asks, writes, beside):
        act()


def test_no_line_of_a_case_is_written_from_that_moment_on(central_office, owner, monkeypatch):
    database, objects = central_office
    monkeypatch.setattr(postgres, "_FRESH", 1e9)  # whatever this connection was last seen to be
    database.require_form()
    enrolled(database, objects, "surat sebelum")

    with form_of(owner, database.schema, LATER):
        with pytest.raises(Passing, match="lebih lama daripada basis data kantor"):
            enrolled(database, objects, "surat sesudah")
        counted = owner.execute(f"SELECT count(*), max(posisi) > 0 FROM {database.schema}.saksi".encode()).fetchone()

    assert counted == (1, True)


def test_nor_by_who_waited_for_the_position_meanwhile(central_office, central, owner):
    database, objects = central_office
    database.require_form()
    number = enrolled(database, objects, "surat rekaan")
    first = PostgresCabinet(database, objects).case(number).entries[-1]
    line, entry = write_line(2, MORNING, "sistem", "diulang", {}, first.hash)
    told = list[YankomasError]()

    def write() -> None:
        try:
            with database.transaction() as running:
                insert_line(running, number, line, entry)
        except YankomasError as fault:
            told.append(fault)

    waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE kantor SET posisi%'"
    thread = threading.Thread(target=write, daemon=True)
    with psycopg.connect(central.database) as another:
        another.execute(f"SELECT 1 FROM {database.schema}.kantor FOR UPDATE".encode())
        thread.start()
        until(lambda: told or owner.execute(waits).fetchone())
        owner.execute(f"INSERT INTO {database.schema}.bentuk VALUES ({LATER})".encode())
    thread.join(PATIENCE)
    owner.execute(f"DELETE FROM {database.schema}.bentuk WHERE versi = {LATER}".encode())

    assert [type(fault) for fault in told] == [Passing]
    assert owner.execute(f"SELECT max(seq) FROM {database.schema}.jurnal".encode()).fetchone() == (1,)


@pytest.mark.usefixtures("always_looked_at")
def test_nor_of_one_that_was_brought_back_to_before_its_update(central_office, owner):
    database = central_office[0]
    database.require_form()
    owner.execute(f"DELETE FROM {database.schema}.bentuk WHERE versi = {known_form()}".encode())
    try:
        with pytest.raises(Passing, match="kembali ke bentuk sebelum"):
            database.row("SELECT 1")
    finally:
        owner.execute(f"INSERT INTO {database.schema}.bentuk VALUES ({known_form()})".encode())
    assert database.row("SELECT 1") == (1,)


@pytest.mark.usefixtures("always_looked_at")
def test_who_looks_after_the_centre_asks_for_no_form(central_owner):
    assert central_owner.row("SELECT max(versi) FROM bentuk") == (known_form(),)
    with (
        psycopg.connect(central_owner.address, autocommit=True) as owner,
        form_of(owner, central_owner.schema, LATER),
    ):
        assert central_owner.row("SELECT max(versi) FROM bentuk") == (LATER,)
        with pytest.raises(SettingsFault):
            central_owner.require_form()
        assert central_owner.row("SELECT 1") == (1,)
