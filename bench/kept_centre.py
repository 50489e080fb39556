"""A centre of many filled offices that is made once in a folder and kept: its servers run while the context lasts.

The first office is written by COPY and its views are made by the program; the others get the same rows under a schema,
role and folder of their own (:func:`filled_centre.copy_office`): their numbers, names and words are the first one's.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from central_servers import CentralServers
from filled_centre import analyse, copy_office, fill_centre
from trial_servers import object_store, postgres

from pipeline.access.accounts import held
from pipeline.wiring import office_in
from pipeline.wiring.central import CentralRoot
from pipeline.work.store.setup import lay_out_filled as lay_out

YEARS, LAST = 10, 2026
#: Nothing that is filled is to outlive a power cut; what asks of it afterwards syncs as an office's does.
_FILLING = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "20GB",
    "shared_buffers": "2GB",
    "maintenance_work_mem": "1GB",
    "autovacuum": "off",
}
#: A tenth of the memory of the machine that this was measured on; a server of its own would have a quarter.
ASKING = {"shared_buffers": "2GB", "max_connections": "500"}
_MADE = "jadi.json"
_ROLES = ("tim-yankomas", "tim-yankomas", "kasubbid", "kabid", "kadiv", "kakanwil", "arsiparis")


@dataclass(frozen=True, slots=True)
class FilledCentre:
    """Servers that run, and the folders of the filled offices."""

    running: CentralServers
    folders: tuple[Path, ...]


def tell(words: str) -> None:
    """Say how far it is."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


@contextmanager
def filled_centre(folder: Path, offices: int, cases: int) -> Iterator[FilledCentre]:
    """Give a centre of so many offices of so many cases each, made in this folder if it is not there yet."""
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)  # the database's own user goes through it
    if not (folder / _MADE).exists():
        _fill(folder, offices, cases)
    count = int(json.loads((folder / _MADE).read_text())["offices"])
    with postgres(folder / "basis", ASKING) as address, object_store(folder / "objek") as store:
        folders = tuple(folder / f"kantor-{n}" for n in range(1, count + 1))
        for one in folders:  # the trial store has another port each time
            settings = one / "office.toml"
            settings.write_text(
                re.sub(r'^objek = ".*"$', f'objek = "{store.address}"', settings.read_text(), flags=re.M)
            )
        yield FilledCentre(CentralServers(address, store, iter(()), folder / "objek"), folders)


def _fill(folder: Path, offices: int, cases: int) -> None:
    begun = time.perf_counter()
    with postgres(folder / "basis", _FILLING) as address, object_store(folder / "objek") as store:
        running = CentralServers(address, store, iter([]), folder / "objek")
        first = _made(folder, running, 1)
        _fill_first(running, first, cases)
        size = first.database.row("SELECT pg_database_size(current_database())") or (0,)
        tell(f"one office takes {size[0] / 1e9:.2f} GB")
        first.database.close()
        others = []
        for n in range(2, offices + 1):
            other = _made(folder, running, n)
            others.append(other.database.schema)
            other.database.close()
        copy = copy_office(address, folder / "basis" / "data", first.database.schema, others)
    copy()
    tell(f"{len(others)} offices copied; {time.perf_counter() - begun:.0f} s since the beginning")
    with postgres(folder / "basis", _FILLING) as address:
        analyse(address, others)
    (folder / _MADE).write_text(json.dumps({"offices": offices, "cases": cases}))
    tell(f"{offices} offices of {cases} cases made in {time.perf_counter() - begun:.0f} s")


def _made(folder: Path, running: CentralServers, n: int) -> CentralRoot:
    """Make an office in a folder, which is called by a name of its own."""
    office = folder / f"kantor-{n}"
    lay_out(office)
    settings = office / "office.toml"
    settings.write_text(settings.read_text().replace("\nnama = []\n", f'\nnama = ["{name_of(office)}"]\n', 1))
    CentralServers(running.database, running.store, iter([f"kantor_{n}"]), running.objects).join(office)
    root = office_in(office)
    assert isinstance(root, CentralRoot)
    root.prepare()
    return root


def name_of(folder: Path) -> str:
    """Return the host name by which an office's desk is called."""
    return f"{folder.name}.localhost"


def _fill_first(running: CentralServers, root: CentralRoot, cases: int) -> None:
    for what, make_them in (
        ("rows", lambda: fill_centre(running.database, root.central_plan.office, root.objects, cases, YEARS, LAST)),
        ("book", root.book.refresh),
        ("index", root.index.refresh),
        ("codes", root.status_codes.refresh),
        ("counts", lambda: analyse(running.database)),
    ):
        begun = time.perf_counter()
        make_them()
        tell(f"{what} of {cases} cases made in {time.perf_counter() - begun:.0f} s")


def people_of(folder: Path, count: int) -> Mapping[str, str]:
    """Let so many people of the usual roles come in; return the keys of their sessions, and which role each has."""
    root = office_in(folder)
    them, now, keys = root.people, root.clock.now(), dict[str, str]()
    there = {account.login for account in them.accounts.all()}
    for n in range(count):
        role = _ROLES[n % len(_ROLES)]
        if (login := f"orang-{n}") not in there:
            them.accounts.make(login, f"Orang Rekaan {n}", [held(role)], now)
        keys[them.sessions.start(login, "127.0.0.1", now)] = role
    them.close()
    if isinstance(root, CentralRoot):
        root.database.close()
    return keys
