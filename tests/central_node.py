"""A machine that tends cases of the centre, with fake engines: central_node.py FOLDER ADDRESS DEAD [HOLD].

With HOLD it says ``mulai`` before it reads a letter, and reads once a file of that name is there. What it tells who
looks after it stands in FOLDER/kata-layanan. Also how a process kills itself before its n-th effect at the centre.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import obstore
import psycopg
from network_nodes import enter
from offices import FakeOffice
from patience import until
from procrastinate.manager import JobManager

from pipeline.storage.postgres_jobs import Place, Worker
from pipeline.wiring.central_workers import _tend
from pipeline.work.tend import TendParts

#: What a process does at the centre: statements, commits, files, ends of jobs.
EFFECTS: tuple[tuple[Any, str], ...] = (
    (psycopg.Connection, "execute"),
    (psycopg.transaction.Transaction, "__exit__"),
    (obstore, "put"),
    (obstore, "get"),
    (JobManager, "finish_job"),
)


class CentralEffects:
    """Counts what a process does at the centre; kills it before the n-th."""

    def __init__(self, kill_at: int) -> None:
        self.count, self._kill_at = 0, kill_at

    def install(self) -> None:
        """Put the counter before every effect, in this process."""
        for owner, name in EFFECTS:
            setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, effect: Any) -> Any:
        def counted(*args: Any, **kwargs: Any) -> Any:
            self.count += 1
            if self.count == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return effect(*args, **kwargs)

        return counted


def worker_of(office: FakeOffice, address: str, dead: float) -> Worker:
    """Return what tends the office's cases by the jobs of the centre."""
    parts, name = office.tend_parts, office.root.central_plan.office

    class Tended:
        root = office.root

        @contextmanager
        def parts(self) -> Iterator[TendParts]:
            yield parts

    def work(place: Place) -> None:
        _tend({name: Tended()}, place, lambda _said: None)  # type: ignore[dict-item]

    def open_cases() -> list[Place]:
        return [(name, number.volume, number.serial) for number in office.root.cabinet.open_cases()]

    return Worker(address, [name], work, open_cases, at_once=2, dead=dead)


def one_letter(folder: str, address: str, kill_at: int, dead: float) -> None:
    """Tend what is open until nothing is, and be killed before the n-th effect."""
    CentralEffects(kill_at).install()
    office = FakeOffice(Path(folder))
    worker = worker_of(office, address, dead)
    threading.Thread(target=worker.run, daemon=True).start()
    until(lambda: not office.root.cabinet.open_cases())
    worker.stop()
    os._exit(0)


def one_letter_on(machine: str, folder: str, address: str, kill_at: int, dead: float) -> None:
    """The same on a machine of its own."""
    enter(machine)
    one_letter(folder, address, kill_at, dead)


def main() -> None:
    """Tend until killed."""
    folder, address, dead, *hold = sys.argv[1:]
    logging.basicConfig(filename=Path(folder) / "kata-layanan", format="%(message)s")
    office = FakeOffice(Path(folder))
    read = office.reader.read

    def held(*args: Any) -> Any:
        print("mulai", flush=True)
        until(Path(hold[0]).exists)
        return read(*args)

    if hold:
        office.reader.read = held  # type: ignore[method-assign]
    worker_of(office, address, float(dead)).run()


if __name__ == "__main__":
    main()
