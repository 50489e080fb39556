"""Workers of the centre: they tend the cases of several offices, each by its own settings, templates and keys.

What an office publishes counts from the next sheet on: a case that is begun is tended by it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from pipeline.archive.store.folder_refusals import refuse_moving
from pipeline.cases.case_number import in_volume
from pipeline.errors import NotFound, Passing, UsageFault, YankomasError
from pipeline.intake.progress import until_done
from pipeline.intake.store.postgres_progress import Announcing
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_jobs import Place, Worker
from pipeline.wiring.tending import TendingRoot
from pipeline.work.stoppable import StoppablePress, StoppableReader, StoppableValidator
from pipeline.work.tend import TendParts, tend

_log = logging.getLogger(__name__)


@contextmanager
def worker_of(folders: Iterable[Path], address: str, say: Callable[[str], None]) -> Iterator[Worker]:
    """Give a worker for the offices of these folders; their engines end with the context.

    Raises:
        UsageFault: a folder's cases are not kept centrally.
        SettingsFault, Passing: an office's settings cannot be used, or it moves; the centre is away.
    """
    stopping = threading.Event()
    with ExitStack() as ended:
        offices = {office.name: office for office in (TendedOffice(folder, stopping) for folder in folders)}
        for office in offices.values():
            ended.callback(office.close)
        at_once = max(office.root.workers for office in offices.values()) + 1

        def work(place: Place) -> None:
            _tend(offices, place, say)

        told = [(office.root.board, office.database) for office in offices.values()]
        ended.enter_context(Announcing(told))
        worker = Worker(address, offices, work, lambda: _open_cases(offices, worker.fitting), at_once=at_once)
        ended.callback(stopping.set)
        yield worker


class _Equipment:
    """An office with a state of what it had in force, and the engines for that; how many cases are in hand with it."""

    def __init__(self, root: TendingRoot, stopping: threading.Event) -> None:
        self.root, self.in_hand, self.outdated = root, 0, False
        reader, press, validator = root.reader(), root.press(), root.validator()
        self._engines = (reader, press, validator)
        self.parts = root.tend_parts(
            StoppableReader(reader, stopping), StoppablePress(press, stopping), StoppableValidator(validator, stopping)
        )

    def close(self) -> None:
        """End the engines."""
        for engine in self._engines:
            engine.close()


class TendedOffice:
    """An office whose cases are tended here, by what it has in force when a case is begun."""

    def __init__(self, folder: Path, stopping: threading.Event) -> None:
        self.root = TendingRoot(folder)
        if not self.root.is_central:
            raise UsageFault(f"{folder} tidak disimpan di pusat.", "Sebut folder kantor yang mempunyai [pusat].")
        refuse_moving(self.root.layout)
        self.root.prepare()
        self.name = self.root.central_plan.office
        self._stopping, self._changing = stopping, threading.Lock()
        self._now: _Equipment | None = None

    def database(self) -> Database:
        """Return the office's schema, once it is of this version; raises as :attr:`TendingRoot.database`."""
        return self.root.database

    @contextmanager
    def parts(self) -> Iterator[TendParts]:
        """Give what tending a case needs; what is of a state of before ends with the last case in hand with it.

        Raises:
            SettingsFault: the office has published nothing that can be used, or this machine lacks its key.
            Passing: the centre is away.
        """
        with self._changing:
            used = self._equipment()
            used.in_hand += 1
        try:
            yield used.parts
        finally:
            with self._changing:
                used.in_hand -= 1
                if used.outdated and not used.in_hand:
                    used.close()

    def _equipment(self) -> _Equipment:
        if (before := self._now) and before.root.is_current():
            return before
        self._now = _Equipment(self.root.drawing(), self._stopping)
        if before:
            before.outdated = True
            if not before.in_hand:
                before.close()
        return self._now

    def close(self) -> None:
        """End the engines."""
        if self._now:
            self._now.close()


def _tend(offices: Mapping[str, TendedOffice], place: Place, say: Callable[[str], None]) -> None:
    """Tend a case; of an office that is not ours it waits for another worker."""
    office, volume, serial = place
    if office not in offices:
        raise Passing(f"Kantor {office} tidak dikerjakan pekerja ini.", "Pekerja lain mengerjakannya.")
    number = in_volume(volume, serial)
    try:
        with offices[office].parts() as parts:
            case = until_done(offices[office].root.board, partial(tend, parts=parts))(number)
    except (NotFound, UsageFault):
        return  # brought back to an earlier moment, or moved out
    except YankomasError as fault:
        _log.warning("%s %s tertunda: %s", office, number, fault)
        raise
    say(f"{office} {number}: selesai, {len(case.documents)} berkas")


def _open_cases(offices: Mapping[str, TendedOffice], fitting: Iterable[str]) -> list[Place]:
    found: list[Place] = []
    for name in fitting:
        try:
            numbers = offices[name].root.cabinet.open_cases()
            found += [(name, number.volume, number.serial) for number in numbers]
        except YankomasError as fault:  # one office holds up no other
            _log.warning("%s tertunda: %s", name, fault)
    return found
