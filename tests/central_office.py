"""An office of the centre with fake engines, on servers of a test's own, and what must be true of it afterwards."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import offices
import psycopg
from central_servers import CentralServers, servers_of_this_run
from offices import FakeOffice
from patience import PATIENCE

from pipeline.archive.store.central_removable import RemovableObjects
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.backup.store.central_removal import ObjectRemoval
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.register.enrol import Newcomer, enrol
from pipeline.work.store.setup import lay_out_filled


def made(folder: Path, servers: CentralServers, *, has_workers: bool = False) -> FakeOffice:
    """Make a new office of the centre in a folder; ``has_workers``: others tend its cases, by what it has published."""
    lay_out_filled(folder)
    servers.join(folder)
    if has_workers:
        with open(folder / "office.toml", "a", encoding="utf-8") as settings:
            settings.write("pekerja = true\n")
    office = opened(folder)
    if has_workers:
        office.root.publish_in_force()
    return office


def opened(folder: Path) -> FakeOffice:
    """Open an office's folder, as a process does at its start; its connections end with the module's tests."""
    office = FakeOffice(folder)
    offices._OPEN.append(office)
    return office


def point_at(folder: Path, **said: str) -> None:
    """Say in an office's settings where a server is now: ``basis_data``, ``objek``; unencrypted, as all of a test's."""
    settings = folder / "office.toml"
    lines = settings.read_text().splitlines(keepends=True)
    for name, value in said.items():
        lines = [f'{name} = "{value}"\n' if line.startswith(f"{name} =") else line for line in lines]
    settings.write_text("".join(lines) + "tanpa_tls = true\n")


def drop(office: FakeOffice, *texts: str) -> None:
    """Put a letter for each text into the inbox."""
    for text in texts:
        office.drop(f"{text}.pdf", f"Pengaduan {text} rekaan".encode())


def registered(office: FakeOffice, text: str) -> CaseNumber:
    """Give a letter its number, and tend nothing yet."""
    claim = office.claim(office.drop(f"{text}.pdf", f"Pengaduan {text} rekaan".encode()))
    return enrol(Newcomer(claim, "01-surat.pdf", "pdf", 1, "pindaian"), office.enrol_parts).number


def deleted_at_the_centre(office: FakeOffice) -> None:
    """Have who looks after the centre delete what the office's lists have destroyed; in a folder it is gone already."""
    if not office.root.is_central:
        return
    database, objects = office.root.database, office.root.objects
    with servers_of_this_run().as_owner(database) as owner:
        # By the office's key, which may delete in the trial's store.
        removable = RemovableObjects(objects.place, objects.office)
        found = ObjectRemoval(owner, PostgresCabinet(owner, objects), removable).remove(lambda _done, _all: None)
    assert found.deleted
    assert (found.as_versions, found.refused) == (0, 0)


@contextmanager
def at_work(office: FakeOffice) -> Iterator[None]:
    """Have the office's own process work while the context lasts."""
    service = office.service()
    thread = threading.Thread(target=service.run, kwargs={"once": False}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        service.stopping.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def what_was_done(case: Case) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return what two cases have in common that were done alike: each line's kind, who made it, its documents."""
    return [(e.kind, e.by, tuple(d["name"] for d in e.data.get("documents", ()))) for e in case.entries]


def require_whole(office: FakeOffice, letters: int, *, apart: Collection[str] = ()) -> None:
    """Make sure that so many letters have their numbers, each once, that each was done once, and nothing is wrong.

    ``apart``: findings (by their code) that are known and told.
    """
    cabinet = office.root.cabinet
    assert [number.serial for number in cabinet.numbers()] == list(range(1, letters + 1))
    cases = list(cabinet.cases())
    assert len({case.original.sha256 for case in cases}) == letters
    assert all(what_was_done(case) == what_was_done(cases[0]) for case in cases)
    assert cabinet.open_cases() == []
    findings = [one for one in office.root.verify(lambda _done, _all: None) if one.code not in apart]
    assert not findings, findings


def jobs_left(address: str, office: str) -> int:
    """Return how many jobs of an office are left."""
    with psycopg.connect(address) as owner:
        question = "SELECT count(*) FROM kerja.procrastinate_jobs WHERE args->>'office' = %s"
        found = owner.execute(question, (office,)).fetchone()
    return found[0] if found else 0
