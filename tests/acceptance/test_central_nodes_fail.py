"""Machines of the centre fail: killed, cut off and back, with a wrong clock, two of each, of two versions."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import psycopg
import pytest
from careless_store import careless_store
from central_node import one_letter, worker_of
from central_office import jobs_left, made, opened, point_at, registered, require_whole, what_was_done
from central_servers import CentralServers
from crash import Effects, clean_forks, effects_of, in_child, was_killed
from ended_cases import ARCHIVIST
from network_nodes import NETWORK, Node, node
from offices import FakeOffice, copied
from patience import PATIENCE, until
from test_central_database_fails import Postgres
from trial_servers import FAST, free_port

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import content
from pipeline.errors import Passing, SettingsFault
from pipeline.office.store import server_clock
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_forms import migrations
from pipeline.work.close_year import close_year, sign_year

pytestmark = pytest.mark.skipif(os.environ.get("YANKOMAS_TES_PUSAT") != "1", reason="dijalankan `make test-central`")
DEAD = 1.5  # seconds after which a silent machine is taken to be dead, in these tests
FIRST, SHEET = CaseNumber(2026, 1), b"%PDF-1.7 lembar bertanda tangan"


@pytest.fixture
def office(central, tmp_path):
    """An office whose cases the centre's workers tend."""
    return made(tmp_path / "kantor", central, has_workers=True)


@pytest.fixture
def forks():
    """Where children are forked from, with all loaded that they need and nothing of the store begun."""
    return clean_forks()


def tended(office: FakeOffice, address: str) -> None:
    """Have a worker of this process do whatever is open."""
    worker = worker_of(office, address, DEAD)
    thread = threading.Thread(target=worker.run, daemon=True)
    thread.start()
    until(lambda: not office.root.cabinet.open_cases() and not jobs_left(address, office.root.central_plan.office))
    worker.stop()
    thread.join(PATIENCE)


@pytest.mark.parametrize("step", [13, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "every"])
def test_what_a_worker_had_in_hand_is_done_once_wherever_it_was_killed(office, central, forks, step):
    folder, killed, n = str(office.root.layout.root), 0, 1
    while True:
        number = registered(office, f"surat {n}")
        child = forks.Process(target=one_letter, args=(folder, central.database, n, DEAD))
        child.start()
        child.join(PATIENCE)
        if child.exitcode == 0:
            break
        assert child.exitcode == -signal.SIGKILL
        killed, n = killed + 1, n + step
        if killed % 5 == 0:
            tended(office, central.database)
    tended(office, central.database)

    assert killed >= 4
    require_whole(office, number.serial)


def _close(folder: Path, effects: Effects) -> None:
    """Close the year that is over with its signed sheet, as far as that is not done."""
    office = later(folder)
    effects.install()
    parts = office.root.close_year_parts(lambda: office.reader)
    if not office.root.year_ends.closed():
        close_year(2026, by=ARCHIVIST, parts=parts)
    if not office.root.year_ends.every()[0].signed:
        sign_year(2026, office.root.in_memory("lembar.pdf", SHEET), by=ARCHIVIST, parts=parts)


def later(folder: Path) -> FakeOffice:
    """Open an office two months later, when the year is over."""
    office = opened(folder)
    office.clock.forward(days=60)
    return office


def test_a_year_whose_closing_was_killed_anywhere_is_closed_once_with_its_sheet(office, tmp_path):
    folder = office.root.layout.root
    registered(office, "tanah")
    effects = effects_of(partial(_close, copied(folder, tmp_path / "utuh")), tmp_path)
    for kill_at in range(3, len(effects), 9):
        copy = copied(folder, tmp_path / f"n{kill_at}")
        assert was_killed(in_child(partial(_close, copy, Effects(kill_at))))

        assert in_child(partial(_close, copy, Effects())) == 0

        closed = later(copy)
        [end] = closed.root.year_ends.every()
        assert content(closed.root.year_ends.sheet(end)) == SHEET
        assert closed.root.seals.seal_now(closed.clock.now())
        assert closed.findings() == [], kill_at


class Centre:
    """Both servers, which machines reach by cables of their own, and an office whose cases those tend."""

    def __init__(self, place: Path, stack: ExitStack, folder: Path) -> None:
        rules = place / "hba.conf"
        rules.write_text(f"local all all trust\nhost all all {NETWORK} trust\n")
        settings = {**FAST, "listen_addresses": "*", "port": str(free_port()), "hba_file": str(rules)}
        self.database = Postgres(place / "basis", stack, settings)
        self.store, self._place = stack.enter_context(careless_store("0.0.0.0"))
        servers = CentralServers(self.address, self._place, iter(["bengkulu"]), place / "objek")
        self.office = made(folder, servers, has_workers=True)
        self._stack = stack

    @property
    def address(self) -> str:
        return self.database.address

    def machine(self, node: Node, *words: object) -> subprocess.Popen[str]:
        """Start what tends the office's cases on a machine, with a copy of the office's folder there."""
        folder = self.office.root.layout.root
        copy = folder.with_name(node.name)
        shutil.copytree(folder, copy)
        there = self.address.replace(f"host={self.database.folder}", f"host={node.servers}")
        port = self._place.address.rpartition(":")[2]
        point_at(copy, basis_data=there, objek=f"http://{node.servers}:{port}")
        program = Path(__file__).parents[1] / "central_node.py"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        process = node.start([sys.executable, program, copy, there, DEAD, *words], environment)
        self._stack.callback(end, process)
        return process

    def read_only(self, *, is_so: bool) -> None:
        """Have the database be read alone, or written again, by whoever is connected already too."""
        with psycopg.connect(self.address, autocommit=True) as owner:
            owner.execute("SET default_transaction_read_only = off")
            owner.execute(f"ALTER SYSTEM SET default_transaction_read_only = {'on' if is_so else 'off'}")
            owner.execute("SELECT pg_reload_conf()")

    def all_done(self) -> bool:
        try:
            return not self.office.root.cabinet.open_cases() and not jobs_left(self.address, "bengkulu")
        except (Passing, psycopg.OperationalError):
            return False


def end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.wait(PATIENCE)
    process.stdout.close()


@pytest.fixture
def centre(tmp_path):
    place = Path(tempfile.mkdtemp(prefix="yankomas-simpul-"))
    place.chmod(0o755)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, place, ignore_errors=True)
        made = Centre(place, stack, tmp_path / "kantor")
        stack.callback(FakeOffice.close_all)
        yield made


def test_a_machine_that_was_cut_off_comes_back_and_does_nothing_twice(centre, tmp_path):
    office, hold = centre.office, tmp_path / "lanjut"
    with node() as first, node() as second:
        cut_off = centre.machine(first, hold)
        registered(office, "tanah")
        assert cut_off.stdout.readline() == "mulai\n"
        first.cut_off()
        other = centre.machine(second)
        until(centre.all_done)
        done = what_was_done(office.root.cabinet.case(FIRST))
        other.terminate()
        other.wait(PATIENCE)
        hold.touch()
        first.reconnect()
        registered(office, "upah")
        until(centre.all_done)

        assert what_was_done(office.root.cabinet.case(FIRST)) == done
        require_whole(office, 2)


def test_what_a_machine_had_in_hand_that_was_killed_another_does(centre, tmp_path):
    with node() as first, node() as second:
        killed = centre.machine(first, tmp_path / "lanjut")
        registered(centre.office, "tanah")
        assert killed.stdout.readline() == "mulai\n"
        killed.kill()
        centre.machine(second)
        registered(centre.office, "upah")
        until(centre.all_done)

        require_whole(centre.office, 2)


@pytest.mark.parametrize(
    "fails",
    [
        "database killed",
        "database read only",
        "store refuses",
        pytest.param("store frozen for a minute", marks=pytest.mark.slow),
    ],
)
def test_a_machine_of_its_own_goes_on_with_its_letter_after_a_server_has_failed(centre, tmp_path, fails):
    store, hold = centre.store, tmp_path / "lanjut"
    with node() as machine:
        worker = centre.machine(machine, hold)
        registered(centre.office, "tanah")
        assert worker.stdout.readline() == "mulai\n"
        if fails == "database killed":
            centre.database.kill()
            hold.touch()
            centre.database.start()
        elif fails == "database read only":
            centre.read_only(is_so=True)
            hold.touch()
            until(lambda: "read-only transaction" in (centre.database.folder / "log").read_text())
            centre.read_only(is_so=False)
        elif fails == "store refuses":
            store.refuses = 503
            hold.touch()
            until(lambda: store.failed)
            store.refuses = 0
        else:
            store.moves.clear()
            hold.touch()
            until(lambda: store.failed)
            threading.Event().wait(60)
            store.moves.set()
        registered(centre.office, "upah")
        until(centre.all_done)

        require_whole(centre.office, 2)


def test_a_machine_whose_clock_is_an_hour_wrong_gives_the_right_time(central, tmp_path, monkeypatch):
    office = made(tmp_path / "kantor", central)
    clock = type(office.root)(office.root.layout.root).clock

    class Ahead(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(hours=1)

    monkeypatch.setattr(server_clock, "datetime", Ahead)
    office.root.clock = clock

    at = office.root.cabinet.case(registered(office, "tanah")).registered_at

    assert abs((at - datetime.now(UTC)).total_seconds()) < 60


def test_two_that_schedule_an_office_give_each_letter_one_number_though_their_seals_accuse_one_another(
    central, tmp_path
):
    office = made(tmp_path / "kantor", central)
    shutil.copytree(office.root.layout.root, tmp_path / "kembaran")
    twin = opened(tmp_path / "kembaran")
    for n in range(4):
        for one in (office, twin):
            one.drop(f"{n}.pdf", f"Surat {n} dari {one.root.layout.root.name}".encode())
            one.drop(f"sama-{n}.pdf", f"Surat {n} dua kali".encode())

    both = [threading.Thread(target=one.run_once) for one in (office, twin)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(PATIENCE)
    for one in (office, twin):
        one.run_once()

    # Each seals the accounts and templates of a folder of its own: docs/many-offices.md, "What remains".
    require_whole(office, 12, apart=("segel", "buku-segel"))


def test_old_workers_go_on_beside_a_new_version_and_do_not_start_again(central, tmp_path):
    old = made(tmp_path / "kantor", central, has_workers=True)
    name, database = old.root.central_plan.office, old.root.database
    registered(old, "sebelum")
    with psycopg.connect(central.database) as owner:  # what the next version's migration does to it
        owner.execute(f"SET search_path TO {name}")
        owner.execute("ALTER TABLE perkara ADD COLUMN kelak text")
        owner.execute("ALTER TABLE kantor ADD COLUMN kelak integer NOT NULL DEFAULT 0")
        owner.execute("ALTER TABLE deret ADD COLUMN kelak text")
        owner.execute("INSERT INTO bentuk VALUES (%s)", (len(migrations()) + 1,))

    registered(old, "sesudah")
    tended(old, central.database)

    require_whole(old, 2)
    with pytest.raises(SettingsFault, match="versi program yang lebih baru"):
        Database(database.address, name).require_form()
    assert jobs_left(central.database, name) == 0
