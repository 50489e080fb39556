"""PostgreSQL and an object store for tests: real servers of one test run, on a socket and a port of their own."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
from patience import PATIENCE

from pipeline.archive.store.objects import Objects, StorePlace
from pipeline.office.central_plan import KEY, KEY_ID, PASSWORD, SECRETS
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_offices import address_of, make_office

_KEYS = ("KUNCIREKAAN", "rahasia-rekaan-0123456789")
_BUCKET = "yankomas"


@dataclass(frozen=True)
class CentralServers:
    """Two servers that run, and a new office on them whenever a test needs one."""

    database: str
    store: StorePlace
    objects_folder: Path
    names: Iterator[str]

    def join(self, folder: Path) -> str:
        """Make a new office of the folder, which has its settings already; return its name."""
        name, secrets = next(self.names), folder / SECRETS
        password = make_office(self.database, name)
        plan = {"kantor": name, "basis_data": self.database, "objek": self.store.address, "ember": self.store.bucket}
        with open(folder / "office.toml", "a", encoding="utf-8") as settings:
            settings.write("\n[pusat]\n" + "".join(f'{key} = "{value}"\n' for key, value in plan.items()))
        secrets.parent.mkdir(exist_ok=True)
        said = {PASSWORD: password, KEY_ID: self.store.key_id, KEY: self.store.secret}
        secrets.write_text("".join(f'{key} = "{value}"\n' for key, value in said.items()))
        secrets.chmod(0o600)
        return name

    @contextmanager
    def office(self) -> Iterator[tuple[Database, Objects]]:
        """Give a new, empty office; its connections are closed at the end."""
        name = next(self.names)
        password = make_office(self.database, name) or ""
        database = Database(address_of(self.database, name, password), name)
        try:
            yield database, Objects(self.store, name)
        finally:
            database.close()


@cache
def servers_of_this_run() -> CentralServers:
    """Start both servers once; they end with this process."""
    running = ExitStack()
    atexit.register(running.close)
    return running.enter_context(central_servers())


@contextmanager
def central_servers() -> Iterator[CentralServers]:
    """Start both servers while the context lasts; whatever they hold goes with them."""
    folder = Path(tempfile.mkdtemp(prefix="yankomas-pusat-"))
    folder.chmod(0o755)
    try:
        with _postgres(folder / "basis") as address, _object_store(folder / "objek") as place:
            yield CentralServers(address, place, folder / "objek", (f"rekaan_{n}" for n in count(1)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    folder.mkdir()
    options: dict[str, object] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        options = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    data = folder / "data"
    initdb = [programs / "initdb", "-D", data, "-U", "yankomas", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run([*initdb, "--no-sync"], check=True, capture_output=True, cwd=folder, **options)
    settings = ("listen_addresses=", f"unix_socket_directories={folder}", "fsync=off", "max_connections=200")
    command = [programs / "postgres", "-D", data, *(part for setting in settings for part in ("-c", setting))]
    address = f"host={folder} user=yankomas dbname=postgres"

    def answers() -> bool:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            return False
        return True

    with _running(command, answers, folder / "log", signal.SIGQUIT, **options):
        yield address


@contextmanager
def _object_store(folder: Path) -> Iterator[StorePlace]:
    (folder / _BUCKET).mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    rclone = Path(sys.executable).with_name("rclone")
    command = [rclone, "serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", ",".join(_KEYS), folder]

    def answers() -> bool:
        with socket.socket() as reached:
            return reached.connect_ex(("127.0.0.1", port)) == 0

    with _running([*command, "--config", os.devnull], answers, folder.with_suffix(".log"), signal.SIGTERM):
        yield StorePlace(f"http://127.0.0.1:{port}", _BUCKET, *_KEYS)


@contextmanager
def _running(
    command: list[object], answers: Callable[[], bool], log: Path, end: signal.Signals, **options: object
) -> Iterator[None]:
    with open(log, "wb") as said:
        process = subprocess.Popen([*map(str, command)], stdout=said, stderr=said, cwd=log.parent, **options)
    try:
        until = time.monotonic() + PATIENCE
        while not answers():
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{command[0]} tidak mulai: {log.read_text()[-2000:]}")
            time.sleep(0.05)
        yield
    finally:
        process.send_signal(end)
        process.wait(PATIENCE)
