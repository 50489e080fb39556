"""A centre whose machines reach it by cables of their own, and how its database fails: killed, full, no connection."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from careless_store import careless_store
from central_office import jobs_left, made, opened, point_at
from central_servers import CentralServers
from network_nodes import NETWORK, Node
from offices import FakeOffice
from patience import PATIENCE
from processes import all_ended, watched
from trial_servers import FAST, free_port, postgres

from pipeline.errors import Passing
from pipeline.wiring import run_office_from

#: Seconds after which a silent machine is taken to be dead, in these tests.
DEAD = 1.5
_ROOM, _LEAST = 160_000_000, 1_000_000  # bytes of a small disk, and what is left of it when it is full
_TESTS = Path(__file__).parent


class Postgres:
    """A PostgreSQL that can be killed and started again."""

    def __init__(self, folder: Path, stack: ExitStack, settings: Mapping[str, str]) -> None:
        self.folder, self._stack = folder, stack
        self._settings = settings
        self.start()

    def start(self) -> None:
        for tries in range(9, -1, -1):
            try:
                self.address = self._stack.enter_context(postgres(self.folder, self._settings))
                return
            except RuntimeError:  # children of the server that was killed are still ending
                if not tries:
                    raise

    def kill(self) -> None:
        ended = watched([self.pid])
        os.kill(self.pid, signal.SIGKILL)
        assert all_ended(ended)

    @property
    def pid(self) -> int:
        return int((self.folder / "data/postmaster.pid").read_text().split()[0])

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    @contextmanager
    def without_connections(self, address: str) -> Iterator[None]:
        """Have nobody find a free connection while the context lasts, nor keep the one that they have.

        ``address`` is how an office comes to it: who looks after it has a few that are kept for them.
        """
        end = time.monotonic() + PATIENCE
        others = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> ALL (%s)"
        with ExitStack() as held:
            owner = held.enter_context(psycopg.connect(self.address, autocommit=True))
            ours = [owner.info.backend_pid]
            while time.monotonic() < end:
                try:
                    taken = held.enter_context(psycopg.connect(address))
                    ours.append(taken.info.backend_pid)
                except psycopg.OperationalError:
                    if not (left := [pid for (pid,) in owner.execute(others, (ours,))]):
                        break
                    for pid in left:
                        owner.execute("SELECT pg_terminate_backend(%s, 1000)", (pid,))
            yield

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """Leave no room on its disk (a small one) while the context lasts; start it again if it ended of that."""
        filler = self.folder / "penuh"
        with open(filler, "wb") as writer:
            found = os.statvfs(self.folder)
            writer.write(b"\0" * (found.f_bavail * found.f_frsize - _LEAST))
        much = "CREATE TABLE besar AS SELECT repeat(md5(n::text), 300) FROM generate_series(1, 100000) n"
        with psycopg.connect(self.address, autocommit=True) as owner, pytest.raises(psycopg.Error):
            owner.execute(much)
        with open(filler, "ab") as writer, suppress(OSError):
            while True:
                os.write(writer.fileno(), b"\0" * 4096)
        yield
        filler.unlink()
        if not (self.folder / "data/postmaster.pid").exists():
            self.start()


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """Give a disk of its own for a database while the context lasts."""
    place.mkdir()
    try:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={_ROOM}", "none", place]
        subprocess.run([*map(str, mount)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mesin ini tidak mengizinkan cakram tersendiri (mount)")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


class Centre:
    """Both servers, which machines reach by cables of their own, and an office whose cases those tend."""

    def __init__(
        self, place: Path, stack: ExitStack, folder: Path, settings: Mapping[str, str], *, has_workers: bool
    ) -> None:
        rules = place / "hba.conf"
        rules.write_text(f"local all all trust\nhost all all {NETWORK} trust\n")
        there = {"listen_addresses": "*", "port": str(free_port()), "hba_file": str(rules)}
        self.database = Postgres(place / "basis", stack, {**FAST, **there, **settings})
        self.store, self._place = stack.enter_context(careless_store("0.0.0.0"))
        servers = CentralServers(self.address, self._place, iter(["bengkulu"]), place / "objek")
        self.office = made(folder, servers, has_workers=has_workers)
        self._stack = stack

    @property
    def address(self) -> str:
        return self.database.address

    def folder_on(self, node: Node) -> tuple[Path, str]:
        """Put a copy of the office's folder on a machine; return it, and how the database is reached from there."""
        folder = self.office.root.layout.root
        copy = folder.with_name(node.name)
        there = self.address.replace(f"host={self.database.folder}", f"host={node.servers}")
        if not copy.exists():
            shutil.copytree(folder, copy)
            port = self._place.address.rpartition(":")[2]
            point_at(copy, basis_data=there, objek=f"http://{node.servers}:{port}")
        return copy, there

    def machine(self, node: Node, *words: object) -> subprocess.Popen[str]:
        """Start what tends the office's cases on a machine, with a copy of the office's folder there."""
        copy, there = self.folder_on(node)
        return self.start(node, [sys.executable, _TESTS / "central_node.py", copy, there, DEAD, *words])

    def runs(self, node: Node, *before: object) -> tuple[FakeOffice, subprocess.Popen[str]]:
        """Run the office on a machine: its inbox, numbers, views and seals; give its folder's office, and the process.

        The first such machine is the office's from then on. ``before`` are words that its command is begun with.
        """
        copy, _ = self.folder_on(node)
        if self.office.root.office_folders.is_here():
            run_office_from(copy)
        process = self.start(node, [*before, sys.executable, _TESTS / "central_office_node.py", copy])
        assert process.stdout.readline() == "mulai\n"
        return opened(copy), process

    def start(
        self, node: Node, command: Sequence[object], environment: Mapping[str, str] | None = None
    ) -> subprocess.Popen[str]:
        """Start a program on a machine, with the modules of these tests; it ends with the test."""
        there = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **(environment or {})}
        process = node.start(command, there)
        self._stack.callback(end, process)
        return process

    def read_only(self, *, is_so: bool) -> None:
        """Have the database be read alone, or written again, by whoever is connected already too."""
        with psycopg.connect(self.address, autocommit=True) as owner:
            owner.execute("SET default_transaction_read_only = off")
            owner.execute(f"ALTER SYSTEM SET default_transaction_read_only = {'on' if is_so else 'off'}")
            owner.execute("SELECT pg_reload_conf()")

    def all_done(self, letters: int = 0) -> bool:
        """Say whether no case and no job is left, and so many letters (if any are named) have their numbers."""
        cabinet = self.office.root.cabinet
        try:
            there = not letters or len(cabinet.numbers()) == letters
            return there and not cabinet.open_cases() and not jobs_left(self.address, "bengkulu")
        except (Passing, psycopg.OperationalError):
            return False


def end(process: subprocess.Popen[str]) -> None:
    """End a process of a machine."""
    process.terminate()
    process.wait(PATIENCE)
    process.stdout.close()


def told(folder: Path) -> str:
    """Return what the process that works with a folder on a machine has told so far."""
    said = folder / "kata-layanan"
    return said.read_text() if said.exists() else ""


@contextmanager
def network_centre(
    tmp_path: Path, *, on_small_disk: bool = False, has_workers: bool = True, **settings: str
) -> Iterator[Centre]:
    """Run a centre while the context lasts; ``settings`` are of its database."""
    place = Path(tempfile.mkdtemp(prefix="yankomas-simpul-"))
    place.chmod(0o755)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, place, ignore_errors=True)
        if on_small_disk:
            stack.enter_context(small_disk(place / "basis"))
        centre = Centre(place, stack, tmp_path / "kantor", settings, has_workers=has_workers)
        stack.callback(FakeOffice.close_all)
        yield centre
