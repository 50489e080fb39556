"""The centre's database fails while an office works: killed, read-only, without a free connection, on a full disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from central_network import Postgres, small_disk
from central_office import at_work, drop, made, require_whole
from central_servers import CentralServers
from offices import FakeOffice
from patience import until
from trial_servers import object_store

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Interrupted, Passing

pytestmark = pytest.mark.skipif(os.environ.get("YANKOMAS_TES_PUSAT") != "1", reason="dijalankan `make test-central`")


@pytest.fixture
def folder():
    place = Path(tempfile.mkdtemp(prefix="yankomas-gagal-"))
    place.chmod(0o755)
    yield place
    shutil.rmtree(place, ignore_errors=True)


class Servers(Postgres):
    """Both servers of a centre."""

    def __init__(self, folder: Path, stack: ExitStack, settings: dict[str, str] | None = None) -> None:
        self.store = stack.enter_context(object_store(folder / "objek"))
        super().__init__(folder / "basis", stack, {"fsync": "off", **(settings or {})})

    @contextmanager
    def owner(self):
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = off")
            yield connection

    def office(self, folder: Path) -> FakeOffice:
        return made(folder, CentralServers(self.address, self.store, iter(["bengkulu"]), self.folder.parent / "objek"))


@pytest.fixture
def stack():
    with ExitStack() as running:
        yield running
        FakeOffice.close_all()


def given(office: FakeOffice) -> int:
    try:
        return len(office.root.cabinet.numbers())
    except Passing:
        return 0


def done(office: FakeOffice, letters: int) -> bool:
    try:
        return len(office.root.cabinet.numbers()) == letters and not office.root.cabinet.open_cases()
    except Passing:
        return False


def test_letters_go_on_after_the_database_was_killed_again_and_again(folder, stack, tmp_path):
    servers = Servers(folder, stack)
    office = servers.office(tmp_path / "kantor")

    with at_work(office):
        for n in range(3):
            drop(office, *(f"{n}-{m}" for m in range(3)))
            until(lambda least=3 * n + 1: given(office) >= least)
            servers.kill()
            drop(office, f"{n}-mati")
            servers.start()
        until(lambda: done(office, 12))

    require_whole(office, 12)


def test_while_the_database_can_only_be_read_pages_are_shown_and_letters_wait(folder, stack, tmp_path):
    servers = Servers(folder, stack)
    office = servers.office(tmp_path / "kantor")
    drop(office, "tanah")
    office.run_once()
    with servers.owner() as owner:
        owner.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        owner.execute("SELECT pg_reload_conf()")
    until(lambda: office.root.database.row("SHOW default_transaction_read_only") == ("on",))

    drop(office, "upah")
    with pytest.raises(Interrupted, match="hanya dapat dibaca"):
        office.run_once()
    assert office.root.cabinet.case(CaseNumber(2026, 1)).number == CaseNumber(2026, 1)
    assert given(office) == 1
    with servers.owner() as owner:
        owner.execute("ALTER SYSTEM RESET default_transaction_read_only")
        owner.execute("SELECT pg_reload_conf()")
    until(lambda: office.root.database.row("SHOW default_transaction_read_only") == ("off",))
    office.run_once()

    require_whole(office, 2)


def test_without_a_free_connection_letters_wait(folder, stack, tmp_path, monkeypatch):
    servers = Servers(folder, stack, {"max_connections": "20"})
    office = servers.office(tmp_path / "kantor")
    drop(office, "tanah")
    office.run_once()
    own = office.root.database.address
    office.root.database.close()
    office = FakeOffice(tmp_path / "kantor")

    with ExitStack() as all_of_them, monkeypatch.context() as impatient:
        impatient.setattr("pipeline.storage.postgres._CONNECTING", 1.0)
        with suppress(psycopg.OperationalError):
            while True:
                all_of_them.enter_context(psycopg.connect(own))
        drop(office, "upah")
        with pytest.raises((Passing, Interrupted), match="tidak dapat dihubungi"):
            office.run_once()
    office = FakeOffice(tmp_path / "kantor")
    office.run_once()

    require_whole(office, 2)
    office.root.database.close()


@pytest.fixture
def disk(folder):
    """A disk of its own for the database."""
    with small_disk(folder / "basis"):
        yield


@pytest.mark.usefixtures("disk")
def test_on_a_full_disk_letters_wait_and_none_is_lost(folder, tmp_path):
    with ExitStack() as running:
        servers = Servers(folder, running, {"min_wal_size": "32MB", "max_wal_size": "32MB"})
        office = servers.office(tmp_path / "kantor")
        drop(office, "tanah")
        office.run_once()
        with servers.full_disk():
            drop(office, *map(str, range(30)))
            with pytest.raises((Passing, Interrupted)):
                office.run_once()
            assert given(office) < 31
        until(lambda: given(office) > 0)
        office.run_once()

        require_whole(office, 31)
        FakeOffice.close_all()
