"""What workers of the centre are at, and what waits for one, as the desk of an office sees it."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime

import central_office
import psycopg
import pytest
from central_letters import enrolled
from patience import PATIENCE, until
from psycopg.conninfo import make_conninfo
from worker_signs import workers_of

import pipeline
from pipeline.errors import Passing
from pipeline.intake.ports import Stage
from pipeline.intake.progress import ProgressBoard
from pipeline.intake.store.postgres_progress import AnnouncedProgress, Announcing
from pipeline.storage.postgres_forms import known_form
from pipeline.storage.postgres_jobs import ROLE, WaitingJob, waiting_jobs
from pipeline.storage.postgres_offices import make_worker
from pipeline.storage.postgres_workers import WorkStanding
from pipeline.wiring import central_workers, office_in
from pipeline.work.engines.worker_watch import WorkerWatch


@pytest.fixture
def as_owner(central):
    """What changes the jobs that are known."""
    with psycopg.connect(central.database, autocommit=True) as owner:
        owner.execute("SET search_path TO kerja")
        yield lambda statement: owner.execute(statement)


def jobs_of(database) -> str:
    return f"WHERE args->>'office' = '{database.schema}'"


def test_the_desk_sees_what_a_worker_is_at_until_it_is_done_and_no_other_office_does(central, tmp_path, monkeypatch):
    make_worker(central.database)
    here, there = (central_office.made(tmp_path / name, central, has_workers=True) for name in ("sini", "sana"))
    number = central_office.registered(here, "surat")
    may_go_on, done = threading.Event(), threading.Event()

    def tend(number, parts):
        parts.doing(number, "membaca")
        parts.progress(number, 1, 2)
        assert may_go_on.wait(PATIENCE)
        return parts.cabinet.case(number)

    monkeypatch.setattr(central_workers, "tend", tend)
    monkeypatch.setattr("pipeline.storage.postgres_jobs._LOOK", 0.2)  # so soon it notices that it is to end
    desk, other = (office_in(office.root.layout.root) for office in (here, there))
    before = desk.progress.version
    assert desk.progress.stages()[str(number)].words.startswith("menunggu sejak ")
    role, folders = make_conninfo(central.database, user=ROLE), [office.root.layout.root for office in (here, there)]
    with central_workers.worker_of(folders, role, lambda _: done.set()) as worker:
        working = threading.Thread(target=worker.run, daemon=True)
        working.start()
        try:
            until(lambda: desk.progress.stages() == {str(number): Stage("membaca", 1, 2)})
            assert desk.progress.version > before
            assert (other.progress.stages(), other.progress.version) == ({}, 0)
            may_go_on.set()
            assert done.wait(PATIENCE)
            until(lambda: desk.progress.stages() == {})
        finally:
            may_go_on.set()
            worker.stop()
            working.join(PATIENCE)
    for root in (desk, other):
        root.database.close()


def test_what_waits_is_told_with_since_when_and_nothing_of_other_offices_or_of_a_secret_case(
    central, central_office, as_owner
):
    database, objects = central_office
    first, second, secret = (enrolled(database, objects, text, handed_on=True) for text in ("satu", "dua", "rahasia"))
    as_owner(
        f"UPDATE procrastinate_events SET at = '2020-11-27 02:12Z' WHERE job_id IN"
        f" (SELECT id FROM procrastinate_jobs {jobs_of(database)})"
    )
    later = "attempts = 2, scheduled_at = '2126-11-27 03:20Z'"
    as_owner(f"UPDATE procrastinate_jobs SET {later} {jobs_of(database)} AND args->>'serial' = '2'")
    progress = AnnouncedProgress(database, UTC, lambda numbers: [number for number in numbers if number != secret])

    assert waiting_jobs(database)[0] == WaitingJob(2026, 1, datetime(2020, 11, 27, 2, 12, tzinfo=UTC), None)
    assert progress.stages() == {
        str(first): Stage("menunggu sejak 27/11", waits=True),
        str(second): Stage("dicoba lagi 27/11", waits=True),
    }
    with central.office() as (other, _):
        assert AnnouncedProgress(other, UTC).stages() == {}
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            other.rows(f"SELECT isi FROM {database.schema}.kemajuan")


def test_a_case_that_is_secret_or_is_not_in_the_book_yet_is_not_told_to_wait(central, tmp_path, monkeypatch):
    office = central_office.made(tmp_path / "kantor", central, has_workers=True)
    number = central_office.registered(office, "surat")
    desk = office_in(office.root.layout.root)
    waiting = set(desk.progress.stages())
    row = desk.book.these([number])[number]
    with monkeypatch.context() as behind:
        behind.setattr(desk.book, "these", lambda numbers: {})
        unknown = desk.progress.stages()
    monkeypatch.setattr(type(row), "secret", True, raising=False)

    assert (waiting, unknown, desk.progress.stages()) == ({str(number)}, {}, {})
    desk.database.close()


def test_what_an_ended_process_left_behind_is_removed_by_the_next(central_office):
    database = central_office[0]
    with database.transaction() as running:
        running.execute("INSERT INTO kemajuan VALUES ('mati', 1, '{}', clock_timestamp() - interval '2 hours')")
    board = ProgressBoard()
    with Announcing([(board, lambda: database)], pause=0.02):
        board.show("2026/0001", Stage("mencetak"))
        until(lambda: AnnouncedProgress(database, UTC).stages())

        assert database.row("SELECT count(*) FROM kemajuan") == (1,)


class SometimesAway:
    """An office's database that cannot be reached at first."""

    def __init__(self, database):
        self._database, self.away = database, True

    def transaction(self):
        if self.away:
            raise Passing("Basis data pusat tidak dapat dihubungi.")
        return self._database.transaction()


def test_an_office_that_cannot_be_reached_keeps_no_other_from_being_told_and_is_told_later(
    central, central_office, monkeypatch
):
    monkeypatch.setattr("pipeline.intake.store.postgres_progress._SIGN", 0.05)
    boards = ProgressBoard(), ProgressBoard()
    with central.office() as (other, _):
        offices = central_office[0], other
        first, second = (AnnouncedProgress(database, UTC) for database in offices)
        away = SometimesAway(offices[0])
        with Announcing([(boards[0], lambda: away), (boards[1], lambda: other)], pause=0.02):
            for board in boards:
                board.show("2026/0001", Stage("mencetak"))
            until(second.stages)
            before = first.stages()

            away.away = False

            until(first.stages)
        assert before == {}


@pytest.fixture
def workers(central, central_office):
    """What says who works for the office."""
    with workers_of(central.database, central_office[0].schema) as signs:
        yield signs


@pytest.fixture
def told(central_office):
    """What the office's desk says of workers each time that it is asked later."""
    now = [0.0]
    watch = WorkerWatch(central_office[0], UTC, lambda: now[0])

    def later(seconds: float = 10) -> str:
        now[0] += seconds
        return watch.told

    return later


def test_the_desk_says_when_no_worker_lives_or_cases_wait_long_and_nothing_while_workers_keep_up(
    central_office, workers, told
):
    none = told()
    enrolled(*central_office, "surat", handed_on=True)
    one = told()
    workers.give()
    remembered, fresh = told(0), told()
    workers.wait_longer("1 hour")
    long = told()

    dead = "Tidak ada pekerja pusat yang hidup. "
    assert none == f"{dead}Perkara yang belum selesai dan yang baru menunggu. Beri tahu pengelola pusat."
    assert one.startswith(f"{dead}1 perkara menunggu pekerja pusat, yang pertama sejak ")
    assert (remembered, fresh) == (one, "")
    assert long.startswith("1 perkara menunggu pekerja pusat, yang pertama sejak ")


def test_the_desk_says_which_workers_take_no_case_of_it_for_their_program_is_another(workers, told):
    form = known_form()
    workers.give(machine="lama", form=form - 1)
    alone = told()
    workers.give(machine="cocok", program="0.0.9")
    beside = told()

    old = f"Pekerja di mesin lama (versi {pipeline.__version__}, bentuk {form - 1}) lebih lama daripada basis data "
    assert alone.startswith(f"{old}kantor (bentuk {form}) dan tidak mengambil perkaranya. Perkara yang belum selesai")
    assert beside.startswith(old)
    assert beside.endswith("perkaranya. Pekerja lain mengerjakannya. Beri tahu pengelola pusat.")


def test_what_waits_since_another_day_is_told_with_that_day(monkeypatch):
    standing = WorkStanding(alive=1, silent=0, waiting=2, oldest=3 * 86_400)
    monkeypatch.setattr("pipeline.work.engines.worker_watch.standing_of", lambda _: standing)

    told = WorkerWatch(None, UTC).told

    assert re.fullmatch(r"2 perkara .*, yang pertama sejak \d+ \w+ \d{4} pukul \d\d\.\d\d\.", told)
