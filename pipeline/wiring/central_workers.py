"""Workers of the centre: they tend the cases of several offices, each by its own settings, templates and keys."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import NotFound, Passing, UsageFault, YankomasError
from pipeline.storage.postgres_jobs import Place, Worker
from pipeline.wiring.central import CentralRoot
from pipeline.work.stoppable import StoppablePress, StoppableReader, StoppableValidator
from pipeline.work.tend import TendParts, tend

_log = logging.getLogger(__name__)


@contextmanager
def worker_of(folders: Iterable[Path], address: str, say: Callable[[str], None]) -> Iterator[Worker]:
    """Give a worker for the offices of these folders; their engines end with the context.

    Raises:
        UsageFault: a folder's cases are not kept centrally.
        SettingsFault, Passing: an office's settings cannot be used; the centre is away.
    """
    stopping = threading.Event()
    with ExitStack() as engines:
        offices = dict(_office(folder, engines, stopping) for folder in folders)
        at_once = max(root.workers for root, _ in offices.values()) + 1

        def work(place: Place) -> None:
            _tend(offices, place, say)

        worker = Worker(address, offices, work, lambda: _open_cases(offices), at_once=at_once)
        engines.callback(stopping.set)
        yield worker


def _office(folder: Path, engines: ExitStack, stopping: threading.Event) -> tuple[str, tuple[CentralRoot, TendParts]]:
    root = CentralRoot(folder)
    if not root.is_central:
        raise UsageFault(f"{folder} tidak disimpan di pusat.", "Sebut folder kantor yang mempunyai [pusat].")
    root.prepare()
    reader, press, validator = root.reader(), root.press(), root.validator()
    for close in (reader.close, press.close, validator.close):
        engines.callback(close)
    parts = root.tend_parts(
        StoppableReader(reader, stopping), StoppablePress(press, stopping), StoppableValidator(validator, stopping)
    )
    return root.central_plan.office, (root, parts)


def _tend(offices: Mapping[str, tuple[CentralRoot, TendParts]], place: Place, say: Callable[[str], None]) -> None:
    """Tend a case; of an office that is not ours it waits for another worker."""
    office, year, serial = place
    if office not in offices:
        raise Passing(f"Kantor {office} tidak dikerjakan pekerja ini.", "Pekerja lain mengerjakannya.")
    _, parts = offices[office]
    number = CaseNumber(year, serial)
    try:
        case = tend(number, parts)
    except (NotFound, UsageFault):
        return  # brought back to an earlier moment, or moved out
    except YankomasError as fault:
        _log.warning("%s %s tertunda: %s", office, number, fault)
        raise
    say(f"{office} {number}: selesai, {len(case.documents)} berkas")


def _open_cases(offices: Mapping[str, tuple[CentralRoot, TendParts]]) -> list[Place]:
    found: list[Place] = []
    for name, (root, _) in offices.items():
        try:
            found += [(name, number.year, number.serial) for number in root.cabinet.open_cases()]
        except YankomasError as fault:  # one office holds up no other
            _log.warning("%s tertunda: %s", name, fault)
    return found
