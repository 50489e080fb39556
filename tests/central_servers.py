"""PostgreSQL and an object store for tests: real servers of one test run, and a new office whenever one is needed."""

from __future__ import annotations

import atexit
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest
from in_memory import place_in_memory
from psycopg import sql

from pipeline.archive.store.objects import Objects, StorePlace
from pipeline.cli import main
from pipeline.office.central_plan import KEY, KEY_ID, PASSWORD, SECRETS, bucket_of
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_offices import address_of, make_office

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

from trial_servers import FAST, key_of, object_store, postgres

#: Many offices, and nothing of them outlives a run: changes are logged in short, and nobody looks for what to clean up.
_SETTINGS = {
    **FAST,
    "max_connections": "1000",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "min_wal_size": "32MB",
    "max_wal_size": "128MB",
    "autovacuum": "off",
}
#: For the offices of a whole `make test-central`, beside what tests put into folders, in bytes.
_ROOM = 6_000_000_000


@dataclass(frozen=True)
class CentralServers:
    """Two servers that run, and a new office on them whenever a test needs one."""

    database: str
    store: StorePlace
    names: Iterator[str]
    objects: Path

    def key_of(self, office: str, key_id: str = "") -> StorePlace:
        """Return an office's own bucket with a key that opens it alone; a named key opens what it opened before too."""
        return key_of(self.objects, self.store, key_id or f"kantor-{office}", bucket_of(office))

    def join(self, folder: Path) -> str:
        """Make a new office of the folder, which has its settings already; return its name."""
        name, own = self._made(folder)
        plan = {"kantor": name, "basis_data": self.database, "objek": own.address, "ember": own.bucket}
        with open(folder / "office.toml", "a", encoding="utf-8") as settings:
            settings.write("\n[pusat]\n" + "".join(f'{key} = "{value}"\n' for key, value in plan.items()))
        return name

    def take_in(self, folder: Path) -> None:
        """Move the office of a folder, which has cases, into the centre."""
        name = next(self.names)
        key = self.key_of(name)
        moving = ["--root", str(folder), "pusat", "kantor", "pindah-masuk", str(folder), name]
        with pytest.MonkeyPatch.context() as who_looks_after_it:
            who_looks_after_it.setenv("YANKOMAS_PUSAT_PENGELOLA", self.database)
            who_looks_after_it.setenv(f"YANKOMAS_PUSAT_{KEY_ID.upper()}", key.key_id)
            who_looks_after_it.setenv(f"YANKOMAS_PUSAT_{KEY.upper()}", key.secret)
            assert main([*moving, "--objek", key.address]) == 0

    def twin(self, folder: Path) -> None:
        """Give the copy of an office's folder an office of its own, with all that the first has here."""
        settings = folder / "office.toml"
        text = settings.read_text()
        first = str(tomllib.loads(text)["pusat"]["kantor"])
        name, own = self._made(folder)
        for before, after in ((first, name), (bucket_of(first), own.bucket)):
            text = text.replace(f'= "{before}"\n', f'= "{after}"\n')
        settings.write_text(text)
        copy_rows(self.database, first, name)
        with psycopg.connect(self.database) as owner:  # the copy is run from its own folder
            owner.execute("SET session_replication_role = replica")
            owner.execute(sql.SQL("DELETE FROM {} WHERE buku = 'folder'").format(sql.Identifier(name, "catatan")))
        there = self.objects / f"kantor-{first}" / bucket_of(first) / first
        if there.exists():
            shutil.copytree(there, self.objects / own.key_id / own.bucket / name)

    def _made(self, folder: Path) -> tuple[str, StorePlace]:
        """Make a new office and write its secrets into the folder; return its name and where its files lie."""
        name, secrets = next(self.names), folder / SECRETS
        password = make_office(self.database, name)
        own = self.key_of(name)
        secrets.parent.mkdir(mode=0o700, exist_ok=True)
        said = {PASSWORD: password, KEY_ID: own.key_id, KEY: own.secret}
        secrets.write_text("".join(f'{key} = "{value}"\n' for key, value in said.items()))
        secrets.chmod(0o600)
        return name, own

    @contextmanager
    def as_owner(self, office: Database) -> Iterator[Database]:
        """Give an office's schema as who looks after the centre comes to it."""
        database = Database(self.database, office.schema)
        try:
            yield database
        finally:
            database.close()

    @contextmanager
    def office(self, *, as_owner: bool = False) -> Iterator[tuple[Database, Objects]]:
        """Give a new, empty office; its connections are closed at the end."""
        name = next(self.names)
        password = make_office(self.database, name) or ""
        database = Database(self.database if as_owner else address_of(self.database, name, password), name)
        try:
            yield database, Objects(self.key_of(name), name)
        finally:
            database.close()


def copy_rows(address: str, first: str, second: str) -> None:
    """Make the rows of an office's schema those of another's, as who owns the database."""
    columns = (
        "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns"
        " WHERE table_schema = %s AND is_generated = 'NEVER' GROUP BY 1"
    )
    counters = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = %s AND last_value IS NOT NULL"
    with psycopg.connect(address) as owner:
        owner.execute("SET session_replication_role = replica")  # rows that were checked are not checked again
        for table, names in owner.execute(columns, (first,)).fetchall():
            new, old = sql.Identifier(second, table), sql.Identifier(first, table)
            kept = sql.SQL(", ").join(map(sql.Identifier, names))
            owner.execute(sql.SQL("DELETE FROM {}").format(new))
            copied = "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}"
            owner.execute(sql.SQL(copied).format(new, kept, kept, old))
        for counter, last in owner.execute(counters, (first,)).fetchall():
            owner.execute("SELECT setval(%s, %s)", (f"{second}.{counter}", last))


@cache
def servers_of_this_run() -> CentralServers:
    """Start both servers once; they end with this process."""
    running = ExitStack()
    atexit.register(running.close)
    return running.enter_context(central_servers())


@contextmanager
def central_servers() -> Iterator[CentralServers]:
    """Start both servers while the context lasts; whatever they hold goes with them."""
    # An office is some eighty files of the database, a megabyte: made in memory, it costs two thirds.
    folder = Path(tempfile.mkdtemp(prefix="yankomas-pusat-", dir=place_in_memory(_ROOM)))
    folder.chmod(0o755)  # the database's own user goes through it
    try:
        with postgres(folder / "basis", _SETTINGS) as address, object_store(folder / "objek") as place:
            yield CentralServers(address, place, (f"rekaan_{n}" for n in count(1)), folder / "objek")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
