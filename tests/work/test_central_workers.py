"""Workers of the centre have a role of their own, and tend by the settings as they are."""

from __future__ import annotations

import threading

import psycopg
import pytest
from central_letters import enrolled
from patience import PATIENCE
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pipeline.cases.case_number import volume_of
from pipeline.cli import main
from pipeline.errors import SettingsFault, UsageFault
from pipeline.storage import postgres_jobs
from pipeline.storage.postgres_jobs import ROLE, Worker, refuse_administrator
from pipeline.storage.postgres_offices import make_worker, worker_address
from pipeline.wiring import office_in
from pipeline.wiring.central_workers import TendedOffice
from pipeline.work.store.setup import lay_out_filled


@pytest.fixture
def role(central) -> str:
    """How workers come to the database of this run."""
    make_worker(central.database)
    return make_conninfo(central.database, user=ROLE)


def test_a_worker_has_the_jobs_and_nothing_of_any_office(central, central_office, role, monkeypatch):
    monkeypatch.setattr(postgres_jobs, "_LOOK", 0.5)
    database, objects = central_office
    enrolled(database, objects, "surat rekaan", handed_on=True)
    enrolled(database, objects, "surat layanan", handed_on=True, series="ZZZZ")
    both = {(database.schema, 2026, 1), (database.schema, volume_of(2026, "ZZZZ"), 1)}
    done, named = set(), threading.Event()

    def tend(place):
        done.add(place)
        if done == both:
            named.set()

    worker = Worker(role, [database.schema], tend, list, at_once=1)
    working = threading.Thread(target=worker.run, daemon=True)
    working.start()
    assert named.wait(PATIENCE)
    worker.stop()
    working.join(PATIENCE)

    assert done == both
    with psycopg.connect(role, autocommit=True) as connection:
        for statement in (
            f"SELECT baris FROM {database.schema}.jurnal",
            f"UPDATE {database.schema}.deret SET terakhir = 9",
            "SELECT kerja.titip(2026, 1)",
            "CREATE SCHEMA lain",
            "CREATE ROLE lain",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_no_worker_comes_as_who_looks_after_the_database(central, role, tmp_path, monkeypatch, capsys):
    refuse_administrator(role)
    with pytest.raises(UsageFault, match="sebagai pengelola"):
        refuse_administrator(central.database)

    monkeypatch.setenv("YANKOMAS_PUSAT_PEKERJA", central.database)
    assert main(["pusat", "pekerja", str(tmp_path)]) == UsageFault.exit_code
    assert ROLE in capsys.readouterr().err


def test_the_role_is_made_once_and_its_password_told_once(central):
    make_worker(central.database)

    assert make_worker(central.database) == ""
    told = conninfo_to_dict(worker_address("host=db dbname=x user=pengelola password=rahasia", "p"))
    assert told == {"host": "db", "dbname": "x", "user": ROLE, "password": "p"}


@pytest.fixture
def folder(central, tmp_path):
    lay_out_filled(tmp_path / "kantor")
    central.join(tmp_path / "kantor")
    return tmp_path / "kantor"


def change_settings(folder, key: str, said: str) -> None:
    settings = folder / "office.toml"
    lines = settings.read_text().splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith(f"{key} = "))
    settings.write_text("".join([*lines[:at], f"{key} = {said}\n", *lines[at + 1 :]]))


def test_published_settings_are_used_for_the_next_case_and_engines_of_before_end_with_the_last(folder):
    desk = office_in(folder)
    desk.prepare()
    desk.publish_in_force()
    office = TendedOffice(folder, threading.Event())
    closed = []
    with office.parts() as before:
        engines = office._now._engines
        for engine in engines:
            engine.close = lambda engine=engine: closed.append(engine)
        change_settings(folder, "alamat", '"Jalan Baru Nomor 2, Bengkulu"')
        desk.publish_in_force()
        with office.parts() as after:
            assert closed == []
    assert closed == [*engines]

    assert before.office.letterhead != after.office.letterhead
    assert "Jalan Baru Nomor 2" in str(after.office.letterhead)
    with office.parts() as again:
        assert again is after
    office.close()
    office.root.database.close()
    desk.database.close()


def test_an_office_that_moves_is_not_tended(folder):
    (folder / "archive").mkdir(exist_ok=True)
    (folder / "archive/.pindah").write_text("{}")

    with pytest.raises(SettingsFault, match="sedang pindah"):
        TendedOffice(folder, threading.Event())
    with pytest.raises(SettingsFault, match="sedang pindah"):
        office_in(folder)
