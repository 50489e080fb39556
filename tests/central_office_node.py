"""A machine that runs an office of the centre, with fake engines: central_office_node.py FOLDER [doctor].

It takes letters in, numbers, seals and looks after views until it is ended, by the centre's clock if it tends its cases
itself; what it tells the office stands in FOLDER/kata-layanan. With ``doctor`` it says what the doctor says of the
centre, and ends.
"""

from __future__ import annotations

import logging
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import offices
from offices import FakeOffice

from pipeline.office.store.system_clock import SystemClock
from pipeline.work.engines.doctor_central import central_checks, folder_check
from pipeline.work.workers import HandedOn


def _doctor(office: FakeOffice) -> None:
    root = office.root
    now = SystemClock(root.hours.zone).now()
    here = folder_check(root.office_folders, now)
    for check in (*central_checks(root.database, root.objects, now), here):
        print(f"{check.thing}: {check.fact}. {check.remedy}", flush=True)


def main() -> None:
    """Run the office, or look after it."""
    folder, *doctor = sys.argv[1:]
    office = FakeOffice(Path(folder))
    if doctor:
        _doctor(office)
        return
    logging.basicConfig(filename=Path(folder) / "kata-layanan", format="%(message)s")
    if not office.root.central_plan.has_workers:  # whose clocks are those of tests
        office.root.clock = type(office.root)(office.root.layout.root).clock
    else:
        offices.Tenders = lambda tend, say, *_: HandedOn(tend, say)  # type: ignore[assignment, misc]
    service = office.service(say=lambda text: logging.warning("%s", text))
    signal.signal(signal.SIGTERM, lambda *_: service.stopping.set())
    print("mulai", flush=True)
    service.run(once=False)


if __name__ == "__main__":
    main()
