"""PostgreSQL and an object store for tests: real servers of one test run, and a new office whenever one is needed."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from itertools import count
from pathlib import Path

import obstore
import psycopg
import pytest
from in_memory import place_in_memory
from patience import PATIENCE
from psycopg import sql

from pipeline.archive.store import objects
from pipeline.archive.store.layout import opened
from pipeline.archive.store.objects import Objects, StorePlace
from pipeline.cli import main
from pipeline.evidence.store.office_folders import OfficeFolders
from pipeline.office.central_plan import KEY, KEY_ID, PASSWORD, SECRETS, bucket_of
from pipeline.office.store.postgres_keys import OfficeKeyring, RunFrom
from pipeline.storage import postgres as connections
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_offices import address_of, make_office, role_of

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
    #: Offices that tests have had, each with its role's password and what it was made of; and one that nobody gets.
    spare: list[tuple[str, str, str]] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)

    def key_of(self, office: str, key_id: str = "") -> StorePlace:
        """Return an office's own bucket with a key that opens it alone; a named key opens what it opened before too."""
        return key_of(self.objects, self.store, key_id or f"kantor-{office}", bucket_of(office))

    def join(self, folder: Path) -> str:
        """Make a new office of the folder, which has its settings already; return its name."""
        name, own = self._made(folder)
        plan = {"kantor": name, "basis_data": self.database, "objek": own.address, "ember": own.bucket}
        with open(folder / "office.toml", "a", encoding="utf-8") as settings:
            settings.write("\n[pusat]\n" + "".join(f'{key} = "{value}"\n' for key, value in plan.items()))
        run_from(self.database, name, folder)
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
        run_from(self.database, name, folder)
        there = self.objects / f"kantor-{first}" / bucket_of(first) / first
        if there.exists():
            shutil.copytree(there, self.objects / own.key_id / own.bucket / name)

    def put_back(self, office: str, kept: str) -> None:
        """Make an office's rows those that another one has; its schema and rights are as they were made.

        What it handed on (parcels, figures, jobs, where its files lie) is gone; the files in the object store stay.
        """
        _put_back(self._owner, office, kept)

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
        """Give an empty office, whose connections are closed at the end: a new one, or another test's put back.

        One of which a test has changed what its schema is made of, or who may do what, is given to nobody again.
        """
        name, password, made_of = self._spare_office() or self._new_office()
        database = Database(self.database if as_owner else address_of(self.database, name, password), name)
        try:
            yield database, Objects(self.key_of(name), name)
        finally:
            database.close()
            self.spare.append((name, password, made_of))

    @cached_property
    def _owner(self) -> psycopg.Connection:
        """Who puts offices back, all of them: what a connection has to learn of their tables first costs the most."""
        return psycopg.connect(self.database, autocommit=True)

    def _new_office(self) -> tuple[str, str, str]:
        name = next(self.names)
        password = make_office(self.database, name)
        return name, password, _made_of(self._owner, name)

    def _spare_office(self) -> tuple[str, str, str] | None:
        """Put back an office that nobody has any more; none if none can be."""
        while self.spare:
            name, password, made_of = self.spare.pop()
            if not self.empty:
                self.empty.append(self._new_office()[0])
            there = "SELECT 1 FROM pg_stat_activity WHERE usename = %s"
            if self._owner.execute(there, (role_of(name),)).fetchone() or _made_of(self._owner, name) != made_of:
                continue
            _put_back(self._owner, name, self.empty[0])
            own = self.key_of(name)
            if any(files for _, _, files in os.walk(self.objects / own.key_id / own.bucket)):
                store = Objects(own, name)._store  # it is asked only if need be: it starts a program for a key
                for files in obstore.list(store):
                    obstore.delete(store, [file["path"] for file in files])
            return name, password, made_of
        return None


def _put_back(owner: psycopg.Connection, office: str, kept: str) -> None:
    parcels = "SELECT id FROM antar.kiriman WHERE %(office)s IN (asal, tujuan)"
    with owner.transaction():
        owner.execute("SET LOCAL search_path TO kerja")  # where the triggers of jobs look for their tables
        for gone in (
            f"DELETE FROM antar.berkas WHERE kiriman IN ({parcels})",
            f"DELETE FROM antar.kiriman WHERE id IN ({parcels})",
            "DELETE FROM antar.angka WHERE kantor = %(office)s",
            "DELETE FROM kerja.procrastinate_jobs WHERE args->>'office' = %(office)s",
            "DELETE FROM pusat.tempat WHERE kantor = %(office)s",
        ):
            owner.execute(gone.encode(), {"office": office})
        owner.execute("SET LOCAL session_replication_role = replica")  # rows that were checked are not checked again
        _make_alike(owner, kept, office)


def copy_rows(address: str, first: str, second: str) -> None:
    """Make the rows of an office's schema those of another's, as who owns the database."""
    with psycopg.connect(address) as owner:
        owner.execute("SET session_replication_role = replica")  # rows that were checked are not checked again
        _make_alike(owner, first, second)


def run_from(address: str, office: str, folder: Path) -> None:
    """Have an office be run from this folder, as after the first start there, and have been from no other before."""
    with closing(Database(address, office)) as owner:
        with owner.transaction() as running:
            running.execute("SET LOCAL session_replication_role = replica")
            running.execute("DELETE FROM catatan WHERE buku = 'folder'")
        OfficeFolders(owner, folder).take(datetime.now().astimezone())
        layout = opened(folder)
        found = RunFrom(here=True, place=str(folder), taking="")
        OfficeKeyring(layout.keys, layout.key_marks, lambda: owner, lambda: found).require()


def _make_alike(owner: psycopg.Connection, first: str, second: str) -> None:
    tables = dict(owner.execute(_COLUMNS, {"schema": first}).fetchall())
    used = {name for (name,) in owner.execute(_WITH_A_FILE, {"schemas": [first, second]}).fetchall()}
    has_rows = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {}) OR EXISTS (SELECT FROM {})").format(
            sql.Literal(table), sql.Identifier(first, table), sql.Identifier(second, table)
        )
        for table in tables
        if table in used
    )
    for (table,) in owner.execute(has_rows).fetchall():
        new, old = sql.Identifier(second, table), sql.Identifier(first, table)
        kept = sql.SQL(", ").join(map(sql.Identifier, tables[table]))
        owner.execute(sql.SQL("DELETE FROM {}").format(new))
        copied = "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}"
        owner.execute(sql.SQL(copied).format(new, kept, kept, old))
    counted = {name: last for name, last, _ in owner.execute(_COUNTERS, {"schema": second}).fetchall()}
    for counter, last, start in owner.execute(_COUNTERS, {"schema": first}).fetchall():
        if last != counted[counter]:
            went = (f"{second}.{counter}", start if last is None else last, last is not None)
            owner.execute("SELECT setval(%s, %s, %s)", went)


#: What follows asks the catalogues themselves: the views of `information_schema` go through those of all offices.
#: The columns of each table that are written.
_COLUMNS = (
    "SELECT relname, ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = one.oid AND attnum > 0"
    " AND NOT attisdropped AND attgenerated = '') FROM pg_class one"
    " WHERE relnamespace = to_regnamespace(%(schema)s) AND relkind = 'r'"
)
#: The tables in which anything was ever written.
_WITH_A_FILE = (
    "SELECT relname FROM pg_class WHERE relnamespace = ANY (%(schemas)s::regnamespace[]) AND relkind = 'r'"
    " AND pg_relation_size(oid) > 0"
)
_COUNTERS = (
    "SELECT relname, pg_sequence_last_value(oid), seqstart FROM pg_class JOIN pg_sequence ON seqrelid = oid"
    " WHERE relnamespace = to_regnamespace(%(schema)s) AND relkind = 'S'"
)
#: Which functions of all offices a role may call: rights that every new office's making writes anew.
_COMMON = (
    "SELECT 'boleh ' || oid::regprocedure::text || has_function_privilege(%(role)s, oid, 'EXECUTE')::text FROM pg_proc"
    " WHERE pronamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('kerja', 'pusat', 'antar'))"
)
#: Whatever of a schema or of its role is changed, a row of these is written anew (xmin: by which transaction).
_CATALOGUES = {
    "pg_namespace": "oid = to_regnamespace(%(schema)s)",
    "pg_class": "relnamespace = to_regnamespace(%(schema)s)",
    "pg_attribute": "attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace(%(schema)s))",
    "pg_attrdef": "adrelid IN (SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace(%(schema)s))",
    "pg_constraint": "connamespace = to_regnamespace(%(schema)s)",
    "pg_trigger": "tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace(%(schema)s))",
    "pg_proc": "pronamespace = to_regnamespace(%(schema)s)",
    "pg_authid": "rolname = %(role)s",
    "pg_auth_members": "to_regrole(%(role)s) IN (roleid, member)",
    "pg_db_role_setting": "setrole = to_regrole(%(role)s)",
}


def _made_of(owner: psycopg.Connection, office: str) -> str:
    """Return what is another text as soon as anybody changed what an office's schema is made of, or its rights."""
    own = (f"SELECT '{name}' || ctid::text || xmin::text FROM {name} WHERE {of}" for name, of in _CATALOGUES.items())
    rows = " UNION ALL ".join((*own, _COMMON))
    said = {"schema": office, "role": role_of(office)}
    found = owner.execute(f"SELECT md5(string_agg(row, '' ORDER BY row)) FROM ({rows}) AS rows (row)".encode(), said)
    return str((found.fetchone() or ("",))[0])


@cache
def servers_of_this_run() -> CentralServers:
    """Start both servers once; they end with this process."""
    running = ExitStack()
    atexit.register(running.close)
    return running.enter_context(central_servers())


@cache
def servers_with_few_offices() -> CentralServers:
    """Start two more once: for who asks how a centre fares, which asks every office there is."""
    running = ExitStack()
    atexit.register(running.close)
    return running.enter_context(central_servers())


@contextmanager
def central_servers() -> Iterator[CentralServers]:
    """Start both servers while the context lasts; whatever they hold goes with them.

    They are there, however little of the processor they get: this process waits for them as long as for anything else.
    Tests of one that is away shorten that; programs that tests start give up as they do.
    """
    connections._CONNECTING, connections.ALIVE["connect_timeout"] = PATIENCE, int(PATIENCE)
    objects._REQUEST = objects._CONNECTING = f"{PATIENCE:.0f}s"
    # An office is some eighty files of the database, a megabyte: made in memory, it costs two thirds.
    folder = Path(tempfile.mkdtemp(prefix="yankomas-pusat-", dir=place_in_memory(_ROOM)))
    folder.chmod(0o755)  # the database's own user goes through it
    try:
        with postgres(folder / "basis", _SETTINGS) as address, object_store(folder / "objek") as place:
            servers = CentralServers(address, place, (f"rekaan_{n}" for n in count(1)), folder / "objek")
            yield servers
            if owner := vars(servers).get("_owner"):
                owner.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
