"""Workers of the centre: they tend the cases of several offices, each by its own settings, templates and keys.

An office's settings are taken anew as soon as its file was changed: the next case that is begun is tended by them.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from pipeline.archive.store.folder_refusals import refuse_moving
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber, in_volume
from pipeline.errors import NotFound, Passing, SettingsFault, UsageFault, YankomasError
from pipeline.intake.progress import until_done
from pipeline.intake.store.postgres_progress import Announcing
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

        told = [(office.root.board, office.root.database) for office in offices.values()]
        ended.enter_context(Announcing(told))
        worker = Worker(address, offices, work, lambda: _open_cases(offices), at_once=at_once)
        ended.callback(stopping.set)
        yield worker


class _Equipment:
    """An office as its settings were, and the engines that these ask for; how many cases are in hand with them."""

    def __init__(self, root: CentralRoot, stopping: threading.Event) -> None:
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


class TendingRoot(CentralRoot):
    """An office as a worker tends its cases: by the editions and services that are noted at the centre.

    What lies in this machine's copy of ``layanan/`` may be older than the office's: no edition begins by it.
    """

    _begins_editions = False


class TendedOffice:
    """An office whose cases are tended here, by its settings as they are when a case is begun."""

    def __init__(self, folder: Path, stopping: threading.Event) -> None:
        root = TendingRoot(folder)
        if not root.is_central:
            raise UsageFault(f"{folder} tidak disimpan di pusat.", "Sebut folder kantor yang mempunyai [pusat].")
        refuse_moving(root.layout)
        root.prepare()
        self.name = root.central_plan.office
        self._stopping, self._changing = stopping, threading.Lock()
        self._now = _Equipment(root, stopping)

    @property
    def root(self) -> CentralRoot:
        """The office, with the settings by which cases are tended now."""
        return self._now.root

    @contextmanager
    def parts(self) -> Iterator[TendParts]:
        """Give what tending a case needs; engines of earlier settings end with the last case in hand with them."""
        with self._changing:
            if later := self._now.root.successor():
                before, self._now = self._now, _Equipment(later, self._stopping)
                before.outdated = True
                if not before.in_hand:
                    before.close()
            used = self._now
            used.in_hand += 1
        try:
            yield used.parts
        finally:
            with self._changing:
                used.in_hand -= 1
                if used.outdated and not used.in_hand:
                    used.close()

    def close(self) -> None:
        """End the engines."""
        self._now.close()


def _tend(offices: Mapping[str, TendedOffice], place: Place, say: Callable[[str], None]) -> None:
    """Tend a case; of an office that is not ours it waits for another worker."""
    office, volume, serial = place
    if office not in offices:
        raise Passing(f"Kantor {office} tidak dikerjakan pekerja ini.", "Pekerja lain mengerjakannya.")
    number = in_volume(volume, serial)
    try:
        with offices[office].parts() as parts:
            if number.series:
                _require_templates(parts.cabinet.case(number), offices[office].root)
            case = until_done(offices[office].root.board, partial(_tended, parts))(number)
    except (NotFound, UsageFault):
        return  # brought back to an earlier moment, or moved out
    except YankomasError as fault:
        _log.warning("%s %s tertunda: %s", office, number, fault)
        raise
    say(f"{office} {number}: selesai, {len(case.documents)} berkas")


def _tended(parts: TendParts, number: CaseNumber) -> Case:
    return tend(number, parts)


def _require_templates(case: Case, root: CentralRoot) -> None:
    """Make sure that this machine has the Word templates of the service of which a case is.

    Raises:
        SettingsFault: some are missing; another worker may have them.
    """
    sop, service = root.sop_of(case), root.service_of(case.number)
    assert service is not None  # its edition is one of the service's
    there = root.service_shelf.templates(service.key)
    if missing := sorted({f"{sheet.template}.docx" for sheet in sop.sheets if sheet.template not in there}):
        raise SettingsFault(
            f"layanan/{service.key}/templat/ di mesin ini tidak memuat {', '.join(missing)}.",
            f"Salin layanan/{service.key}/ kantor itu ke {root.layout.root}; perkaranya menunggu.",
        )


def _open_cases(offices: Mapping[str, TendedOffice]) -> list[Place]:
    found: list[Place] = []
    for name, office in offices.items():
        try:
            found += [(name, number.volume, number.serial) for number in office.root.cabinet.open_cases()]
        except YankomasError as fault:  # one office holds up no other
            _log.warning("%s tertunda: %s", name, fault)
    return found
